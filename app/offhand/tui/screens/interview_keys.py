"""The keys of an interview, and when each of them works."""

from enum import Enum, auto

from textual.binding import Binding

_TICK = "Tick a point that you said, or take its tick off"


class Mode(Enum):
    """What the screen shows, and so what can be done."""

    OPEN = auto()
    TYPING = auto()
    REVEALED = auto()
    ALL_ASKED = auto()
    PAUSED = auto()


WHEN = {
    "reveal": {Mode.OPEN},
    "reveal_typed": {Mode.TYPING},
    "type": {Mode.OPEN},
    "stop_typing": {Mode.TYPING},
    "skip": {Mode.OPEN},
    "back": {Mode.OPEN, Mode.ALL_ASKED},
    "tick": {Mode.REVEALED},
    "tick_marked": {Mode.REVEALED},
    "mark": {Mode.REVEALED},
    "scroll": {Mode.REVEALED},
    "next": {Mode.REVEALED},
    "more": {Mode.ALL_ASKED},
    "pause": {Mode.OPEN, Mode.REVEALED},
    "go_on": {Mode.PAUSED},
    "end": {Mode.OPEN, Mode.REVEALED, Mode.ALL_ASKED, Mode.PAUSED},
    "leave": {Mode.OPEN, Mode.REVEALED, Mode.ALL_ASKED, Mode.PAUSED},
}
"""In which modes an action can be done; any other can always."""

KEYS = [
    Binding("space,enter,ctrl+r", "reveal", "show answer", tooltip="Show the model answer"),
    Binding("ctrl+r", "reveal_typed", "show answer", tooltip="Show the model answer"),
    Binding("space", "go_on", "go on", tooltip="Let the time run again"),
    Binding("space,n", "more", "one more", tooltip="One more question, as time is left"),
    Binding("enter", "next", "next", tooltip="On to the next question"),
    *(
        Binding(
            str(number),
            f"tick({number - 1})",
            "tick",
            key_display="1-9",
            show=number == 1,
            tooltip=_TICK,
        )
        for number in range(1, 10)
    ),
    Binding("space", "tick_marked", "tick", show=False, tooltip="Tick the marked point"),
    Binding("t", "type", "type", tooltip="Type the answer"),
    Binding("s", "skip", "skip", tooltip="Skip it; it comes once more at the end"),
    Binding("b", "back", "skipped", tooltip="Come back to a question that you skipped"),
    Binding("p", "pause", "pause", tooltip="Stop the clock"),
    Binding("e", "end", "end", tooltip="End the interview, and see the scorecard"),
    Binding("q,escape", "leave", "leave", tooltip="Leave; it waits for you as it is"),
    Binding("escape", "stop_typing", "keys", tooltip="Stop typing: the keys work again"),
    Binding("down,j", "mark(1)", "down", show=False, tooltip="Mark the next point"),
    Binding("up,k", "mark(-1)", "up", show=False, tooltip="Mark the point before"),
    Binding("pagedown,J", "scroll(1)", "down", show=False, tooltip="Scroll the model answer"),
    Binding("pageup,K", "scroll(-1)", "up", show=False, tooltip="Scroll it back"),
]
