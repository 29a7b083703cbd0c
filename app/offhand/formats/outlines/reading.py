"""Outlines and Markdown documents as decks: sections, their terms, and the paragraphs below them.

What surrounds an outline (title, byline, navigation, comments) is left out, and told of.
"""

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from offhand.domain.card import Place
from offhand.domain.text import one_line, slug
from offhand.formats.draft import Draft, DraftEntry, ReadOptions
from offhand.formats.draft_builder import DraftBuilder
from offhand.formats.found_cards import asks, question, two_sided
from offhand.formats.notes.front_matter import front_matter
from offhand.formats.notes.images import NoteImages
from offhand.formats.notes.lines import DECK_MARK
from offhand.formats.notes.plain_markdown import in_bold, plain_markdown
from offhand.formats.outlines.blocks import Kind, blocks_of
from offhand.formats.outlines.found import Outline
from offhand.formats.outlines.headings import by_headings
from offhand.formats.outlines.lines import by_lines
from offhand.formats.outlines.own_pages import read_pages
from offhand.formats.outlines.terms import Term
from offhand.formats.source_text import read_source

_MEND = "An outline has headings, or numbered or listed terms, with text below them."


def read(path: Path, options: ReadOptions) -> list[Draft]:
    """The terms of an outline as a deck. Raises OffhandError when it has none."""
    source = read_source(path, options)
    matter = front_matter(source.text)
    if DECK_MARK in source.text:
        return read_pages(matter.blanked(source.text), path, options)
    blocks = blocks_of(matter.blanked(source.text))
    headings = any(block.kind is Kind.HEADING for block in blocks)
    outline = by_headings(blocks) if headings else by_lines(blocks)
    found = DraftBuilder(path, options)
    texts = _Texts(NoteImages(path.parent, found))
    found.title = matter.title or texts.in_line(outline.title)
    found.about = outline.about
    found.taken += (*outline.how, *source.taken)
    for section, terms in _told_apart(outline).items():
        for term in terms:
            entry = _entry(term, Place(path, term.line), texts, matter.tags)
            found.add(texts.in_line(section), entry)
    for line, what, why in outline.told_left_out():
        found.leave_out(Place(path, line), what, why)
    return [found.draft(_MEND)]


@dataclass(frozen=True, slots=True)
class _Texts:
    """Makes texts fit to show."""

    images: NoteImages

    def whole(self, text: str, place: Place) -> str:
        """A text of many lines."""
        return self.images.placed(in_bold(plain_markdown(text)), place)

    def in_line(self, text: str) -> str:
        """A text that stands in one line."""
        return one_line(plain_markdown(text))


def _entry(term: Term, place: Place, texts: _Texts, tags: tuple[str, ...]) -> DraftEntry:
    name, definition = texts.in_line(term.name), texts.whole(term.definition, place)
    if term.asked:
        asked = f"{name}\n\n{texts.whole(term.asked, place)}"
        return question(place, asked, definition, tags=tags)
    sources = (term.source,) if term.source else ()
    return two_sided(place, name, definition, tags=tags, sources=sources)


def _told_apart(outline: Outline) -> dict[str, list[Term]]:
    """The sections, with a term that stands in several called by its section too."""
    counts = Counter(slug(term.name) for terms in outline.sections.values() for term in terms)
    return {
        section: [
            _in_section(term, section)
            if counts[slug(term.name)] > 1 and not asks(term.name)
            else term
            for term in terms
        ]
        for section, terms in outline.sections.items()
    }


def _in_section(term: Term, section: str) -> Term:
    if not section:
        return term
    return replace(term, name=f"{term.name} ({section.rpartition(' / ')[2]})")
