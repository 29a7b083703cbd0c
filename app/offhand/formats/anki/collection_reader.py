"""The decks of an open collection: every note taken for what it is, and what is lost told."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from offhand.domain.card import Place
from offhand.errors import OffhandError
from offhand.formats.anki.cloze_marks import sentences_of
from offhand.formats.anki.collection import CardRow, Collection, LogRow, NoteRow, NoteType
from offhand.formats.anki.guid import id_of
from offhand.formats.anki.html import HtmlReader
from offhand.formats.anki.imprint import FIELD, Imprint, read_imprint
from offhand.formats.anki.losses import Losses, named
from offhand.formats.anki.media import Media
from offhand.formats.anki.past import PastReader
from offhand.formats.anki.restoring import decks_of, edited
from offhand.formats.anki.shapes import Note, Shape, shape_of, special_fields
from offhand.formats.anki.tree import DeckTree, joined
from offhand.formats.draft import Draft, DraftEntry, Past, ReadOptions
from offhand.formats.fault import Fault

_OFTEN = 1_000
_SEPARATOR = b"\x1f"
_NO_CARDS_MEND = "Look at it in Anki."


@dataclass(frozen=True, slots=True)
class _Kind:
    """A note type, what becomes of its notes, and the names that are no fields of them."""

    type: NoteType
    shape: Shape
    specials: frozenset[str]
    is_ours: bool


class CollectionReader:
    """Makes decks of an open collection; `path` is what the person called it by."""

    def __init__(
        self, collection: Collection, path: Path, options: ReadOptions, media: Media
    ) -> None:
        self._collection = collection
        self._options = options
        self._media = media
        self._path = path
        self._place = Place(path)
        self._html = HtmlReader(media.name_of)
        self._pasts = PastReader(collection.timing)
        self._tree = DeckTree(collection.decks)
        self._losses = Losses(path)
        self._faults: list[Fault] = []
        self._imprints: list[Imprint] = []
        self._restored_told: list[str] = []
        self._counts: Counter[str] = Counter()
        self._tags: dict[bytes, tuple[str, ...]] = {b"": ()}
        self._kinds = {
            id_: _Kind(kind, shape_of(kind), special_fields(kind), FIELD in kind.fields)
            for id_, kind in collection.note_types.items()
        }

    def drafts(self) -> list[Draft]:
        """The decks. Raises OffhandError where there are no cards."""
        total = self._collection.count("notes")
        log = _Log(self._collection.log()) if self._options.history else None
        for done, (row, cards) in enumerate(self._collection.notes()):
            if self._options.progress and done % _OFTEN == 0:
                self._options.progress(done, total)
            self._take(row, cards, log)
        if self._options.progress:
            self._options.progress(total, total)
        return self._told(joined(self._restored(), self._tree.drafts()))

    def _take(self, row: NoteRow, cards: list[CardRow], log: "_Log | None") -> None:
        pasts = {
            card.ord: past
            for card in cards
            if (past := self._pasts.past(card, log.of(card) if log else None))
        }
        kind = self._kinds.get(row.type)
        try:
            fields = [each.decode("utf-8") for each in row.fields.split(_SEPARATOR)]
            if (tags := self._tags.get(row.tags)) is None:
                tags = self._tags[row.tags] = tuple(row.tags.decode("utf-8").split())
        except UnicodeDecodeError:
            name = named(row.fields.split(_SEPARATOR)[0].decode("utf-8", "replace"))
            self._fault(f"The note “{name}” is not UTF-8.", "Write it anew in Anki.")
            return
        if kind is None:
            mend = "In Anki, use Tools, Check Database, and export it again."
            self._fault(f"The note “{named(fields[0])}” has a type that is not there.", mend)
            return
        most = self._options.limits.text_size
        if len(row.fields) > most and any(len(field) > most for field in fields):
            what = f"A field of the note “{named(fields[0])}” is longer than {most:,} letters."
            self._fault(what, "Shorten it, or raise the setting for it.")
            return
        values = dict(zip(kind.type.fields, fields, strict=False))
        if kind.is_ours and (imprint := read_imprint(values.get(FIELD, ""), self._path)):
            self._restore(imprint, values, tags, pasts)
        else:
            self._make(row, kind, values, tags, cards, pasts)

    def _make(
        self,
        row: NoteRow,
        kind: _Kind,
        values: dict[str, str],
        tags: tuple[str, ...],
        cards: Sequence[CardRow],
        pasts: dict[int, Past],
    ) -> None:
        """Make an entry of a note."""
        path = self._tree.path_of(cards[0]) if cards else ()
        if kind.specials:
            values |= _specials(kind, path, tags, cards)
        made = kind.shape.made(Note(values, cards), self._html)
        for loss in made.losses:
            self._losses.add(loss, next(iter(values.values()), ""))
        if not made.parts:
            return
        self._counts[kind.type.name] += 1
        ways = made.ways
        found = {ways[ord_]: past for ord_, past in pasts.items() if ord_ in ways}
        entry = DraftEntry(self._place, id_of(row.guid), tags=tags, pasts=found, **made.parts)
        self._tree.add(path, cards[0], entry)

    def _restore(
        self,
        imprint: Imprint,
        values: dict[str, str],
        tags: tuple[str, ...],
        pasts: dict[int, Past],
    ) -> None:
        """Take a note of our own for what it was made from, with what was edited since."""
        edits = {name: self._edit(html) for name, html in imprint.changed(values).items()}
        found, refused = edited(imprint, edits, tags)
        self._losses.add_edits(refused, next(iter(values.values()), ""))
        ways = imprint.ways
        named_pasts = {ways[ord_]: past for ord_, past in pasts.items() if ord_ in ways}
        self._imprints.append(replace(found, part=replace(found.part, pasts=named_pasts)))

    def _edit(self, html: str) -> str:
        text = self._html.markdown(html)
        sentences = sentences_of(text)
        return sentences[0] if len(sentences) == 1 else text

    def _restored(self) -> list[Draft]:
        files: dict[str, dict[str, str]] = {}
        for imprint in self._imprints:
            files.setdefault(imprint.deck.id, {}).update(imprint.media)
        drafts = []
        for draft in decks_of(self._imprints):
            count = len(draft.entries)
            entries = f"{count:,} entr{'y' if count == 1 else 'ies'}"
            self._restored_told.append(f"“{draft.title}”: {entries} as Offhand wrote them.")
            media = self._media.all_of(files[draft.id])
            drafts.append(replace(draft, media=media))
        return drafts

    def _told(self, drafts: list[Draft]) -> list[Draft]:
        """The decks with their images, and the first of them with what is to be said of all."""
        of_types = (
            f"Note type “{kind.type.name}”: {_notes(count)} taken as {kind.shape.told}."
            for kind in self._kinds.values()
            if (count := self._counts[kind.type.name])
        )
        left_out = tuple(self._losses.told(self._html.dropped, self._media.missing))
        if not drafts:
            reasons = "\n".join(str(each) for each in (*self._faults, *left_out))
            raise OffhandError(f"No cards were found in {self._path}.", reasons, _NO_CARDS_MEND)
        drafts = [replace(draft, media={**self._media.used, **draft.media}) for draft in drafts]
        taken = (*self._restored_told, *of_types)
        first = replace(drafts[0], taken=taken, left_out=left_out, faults=tuple(self._faults))
        return [first, *drafts[1:]]

    def _fault(self, what: str, mend: str) -> None:
        self._faults.append(Fault(self._place, what, mend))


class _Log:
    """The review log, to be asked for one card after another in the order of the notes."""

    def __init__(self, lines: Iterator[LogRow]) -> None:
        self._lines = lines
        self._next = next(lines, None)

    def of(self, card: CardRow) -> list[LogRow]:
        """The lines of a card."""
        found = []
        wanted = (card.note, card.ord, card.id)
        while (line := self._next) is not None and (line.note, line.ord, line.card) <= wanted:
            if line.card == card.id:
                found.append(line)
            self._next = next(self._lines, None)
        return found


def _specials(
    kind: _Kind, path: tuple[str, ...], tags: tuple[str, ...], cards: Sequence[CardRow]
) -> dict[str, str]:
    """What templates may show besides a note's fields."""
    flag = cards[0].flags & 7 if cards else 0
    return {
        "Tags": " ".join(tags),
        "Type": kind.type.name,
        "Deck": "::".join(path),
        "Subdeck": path[-1] if path else "",
        "CardFlag": f"flag{flag}",
    }


def _notes(count: int) -> str:
    return f"{count:,} note{'s' * (count != 1)}"
