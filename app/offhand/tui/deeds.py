"""What was done to cards in one list: told in a sentence, and taken back step by step."""

from collections.abc import Sequence
from datetime import date

from offhand.domain.event import Mark
from offhand.study.browsing import Deed, mark_all, move_all, toggle_all, undo_deed
from offhand.study.desk import Desk
from offhand.study.sentences import counted

_DONE = {
    Mark.SUSPEND: "suspended",
    Mark.RESUME: "resumed",
    Mark.FLAG: "flagged",
    Mark.UNFLAG: "no longer flagged",
    Mark.BURY: "buried until tomorrow",
    Mark.RESET: "new again",
}


class Deeds:
    """Does things to cards, and remembers them. Each method returns what to tell."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._done: list[tuple[Deed, str]] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._done)

    def toggle(self, cards: Sequence[str], how: Mark) -> str:
        """Suspend or flag cards; where all are so already, the opposite."""
        how, deed = toggle_all(self._desk, cards, how)
        return self._keep(deed, _DONE[how])

    def mark(self, cards: Sequence[str], how: Mark) -> str:
        """Bury or reset cards."""
        deed = mark_all(self._desk, cards, how)
        return self._keep(deed, _DONE[how]) if deed.events else f"Already {_DONE[how]}."

    def move(self, cards: Sequence[str], due: date) -> str:
        """Let cards come on a day."""
        deed = move_all(self._desk, cards, due)
        if not deed.events:
            return "Nothing to move: new cards have no day yet."
        left = len(set(cards)) - len(deed.events)
        told = self._keep(deed, f"moved to {due:%a} {due.day} {due:%b %Y}")
        return f"{told} {counted(left, 'card')} left alone." if left else told

    def undo(self) -> str:
        """Take the last thing back."""
        deed, what = self._done[-1]
        undo_deed(self._desk, deed)
        self._done.pop()
        return f"Taken back: {_cards(deed)} {what}."

    def _keep(self, deed: Deed, what: str) -> str:
        self._done.append((deed, what))
        return f"{_cards(deed)} {what}."


def _cards(deed: Deed) -> str:
    return counted(len(deed.events), "card")
