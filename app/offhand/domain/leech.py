"""Leeches: cards that are forgotten again and again, and need another text more than another review."""

FIRST_AT, AGAIN_AFTER = 8, 4
"""Lapses."""


def is_leech(lapses: int, first_at: int = FIRST_AT) -> bool:
    """Whether a card lapsed so often that it should be mended; never with a `first_at` of 0."""
    return 0 < first_at <= lapses


def calls_for_mending(lapses: int, first_at: int = FIRST_AT) -> bool:
    """Whether the lapse that made them so many is one at which mending is offered: the 8th, the 12th, and so on."""
    return is_leech(lapses, first_at) and (lapses - first_at) % AGAIN_AFTER == 0
