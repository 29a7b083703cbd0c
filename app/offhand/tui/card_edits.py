"""What a screen with a list of cards does to them: their schedule, their marks, their texts."""

from collections.abc import Callable
from datetime import date

from offhand.domain.event import Mark
from offhand.tui.entry_edits import EntryEdits


class CardEdits(EntryEdits):
    """A screen that knows which cards are meant, and has these actions besides."""

    def changed(self) -> None:
        """Show the cards as they are now."""
        raise NotImplementedError

    def do(self, do: Callable[[], str]) -> None:
        """Do something to cards, and tell of it; what goes wrong is told."""
        told: list[str] = []
        if self.app.went_well(lambda: told.append(do())):
            self.app.clear_notifications()
            # Long enough to be read.
            self.notify(told[0], timeout=max(3, len(told[0]) / 15), markup=False)
            self.app.tell_notices()
        self.changed()

    def action_switch(self, mark: str) -> None:
        """Suspend or flag the chosen cards; where all are so already, the opposite."""
        self.do(lambda: self.deeds.toggle(self.cards_chosen, Mark(mark)))

    def action_do(self, mark: str) -> None:
        """Bury or reset the chosen cards."""
        self.do(lambda: self.deeds.mark(self.cards_chosen, Mark(mark)))

    def action_move(self) -> None:
        """Ask for a day, and let the chosen cards come on it."""
        from offhand.tui.screens.move import MoveScreen

        cards = self.cards_chosen

        def move(due: date | None) -> None:
            if due is not None:
                self.do(lambda: self.deeds.move(cards, due))

        what = "the card" if len(cards) == 1 else f"each of {len(cards):,} cards"
        self.app.push_screen(MoveScreen(what, self.desk.today), move)

    def action_undo(self) -> None:
        """Take the last thing back."""
        self.do(self.deeds.undo)

    def action_edit(self) -> None:
        """Edit the card in the learner's editor, and take the edit at once."""
        from offhand.tui.editing import edit_card

        if (card := self.card_here) is not None and edit_card(self.app, self.desk, card):
            self.changed()
