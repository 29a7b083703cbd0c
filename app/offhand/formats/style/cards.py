"""Style of one card: its prompt keeps the answer back, and the answer can be checked at a glance."""

import re
from collections.abc import Iterator

from offhand.domain.card import Card, CardKind
from offhand.domain.text import one_line
from offhand.domain.wording import (
    JOINING,
    content,
    covered,
    stands_in,
    stems,
    without_code,
    word_count,
)
from offhand.formats.fault import Fault
from offhand.formats.style.enumeration import longest_list

_CHECKED_IN_TEN_SECONDS = 60
"""How many words an answer may have; a model answer, an option and a hole have limits of their own."""
_SPOKEN_IN_A_MINUTE = 150
_OPTION = 30
_HOLE = 15
_LONGEST_LIST = 5
_POINTS = range(3, 7)
_SHORT_ANSWER = 6
_OTHER_BEFORE = re.compile(rf"{JOINING}\W*$", re.IGNORECASE)
_OTHER_AFTER = re.compile(rf"[^\w,]*(?:,(?:\s+[^\s,]+){{1,3}})*?,?\s*{JOINING}", re.IGNORECASE)
_BESIDE = 80
"""How many signs next to a word tell whether another one is offered with it."""
_HALF = 0.5
_RELATION = re.compile(r"[=≈≠<>≤≥+−×÷→⇒∈:]|[-=]>")
_ENOUGH_TO_GO_BY = 2


def faults_of_card(card: Card) -> Iterator[Fault]:
    """What should be mended about one card on its own."""
    yield from _too_long(card)
    yield from _too_many(card)
    if card.kind is CardKind.QUESTION:
        yield from _given_away(card)
        yield from _points(card)
    elif card.kind is CardKind.CHOICE:
        yield from _given_away(card)
        yield from _without_reason(card)
    elif card.kind is CardKind.CLOZE:
        yield from _cloze(card)


def _too_long(card: Card) -> Iterator[Fault]:
    most, mend = _CHECKED_IN_TEN_SECONDS, "Shorten it, or split the card in two."
    if card.points:
        most, mend = _SPOKEN_IN_A_MINUTE, "Keep to what the key points need."
    elif card.kind is CardKind.CHOICE:
        most, mend = _OPTION, "Shorten it; put what explains it under `why:`."
    elif card.kind is CardKind.CLOZE:
        most, mend = _HOLE, "Ask for less in one hole."
    elif card.kind is CardKind.QUESTION:
        mend = "Shorten it, split the card in two, or give it the `points:` that a good answer has."
    if (count := word_count(card.answer)) > most:
        yield Fault(card.place, f"The answer has {count} words; {most} are the most.", mend)


def _too_many(card: Card) -> Iterator[Fault]:
    if (count := longest_list(card.answer)) > _LONGEST_LIST:
        yield Fault(
            card.place,
            f"The answer lists {count} things; nobody checks more than {_LONGEST_LIST} at once.",
            "Split it into cards, or group the list; a cloze with a hole for each works well.",
        )


def _given_away(card: Card) -> Iterator[Fault]:
    """The whole of a short answer in its question, except among others to choose from."""
    if word_count(card.answer) > _SHORT_ANSWER or not content(card.answer):
        return
    answer = stems(card.answer)
    if "".join(answer).isdigit():
        return
    question = without_code(card.prompt)
    if stands_in(answer, stems(question)) and not _to_choose(card.answer, question):
        yield Fault(
            card.place,
            f"The question gives its answer away: `{one_line(card.answer)[:60]}`.",
            "Ask without naming it.",
        )


def _to_choose(answer: str, question: str) -> bool:
    """Whether the question offers the answer beside another one, as in `A or B?`."""
    wanted = re.escape(one_line(answer).strip("`*_. "))
    asked = one_line(question)
    return any(
        _OTHER_BEFORE.search(asked[max(0, start - _BESIDE) : start])
        or _OTHER_AFTER.match(asked[end : end + _BESIDE])
        for start, end in (match.span() for match in re.finditer(wanted, asked, re.IGNORECASE))
    )


def _points(card: Card) -> Iterator[Fault]:
    if not card.points:
        return
    if len(card.points) not in _POINTS:
        few = len(card.points) < _POINTS.start
        yield Fault(
            card.place,
            f"The answer has {len(card.points)} key point{'s' if len(card.points) > 1 else ''}; "
            f"{_POINTS.start} to {_POINTS.stop - 1} can be ticked off.",
            "Say what else a good answer must say." if few else "Join some, or split the card.",
        )
    answer = content(card.answer)
    for point in card.points:
        if covered(content(point), answer) <= _HALF:
            yield Fault(
                card.place,
                f"The model answer does not say the key point `{one_line(point)[:60]}`.",
                "Say it in the answer, or name the point with the answer's own words.",
            )


def _without_reason(card: Card) -> Iterator[Fault]:
    for option in card.options:
        if not option.right and not option.why:
            yield Fault(
                card.place,
                f"No reason tells why `{one_line(option.text)[:60]}` is wrong.",
                "Write the reason behind the option: `option: reason`.",
            )


def _cloze(card: Card) -> Iterator[Fault]:
    around = card.prompt.replace("[…]", " ")
    if len(content(around)) + len(_RELATION.findall(around)) < _ENOUGH_TO_GO_BY:
        yield Fault(
            card.place,
            f"Around the hole `{one_line(card.answer)[:60]}` there is nothing left to go by.",
            "Write more of the sentence, or a hint: `{{hole::hint}}`.",
        )
    said = stems(around)
    for hole in dict.fromkeys(card.answer.split(", ")):
        if not content(hole) or not stands_in(stems(hole), said):
            continue
        if not _to_choose(hole, card.prompt.split("[")[0]):
            yield Fault(
                card.place,
                f"The sentence says `{one_line(hole)[:60]}` outside its hole as well.",
                "Say it once, or number both holes alike: `{{c1::…}}`.",
            )
