"""Home: what today asks, and one key to begin."""

from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Click, Resize
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from offhand.domain.card import EVERYTHING, Scope
from offhand.study.desk import Desk, note_rest_days
from offhand.study.review import Review
from offhand.study.sentences import ahead_sentence
from offhand.study.today import Today, today
from offhand.tui.app import OffhandApp
from offhand.tui.home_text import (
    PANEL,
    ask_text,
    date_line_text,
    kept_text,
    ready_line_text,
    row_text,
    weakest_text,
)
from offhand.tui.widgets.heatmap import heatmap
from offhand.tui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from offhand.study.report import Figures, WeakSection
    from offhand.study.targets.outlook import Ready

_PANEL_FROM = 76
_MORE_NEW = 10


class DeckList(OptionList):
    """The decks and their sections with what today asks of each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", "down", show=False),
        Binding("up,k", "cursor_up", "up", show=False),
        Binding("home,g", "first", "first", show=False),
        Binding("end,G", "last", "last", show=False),
        Binding("pagedown", "page_down", "page down", show=False),
        Binding("pageup", "page_up", "page up", show=False),
    ]


class HomeScreen(Screen[None]):
    """Today at a glance."""

    app = getters.app(OffhandApp)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space,enter", "begin", "begin", tooltip="Review what today asks of the marked line"
        ),
        Binding("b", "browse", "browse", tooltip="Find any card, see it, mend it"),
        Binding("z", "quiz", "quiz", tooltip="Examine yourself on the marked line"),
        Binding("i", "interview", "interview", tooltip="A mock interview against the clock"),
        Binding("d", "target", "date", tooltip="A date to be ready by, and how ready you are"),
        Binding("w", "weak", "weak", tooltip="Where you fail most, and what it rests on"),
        Binding("m", "import", "import", tooltip="Bring decks in from other programs and files"),
        Binding("x", "export", "export", tooltip="Write the marked line to a file"),
        Binding("a,plus", "add", "add", key_display="a", tooltip="Add a card"),
        Binding("n", "more_new", "more new", tooltip=f"Begin {_MORE_NEW} new cards beyond today's"),
        Binding(
            "p",
            "practise",
            "practise",
            tooltip="Drill the marked line; the schedule stays as it is",
        ),
        Binding("t", "app.theme", "theme", tooltip="Change between dark and light"),
        Binding("q", "app.quit", "quit", tooltip="Leave Offhand; nothing is lost"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.scopes: list[Scope] = []
        self.today: Today | None = None
        self.figures: Figures | None = None
        self.weak: list[WeakSection] = []
        self.ready: Ready | None = None

    def compose(self) -> ComposeResult:
        """The answer to "how much today?" first, the decks below, the past at the side."""
        with Horizontal(id="top"):
            yield Static(Content.styled("Offhand", "bold $accent"), id="section")
            yield Static(id="progress")
        with Horizontal(id="asks"):
            yield Static(id="asked")
            yield Static(Content.styled(" Space  begin ", "bold"), id="begin")
        with Horizontal(id="home"):
            with Vertical(id="decks"):
                yield Static(id="columns")
                yield DeckList(id="list", markup=False)
            with VerticalScroll(id="side", can_focus=False):
                yield Static(id="heat")
                yield Static(id="kept")
                yield Static(id="weakest")
                yield Static(id="ahead")
        yield KeyBar()

    def on_mount(self) -> None:
        """Watch the day, as the app may stay open over night."""
        self.set_interval(60, self._turn_day)

    def on_screen_resume(self) -> None:
        """Come back with what has changed meanwhile."""
        self.app.went_well(self.load)

    def _turn_day(self) -> None:
        if self.is_current and self.today is not None and self.today.day != self.desk.today:
            self.app.went_well(lambda: note_rest_days(self.desk))
            self.app.went_well(self.load)

    def on_resize(self, event: Resize) -> None:
        """Leave out the side where there is no room for it."""
        self.query_one("#side").display = event.size.width >= _PANEL_FROM
        if self.today is not None:
            self.call_after_refresh(self.show)

    def load(self) -> None:
        """Ask what today brings, and show it; the past, which takes longer to count, after that."""
        self.today = today(self.desk)
        self.show()
        self.refresh_bindings()
        self.call_after_refresh(self.app.went_well, self._load_past)

    def _load_past(self) -> None:
        from offhand.study.report import figures, weak_sections
        from offhand.study.targets.outlook import nearest_ready

        self.figures = figures(self.desk)
        self.weak = weak_sections(self.desk)
        self.ready = nearest_ready(self.desk)
        self.show()

    def show(self) -> None:
        """Draw everything as it was loaded."""
        told, known = self.figures, self.today
        if known is None:
            return
        self.query_one("#asked", Static).update(ask_text(known, told))
        self.query_one("#begin").display = bool(known.due or known.new)
        self._show_decks(known)
        if told is None:
            return
        self.query_one("#progress", Static).update(date_line_text(known.day, told))
        weeks = PANEL - 6
        self.query_one("#heat", Static).update(heatmap(told.heat, known.day, weeks))
        lines = [kept_text(told)]
        if self.ready is not None:
            lines.append(ready_line_text(self.ready, known.day))
        self.query_one("#kept", Static).update(Content("\n").join(lines))
        self.query_one("#weakest", Static).update(weakest_text(self.weak))
        self.query_one("#ahead", Static).update(
            Content.styled(ahead_sentence(told.ahead), "$quiet")
        )

    def _show_decks(self, known: Today) -> None:
        decks = self.query_one(DeckList)
        side = PANEL + 1 if self.size.width >= _PANEL_FROM else 0
        width = self.size.width - side - 6
        weak = {(w.deck, w.section) for w in self.weak if w.weakness.weak}
        rows: list[tuple[Scope, Content]] = []
        if len(known.decks) > 1:
            rows.append(
                (Scope(), row_text("Everything", known.due, known.new, width, style="bold"))
            )
        for deck in known.decks:
            rows.append(
                (Scope(deck.id), row_text(deck.title, deck.due, deck.new, width, style="bold"))
            )
            if len(deck.sections) == 1 and deck.sections[0].title == deck.title:
                continue
            rows += [
                (
                    Scope(deck.id, section.id),
                    row_text(
                        f"  {section.title}",
                        section.due,
                        section.new,
                        width,
                        note="weak" if (deck.id, section.id) in weak else "",
                    ),
                )
                for section in deck.sections
            ]
        columns = Content.styled(" " * max(width - 12, 0) + f"{'due':>6}{'new':>6}", "$quiet")
        self.query_one("#columns", Static).update(columns)
        at = decks.highlighted or 0
        self.scopes = [scope for scope, _ in rows]
        decks.set_options([Option(content) for _, content in rows])
        if rows:
            decks.highlighted = min(at, len(rows) - 1)
            decks.focus()

    @property
    def marked(self) -> Scope | None:
        """What the cursor stands on."""
        at = self.query_one(DeckList).highlighted
        return self.scopes[at] if at is not None and at < len(self.scopes) else None

    def action_quiz(self) -> None:
        """Choose a quiz, the marked line at first."""
        from offhand.tui.screens.quiz_setup import QuizSetupScreen

        self.app.push_screen(QuizSetupScreen(self.desk, self.marked or EVERYTHING))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is can be done."""
        if action in (
            "begin",
            "more_new",
            "practise",
            "export",
            "quiz",
            "interview",
            "target",
            "browse",
        ):
            return bool(self.scopes)
        return True

    async def on_option_list_option_selected(self) -> None:
        """A click on a line, or Enter, begins it."""
        await self.run_action("begin")

    async def on_click(self, event: Click) -> None:
        """A click on the button begins."""
        if event.widget is not None and event.widget.id == "begin":
            await self.run_action("begin")

    def action_begin(self) -> None:
        """Review what today asks of the marked line."""
        self._open(0, "Nothing is due here. n begins new cards, p practises.")

    def action_more_new(self) -> None:
        """Begin new cards beyond today's number."""
        self._open(_MORE_NEW, "No new cards are left here for today. p practises.")

    def action_practise(self) -> None:
        """Drill the marked line."""
        if (scope := self.marked) is not None:
            review = Review.practice(self.desk, scope, limit=20)
            self._push(review, "Nothing to practise here yet: no card was answered.")

    def action_interview(self) -> None:
        """Choose a mock interview, or go on with one."""
        from offhand.tui.screens.interview_setup import InterviewSetupScreen

        self.app.push_screen(InterviewSetupScreen(self.desk))

    def action_browse(self) -> None:
        """Open the library, at the section that the cursor stands on."""
        from offhand.study.finding import query_of
        from offhand.tui.screens.browse import BrowseScreen

        self.app.push_screen(BrowseScreen(self.desk, query_of(self.desk, self.marked)))

    def action_import(self) -> None:
        """Bring decks in."""
        from offhand.tui.screens.importing import ImportScreen

        self.app.push_screen(ImportScreen(self.desk))

    def action_export(self) -> None:
        """Write the marked deck or section to a file."""
        from offhand.tui.screens.exporting import ExportScreen

        if (scope := self.marked) is not None:
            self.app.push_screen(ExportScreen(self.desk, scope, self._title_of(scope)))

    def _title_of(self, scope: Scope) -> str:
        if self.today is None or scope.deck is None:
            return "Everything"
        deck = next(each for each in self.today.decks if each.id == scope.deck)
        sections = [each.title for each in deck.sections if each.id == scope.section]
        return ", ".join([deck.title, *sections])

    def action_add(self) -> None:
        """Add cards in a form, at first to the line that the cursor stands on."""
        from offhand.tui.screens.card_form import CardFormScreen

        self.app.push_screen(CardFormScreen(self.desk, scope=self.marked or EVERYTHING))

    def action_target(self) -> None:
        """Show the dates to be ready by."""
        from offhand.tui.screens.target import TargetScreen

        self.app.push_screen(TargetScreen(self.desk))

    def action_weak(self) -> None:
        """Show the weak sections."""
        from offhand.tui.screens.weak import WeakScreen

        self.app.push_screen(WeakScreen(self.desk))

    def _open(self, more_new: int, otherwise: str) -> None:
        if (scope := self.marked) is not None:
            self._push(Review.today(self.desk, scope, more_new=more_new), otherwise)

    def _push(self, review: Review, otherwise: str) -> None:
        from offhand.tui.screens.review import ReviewScreen

        if review.shown is None:
            self.notify(otherwise, timeout=4, markup=False)
        else:
            self.app.push_screen(ReviewScreen(self.desk, review))
