"""Drafts for property tests: decks of every kind of entry, with texts that YAML would trip over."""

from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from offhand.domain.card import Level, Place
from offhand.domain.text import fold, slug
from offhand.formats import cloze
from offhand.formats.draft import (
    Draft,
    DraftChoice,
    DraftContrast,
    DraftEntry,
    DraftQuestion,
    DraftSection,
)
from offhand.formats.entry_cards import entry_id
from offhand.formats.yaml.fields import as_read, meant_as_yes
from offhand.formats.yaml.tree import Text

NOWHERE = Place(Path())

TRAPS = (
    *("no", "Yes", "null", "~", "1e3", "0x1F", "2024-01-01", "12:30:00", "<<", "=", ".inf"),
    *("- x", "-", "--- x", "...", "? x", ": x", "x:", "x: y", "x :y", "a:b", "x #y", "#x", "x#y"),
    *("[x", "]x", "{x", "}x", "a, b", "&x", "*x", "!x", "!!str x", "|", "| x", ">x", "%x", "@x"),
    *(
        "`x`",
        "'x'",
        '"x"',
        "it's",
        'say "x"',
        "back\\slash",
        "'\"",
        "\\n",
        "{{x}}",
        "x\ty",
        "\ttab",
    ),
    *("a\nb", "a\n\n\nb", "a\n  b\n\tc", "a \n b", "- a\n- b", "# a\nb: c", "a\n---\nb", "'\n\""),
    *(
        "x\ufeffy",
        "\ufeff",
        "\ufffe",
        "\U0001f600",
        "\u200bx",
        "x\u00a0y",
        "x\u3000:",
        "a\n\ufffeb",
    ),
    *("x" * 1100, "y " * 600 + "\nz", "term", "question", "cloze", "deck", "sections"),
)

texts = st.one_of(st.sampled_from(TRAPS), st.text(max_size=12)).map(as_read).filter(bool)
"""Texts as the reader gives them."""
ids = st.from_regex(r"[a-zA-Z0-9é語_][a-z0-9._-]{0,6}", fullmatch=True)
_given_ids = st.one_of(st.just(""), ids)
_levels = st.one_of(st.none(), st.sampled_from(Level))
_lists = st.lists(texts, max_size=3).map(tuple)
_prompts = texts.filter(lambda text: meant_as_yes(Text(NOWHERE, text)) is None)


def _is_sentence(text: str) -> bool:
    return bool(cloze.holes(text)) and all(a for hole in cloze.holes(text) for a in hole.answers)


_sentences = (
    st.builds(
        lambda before, number, hole, after: as_read(f"{before}{{{{{number}{hole}}}}}{after}"),
        st.one_of(st.just(""), texts),
        st.sampled_from(["", "c1::", "c2::"]),
        texts,
        st.one_of(st.just(""), texts),
    )
).filter(_is_sentence)

_questions = st.builds(DraftQuestion, texts, texts, _lists, _levels, _given_ids)
_contrasts = st.builds(DraftContrast, texts, texts, _given_ids)


@st.composite
def _choices(draw: st.DrawFn) -> DraftChoice:
    right, *wrong = draw(st.lists(texts, min_size=2, max_size=4, unique=True))
    reasons = draw(st.one_of(st.just(st.just("")), st.just(st.one_of(st.just(""), texts))))
    pairs = tuple((option, draw(reasons)) for option in wrong)
    why = draw(st.one_of(st.just(""), texts))
    return DraftChoice(draw(texts), right, pairs, why, draw(_levels), draw(_given_ids))


_common = {
    "id": _given_ids,
    "aliases": _lists,
    "level": _levels,
    "tags": _lists,
    "sources": _lists,
    "extra": st.one_of(st.just(""), texts),
}
_parts = {
    "questions": st.lists(_questions, max_size=2).map(tuple),
    "choices": st.lists(_choices(), max_size=2).map(tuple),
    "cloze": st.lists(_sentences, max_size=2).map(tuple),
    "contrast": st.lists(_contrasts, max_size=2).map(tuple),
}
entries = st.one_of(
    st.builds(DraftEntry, st.just(NOWHERE), term=texts, definition=texts),
    st.builds(
        DraftEntry,
        st.just(NOWHERE),
        term=texts,
        definition=texts,
        reverse=st.one_of(st.sampled_from([True, False, None]), _prompts),
        **_common,
        **_parts,
    ),
    st.builds(
        DraftEntry,
        st.just(NOWHERE),
        questions=st.lists(_questions, min_size=1, max_size=3).map(tuple),
        **_common,
    ),
    st.builds(
        DraftEntry,
        st.just(NOWHERE),
        choices=_choices().map(lambda choice: (replace(choice, id="", level=None),)),
        **_common,
    ),
    st.builds(
        DraftEntry,
        st.just(NOWHERE),
        cloze=st.lists(_sentences, min_size=1, max_size=2).map(tuple),
        **_common,
    ),
)
"""Entries of every kind; a text of theirs is as the reader gives it, and they see no other."""

plain_entries = st.one_of(
    st.builds(DraftEntry, st.just(NOWHERE), term=texts, definition=texts),
    st.builds(
        DraftEntry,
        st.just(NOWHERE),
        term=texts,
        definition=texts,
        reverse=st.sampled_from([True, False, None]),
        **_common,
    ),
    st.builds(
        DraftEntry,
        st.just(NOWHERE),
        questions=st.builds(DraftQuestion, texts, texts, _lists).map(lambda asked: (asked,)),
        **_common,
    ),
    st.builds(
        DraftEntry,
        st.just(NOWHERE),
        choices=_choices().map(lambda choice: (replace(choice, id=""),)),
        **_common,
    ),
    st.builds(DraftEntry, st.just(NOWHERE), cloze=_sentences.map(lambda text: (text,)), **_common),
)
"""Entries of one prompt each, as most imports bring them."""
sections = st.builds(
    DraftSection,
    texts,
    st.one_of(
        st.lists(plain_entries, min_size=1, max_size=4), st.lists(entries, min_size=1, max_size=4)
    ).map(tuple),
    _given_ids,
)
"""Sections that read without a fault by themselves."""


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Decks that read without a fault; ids and titles that would be one are drawn once."""
    titles = draw(st.lists(texts, min_size=1, max_size=3, unique_by=slug))
    listed = st.lists(entries, min_size=1, max_size=4)
    drawn = [(title, draw(listed)) for title in titles]
    called: list[str] = []
    sections: dict[str, DraftSection] = {}
    for title, found in drawn:
        ident = draw(_given_ids)
        if (ident or slug(title)) in sections:
            continue
        kept = []
        for entry in found:
            name = entry_id(entry)
            if fold(name) not in map(fold, called):
                # Built on earlier ones only, as a circle is a fault.
                see = draw(st.lists(st.sampled_from(called), max_size=2)) if called else []
                kept.append(replace(entry, see=tuple(see)))
                called.append(name)
        if kept:
            sections[ident or slug(title)] = DraftSection(title, tuple(kept), ident)
    first = next(iter(sections.values()))
    return Draft(
        draw(st.one_of(texts, st.just(first.title))),
        tuple(sections.values()),
        draw(st.one_of(st.just(""), texts)),
        draw(_given_ids),
        draw(st.booleans()),
        draw(st.one_of(st.just(""), texts)),
    )


def without_places(draft: Draft) -> Draft:
    """The draft as it compares with one from elsewhere."""
    return replace(
        draft,
        sections=tuple(
            replace(
                section, entries=tuple(replace(entry, place=NOWHERE) for entry in section.entries)
            )
            for section in draft.sections
        ),
    )
