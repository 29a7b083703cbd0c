"""What is said when no card waits, and what may be done then."""

from offhand.domain.card import Scope
from offhand.study.desk import Desk
from offhand.study.library import decks
from offhand.study.report import figures
from offhand.study.review import plan_today
from offhand.study.sentences import ahead_sentence, counted


def nothing_waiting(desk: Desk, scope: Scope) -> list[str]:
    """Lines for a day, or a part of the cards, that asks nothing now."""
    if not decks(desk):
        return no_decks(desk)
    lines = [f"Nothing is due. {ahead_sentence(figures(desk).ahead)}"]
    if backlog := plan_today(desk, scope).backlog:
        is_more = "1 more card is" if backlog == 1 else f"{backlog} more cards are"
        lines.append(
            f"{is_more} due past the setting reviews_per_day ({desk.settings.reviews_per_day})."
        )
    elif more := plan_today(desk, scope, more_new=5).new:
        lines.append(f"`offhand review --new {more}` begins {counted(more, 'new card')} more.")
    return lines


def no_decks(desk: Desk) -> list[str]:
    """Lines for a learner without any deck."""
    return [
        "There are no decks.",
        f"Put one into {desk.paths.decks}; `offhand help deck-format` tells how to write it.",
    ]


def nothing_to_practise() -> list[str]:
    """Lines for a part of the cards of which none was answered yet."""
    return ["There is nothing to practise: no card here was answered yet."]
