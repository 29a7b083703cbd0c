"""A leech in a sitting: told before the next card shows, and mended if the learner likes."""

from collections.abc import Callable

from offhand.study.answering import find_card
from offhand.study.desk import Desk
from offhand.study.review import Review
from offhand.tui.app import OffhandApp
from offhand.tui.editing import edit_card, edit_in_form
from offhand.tui.screens.leech import LeechScreen, Mend


def offer_mending(
    app: OffhandApp, desk: Desk, review: Review, card: str, lapses: int, then: Callable[[], None]
) -> None:
    """Offer to mend a card that was just answered; `then` goes on, whatever is chosen."""

    def edited(_: bool) -> None:
        review.reload()
        then()

    def mend(choice: Mend | None) -> None:
        match choice:
            case Mend.FORM:
                edit_in_form(app, desk, card, edited)
            case Mend.EDITOR:
                edited(edit_card(app, desk, card))
            case Mend.SUSPEND:
                app.went_well(lambda: review.suspend_answered(card))
                then()
            case _:
                then()

    app.push_screen(LeechScreen(find_card(desk, card).card.prompt, lapses), mend)
