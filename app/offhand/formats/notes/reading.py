"""Markdown notes with cards in them, of hashcards or Obsidian: one note, or a folder of them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from offhand.domain.card import Place
from offhand.errors import OffhandError
from offhand.formats.draft import Draft, ReadOptions
from offhand.formats.draft_builder import DraftBuilder
from offhand.formats.fault import Faulty
from offhand.formats.found_cards import two_sided
from offhand.formats.notes.cards import NoteReader, NoteStyle
from offhand.formats.notes.front_matter import FrontMatter, front_matter
from offhand.formats.notes.images import NoteImages
from offhand.formats.notes.obsidian import is_deck, tags_in
from offhand.formats.notes.plain_markdown import in_bold, plain_markdown
from offhand.formats.notes.questions import with_plain_signs
from offhand.formats.outlines.blocks import Kind, blocks_of
from offhand.formats.outlines.headings import by_headings
from offhand.formats.source_text import read_source

_ENDINGS = (".md", ".markdown", ".mdown")
_MEND = (
    "Cards are written as `Q:` and `A:` lines, `term :: definition`, `term ::: definition`, a line `?` "
    "between front and back, `==cloze==`, or a heading with text below it."
)


@dataclass(frozen=True, slots=True)
class _Note:
    path: Path
    text: str
    matter: FrontMatter
    guess: tuple[str, ...]

    @property
    def is_flagged(self) -> bool:
        """Whether it says that it holds flashcards, as Obsidian wants it."""
        if any(map(is_deck, self.matter.tags)):
            return True
        return "#flashcard" in self.text and any(
            is_deck(tag)
            for line in self.text.split("\n")
            for tag in tags_in(line) or tags_in(line.partition(" ")[0])
        )


def read(path: Path, options: ReadOptions) -> list[Draft]:
    """The cards of a note, or of all notes in a folder with a section for each, as one deck."""
    found = DraftBuilder(path, options)
    images = NoteImages(path if path.is_dir() else path.parent, found)
    notes = list(_notes(path, options, found))
    if path.is_dir() and any(note.is_flagged for note in notes):
        for note in notes:
            if not note.is_flagged:
                found.leave_out(Place(note.path), "No `#flashcards` tag, which other notes have.")
        notes = [note for note in notes if note.is_flagged]
    readers = [(note, _read(note, images, options, False)) for note in notes]
    if not any(reader.cards for _, reader in readers):
        readers = [(note, _read(note, images, options, True)) for note in notes]
    has_cards = any(reader.cards or reader.faults for _, reader in readers)
    empty = headings = 0
    for note, reader in readers:
        before = found.count
        if not reader.cards and not reader.faults and (note.is_flagged or not has_cards):
            _take_headings(note, images, found)
            headings += found.count - before
        _take(note, reader, found)
        empty += found.count == before and not reader.faults
    if headings:
        found.taken.append(f"Headings with the text below them are cards: {headings:,}.")
    _tell(found, readers, empty if path.is_dir() else 0)
    if not path.is_dir() and notes:
        found.title = notes[0].matter.title or found.title
    return [found.draft(_MEND)]


def _notes(path: Path, options: ReadOptions, found: DraftBuilder) -> Iterator[_Note]:
    if not path.is_dir():
        source = read_source(path, options)
        yield _note(path, source.text, source.taken)
        return
    files = list(_files(path, options))
    for count, file in enumerate(files):
        if options.progress and count % 50 == 0:
            options.progress(count, len(files))
        try:
            source = read_source(file, options)
        except Faulty as faulty:
            found.faults += faulty.faults
        except OffhandError as error:
            found.fault(Place(file), error.title, error.mend)
        else:
            yield _note(file, source.text, source.taken)


def _files(folder: Path, options: ReadOptions) -> list[Path]:
    files = []
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        files += [
            Path(where, name)
            for name in sorted(names)
            if name.lower().endswith(_ENDINGS) and not name.startswith(".")
        ]
        if len(files) > options.limits.files:
            raise OffhandError(
                f"{folder} holds more than {options.limits.files:,} notes.",
                mend="Import a part of it, or raise the setting for it.",
            )
    return files


def _note(path: Path, text: str, guess: tuple[str, ...]) -> _Note:
    matter = front_matter(text)
    return _Note(path, with_plain_signs(matter.blanked(text)), matter, guess)


def _read(note: _Note, images: NoteImages, options: ReadOptions, unspaced: bool) -> NoteReader:
    style = NoteStyle(
        unspaced or note.is_flagged,
        options.history,
        note.matter.tags,
        lambda text, place: images.placed(plain_markdown(text), place),
    )
    reader = NoteReader(note.text, note.path, style)
    reader.read()
    return reader


def _take(note: _Note, reader: NoteReader, found: DraftBuilder) -> None:
    found.faults += reader.faults
    if not note.matter.legible:
        found.leave_out(Place(note.path), "The front matter is neither YAML nor TOML.")
    tops = {card.headings[0] for card in reader.cards if card.headings}
    whole = len(tops) == 1 and all(card.headings for card in reader.cards)
    if whole and not note.matter.title and note.path == found.path:
        found.title = next(iter(tops))
    for card in reader.cards:
        inner = card.headings[1:] if whole else card.headings
        within = _title(note, found) if note.path != found.path else inner[0] if inner else ""
        found.add(card.deck or within, card.entry)


def _title(note: _Note, found: DraftBuilder) -> str:
    """A note's section in a folder: its title below the folders that it lies in."""
    folders = note.path.relative_to(found.path).parts[:-1]
    return " / ".join((*folders, note.matter.title or note.path.stem))


def _take_headings(note: _Note, images: NoteImages, found: DraftBuilder) -> None:
    """Take the headings of a note that has no other cards: each with the text below it."""
    blocks = blocks_of(note.text)
    if not any(block.kind is Kind.HEADING for block in blocks):
        return
    outline = by_headings(blocks)
    tags = tuple(tag for tag in note.matter.tags if not is_deck(tag))
    alone = note.path == found.path
    found.title = (alone and outline.title) or found.title
    for section, terms in outline.sections.items():
        for term in terms:
            place = Place(note.path, term.line)
            name, text = (
                images.placed(in_bold(plain_markdown(each)), place)
                for each in (term.name, term.definition)
            )
            within = section if alone else _title(note, found)
            found.add(within, two_sided(place, name, text, tags=tags))
    for line, what, why in outline.told_left_out():
        found.leave_out(Place(note.path, line), what, why)


def _tell(found: DraftBuilder, readers: list[tuple[_Note, NoteReader]], without_cards: int) -> None:
    entries = [card.entry for _, reader in readers for card in reader.cards]
    terms = sum(bool(entry.term) for entry in entries)
    sentences = sum(bool(entry.cloze) for entry in entries)
    told = [
        f"{count:,} {one if count == 1 else many}"
        for count, one, many in (
            (terms, "term", "terms"),
            (len(entries) - terms - sentences, "question", "questions"),
            (sentences, "cloze sentence", "cloze sentences"),
        )
        if count
    ]
    if told:
        found.taken.append(f"Cards in the notes: {', '.join(told)}.")
    if without_cards:
        notes = "1 note holds" if without_cards == 1 else f"{without_cards:,} notes hold"
        found.taken.append(f"{notes} no cards.")
    if not found.options.history and (count := sum(reader.schedules for _, reader in readers)):
        what = "schedule" if count == 1 else "schedules"
        found.taken.append(f"{count:,} {what} of Obsidian not read; --history brings them.")
    found.taken += dict.fromkeys(line for note, _ in readers for line in note.guess)
