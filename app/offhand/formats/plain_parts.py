"""Plain cards that Offhand wrote, made the parts of an entry again: what plain_cards does, backwards."""

import re
from collections.abc import Sequence
from dataclasses import replace

from offhand.domain.card import CardKind, Level, Place
from offhand.domain.contrast import contrast_prompt, contrasted
from offhand.domain.text import is_id, one_line, slug
from offhand.formats.cloze import holes, numbered
from offhand.formats.draft import DraftChoice, DraftContrast, DraftEntry, DraftQuestion
from offhand.formats.found_cards import asks
from offhand.formats.plain_cards import choice_texts, question_answer

_ITEM = re.compile(r"^- ", re.MULTILINE)
_END = re.compile(r"\n\n(?! )")
"""Where a list ends, or an item of it."""
_BOLD = re.compile(r"\*\*(.+?)\*\*(?:\n\n|\Z)", re.DOTALL)
_BRACKETS = re.compile(r"\[([^\[\]\n]*)\]")
_NO_HINT = "…"
_NUMBER = re.compile(r"(\{\{)c\d{1,3}::")


def part_of(
    kind: CardKind, prompt: str, answer: str, place: Place, *, name: str = "", points: int = 0
) -> DraftEntry:
    """An entry with only what a card asks: a question where its texts make none of its kind.

    `name` is what the part is called in its entry; the first `points` items of the answer's list are
    key points. A cloze has its sentence for a prompt.
    """
    part = DraftEntry(place)
    if kind is CardKind.TERM:
        return replace(part, term=prompt, definition=answer)
    if kind is CardKind.REVERSE:
        return replace(part, term=answer, reverse=prompt)
    if kind is CardKind.CHOICE and (choice := choice_of(prompt, answer, name)):
        return replace(part, choices=(choice,))
    if kind is CardKind.CONTRAST and (asked := contrasted(one_line(prompt))):
        contrast = DraftContrast(asked[1], answer, id=_given(name, asked[1]))
        return replace(part, term=asked[0], contrast=(contrast,))
    if kind is CardKind.CLOZE:
        return replace(part, cloze=(sentence_of(prompt, name),))
    return replace(part, questions=(question_of(prompt, answer, points, name),))


def guessed_kind(prompt: str, answer: str, term: str) -> CardKind:
    """What a card of these texts is, in the entry of a `term`, empty for the first card of one."""
    if sentence_from(prompt, answer):
        return CardKind.CLOZE
    if contrasted(one_line(prompt)):
        return CardKind.CONTRAST
    if choice_of(prompt, answer, ""):
        return CardKind.CHOICE
    if term:
        return CardKind.REVERSE if answer == term else CardKind.QUESTION
    return CardKind.QUESTION if asks(prompt) else CardKind.TERM


def sentence_from(prompt: str, answer: str, numbers: Sequence[str] = ()) -> str:
    """The cloze sentence of which these are the two texts, empty where there is none.

    `numbers` are those of its holes, `-` for one without; white space of the prompt does not count.
    """
    if "[" not in prompt or "**" not in answer:
        return ""
    pieces = _BRACKETS.split(prompt)
    pattern = _spaced(pieces[0])
    for text, hint in zip(pieces[2::2], pieces[1::2], strict=True):
        pattern += rf"(?:\*\*((?:(?!\*\*).)+)\*\*|\[{_spaced(hint)}\]){_spaced(text)}"
    match = re.fullmatch(pattern, answer.strip(), re.DOTALL)
    if match is None or not any(match.groups()):
        return ""
    sentence, end = "", 0
    given = iter(numbers)
    for at, hint in enumerate(pieces[1::2], 1):
        if match[at]:
            number = next(given, "-")
            hole = f"c{number}::{match[at]}" if number.isdecimal() else match[at]
            hint = "" if hint == _NO_HINT else f"::{hint}"
            sentence += f"{match.string[end : match.start(at) - 2]}{{{{{hole}{hint}}}}}"
            end = match.end(at) + 2
    return sentence + match.string[end:]


def _spaced(text: str) -> str:
    """A pattern for a text in which any white space is as good as another."""
    return re.sub(r"(?:\\\s|\s)+", r"\\s+", re.escape(text))


def question_of(prompt: str, answer: str, points: int, name: str) -> DraftQuestion:
    """A question of which the first `points` items of the answer's list are key points."""
    found = DraftQuestion(prompt, answer, id=_given(name, prompt))
    starts = [match.start() for match in _ITEM.finditer(answer)]
    if not 0 < points <= len(starts):
        return found
    end = _END.search(answer, starts[points - 1])
    head, rest = (answer[: end.start()], answer[end.end() :]) if end else (answer, "")
    with_points = replace(found, answer=rest, points=tuple(_items(head)))
    return with_points if rest and question_answer(with_points) == answer else found


def choice_of(prompt: str, answer: str, name: str) -> DraftChoice | None:
    """A choice from its two texts; None where these are not what Offhand would write."""
    question, at, listed = prompt.rpartition("\n\n- ")
    right = _BOLD.match(answer)
    if not at or right is None:
        return None
    options = _items(f"- {listed}")
    told = answer[right.end() :]
    why, reasons = told, dict[str, str]()
    if found := re.search(r"(?:\A|\n\n)- ", told):
        why, items = told[: found.start()], _items(told[found.start() :].lstrip("\n"))
        reasons = {
            option: reason for option, _, reason in (item.partition("\n\n") for item in items)
        }
    others = [each for each in options if each not in reasons and each != right[1]]
    wrong = (*reasons.items(), *((each, "") for each in others))
    choice = DraftChoice(question, right[1], wrong, why, id=_given(name, question))
    is_whole = right[1] in options and len(options) == 1 + len(wrong)
    return choice if is_whole and choice_texts(choice)[1] == answer else None


def sentence_of(sentence: str, name: str) -> str:
    """A sentence with its holes numbered, without the numbers where it had none.

    That is where its first card is called by the hole's word, and every hole stands alone.
    """
    found = holes(sentence)
    bare = _NUMBER.sub(r"\1", sentence)
    is_by_word = bool(found) and name == slug(found[0].answers[0])
    return bare if is_by_word and numbered(bare) == sentence else sentence


def entries_of(parts: Sequence[DraftEntry]) -> list[DraftEntry]:
    """The entry of the parts that stand in a table or on a page: `joined`, each with its own level.

    A second part with a definition is an entry by itself.
    """
    terms = [part for part in parts if part.definition]
    levels = {part.level for part in terms[:1] or parts}
    level = levels.pop() if len(levels) == 1 else None
    own = [_with_level(part, level) for part in parts if part not in terms[1:]]
    return [*joined(own), *terms[1:]]


def joined(parts: Sequence[DraftEntry]) -> list[DraftEntry]:
    """The entry of some parts; more than one where the part that held them together, the term, is gone.

    Each part may bear the term. One with a reverse prompt and no definition is the card for it.
    """
    whole = next((part for part in parts if part.term and part.definition), None)
    prompts = (part.reverse for part in parts if isinstance(part.reverse, str))
    merged = replace(
        whole or parts[0],
        reverse=next(prompts, whole.reverse if whole else None),
        questions=tuple(each for part in parts for each in part.questions),
        choices=tuple(each for part in parts for each in part.choices),
        cloze=tuple(each for part in parts for each in part.cloze),
        contrast=tuple(each for part in parts for each in part.contrast),
        pasts={way: past for part in parts for way, past in part.pasts.items()},
    )
    if whole:
        return [merged]
    return _apart(merged, next((part.term for part in parts if part.term), ""))


def _apart(merged: DraftEntry, term: str) -> list[DraftEntry]:
    """What is left of a term without the term: a deck file has an entry for each kind of it."""
    questions = merged.questions
    if isinstance(merged.reverse, str):
        questions = (DraftQuestion(merged.reverse, term), *questions)
    bare = replace(merged, term="", reverse=None, pasts={})
    bare = replace(bare, questions=(), choices=(), cloze=(), contrast=())
    found = [replace(bare, questions=questions)] if questions else []
    found += [replace(bare, choices=(each,)) for each in merged.choices]
    found += [replace(bare, cloze=merged.cloze)] if merged.cloze else []
    for each in merged.contrast:
        question = DraftQuestion(contrast_prompt(term, each.other), each.difference)
        found.append(replace(bare, questions=(question,)))
    later = [replace(each, id="") for each in found[1:]]
    return [replace(found[0], pasts=merged.pasts), *later]


def _with_level(part: DraftEntry, level: Level | None) -> DraftEntry:
    """A part of an entry of a level, with its own one in it where that is another."""
    if part.level == level:
        return part
    return replace(
        part,
        level=level,
        questions=tuple(replace(each, level=part.level) for each in part.questions),
        choices=tuple(replace(each, level=part.level) for each in part.choices),
    )


def _given(name: str, text: str) -> str:
    """The id that a part was given: none where it is called by its text."""
    return name if is_id(name) and name != slug(text) else ""


def _items(listed: str) -> list[str]:
    """The items of a list as Offhand writes it, without their indent."""
    return [
        "\n".join(line.removeprefix("  ") for line in item.strip("\n").split("\n"))
        for item in _ITEM.split(listed)[1:]
    ]
