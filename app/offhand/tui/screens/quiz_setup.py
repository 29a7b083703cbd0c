"""Before a quiz: what it asks about, how much, and in which ways."""

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import SelectionList, Static
from textual.widgets.selection_list import Selection

from offhand.domain.card import EVERYTHING, Scope
from offhand.domain.quiz import Way
from offhand.domain.text import one_line
from offhand.study.desk import Desk
from offhand.study.library import decks
from offhand.study.quiz import Quiz, weak_scopes
from offhand.study.sentences import counted
from offhand.tui.app import OffhandApp
from offhand.tui.widgets.keybar import KeyBar

_COUNTS = (5, 10, 20, 30, 50, 100)
_WAYS = {
    Way.CHOICE: ("c", "multiple choice"),
    Way.TYPED: ("t", "typed terms"),
    Way.CLOZE: ("g", "gaps to fill"),
    Way.CARD: ("p", "plain cards"),
}


class QuizSetupScreen(Screen[None]):
    """What the next quiz is to be."""

    app = getters.app(OffhandApp)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "begin", priority=True, tooltip="Begin the quiz"),
        Binding("space", "mark", "mark", priority=True, tooltip="Mark a section; none means all"),
        Binding("w", "weak", "weak ones", tooltip="Mark the weak sections"),
        Binding("minus,left", "fewer", "fewer", key_display="-", tooltip="Fewer questions"),
        Binding(
            "plus,right,equals_sign", "more", "more", key_display="+", tooltip="More questions"
        ),
        *(
            Binding(key, f"way('{way}')", name, show=False, tooltip=f"Ask {name}, or do not")
            for way, (key, name) in _WAYS.items()
        ),
        Binding("q,escape", "leave", "back", tooltip="Back to where you came from"),
    ]

    def __init__(self, desk: Desk, scope: Scope = EVERYTHING) -> None:
        super().__init__()
        self.desk = desk
        self.first = scope
        self.count = 20
        self.ways = set(Way)

    def compose(self) -> ComposeResult:
        """The sections above, the ways and the number below."""
        with Horizontal(id="top"):
            yield Static(Content.styled("Quiz", "bold"), id="section")
            yield Static(Content.styled("the schedule stays as it is", "$quiet"), id="progress")
        with Vertical(classes="page"):
            yield SelectionList[Scope](*self._selections(), id="scopes")
            yield Static(id="ways")
            yield Static(id="told")
        yield KeyBar()

    def _selections(self) -> list[Selection[Scope]]:
        listed = decks(self.desk)
        named = len(listed) > 1
        return [
            Selection(
                Content(f"{one_line(deck.title)}: " if named else "") + Content(one_line(s.title)),
                Scope(deck.id, s.id),
                self.first != EVERYTHING and self.first.holds(deck.id, s.id),
            )
            for deck in listed
            for s in deck.sections
        ]

    def on_mount(self) -> None:
        """Stand on the first section."""
        self.query_one(SelectionList).focus()
        self.show()

    def on_selection_list_selected_changed(self) -> None:
        """Tell what was marked."""
        self.show()

    @property
    def scopes(self) -> list[Scope]:
        """What is marked; everything when nothing is."""
        marked: list[Scope] = self.query_one(SelectionList).selected
        return marked or [EVERYTHING]

    def show(self) -> None:
        """Draw the ways and what was chosen."""
        lines = [
            Content.assemble(
                (f"  {key}  ", "bold $accent"),
                ("● " if way in self.ways else "○ ", "$accent" if way in self.ways else "$quiet"),
                (name, "" if way in self.ways else "$quiet"),
            )
            for way, (key, name) in _WAYS.items()
        ]
        self.query_one("#ways", Static).update(Content("\n").join(lines))
        marked = len(self.query_one(SelectionList).selected)
        where = counted(marked, "section") if marked else "all sections"
        told = Content.assemble(
            (counted(self.count, "question"), "bold"), (f" at most, from {where}", "$quiet")
        )
        self.query_one("#told", Static).update(told)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is can be done."""
        match action:
            case "fewer":
                return self.count > _COUNTS[0]
            case "more":
                return self.count < _COUNTS[-1]
            case "begin":
                return bool(self.ways)
        return True

    def action_mark(self) -> None:
        """Mark the section under the cursor, or take its mark off."""
        self.query_one(SelectionList).action_select()

    def action_weak(self) -> None:
        """Mark the weak sections and no others."""
        scopes = weak_scopes(self.desk)
        listed = self.query_one(SelectionList)
        listed.deselect_all()
        for scope in scopes:
            listed.select(scope)

    def action_fewer(self) -> None:
        """Ask fewer questions."""
        self._step(-1)

    def action_more(self) -> None:
        """Ask more questions."""
        self._step(1)

    def _step(self, by: int) -> None:
        at = _COUNTS.index(self.count) + by
        self.count = _COUNTS[min(max(at, 0), len(_COUNTS) - 1)]
        self.show()
        self.refresh_bindings()

    def action_way(self, way: str) -> None:
        """Ask in a way, or do not."""
        self.ways ^= {Way(way)}
        self.show()
        self.refresh_bindings()

    def action_begin(self) -> None:
        """Begin the quiz."""
        from offhand.tui.screens.quiz import QuizScreen

        ways = [way for way in Way if way in self.ways]
        quiz = Quiz.begin(self.desk, self.scopes, self.count, ways)
        self.app.replace(self, QuizScreen(self.desk, quiz))

    def action_leave(self) -> None:
        """Back to where it was opened."""
        self.app.leave(self)
