"""The cards of an entry as prompt and answer alone, for formats that know no more than that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import indent

from offhand.domain.card import CardKind, Level
from offhand.domain.contrast import contrast_prompt
from offhand.formats import cloze
from offhand.formats.draft import DraftChoice, DraftEntry, DraftQuestion
from offhand.formats.entry_cards import card_ways
from offhand.formats.style.option_order import option_order


@dataclass(frozen=True, slots=True)
class PlainCard:
    """A card as two texts, both Markdown. `way` is the last part of its key."""

    kind: CardKind
    way: str
    prompt: str
    answer: str
    level: Level | None


def plain_cards(entry: DraftEntry, reverse: bool) -> Iterator[PlainCard]:
    """The cards of an entry; the holes of one sentence are one card.

    A term that is asked both ways with its definition as the prompt is one card: it says no more.
    `reverse` says whether its deck asks terms both ways.
    """
    ways = iter(card_ways(entry, reverse))
    level = entry.level
    if entry.term:
        yield PlainCard(CardKind.TERM, next(ways), entry.term, entry.definition, level)
        if both_ways := reverse if entry.reverse is None else entry.reverse:
            way = next(ways)
            if isinstance(both_ways, str):
                yield PlainCard(CardKind.REVERSE, way, both_ways, entry.term, level)
    for asked in entry.questions:
        text = question_answer(asked)
        yield PlainCard(CardKind.QUESTION, next(ways), asked.question, text, asked.level or level)
    for choice in entry.choices:
        prompt, answer = choice_texts(choice)
        yield PlainCard(CardKind.CHOICE, next(ways), prompt, answer, choice.level or level)
    for sentence in entry.cloze:
        way, *_ = [next(ways) for _ in cloze.holes(sentence)]
        prompt, answer = cloze_texts(sentence)
        yield PlainCard(CardKind.CLOZE, way, prompt, answer, level)
    for contrast in entry.contrast:
        prompt = contrast_prompt(entry.term, contrast.other)
        yield PlainCard(CardKind.CONTRAST, next(ways), prompt, contrast.difference, level)


def question_answer(asked: DraftQuestion) -> str:
    """What a question is answered with: its key points, and its answer."""
    return "\n\n".join(part for part in (_list(asked.points), asked.answer) if part)


def choice_texts(choice: DraftChoice) -> tuple[str, str]:
    """The prompt and the answer of a choice: its options, then the right one with all reasons."""
    options = [choice.right, *(option for option, _ in choice.wrong)]
    listed = _list([options[at] for at in option_order(choice)])
    wrong = _list([f"{option}\n\n{why}" for option, why in choice.wrong if why])
    answer = "\n\n".join(part for part in (f"**{choice.right}**", choice.why, wrong) if part)
    return f"{choice.question}\n\n{listed}", answer


def cloze_texts(sentence: str) -> tuple[str, str]:
    """The prompt and the answer of a sentence: with its holes open, and filled in bold."""
    prompt = answer = ""
    for part in cloze.parts(sentence):
        if isinstance(part, str):
            prompt, answer = prompt + part, answer + part
        else:
            prompt += f"[{part.hint or '…'}]"
            answer += f"**{part.answer}**"
    return prompt, answer


def _list(texts: Sequence[str]) -> str:
    """A Markdown list."""
    return "\n".join(f"- {indent(text, '  ').lstrip()}" for text in texts)
