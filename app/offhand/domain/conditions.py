"""Which of all cards meet a condition: answered for all at once, so that it can be asked at every key."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from operator import eq, ge, gt, le, lt

from offhand.domain.leech import FIRST_AT, is_leech
from offhand.domain.listing import Figures
from offhand.domain.query import Compared, Is, Part, Standing, Within

YOUNG_DAYS = 21
_LEARNT = 2
"""Passes in a row: SM-2's first two intervals are the same for every card."""

Met = bytes
"""A byte for each card, in the order of the decks: 1 where it meets a condition, else 0."""
_TURNED = b"\1\0" + bytes(254)


def both(one: Met, other: Met) -> Met:
    """Where two conditions are met."""
    return (int.from_bytes(one) & int.from_bytes(other)).to_bytes(len(one))


def either(one: Met, other: Met) -> Met:
    """Where one of two conditions is met."""
    return (int.from_bytes(one) | int.from_bytes(other)).to_bytes(len(one))


def turned(met: Met) -> Met:
    """Where a condition is not met."""
    return met.translate(_TURNED)


_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "=": eq,
}


def compared(clause: Compared, cards: Figures) -> Met:
    """Whose figure compares as it should; one that a card lacks does not."""
    compare, value = _COMPARE[clause.sign], clause.value
    column: Sequence[int | None] = getattr(cards, clause.figure.value)
    met = _where(column, lambda figure: compare(figure, value))
    return turned(met) if clause.negated else met


def standing(clause: Standing, cards: Figures, today: date, leech_at: int = FIRST_AT) -> Met:
    """Which cards are what they should be, on a day; a leech is one from `leech_at` lapses on."""
    met = bytes(len(cards))
    for each in clause.any_of:
        met = either(met, _being(each, cards, today.toordinal(), leech_at))
    return turned(met) if clause.negated else met


def within(clause: Within, cards: Figures, sections: Sequence[tuple[str, str]]) -> Met:
    """Which cards lie in a section, or a deck, of that name.

    `sections` are the folded names of every section and of its deck.
    """
    at = 0 if clause.part is Part.SECTION else 1
    met = _where(cards.section, lambda section: clause.text in sections[section][at])
    return turned(met) if clause.negated else met


def _being(what: Is, cards: Figures, today: int, leech_at: int) -> Met:
    match what:
        case Is.DUE:
            asked = either(_where(cards.due, lambda day: day <= today), bytes(cards.again))
            return both(asked, _at_hand(cards))
        case Is.NEW:
            return turned(_where(cards.repetitions, lambda _: True))
        case Is.AGAIN:
            return both(bytes(cards.again), _at_hand(cards))
        case Is.LEARNING:
            return _where(cards.repetitions, lambda passes: passes < _LEARNT)
        case Is.YOUNG:
            return _where(cards.interval, lambda days: days < YOUNG_DAYS)
        case Is.MATURE:
            return _where(cards.interval, lambda days: days >= YOUNG_DAYS)
        case Is.SUSPENDED:
            return bytes(cards.suspended)
        case Is.BURIED:
            return bytes(cards.buried)
        case Is.FLAGGED:
            return bytes(cards.flagged)
        case Is.LEECH:
            return _where(cards.lapses, lambda lapses: is_leech(lapses, leech_at))


def _at_hand(cards: Figures) -> Met:
    """Which cards are not put aside."""
    return turned(either(bytes(cards.suspended), bytes(cards.buried)))


def _where(column: Sequence[int | None], fits: Callable[[int], bool]) -> Met:
    # Asked once of each figure that there is, and not of each card.
    fitting = {figure for figure in set(column) if figure is not None and fits(figure)}
    return bytes(map(fitting.__contains__, column))
