"""The end of an interview: what was said, what never was, and what to study tonight."""

from datetime import date
from pathlib import Path
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from offhand.domain.interview import Interview
from offhand.study.bringing_forward import bring_forward
from offhand.study.desk import Desk
from offhand.study.interviews.listing import scorecard_of
from offhand.study.interviews.sharing import share
from offhand.study.review import Review
from offhand.study.sentences import counted
from offhand.tui.app import OffhandApp
from offhand.tui.scorecard_text import head_text, questions_text, sections_text, unsaid_text
from offhand.tui.widgets.keybar import KeyBar


class ScorecardScreen(Screen[None]):
    """How an interview went."""

    app = getters.app(OffhandApp)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space,enter,q,escape",
            "leave",
            "done",
            key_display="space",
            tooltip="Back to where you came from",
        ),
        Binding("r", "practise", "practise", tooltip="Practise the questions that went badly now"),
        Binding(
            "f",
            "forward",
            "to tomorrow",
            tooltip="Bring those questions forward: they are due tomorrow",
        ),
        Binding("x", "share", "write page", tooltip="Write it as a page to share with a partner"),
        Binding("i", "past", "past ones", tooltip="The interviews so far"),
        Binding("j", "scroll(1)", "down", show=False, tooltip="Scroll down"),
        Binding("k", "scroll(-1)", "up", show=False, tooltip="Scroll up"),
    ]

    def __init__(self, desk: Desk, interview: Interview) -> None:
        super().__init__()
        self.desk = desk
        self.card = scorecard_of(desk, interview)
        self.brought: date | None = None

    def compose(self) -> ComposeResult:
        """What follows from it first, then the figures, then every question."""
        with VerticalScroll(classes="page"):
            for name in ("head", "sections", "after", "unsaid", "questions"):
                yield Static(id=f"card-{name}")
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill in what fits the width."""
        self.query_one(VerticalScroll).focus()
        self.show()

    def on_resize(self) -> None:
        """Fit the lines to the width."""
        self.show()

    def show(self) -> None:
        """Draw everything."""
        width = min(max(self.app.size.width - 6, 30), 100)
        blocks = {
            "head": head_text(self.card),
            "sections": sections_text(self.card, width),
            "after": self._after(),
            "unsaid": unsaid_text(self.card, width),
            "questions": questions_text(self.card, width),
        }
        for name, text in blocks.items():
            block = self.query_one(f"#card-{name}", Static)
            block.update(text)
            block.display = bool(text.plain) and bool(self.card.questions or name == "head")

    def _after(self) -> Content:
        missed = len(self.card.missed)
        if not missed:
            return Content()
        told = f"{counted(missed, 'question')} went badly: "
        return Content.assemble(
            (told, "$quiet"),
            ("r", "bold $accent"),
            (" practises them, ", "$quiet"),
            ("f", "bold $accent"),
            (" brings them to tomorrow.", "$quiet"),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is can be done."""
        match action:
            case "practise":
                return bool(self.card.missed)
            case "forward":
                return bool(self.card.missed) and self.brought != self.desk.today
        return True

    def action_leave(self) -> None:
        """Back to where it was opened."""
        self.app.leave(self)

    def action_practise(self) -> None:
        """Practise the questions that went badly; the schedule stays."""
        from offhand.tui.screens.review import ReviewScreen

        review = Review.practice_of(self.desk, self.card.missed)
        if review.shown is None:
            self.notify("They have left their decks.", timeout=4)
        else:
            self.app.push_screen(ReviewScreen(self.desk, review))

    def action_forward(self) -> None:
        """Let the questions that went badly come tomorrow."""
        moved = bring_forward(self.desk, self.card.missed)
        self.brought = self.desk.today
        self.refresh_bindings()
        others = len(self.card.missed) - len(moved)
        told = f"{counted(len(moved), 'question')} due tomorrow."
        if others:
            told += f" {others} new, or due by then anyway."
        self.notify(told, timeout=6)

    def action_share(self) -> None:
        """Write the page where the program was started."""
        day = self.card.interview.day
        path = (
            Path.cwd() / f"interview-{day.isoformat()}-{self.card.interview.id[-4:].lower()}.html"
        )
        share(self.card, path)
        self.notify(str(path), title="Written", timeout=10)

    def action_past(self) -> None:
        """Show the interviews so far."""
        from offhand.tui.screens.interviews import InterviewsScreen

        self.app.replace(self, InterviewsScreen(self.desk))

    def action_scroll(self, lines: int) -> None:
        """Scroll a line."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
