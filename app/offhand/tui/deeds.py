"""What was done to cards in one list: told in a sentence, and taken back step by step."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from offhand.domain.event import Mark
from offhand.errors import CannotUndo
from offhand.study.browsing import Deed, mark_all, move_all, toggle_all, undo_deed
from offhand.study.desk import Desk
from offhand.study.sentences import counted

if TYPE_CHECKING:
    from offhand.study.entry_edits import Done

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
        self._done: list[tuple[Callable[[], bool], str]] = []
        """How each is taken back, and what was said of it."""

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

    def tag(self, cards: Sequence[str], line: str) -> str:
        """Tag cards as a line says: tags with commas between, with a dash before those to take off."""
        from offhand.study.many_entries import tag_cards
        from offhand.study.typed_lines import tags_of

        tags = tags_of(line)
        add = [tag for tag in tags if not tag.startswith("-")]
        remove = [tag[1:].strip() for tag in tags if tag.startswith("-")]
        done = tag_cards(self._desk, cards, add, remove)
        if not done.entries:
            return "Nothing to change: they are tagged like this."
        told = [f"tagged {', '.join(add)}"] if add else []
        told += [f"no longer tagged {', '.join(remove)}"] if remove else []
        return self._keep_edit(done, " and ".join(told))

    def delete(self, cards: Sequence[str]) -> str:
        """Delete cards with their siblings from their deck files."""
        from offhand.study.many_entries import delete_cards

        done = delete_cards(self._desk, cards)
        with_it = f", {counted(done.lost, 'card')} in all" if done.lost > done.entries else ""
        return self._keep_edit(done, f"deleted from the file{with_it}")

    def to_section(self, cards: Sequence[str], section: str) -> str:
        """Move cards with their siblings to another section of their decks."""
        from offhand.study.many_entries import move_cards

        done = move_cards(self._desk, cards, section)
        if not done.entries:
            return "They are there already."
        return self._keep_edit(done, f"moved to {section}")

    def edited(self, done: "Done") -> str:
        """Remember an edit that was done in a form."""
        return self._keep_edit(done, "added" if done.cards else "saved")

    def undo(self) -> str:
        """Take the last thing back; one that cannot be is left, and the next time it is that before it."""
        take_back, what = self._done[-1]
        try:
            kept_others = take_back()
        except CannotUndo:
            self._done.pop()
            raise
        self._done.pop()
        also = " What was changed elsewhere since is kept." if kept_others else ""
        return f"Taken back: {what}{also}"

    def _keep(self, deed: Deed, what: str) -> str:
        def take_back() -> bool:
            undo_deed(self._desk, deed)
            return False

        return self._remember(take_back, f"{counted(len(deed.events), 'card')} {what}.")

    def _keep_edit(self, done: "Done", what: str) -> str:
        from offhand.study.entry_edits import undo_edits

        told = f"{counted(done.entries, 'entry', 'entries')} {what}."
        self._remember(lambda: undo_edits(self._desk, done), told)
        return " ".join([told, *done.made])

    def _remember(self, take_back: Callable[[], bool], told: str) -> str:
        self._done.append((take_back, told))
        return told
