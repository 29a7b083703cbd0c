"""What a screen with a list of cards does to their deck files: each edit told, and taken back there."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import getters
from textual.screen import Screen

from offhand.domain.card import EVERYTHING, Scope
from offhand.study.answering import find_card
from offhand.study.desk import Desk
from offhand.study.library import decks
from offhand.tui.app import OffhandApp
from offhand.tui.deeds import Deeds

if TYPE_CHECKING:
    from offhand.study.entry_edits import Done

_LOOKED_AT = 100


class EntryEdits(Screen[None]):
    """A screen that knows which cards are meant, and has these actions."""

    app = getters.app(OffhandApp)
    desk: Desk
    deeds: Deeds

    @property
    def card_here(self) -> str | None:
        """The card under the cursor."""
        raise NotImplementedError

    @property
    def cards_chosen(self) -> list[str]:
        """The cards that an action is meant for."""
        raise NotImplementedError

    def do(self, do: Callable[[], str]) -> None:
        """Do something to cards, and tell of it."""
        raise NotImplementedError

    def action_form(self) -> None:
        """Edit the card in a form."""
        from offhand.tui.screens.card_form import CardFormScreen

        if (card := self.card_here) is not None:
            self.app.push_screen(CardFormScreen(self.desk, card), self._edited)

    def action_add(self) -> None:
        """Add cards in a form, at first to the section of the one under the cursor."""
        from offhand.tui.screens.card_form import CardFormScreen

        scope = EVERYTHING
        if self.card_here is not None:
            kept = find_card(self.desk, self.card_here)
            scope = Scope(kept.deck, kept.section)
        self.app.push_screen(CardFormScreen(self.desk, scope=scope), self._edited)

    def _edited(self, done: "Done | None") -> None:
        if done is not None:
            self.do(lambda: self.deeds.edited(done))

    def action_tag(self) -> None:
        """Ask for tags, and put them on the chosen cards."""
        self._ask(
            "Tags for",
            "Tags with commas between; a dash before one takes it off: linux, -old",
            self.deeds.tag,
        )

    def action_section(self) -> None:
        """Ask for a section, and move the chosen cards there."""
        # Those of the decks that are meant; to look at each of thousands of cards would take a while.
        meant = {find_card(self.desk, card).deck for card in self.cards_chosen[:_LOOKED_AT]}
        titles = [
            section.title
            for deck in decks(self.desk)
            if deck.id in meant
            for section in deck.sections
        ]
        self._ask(
            "To which section with",
            "Its title, or that of a new one; → takes what is offered",
            self.deeds.to_section,
            list(dict.fromkeys(titles)),
        )

    def _ask(
        self,
        question: str,
        told: str,
        do: Callable[[list[str], str], str],
        known: Sequence[str] = (),
    ) -> None:
        from offhand.tui.screens.line import LineScreen

        cards = self.cards_chosen
        what = "this card" if len(cards) == 1 else f"{len(cards):,} cards"

        def answered(line: str | None) -> None:
            if line is not None:
                self.app.went_well(lambda: self.do(lambda: do(cards, line)))

        self.app.push_screen(LineScreen(f"{question} {what}?", told, known), answered)

    def action_delete(self) -> None:
        """Delete the chosen cards from their files."""
        cards = self.cards_chosen
        self.do(lambda: self.deeds.delete(cards))
