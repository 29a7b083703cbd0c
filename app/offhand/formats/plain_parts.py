"""Plain cards that Offhand wrote, made the parts of an entry again: what plain_cards does, backwards."""

import re
from collections.abc import Sequence
from dataclasses import replace

from offhand.domain.contrast import contrast_prompt, contrasted
from offhand.domain.text import is_id, one_line, slug
from offhand.formats.cloze import holes, numbered
from offhand.formats.draft import DraftChoice, DraftContrast, DraftEntry, DraftQuestion
from offhand.formats.plain_cards import choice_texts, question_answer

_ITEM = re.compile(r"^- ", re.MULTILINE)
_END = re.compile(r"\n\n(?! )")
"""Where a list ends, or an item of it."""
_BOLD = re.compile(r"\*\*(.+?)\*\*(?:\n\n|\Z)", re.DOTALL)
_NUMBER = re.compile(r"(\{\{)c\d{1,3}::")


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
    return choice if choice_texts(choice) == (prompt, answer) else None


def contrast_of(prompt: str, answer: str, name: str) -> DraftContrast | None:
    """A contrast from its two texts; None for another prompt."""
    asked = contrasted(one_line(prompt))
    return DraftContrast(asked[1], answer, id=_given(name, asked[1])) if asked else None


def sentence_of(sentence: str, name: str) -> str:
    """A sentence with its holes numbered, without the numbers where it had none.

    That is where its first card is called by the hole's word, and every hole stands alone.
    """
    found = holes(sentence)
    bare = _NUMBER.sub(r"\1", sentence)
    is_by_word = bool(found) and name == slug(found[0].answers[0])
    return bare if is_by_word and numbered(bare) == sentence else sentence


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


def _given(name: str, text: str) -> str:
    """The id that a part was given: none where it is called by its text."""
    return name if is_id(name) and name != slug(text) else ""


def _items(listed: str) -> list[str]:
    """The items of a list as Offhand writes it, without their indent."""
    return [
        "\n".join(line.removeprefix("  ") for line in item.strip("\n").split("\n"))
        for item in _ITEM.split(listed)[1:]
    ]
