"""Weak sections: the share missed, what the evidence allows, and the cards that cost most."""

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from offhand.domain.card import Scope
from offhand.domain.text import one_line
from offhand.study.desk import Desk
from offhand.study.report import WeakSection, costly_cards, weak_sections
from offhand.study.review import Review
from offhand.study.sentences import counted, percent
from offhand.tui.app import OffhandApp
from offhand.tui.widgets.keybar import KeyBar

_NAME = 26
_FIGURES = 28
_SHORTEST_BAR = 8


class WeakScreen(Screen[None]):
    """Every section with reviews, the weakest first."""

    app = getters.app(OffhandApp)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space,enter,d",
            "drill",
            "drill",
            tooltip="Practise the marked section; the schedule stays",
        ),
        Binding("q,escape", "leave", "back", tooltip="Back to where you came from"),
        Binding("j", "down", "down", show=False, tooltip="Next section"),
        Binding("k", "up", "up", show=False, tooltip="Section before"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.sections: list[WeakSection] = []

    def compose(self) -> ComposeResult:
        """The bars above, the costly cards of the marked section below."""
        with Horizontal(id="top"):
            yield Static(Content.styled("Weak sections", "bold"), id="section")
            yield Static(Content.styled("recent reviews weigh more", "$quiet"), id="progress")
        with Vertical(classes="page"):
            yield OptionList(id="bars", markup=False)
            yield Static(id="legend")
            yield Static(id="costly")
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Come back with what has changed meanwhile."""
        self.app.went_well(self.load)

    def load(self) -> None:
        """Ask how the sections stand, and show it."""
        self.sections = weak_sections(self.desk)
        self.show()

    def on_resize(self) -> None:
        """Fit the bars to the width."""
        self.show()

    def show(self) -> None:
        """Draw a bar for each section."""
        bars = self.query_one("#bars", OptionList)
        at = bars.highlighted or 0
        name = min(_NAME, max(self.size.width - _FIGURES - _SHORTEST_BAR - 5, 8))
        width = max(self.size.width - name - _FIGURES - 5, _SHORTEST_BAR)
        bars.set_options([Option(_bar(each, name, width)) for each in self.sections])
        if self.sections:
            bars.highlighted = min(at, len(self.sections) - 1)
            bars.focus()
            told = "█▓ share missed   ▓─ what the evidence allows (95 %)"
        else:
            told = "No reviews yet. A card's first answer is not a review: come back tomorrow."
        self.query_one("#legend", Static).update(Content.styled(told, "$quiet"))
        self.refresh_bindings()

    def on_option_list_option_highlighted(self) -> None:
        """Show the costly cards of the marked section."""
        self.app.went_well(self.show_costly)

    def show_costly(self) -> None:
        """Draw the costly cards of the marked section."""
        if (section := self.marked) is None:
            return
        scope = Scope(section.deck, section.section)
        lines = [Content.styled("Missed most", "bold")]
        for _, prompt, failed in costly_cards(self.desk, scope):
            text = Content(one_line(prompt)).truncate(max(self.size.width - 16, 20), ellipsis=True)
            lines.append(Content.styled(f"{failed:>4}x  ", "$warning") + text)
        if len(lines) == 1:
            lines = [Content.styled("No card missed here.", "$quiet")]
        self.query_one("#costly", Static).update(Content("\n").join(lines))

    @property
    def marked(self) -> WeakSection | None:
        """The section that the cursor stands on."""
        at = self.query_one("#bars", OptionList).highlighted
        return self.sections[at] if at is not None and at < len(self.sections) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to drill without reviews."""
        return bool(self.sections) if action == "drill" else True

    async def on_option_list_option_selected(self) -> None:
        """A click on a section, or Enter, drills it."""
        await self.run_action("drill")

    def action_drill(self) -> None:
        """Practise the marked section; the schedule stays as it is."""
        from offhand.tui.screens.review import ReviewScreen

        if (section := self.marked) is not None:
            scope = Scope(section.deck, section.section)
            review = Review.practice(self.desk, scope, limit=20)
            if review.shown is None:
                self.notify("Nothing to practise here now.", timeout=4)
            else:
                self.app.push_screen(ReviewScreen(self.desk, review))

    def action_down(self) -> None:
        """Mark the next section."""
        self.query_one("#bars", OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Mark the section before."""
        self.query_one("#bars", OptionList).action_cursor_up()

    def action_leave(self) -> None:
        """Back to where it was opened."""
        self.app.leave(self)


def _bar(section: WeakSection, room: int, width: int) -> Content:
    w = section.weakness
    name = Content(one_line(section.title)).truncate(room, ellipsis=True)
    name = name.pad_right(room - name.cell_length + 1)
    if w.weak is None:
        few = f"not enough reviews yet ({w.reviews})"
        return (name + Content.styled(few, "$quiet")).truncate(width + room + _FIGURES)
    filled, low, high = (
        round(share * width) for share in (w.failure_rate, w.lower_bound, w.upper_bound)
    )
    style = "$warning" if w.weak else "$accent"
    cells = Content.assemble(
        ("█" * low, style),
        ("▓" * (filled - low), style),
        ("─" * (high - filled), "$quiet"),
        " " * (width - high),
    )
    figures = f" {percent(w.failure_rate):>5} of {counted(w.reviews, 'review')}"
    note = Content.styled(" weak", "bold $warning") if w.weak else Content()
    return name + cells + Content.styled(figures, "" if w.weak else "$quiet") + note
