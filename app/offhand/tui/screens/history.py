"""A card's history: every answer, the interval it earned, and why the card is asked now."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from offhand.domain.event import Answer, Asked
from offhand.domain.past import Step
from offhand.domain.text import one_line
from offhand.study.desk import Desk
from offhand.study.present import duration_text, interval_text
from offhand.study.report import Past, past_of
from offhand.study.sentences import done_sentence

_ASKED = {
    Asked.SCHEDULED: "",
    Asked.REPEAT: "once more",
    Asked.EARLY: "early",
    Asked.PRACTICE: "practice",
    Asked.QUIZ: "quiz",
}


class HistoryScreen(ModalScreen[None]):
    """The past of one card."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,i,space", "dismiss", "close", key_display="esc"),
    ]

    def __init__(self, desk: Desk, card: str) -> None:
        super().__init__()
        self.past = past_of(desk, card)

    def compose(self) -> ComposeResult:
        """The reason first, then the log, newest first."""
        with VerticalScroll(classes="sheet") as sheet:
            sheet.border_title = "History"
            yield Static(_head(self.past))
            for step in reversed(self.past.steps):
                yield Static(_line(step))


def _head(past: Past) -> Content:
    lines = [
        Content.styled(one_line(past.kept.card.prompt)[:200], "bold"),
        Content.styled(past.kept.id, "$quiet"),
        Content(),
        Content(past.why),
    ]
    schedule = past.kept.state.schedule
    if schedule is not None:
        lines.append(
            Content.styled(
                f"Ease {schedule.ease / 100:.2f} · {past.kept.state.reviews} answers"
                f" · {schedule.lapses} {'lapse' if schedule.lapses == 1 else 'lapses'}",
                "$quiet",
            )
        )
    if past.kept.card.sources:
        lines.append(Content.styled("After " + "; ".join(past.kept.card.sources), "$quiet"))
    lines.append(Content())
    return Content("\n").join(lines)


def _line(step: Step) -> Content:
    event = step.event
    day = f"{event.day:%d %b %Y}"
    undone = "  taken back" if step.undone else ""
    if not isinstance(event, Answer):
        return Content.assemble(day, (f"   {done_sentence(event)}{undone}", "$quiet"))
    grade = (f"   {int(event.grade)} ", "bold" if event.grade.passed else "bold $warning")
    word = f"{event.grade.name.lower():<9}"
    earned = ""
    if event.asked is Asked.SCHEDULED and step.state.schedule and not step.undone:
        earned = f"then {interval_text(step.state.schedule.interval)}"
    note = undone.strip() or _ASKED[event.asked] or earned
    time = duration_text(event.took_ms) if event.took_ms else ""
    return Content.assemble(day, grade, word, f"{time:>11}", (f"   {note}", "$quiet"))
