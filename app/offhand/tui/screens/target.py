"""Dates to be ready by: how ready, how that came about, and what lifts it most today."""

from datetime import date
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from offhand.domain.target import Target
from offhand.domain.text import one_line
from offhand.study.desk import Desk
from offhand.study.sentences import counted, percent
from offhand.study.targets.outlook import Outlook, outlook
from offhand.study.targets.target import Added, drop_target, targets_known
from offhand.study.targets.words import (
    ahead_sentence,
    day_name,
    fit_sentences,
    lift_text,
    today_sentence,
    when_text,
)
from offhand.tui.app import OffhandApp
from offhand.tui.widgets.curve import curve
from offhand.tui.widgets.keybar import KeyBar

_NAME = 30
_SECTIONS = 3
_WIDEST = 76


class TargetScreen(Screen[None]):
    """The targets, and all that there is to tell of the marked one."""

    app = getters.app(OffhandApp)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "add", tooltip="Set a date to be ready by"),
        Binding("x", "drop", "drop", tooltip="Drop the marked target; the schedule stays"),
        Binding("q,escape", "leave", "back", tooltip="Back to where you came from"),
        Binding("j", "down", "down", show=False, tooltip="Next target"),
        Binding("k", "up", "up", show=False, tooltip="Target before"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.targets: list[Target] = []
        self.news: list[str] = []
        self.outlooks: dict[str, Outlook] = {}

    def compose(self) -> ComposeResult:
        """The targets above, the marked one below."""
        with Horizontal(id="top"):
            yield Static(Content.styled("Ready by a date", "bold"), id="section")
            yield Static(id="progress")
        with VerticalScroll(classes="page", can_focus=False):
            yield Static(id="news")
            yield OptionList(id="bars", markup=False)
            yield Static(id="told")
            yield Static(id="curve")
            yield Static(id="lifts")
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Come back with what has changed meanwhile."""
        self.app.went_well(self.load)

    def load(self) -> None:
        """Ask how the targets stand, and show it."""
        self.outlooks = {}
        self.targets = targets_known(self.desk)
        self.show()

    def on_resize(self) -> None:
        """Fit the curve to the size."""
        self.show()

    def show(self) -> None:
        """Draw the list, and what belongs to the marked line."""
        today, bars = self.desk.today, self.query_one("#bars", OptionList)
        self.query_one("#progress", Static).update(Content.styled(day_name(today), "$quiet"))
        at = bars.highlighted or 0
        bars.set_options([Option(_row(target, today)) for target in self.targets])
        bars.display = bool(self.targets)
        news = self.query_one("#news", Static)
        news.display = bool(self.news)
        news.update(Content("\n").join(Content(line) for line in self.news))
        if self.targets:
            bars.highlighted = min(at, len(self.targets) - 1)
            bars.focus()
        self.show_marked()
        self.refresh_bindings()

    def on_option_list_option_highlighted(self) -> None:
        """Show the marked target."""
        self.app.went_well(self.show_marked)

    def show_marked(self) -> None:
        """Draw all that there is to tell of the marked target."""
        told, chart, best = (self.query_one(name, Static) for name in ("#told", "#curve", "#lifts"))
        if (target := self.marked) is None:
            told.update(
                Content(
                    "No date is set. With one, new cards are spread over the days until then, and"
                    " the last five ask every card once more, the weakest first."
                )
            )
            chart.update(Content())
            best.update(Content())
            return
        found = self.outlooks.get(target.name) or outlook(self.desk, target)
        self.outlooks[target.name] = found
        told.update(_told(found, self.desk.today))
        is_low = self.size.height < 30
        # What was just said of it is worth more than its first column.
        chart.display = not (is_low and self.news)
        width, height = min(self.size.width - 6, _WIDEST), 4 if is_low else 8
        shares = dict(found.ready.curve)
        since = min(target.since, found.ready.curve[0][0])
        chart.update(curve(shares, since, target.pass_from, target.on, width, height))
        best.update(_lifts(found, self.size.width - 6))

    @property
    def marked(self) -> Target | None:
        """The target that the cursor stands on."""
        at = self.query_one("#bars", OptionList).highlighted
        return self.targets[at] if at is not None and at < len(self.targets) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to drop without a target."""
        return bool(self.targets) if action == "drop" else True

    def action_add(self) -> None:
        """Set a target."""
        from offhand.tui.screens.target_setup import TargetSetupScreen

        self.app.push_screen(TargetSetupScreen(self.desk), self._added)

    def _added(self, added: Added | None) -> None:
        if added is not None:
            self.news = fit_sentences(added)
            self.app.went_well(self.load)
            names = [target.name for target in self.targets]
            self.query_one("#bars", OptionList).highlighted = names.index(added.target.name)

    def action_drop(self) -> None:
        """Drop the marked target, when the learner is sure."""
        from offhand.tui.screens.sure import SureScreen

        if (target := self.marked) is not None:
            sure = SureScreen(f"Drop {target.name}?", "Every card then comes when it is due.")
            self.app.push_screen(sure, lambda sure: self._drop(target, sure))

    def _drop(self, target: Target, sure: bool | None) -> None:
        if sure and self.app.went_well(lambda: drop_target(self.desk, target.name)):
            self.news = []
            self.app.went_well(self.load)

    def action_down(self) -> None:
        """Mark the next target."""
        self.query_one("#bars", OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Mark the target before."""
        self.query_one("#bars", OptionList).action_cursor_up()

    def action_leave(self) -> None:
        """Back to where it was opened."""
        self.app.leave(self)


def _row(target: Target, today: date) -> Content:
    name = Content(one_line(target.name)).truncate(_NAME, ellipsis=True)
    name = name.pad_right(max(_NAME - name.cell_length, 0))
    return name + Content.styled(f"  {when_text(target, today)}", "$quiet")


def _told(found: Outlook, today: date) -> Content:
    ready, held = found.ready, found.ready.readiness
    span = f" ({round(held.low * 100)} to {percent(held.high)})"
    seen = f" as things stand · {ready.seen} of {counted(ready.cards, 'card')} seen"
    head = Content.assemble((f"{percent(held.share)} ready", "bold"), (span + seen, "$quiet"))
    if not ready.target.is_ahead(today):
        return head
    lines = (head, Content(today_sentence(found)), Content(ahead_sentence(found, today)))
    return Content("\n").join(lines)


def _lifts(found: Outlook, width: int) -> Content:
    if not found.sections:
        return Content()
    lines = [Content.styled("Reviewed today, this lifts it most", "bold")]
    for each in found.sections[:_SECTIONS]:
        name = Content(one_line(each.title)).truncate(_NAME, ellipsis=True)
        name = name.pad_right(max(_NAME - name.cell_length, 0))
        cards = Content.styled(f"  {lift_text(each):<17}", "$quiet")
        gain = Content.styled(f"  +{each.gain * 100:.1f} points", "$accent")
        lines.append((Content("  ") + name + cards + gain).truncate(width))
    return Content("\n").join(lines)
