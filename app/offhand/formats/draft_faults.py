"""What keeps an entry of a draft from being written as a deck file, named at its place in the source."""

from collections.abc import Iterator

from offhand.domain.text import is_id
from offhand.formats import cloze
from offhand.formats.draft import DraftChoice, DraftContrast, DraftEntry, DraftQuestion
from offhand.formats.fault import Fault
from offhand.formats.yaml.fields import as_read


def entry_faults(entry: DraftEntry) -> list[Fault]:
    """Why an entry cannot be written; an empty list when it can."""
    return [Fault(entry.place, what, mend) for what, mend in _found(entry)]


def _found(entry: DraftEntry) -> Iterator[tuple[str, str]]:
    if as_read(entry.term):
        if not as_read(entry.definition):
            yield f"`{as_read(entry.term)[:60]}` has no definition.", "Write it, or leave it out."
    else:
        yield from _without_term(entry)
    for asked in entry.questions:
        if not as_read(asked.question) or not as_read(asked.answer):
            yield "A question or its answer is empty.", "Write it, or leave it out."
    for choice in entry.choices:
        yield from _choice(choice)
    for sentence in entry.cloze:
        holes = cloze.holes(as_read(sentence))
        if not holes or not all(answer for hole in holes for answer in hole.answers):
            yield "A cloze has no hole, or an empty one.", "Put what is asked in {{two braces}}."
    for contrast in entry.contrast:
        if not as_read(contrast.other) or not as_read(contrast.difference):
            yield "A contrast is not written out.", "Write both parts, or leave it out."
    parts: tuple[DraftEntry | DraftQuestion | DraftChoice | DraftContrast, ...]
    parts = (entry, *entry.questions, *entry.choices, *entry.contrast)
    for ident in [part.id for part in parts if part.id]:
        if not is_id(ident):
            yield f"`{as_read(ident)[:60]}` cannot be an id.", "Use letters, digits, `-`, `_`, `.`."


def _without_term(entry: DraftEntry) -> Iterator[tuple[str, str]]:
    kinds = [bool(entry.questions), bool(entry.choices), bool(entry.cloze)]
    alone = len(entry.choices) <= 1 and not any(choice.id for choice in entry.choices)
    if sum(kinds) != 1 or not alone or entry.contrast or entry.definition:
        yield (
            "There is neither a term, a question, a choice nor a cloze alone.",
            "Give it a term, or take it apart.",
        )


def _choice(choice: DraftChoice) -> Iterator[tuple[str, str]]:
    options = [as_read(choice.right), *(as_read(text) for text, _ in choice.wrong)]
    if not as_read(choice.question) or not all(options) or len(options) < 2:
        yield "A choice lacks its question or an option.", "Write it, or leave it out."
    if len(set(options)) < len(options):
        yield "An option of a choice stands there twice.", "Take one of them out."
