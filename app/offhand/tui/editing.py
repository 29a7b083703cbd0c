"""Editing a card: the app steps aside for the editor, and takes the edit when it comes back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from offhand.domain.card import Place
from offhand.errors import OffhandError
from offhand.settings import load_settings, write_settings_page
from offhand.study.answering import find_card
from offhand.study.desk import Desk
from offhand.study.library import place_to_edit
from offhand.study.refresh import refresh
from offhand.tui.app import OffhandApp
from offhand.tui.editor import edit

if TYPE_CHECKING:
    from offhand.study.entry_edits import Done


def edit_card(app: OffhandApp, desk: Desk, card: str) -> bool:
    """Open a card's file at its line, and read it again afterwards. Returns whether that went well.

    A fault in the edited file is told of, and the deck stays as it was until it is mended.
    """
    try:
        was_at = find_card(desk, card).card.place.path
        place = place_to_edit(desk, card)
        if place.path != was_at:
            app.notify(f"The deck that came with Offhand is yours now: {place.path}.")
        _step_aside(app, place)
        refresh(desk)
    except OffhandError as error:
        app.notify(str(error), title="Not edited", severity="error", markup=False)
        return False
    app.tell_notices()
    return True


def edit_in_form(
    app: OffhandApp, desk: Desk, card: str, then: Callable[[bool], None] = lambda _: None
) -> None:
    """Open a card in a form; `then` is called when it is left, with whether something was saved."""
    from offhand.tui.screens.card_form import CardFormScreen

    def left(done: "Done | None") -> None:
        if done is not None:
            app.notify(" ".join(["Saved.", *done.made]), timeout=6 if done.made else 2)
        then(done is not None)

    try:
        app.push_screen(CardFormScreen(desk, card), left)
    except OffhandError as error:
        app.tell(error)
        then(False)


def edit_settings(app: OffhandApp, desk: Desk) -> None:
    """Open the settings; they hold from the next start, and a fault in them is told at once."""
    try:
        write_settings_page(desk.paths.settings)
        _step_aside(app, Place(desk.paths.settings))
        load_settings(desk.paths.settings)
    except OffhandError as error:
        app.tell(error)
    else:
        app.notify("The settings hold from the next start.", markup=False)


def _step_aside(app: OffhandApp, place: Place) -> None:
    """Leave the terminal to the editor, and take it back however that went."""
    failed: OffhandError | None = None
    try:
        with app.suspend():
            # Textual would not take the terminal back after an error in here.
            try:
                edit(place)
            except OffhandError as error:
                failed = error
    except SuspendNotSupported:
        raise OffhandError(
            "An editor cannot be opened from here.",
            "This terminal cannot be left and taken back.",
            f"Edit {place.path}, line {place.line}; the next start takes the edit.",
        ) from None
    if failed is not None:
        raise failed
