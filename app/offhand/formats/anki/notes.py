"""The notes that are made of an entry: one for the term both ways, one for each further facet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from offhand.domain.card import Level
from offhand.domain.contrast import contrast_prompt
from offhand.formats.anki.rendering import FieldRenderer
from offhand.formats.anki.tags import level_tag, tag_of
from offhand.formats.cloze import hole_numbers
from offhand.formats.draft import DraftChoice, DraftEntry, DraftQuestion
from offhand.formats.entry_cards import card_ways
from offhand.formats.style.option_order import option_order

NO_REASON = "Not so."

Fields = tuple[tuple[str, str], ...]
"""The fields of a note: names with their HTML."""


@dataclass(frozen=True, slots=True)
class MadeNote:
    """A note: its type by name, its fields but the last, what its cards are called by `ord`.

    `part` is the entry with only what the note is about.
    """

    kind: str
    fields: Fields
    ways: Mapping[int, str]
    tags: tuple[str, ...]
    part: DraftEntry


def notes_of(entry: DraftEntry, reverse: bool, render: FieldRenderer) -> Iterator[MadeNote]:
    """The notes of an entry; `reverse` says whether its deck asks terms both ways."""
    ways = iter(card_ways(entry, reverse))
    nothing = replace(entry, term="", definition="", reverse=None, pasts={})
    bare = replace(nothing, questions=(), choices=(), cloze=(), contrast=())
    extra = ("Extra", render.html(entry.extra))
    if entry.term:
        part = replace(bare, term=entry.term, definition=entry.definition, reverse=entry.reverse)
        fields = _term_fields(part, reverse, render)
        found = {0: next(ways)} | ({1: next(ways)} if fields[2][1] else {})
        yield MadeNote("Term", (*fields, extra), found, tags_of(part), part)
    for asked in entry.questions:
        part = replace(bare, questions=(asked,))
        fields = _question_fields(asked, render)
        yield MadeNote("Question", (*fields, extra), {0: next(ways)}, tags_of(part), part)
    for choice in entry.choices:
        part = replace(bare, choices=(choice,))
        fields = _choice_fields(choice, render)
        yield MadeNote("Choice", (*fields, extra), {0: next(ways)}, tags_of(part), part)
    for sentence in entry.cloze:
        part = replace(bare, cloze=(sentence,))
        found = {number - 1: next(ways) for number in hole_numbers(sentence)}
        fields = (("Text", render.cloze(sentence)),)
        yield MadeNote("Cloze", (*fields, extra), found, tags_of(part), part)
    for contrast in entry.contrast:
        part = replace(bare, term=entry.term, contrast=(contrast,))
        prompt = contrast_prompt(entry.term, contrast.other)
        fields = (
            ("Prompt", render.html(prompt)),
            ("Difference", render.html(contrast.difference)),
        )
        yield MadeNote("Contrast", (*fields, extra), {0: next(ways)}, tags_of(part), part)


def _term_fields(part: DraftEntry, reverse: bool, render: FieldRenderer) -> Fields:
    definition = render.html(part.definition)
    prompt = reverse if part.reverse is None else part.reverse
    return (
        ("Term", render.html(part.term)),
        ("Definition", definition),
        ("Reverse", render.html(prompt) if isinstance(prompt, str) else definition * prompt),
        ("Also", render.html(", ".join(part.aliases))),
        ("Sources", "<br>".join(map(render.html, part.sources))),
    )


def _question_fields(asked: DraftQuestion, render: FieldRenderer) -> Fields:
    return (
        ("Question", render.html(asked.question)),
        ("Points", _listed("ul", asked.points, render)),
        ("Answer", render.html(asked.answer)),
    )


def _choice_fields(choice: DraftChoice, render: FieldRenderer) -> Fields:
    order = option_order(choice)
    options = [choice.right, *(option for option, _ in choice.wrong)]
    reasons = [render.html(why or NO_REASON) for _, why in choice.wrong]
    items = [f'<li class="right">{render.html(choice.why)}</li>']
    items += [f"<li>{reason}</li>" for reason in reasons]
    is_told = choice.why or any(why for _, why in choice.wrong)
    return (
        ("Question", render.html(choice.question)),
        ("Options", _listed("ol", [options[at] for at in order], render)),
        ("Right", render.html(choice.right)),
        ("Reasons", f"<ol>{''.join(items[at] for at in order)}</ol>" if is_told else ""),
    )


def _listed(tag: str, texts: Sequence[str], render: FieldRenderer) -> str:
    return f"<{tag}>{render.items(texts)}</{tag}>" if texts else ""


def tags_of(part: DraftEntry) -> tuple[str, ...]:
    """The tags of the note of a part: those of its entry, and its level."""
    tags = [tag_of(tag) for tag in part.tags]
    if level := level_of(part):
        tags.append(level_tag(level))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def level_of(part: DraftEntry) -> Level | None:
    """The level of a part: its own, or else its entry's."""
    own = [each.level for each in part.questions] + [each.level for each in part.choices]
    return next((level for level in own if level), part.level)
