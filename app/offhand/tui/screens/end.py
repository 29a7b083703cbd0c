"""The end of a sitting: how it went, what was missed, what tomorrow brings."""

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from offhand.domain.card import Scope
from offhand.domain.text import one_line
from offhand.errors import OffhandError
from offhand.study.desk import Desk
from offhand.study.review import Review
from offhand.study.sentences import (
    ahead_sentence,
    counted,
    rate,
    streak_sentence,
    summary_sentence,
)
from offhand.study.summary import Summary, sum_up
from offhand.tui.app import OffhandApp
from offhand.tui.widgets.keybar import KeyBar


class EndScreen(Screen[None]):
    """How a sitting went."""

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
            "r",
            "again",
            "missed again",
            tooltip="Practise the missed cards; the schedule stays",
        ),
        Binding(
            "w",
            "drill",
            "drill weak",
            tooltip="Practise the weak section; the schedule stays",
        ),
        Binding("f", "mend", "mend", tooltip="Write the first leech anew, in a form"),
        Binding("c", "go_on", "go on", tooltip="Go on with what is still waiting"),
        Binding("u", "undo", "undo", tooltip="Take back the last answer, and return to its card"),
    ]

    def __init__(self, desk: Desk, review: Review) -> None:
        super().__init__()
        self.desk = desk
        self.review = review
        self.summary: Summary = sum_up(desk, review.session)

    def compose(self) -> ComposeResult:
        """One block each: the figures, the missed cards, what follows."""
        with VerticalScroll(classes="page"):
            yield Static(id="figures")
            yield Static(id="missed")
            yield Static(id="after")
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill in the figures."""
        self.query_one("#figures", Static).update(
            Content.styled(summary_sentence(self.summary), "bold")
        )
        self.query_one("#missed", Static).update(self._missed())
        self.query_one("#after", Static).update(self._after())

    def _missed(self) -> Content:
        missed = self.summary.missed
        if not missed:
            return Content.styled("Nothing missed.", "$quiet")
        width = min(max(self.app.size.width - 8, 30), 90)
        room = max(width - 38, 20)
        lines = [Content.styled("Missed", "bold")]
        for each in missed[:12]:
            times = f"  {each.times} times so far" if each.times > 1 and width > 70 else ""
            times += "  a leech" if each.leech else ""
            lines.append(
                Content("  ").join(
                    [
                        Content(),
                        _cell(Content(one_line(each.prompt)), room),
                        _cell(Content.styled(one_line(each.section), "$quiet"), 22),
                    ]
                )
                + Content.styled(times, "$warning")
            )
        if len(missed) > 12:
            lines.append(Content.styled(f"  and {len(missed) - 12} more", "$quiet"))
        return Content("\n").join(lines)

    def _after(self) -> Content:
        lines = []
        for section in self.summary.weak:
            told = f"{one_line(section.title)} is weak: {rate(section.weakness)} missed."
            lines.append(Content.styled(told, "$warning"))
        if leeches := self.summary.leeches:
            told = counted(len(leeches), "leech", "leeches")
            lines.append(Content.styled(f"{told} to mend: another text helps more.", "$warning"))
        if self.summary.waiting:
            lines.append(Content(f"{self.summary.waiting} still wait today."))
        lines.append(Content(streak_sentence(self.summary.streak)))
        lines.append(Content.styled(ahead_sentence(self.summary.ahead), "$quiet"))
        return Content("\n").join(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is can be done."""
        match action:
            case "again":
                return bool(self.summary.missed)
            case "drill":
                return bool(self.summary.weak)
            case "mend":
                return bool(self.summary.leeches)
            case "go_on":
                return bool(self.summary.waiting)
            case "undo":
                return self.review.can_undo
        return True

    def action_leave(self) -> None:
        """Go home, or leave Offhand when it was opened for this sitting."""
        self.app.leave(self)

    def action_again(self) -> None:
        """Practise the cards missed in this sitting."""
        cards = tuple(each.card for each in self.summary.missed)
        self._open(Review.practice_of(self.desk, cards))

    def action_drill(self) -> None:
        """Practise the weakest section of this sitting."""
        weakest = self.summary.weak[0]
        self._open(Review.practice(self.desk, Scope(weakest.deck, weakest.section), limit=20))

    def action_mend(self) -> None:
        """Write the first leech anew in a form."""
        from offhand.tui.editing import edit_in_form

        edit_in_form(self.app, self.desk, self.summary.leeches[0].card)

    def action_go_on(self) -> None:
        """Begin a sitting with what is still waiting."""
        self._open(Review.today(self.desk))

    def action_undo(self) -> None:
        """Take back the last answer and return to its card."""
        try:
            self.review.undo()
        except OffhandError as error:
            self.app.tell(error)
        else:
            self._open(self.review)

    def _open(self, review: Review) -> None:
        from offhand.tui.screens.review import ReviewScreen

        if review.shown is None:
            self.notify("Nothing is waiting here any more.", timeout=4)
        else:
            self.app.replace(self, ReviewScreen(self.desk, review))


def _cell(text: Content, width: int) -> Content:
    """A text cut or filled to a width."""
    text = text.truncate(width, ellipsis=True)
    return text.pad_right(max(width - text.cell_length, 0))
