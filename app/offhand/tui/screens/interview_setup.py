"""Before an interview: how long, for whom, about what; and going on with one that was left."""

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from offhand.domain.card import EVERYTHING, Level, Scope
from offhand.domain.interview import Interview
from offhand.domain.text import one_line
from offhand.study.desk import Desk
from offhand.study.interviews.interview import InterviewUnderWay
from offhand.study.interviews.listing import unfinished
from offhand.study.interviews.plan import LONGEST, SHORTEST, Offer, SectionOffer, Wish, offer
from offhand.study.interviews.words import aloud_sentence, offer_sentence, unfinished_sentence
from offhand.study.library import decks
from offhand.study.sentences import counted
from offhand.tui.app import OffhandApp
from offhand.tui.widgets.keybar import KeyBar

_MINUTES = (10, 15, 20, 30, 45, 60, 90, 120)
_LEVELS: tuple[Level | None, ...] = (None, *Level)
_NAME = 26


class InterviewSetupScreen(Screen[None]):
    """What the next interview is to be."""

    app = getters.app(OffhandApp)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "begin", priority=True, tooltip="Begin: the clock runs at once"),
        Binding("c", "go_on", "continue", tooltip="Go on with the interview that was left"),
        Binding("space", "mark", "mark", priority=True, tooltip="Mark a section; none means all"),
        Binding("minus,left", "shorter", "shorter", key_display="-", tooltip="Fewer minutes"),
        Binding(
            "plus,right,equals_sign", "longer", "longer", key_display="+", tooltip="More minutes"
        ),
        Binding("l", "level", "level", tooltip="Ask questions of this level only"),
        Binding("i", "past", "past ones", tooltip="The interviews so far"),
        Binding("q,escape", "leave", "back", tooltip="Back to where you came from"),
    ]

    def __init__(self, desk: Desk, wish: Wish | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.wish = wish or Wish()
        self.minutes = self.wish.minutes
        self.level = self.wish.level
        self.scopes: list[Scope] = []
        self.marked: set[Scope] = set()
        self.all: dict[Scope, SectionOffer] = {}
        self.of_level: dict[Scope, SectionOffer] = {}
        self.offer: Offer | None = None
        self.left_open: Interview | None = None

    def compose(self) -> ComposeResult:
        """What was left first, the sections, and below them what follows."""
        with Horizontal(id="top"):
            yield Static(Content.styled("Mock interview", "bold"), id="section")
            yield Static(Content.styled("the schedule stays as it is", "$quiet"), id="progress")
        with Vertical(classes="page"):
            yield Static(id="left-open")
            yield OptionList(id="asked-about", markup=False)
            yield Static(id="ways")
            yield Static(id="told")
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Come back with what has changed meanwhile."""
        self.app.went_well(self.load)

    def load(self) -> None:
        """Ask what there is to ask."""
        self.left_open = unfinished(self.desk)
        self.all = self._by_scope(None)
        self.of_level = self._by_scope(self.level)
        if not self.scopes:
            # What was asked for on the command line is marked at first.
            asked = [each for each in self.wish.scopes if each != EVERYTHING]
            self.marked = {
                scope
                for scope in self.all
                if any(each.holds(scope.deck or "", scope.section or "") for each in asked)
            }
        self.show()
        self.query_one(OptionList).focus()

    def _by_scope(self, level: Level | None) -> dict[Scope, SectionOffer]:
        told = offer(self.desk, Wish(level=level))
        return {Scope(each.deck, each.section): each for each in told.sections}

    def _titles(self) -> dict[Scope, str]:
        """What there is to mark, in the order of the decks."""
        listed = decks(self.desk)
        named = len(listed) > 1
        return {
            Scope(deck.id, s.id): f"{deck.title}: {s.title}" if named else s.title
            for deck in listed
            for s in deck.sections
            if Scope(deck.id, s.id) in self.all
        }

    def _line(self, title: str, scope: Scope) -> Content:
        told = self.of_level.get(scope)
        sign, style = ("✓ ", "bold $accent") if scope in self.marked else ("○ ", "$quiet")
        name = Content(one_line(title)).truncate(_NAME, ellipsis=True)
        name = Content.styled(sign, style) + name.pad_right(max(_NAME - name.cell_length, 0))
        if told is None:
            return name + Content.styled(f"  none for {self.level}", "$quiet")
        what = counted(told.questions, "term" if told.are_terms else "question")
        parts = [name, Content.styled(f"  {what}", "$quiet")]
        if told.recent:
            parts.append(Content.styled(f", {told.recent} asked lately", "$quiet"))
        if told.weak:
            parts.append(Content.styled("  weak: asked more often", "$warning"))
        return Content("").join(parts)

    async def on_option_list_option_selected(self) -> None:
        """A click on a section marks it."""
        await self.run_action("mark")

    @property
    def chosen(self) -> Wish:
        """What is chosen now; everything when no section is marked."""
        marked = tuple(scope for scope in self.scopes if scope in self.marked)
        return Wish(self.minutes, marked or (EVERYTHING,), self.level, self.wish.seed)

    def show(self) -> None:
        """Draw what was chosen, and what it makes."""
        titles = self._titles()
        self.scopes = [*titles]
        listed = self.query_one(OptionList)
        at = listed.highlighted or 0
        listed.set_options([Option(self._line(title, scope)) for scope, title in titles.items()])
        if titles:
            listed.highlighted = min(at, len(titles) - 1)
        self.app.went_well(self._ask_offer)
        left = self.query_one("#left-open", Static)
        left.display = self.left_open is not None
        if self.left_open is not None:
            told = unfinished_sentence(self.left_open)
            left.update(Content.assemble((told, "$warning"), ("  c ", "bold $accent"), "continue"))
        marked = len(self.marked)
        rows = [
            ("space", "sections", f"{marked} marked" if marked else "all"),
            ("-  +", "minutes", str(self.minutes)),
            ("l", "level", self.level.value if self.level else "any"),
        ]
        lines = [
            Content.assemble((f"  {key:<7}", "bold $accent"), f"{name:<10}", (value, "bold"))
            for key, name, value in rows
        ]
        self.query_one("#ways", Static).update(Content("\n").join(lines))
        if self.offer is not None:
            parts = [Content.styled(offer_sentence(self.offer), "bold")]
            if aloud := aloud_sentence(self.offer):
                parts.append(Content.styled(aloud, "$quiet"))
            self.query_one("#told", Static).update(Content("\n").join(parts))
        self.refresh_bindings()

    def _ask_offer(self) -> None:
        self.offer = offer(self.desk, self.chosen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is can be done."""
        match action:
            case "begin":
                return self.offer is not None and self.offer.questions > 0
            case "go_on":
                return self.left_open is not None
            case "mark":
                return bool(self.all)
            case "shorter":
                return self.minutes > SHORTEST
            case "longer":
                return self.minutes < LONGEST
        return True

    def action_mark(self) -> None:
        """Mark the section under the cursor, or take its mark off."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.marked ^= {self.scopes[at]}
            self.show()

    def action_shorter(self) -> None:
        """A shorter interview."""
        fewer = [each for each in _MINUTES if each < self.minutes]
        self.minutes = fewer[-1] if fewer else max(self.minutes - 1, SHORTEST)
        self.show()

    def action_longer(self) -> None:
        """A longer interview."""
        more = [each for each in _MINUTES if each > self.minutes]
        self.minutes = more[0] if more else LONGEST
        self.show()

    def action_level(self) -> None:
        """The next level, after the last one any."""
        self.level = _LEVELS[(_LEVELS.index(self.level) + 1) % len(_LEVELS)]
        self.load()

    def action_past(self) -> None:
        """Show the interviews so far."""
        from offhand.tui.screens.interviews import InterviewsScreen

        self.app.push_screen(InterviewsScreen(self.desk))

    def action_begin(self) -> None:
        """Begin the interview."""
        self._open(InterviewUnderWay.begin(self.desk, self.chosen))

    def action_go_on(self) -> None:
        """Go on with the interview that was left."""
        assert self.left_open is not None
        self._open(InterviewUnderWay.resume(self.desk, self.left_open.id))

    def _open(self, under_way: InterviewUnderWay) -> None:
        from offhand.tui.screens.interview import InterviewScreen

        self.app.replace(self, InterviewScreen(self.desk, under_way))

    def action_leave(self) -> None:
        """Back to where it was opened."""
        self.app.leave(self)
