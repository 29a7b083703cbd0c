"""Style of a term and its prompts: a definition says what the term means without saying the term."""

import re
from collections.abc import Iterator, Sequence

from offhand.domain.card import CardKind, Entry
from offhand.domain.text import fold, one_line
from offhand.domain.wording import content, stands_in, stems, without_code
from offhand.formats.fault import Fault

_ASIDE = re.compile(r"\s*[(（][^()（）]*[)）]")
_PAIR = re.compile(r"\s+(?:/|vs\.?|versus)\s+|／", re.IGNORECASE)


def faults_of_names(entry: Entry) -> Iterator[Fault]:
    """Where the definition repeats the term, and where the reverse prompt names what it asks for."""
    asked = {card.kind: card for card in entry.cards}
    forth, back = asked.get(CardKind.TERM), asked.get(CardKind.REVERSE)
    repeated = False
    if forth is not None:
        names = _parts(forth.prompt)
        # A pair's definition has to say which of the two it speaks of.
        first, *_ = without_code(forth.answer).split("\n\n")
        repeated = len(names) == 1 and bool(_found(names, first, in_order=True))
        if repeated or fold(forth.answer) == fold(forth.prompt):
            yield Fault(
                forth.place,
                f"The definition repeats its term, `{one_line(forth.prompt)[:60]}`.",
                "Say what it is in other words.",
            )
    if back is None or (repeated and forth is not None and forth.answer == back.prompt):
        return
    named = _found([*_parts(back.answer), *back.aliases], back.prompt, in_order=False)
    if named:
        yield Fault(
            back.place,
            f"The prompt of the reverse card gives its answer away: `{named[:60]}`.",
            "Write `reverse:` with a prompt that describes it in other words.",
        )


def _parts(term: str) -> list[str]:
    """The names in a term: one, or those of a pair such as `Concurrency / Parallelism`."""
    return [part for part in _PAIR.split(_ASIDE.sub("", term)) if part.strip()] or [term]


def _found(names: Sequence[str], text: str, *, in_order: bool) -> str:
    """The first of the names that stands in the text; empty when none does."""
    said = stems(text)
    for name in names:
        wanted = stems(name)
        if content(name) and (
            stands_in(wanted, said) or (not in_order and set(content(name)) <= set(said))
        ):
            return one_line(name)
    return ""
