"""Cards as plain formats have them, a front and a back or a text with holes, made into entries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from offhand.domain.card import Level, Place
from offhand.formats.cloze import holes
from offhand.formats.draft import DraftEntry, DraftQuestion, Past
from offhand.formats.entry_cards import card_ways

_ASKING = ("?", "？", "؟", "⁇")


@dataclass(frozen=True, slots=True)
class Gap:
    """What is left out of a text; gaps of one number are asked together, none stands alone."""

    text: str
    number: str = ""
    hint: str = ""


class Rest(TypedDict, total=False):
    """What else an entry may have: see DraftEntry."""

    id: str
    aliases: tuple[str, ...]
    level: Level | None
    tags: tuple[str, ...]
    sources: tuple[str, ...]
    extra: str


def asks(front: str) -> bool:
    """Whether the front of a card is a question, and not a term."""
    return front.rstrip(" *_`\"'”’)").endswith(_ASKING)


def two_sided(
    place: Place,
    front: str,
    back: str,
    *,
    both_ways: bool = False,
    pasts: Sequence[Past | None] = (),
    **rest: Unpack[Rest],
) -> DraftEntry:
    """A card with two sides: a question when its front asks and it is not asked both ways.

    `pasts` are those of the card and of the one that asks the other way round.
    """
    if asks(front) and not both_ways:
        return question(place, front, back, pasts=pasts, **rest)
    made = DraftEntry(
        place, term=front, definition=back, reverse=True if both_ways else None, **rest
    )
    return with_pasts(made, pasts)


def question(
    place: Place,
    asked: str,
    answer: str,
    *,
    pasts: Sequence[Past | None] = (),
    **rest: Unpack[Rest],
) -> DraftEntry:
    """A card that asks a question."""
    return with_pasts(DraftEntry(place, questions=(DraftQuestion(asked, answer),), **rest), pasts)


def gapped(
    place: Place,
    parts: Sequence[str | Gap],
    *,
    pasts: Sequence[Past | None] = (),
    **rest: Unpack[Rest],
) -> DraftEntry:
    """A text with gaps, each group of which is a card: a cloze, in the order of the groups.

    A gap that a cloze cannot say (`std::vector`, as `::` begins a hint) makes questions of it all.
    """
    groups = _groups(parts)
    numbered = any(gap.number for gap in parts if isinstance(gap, Gap))
    sentence = "".join(p if isinstance(p, str) else _hole(p, numbered) for p in parts)
    wanted = [tuple(gap.text.strip() for gap in group) for group in groups]
    if [hole.answers for hole in holes(sentence)] == wanted:
        return with_pasts(DraftEntry(place, cloze=(sentence,), **rest), pasts)
    asked = [
        DraftQuestion(_with_open(parts, group), ", ".join(gap.text.strip() for gap in group))
        for group in groups
    ]
    if len(asked) > 1:
        asked = [replace(each, id=str(number)) for number, each in enumerate(asked, 1)]
    return with_pasts(DraftEntry(place, questions=tuple(asked), **rest), pasts)


def with_pasts(entry: DraftEntry, pasts: Sequence[Past | None]) -> DraftEntry:
    """The entry with the pasts of its cards, given in the order of the cards."""
    known = (
        {way: past for way, past in zip(card_ways(entry), pasts, strict=False) if past is not None}
        if pasts
        else {}
    )
    return replace(entry, pasts=known) if known else entry


def _groups(parts: Sequence[str | Gap]) -> list[list[Gap]]:
    groups: dict[str, list[Gap]] = {}
    for index, part in enumerate(parts):
        if isinstance(part, Gap):
            groups.setdefault(part.number or f"alone {index}", []).append(part)
    return list(groups.values())


def _hole(gap: Gap, numbered: bool) -> str:
    number = f"c{gap.number}::" if numbered and gap.number else ""
    return f"{{{{{number}{gap.text}{'::' + gap.hint if gap.hint else ''}}}}}"


def _with_open(parts: Sequence[str | Gap], group: list[Gap]) -> str:
    return "".join(
        part
        if isinstance(part, str)
        else f"[{part.hint or '…'}]"
        if any(part is gap for gap in group)
        else part.text
        for part in parts
    )
