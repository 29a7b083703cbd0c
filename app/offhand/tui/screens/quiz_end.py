"""The end of a quiz: the share that was right, section by section, and what was missed."""

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from offhand.domain.text import one_line
from offhand.study.bringing_forward import bring_forward
from offhand.study.desk import Desk
from offhand.study.quiz import Quiz
from offhand.study.review import Review
from offhand.study.sentences import counted, quiz_sentence
from offhand.tui.app import OffhandApp
from offhand.tui.widgets.keybar import KeyBar

_BAR = 20


class QuizEndScreen(Screen[None]):
    """How a quiz went."""

    app = getters.app(OffhandApp)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space,enter,q,escape",
            "leave",
            "done",
            key_display="space",
            tooltip="Back to where you came from",
        ),
        Binding(
            "f",
            "forward",
            "missed to tomorrow",
            tooltip="Bring the missed cards forward: they are due tomorrow",
        ),
        Binding("r", "again", "missed again", tooltip="Practise the missed cards now"),
    ]

    def __init__(self, desk: Desk, quiz: Quiz) -> None:
        super().__init__()
        self.desk = desk
        self.quiz = quiz
        self.result = quiz.result()
        self.brought: int | None = None

    def compose(self) -> ComposeResult:
        """One block each: the figures, the sections, the missed ones."""
        with VerticalScroll(classes="page"):
            yield Static(Content.styled(quiz_sentence(self.result), "bold"))
            yield Static(id="sections")
            yield Static(id="missed")
            yield Static(id="after")
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill in what fits the width."""
        self.show()

    def on_resize(self) -> None:
        """Fit the lines to the width."""
        self.show()

    def show(self) -> None:
        """Draw everything as it stands."""
        width = min(max(self.app.size.width - 6, 30), 100)
        self.query_one("#sections", Static).update(self._sections(width))
        self.query_one("#missed", Static).update(self._missed(width))
        after = "The schedule stays as it is; the answers stand in each card's history."
        if self.brought is not None:
            cards = counted(self.brought, "card")
            after = f"{cards} brought forward: due tomorrow." if self.brought else _NONE_LATER
        self.query_one("#after", Static).update(Content.styled(after, "$quiet"))

    def _sections(self, width: int) -> Content:
        room = max(width - _BAR - 14, 12)
        lines = []
        for section in self.result.sections:
            name = Content(one_line(section.title)).truncate(room, ellipsis=True)
            filled = round(_BAR * section.right / section.asked)
            style = "$accent" if section.right == section.asked else "$warning"
            lines.append(
                Content.assemble(
                    name.pad_right(room - name.cell_length + 2),
                    ("█" * filled, style),
                    ("░" * (_BAR - filled), "$quiet"),
                    f"{section.right:>4} of {section.asked}",
                )
            )
        return Content("\n").join(lines)

    def _missed(self, width: int) -> Content:
        missed = self.result.missed
        if not missed:
            return Content.styled("Nothing missed.", "$quiet")
        lines = [Content.styled("Missed", "bold")]
        for outcome in missed:
            card = outcome.question.card
            asked = one_line(card.answer if outcome.verdict else card.prompt)
            lines.append((Content("  ") + Content(asked)).truncate(width, ellipsis=True))
        return Content("\n").join(lines)

    @property
    def _missed_cards(self) -> tuple[str, ...]:
        return tuple(outcome.question.kept.id for outcome in self.result.missed)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is can be done."""
        match action:
            case "forward":
                return bool(self.result.missed) and self.brought is None
            case "again":
                return bool(self.result.missed)
        return True

    def action_forward(self) -> None:
        """Let the missed cards be due tomorrow."""
        self.brought = len(bring_forward(self.desk, self._missed_cards))
        self.show()
        self.refresh_bindings()

    def action_again(self) -> None:
        """Practise the missed cards; the schedule stays."""
        from offhand.tui.screens.review import ReviewScreen

        review = Review.practice_of(self.desk, self._missed_cards)
        if review.shown is None:
            self.notify("These cards are there no more.", timeout=4)
        else:
            self.app.replace(self, ReviewScreen(self.desk, review))

    def action_leave(self) -> None:
        """Go back, or leave Offhand when it was opened for this quiz."""
        self.app.leave(self)


_NONE_LATER = "Nothing to bring forward: they are new, or due by tomorrow already."
