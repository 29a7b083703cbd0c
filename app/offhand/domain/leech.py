"""Leeches: cards that are forgotten again and again, and need another text more than another review."""

FIRST_AT, AGAIN_AFTER = 8, 4
"""Lapses."""


def is_leech(lapses: int) -> bool:
    """Whether a card lapsed so often that it should be mended."""
    return lapses >= FIRST_AT


def calls_for_mending(lapses: int) -> bool:
    """Whether the lapse that made them so many is one at which mending is offered: the 8th, the 12th, and so on."""
    return is_leech(lapses) and (lapses - FIRST_AT) % AGAIN_AFTER == 0
