"""The rows of a table as entries: each cell read as what its column holds."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from offhand.domain.card import CardKind, Level, Place
from offhand.domain.text import digest, fold, is_id
from offhand.formats.anki.cloze_marks import sentences_of
from offhand.formats.anki.guid import id_of
from offhand.formats.anki.html import HtmlReader
from offhand.formats.cloze import holes
from offhand.formats.draft import DraftEntry, DraftQuestion
from offhand.formats.draft_builder import DraftBuilder
from offhand.formats.found_cards import Rest, asks
from offhand.formats.notes.images import NoteImages
from offhand.formats.plain_parts import part_of
from offhand.formats.tables.columns import Columns
from offhand.formats.tables.form import AnkiHeader
from offhand.formats.tables.own_rows import KINDS, OwnRows, entry_and_name
from offhand.formats.tables.spreadsheet_cells import unguarded

_YES = frozenset(("1", "y", "yes", "true", "on", "x", "both", "ja", "oui", "si", "да"))
_NO = frozenset(("", "0", "n", "no", "false", "off", "-", "nein", "non", "нет"))
_ASKING = frozenset(("question", "choice", "contrast"))
"""The kinds of cards that a table of Offhand's own has besides terms."""
_SIDES = frozenset(("term", "definition", "question", "answer", "section", "deck", "-"))
_BETWEEN = re.compile(r"[,;]")


class RowReader:
    """Makes an entry of each row, and adds it to a draft in the making.

    `dropped` counts what the HTML of cells holds that cannot be shown, by what it is; `no_levels`
    are the lines on which a level stands that there is not.
    """

    def __init__(self, found: DraftBuilder, columns: Columns, header: AnkiHeader) -> None:
        self.no_levels: list[int] = []
        self._found = found
        self._columns = columns
        self._header = header
        self._html = HtmlReader(self._image) if header.html else None
        self._images = NoteImages(found.path.parent, found)
        self._image_names: dict[str, str] = {}
        self._front = columns.first("term", "question")
        self._back = columns.first("definition", "answer")
        self._columns_of = {name: columns.of(name) for name in columns.names}
        self._kinds: dict[str, str] = {}
        self._asks = "question" in columns.names and "term" not in columns.names
        is_own = not header.lines and {"id", "kind"} <= set(columns.names)
        self._own = OwnRows() if is_own else None
        self._has_more = bool(set(columns.names) - _SIDES) or header.lines > 0

    @property
    def dropped(self) -> Counter[str]:
        """See the class."""
        counts = Counter(self._html.dropped) if self._html else Counter[str]()
        counts.pop("image", None)  # each is told by its name
        return counts

    def take(self, row: Sequence[str], line: int) -> None:
        """Take a row that begins on a line of the file."""
        width = len(self._columns.names)
        if len(row) > width and any(map(str.strip, row[width:])):
            self._found.fault(
                Place(self._found.path, line),
                f"{len(row)} columns, where there are {width}.",
                "Put a text that holds the sign between columns in double quotes.",
            )
            return
        front, back = self._text(row, self._front), self._text(row, self._back)
        place = Place(self._found.path, line)
        entry = None
        if not self._has_more and front and back and "{{c" not in front:
            entry = self._two_sided(place, front, back)
        elif self._own is not None:
            entry = self._part(place, row, front, back)
        else:
            entry = self._entry(place, row, front, back)
        if entry is not None and self._own is not None:
            self._own.add(self._section(row), entry)
        elif entry is not None:
            self._found.add(self._section(row), entry)
        elif any(map(str.strip, row)):
            self._refuse(place, row, front)

    def _entry(self, place: Place, row: Sequence[str], front: str, back: str) -> DraftEntry | None:
        if sentences := self._sentences(row, front):
            return self._cloze(place, row, sentences, back)
        return self._whole(place, row, front, back) if front and back else None

    def finish(self) -> bool:
        """Add what can only be made of several rows. Tells whether the deck asks its terms both ways."""
        if self._own is None:
            return False
        for section, entry in self._own.entries():
            self._found.add(section, entry)
        return self._own.are_both_ways

    def _part(self, place: Place, row: Sequence[str], front: str, back: str) -> DraftEntry | None:
        """What a row of a table of Offhand's own asks."""
        kind, (entry, name) = self._kind(row), entry_and_name(self._cell(row, "id"))
        is_cloze = kind == CardKind.CLOZE
        if not entry or kind not in KINDS or not front or not (holes(front) if is_cloze else back):
            return self._entry(place, row, front, back)
        points = self._cell(row, "points")
        count = int(points) if points.isdecimal() else 0
        part = part_of(CardKind(kind), front, back, place, name=name, points=count)
        reverse = self._reverse(row) if part.definition else part.reverse
        shared = self._shared(place, row, self._extra(row))
        shared["id"] = self._id(entry)
        return replace(part, reverse=reverse, **shared)

    def _section(self, row: Sequence[str]) -> str:
        section, deck = self._cell(row, "section"), self._cell(row, "deck")
        return " / ".join(filter(None, (deck, section))) if deck else section

    def _refuse(self, place: Place, row: Sequence[str], front: str) -> None:
        width = len(self._columns.names)
        if len(row) <= max(self._front, self._back):
            count = "1 column" if len(row) == 1 else f"{len(row)} columns"
            what = f"{count}, where there are {width}."
            mend = "Add what is missing, or join it with the line above in double quotes."
        else:
            what = f"`{front[:60]}` has no back." if front else "A back without a front."
            mend = "Write both, or delete the row."
        self._found.fault(place, what, mend)

    def _text(self, row: Sequence[str], at: int) -> str:
        """A cell that may hold HTML."""
        if not 0 <= at < len(row):
            return ""
        cell = row[at].strip()
        if cell[:1] == "'":
            cell = unguarded(cell)
        return self._html.markdown(cell).strip() if self._html else cell

    def _cell(self, row: Sequence[str], name: str) -> str:
        """The first cell of a name, empty where there is none."""
        for at in self._columns_of.get(name, ()):
            return unguarded(row[at].strip()) if at < len(row) else ""
        return ""

    def _image(self, source: str) -> str:
        """The target of an image that lies beside the table, or on the web."""
        if source.startswith(("https://", "http://")):
            return source
        if source not in self._image_names:
            place = Place(self._found.path)
            self._image_names[source] = self._images.named(source, place)
        return self._image_names[source]

    def _extra(self, row: Sequence[str]) -> list[str]:
        return [self._text(row, at) for at in self._columns_of.get("extra", ())]

    def _two_sided(self, place: Place, front: str, back: str) -> DraftEntry:
        if self._asks or (self._columns.may_ask and asks(front)):
            return DraftEntry(place, questions=(DraftQuestion(front, back),))
        return DraftEntry(place, term=front, definition=back)

    def _sentences(self, row: Sequence[str], front: str) -> tuple[str, ...]:
        """The sentences of a row that is an Anki cloze."""
        is_cloze = "{{c" in front or "cloze" in self._kind(row)
        return sentences_of(front) if is_cloze and "{{" in front else ()

    def _kind(self, row: Sequence[str]) -> str:
        said = self._cell(row, "kind") or self._header.notetype
        if said not in self._kinds:
            self._kinds[said] = fold(said)
        return self._kinds[said]

    def _cloze(
        self, place: Place, row: Sequence[str], sentences: tuple[str, ...], back: str
    ) -> DraftEntry:
        extra = [back, *self._extra(row)]
        return DraftEntry(place, cloze=sentences, **self._shared(place, row, extra))

    def _whole(self, place: Place, row: Sequence[str], front: str, back: str) -> DraftEntry:
        reverse, extra = self._reverse(row), self._extra(row)
        kind = self._kind(row)
        if "optional reversed" in kind and extra:
            reverse, extra = bool(extra[0]) or None, extra[1:]
        elif "reversed" in kind:
            reverse = True
        shared = self._shared(place, row, extra)
        if kind in _ASKING or (
            reverse is None and (self._asks or (self._columns.may_ask and asks(front)))
        ):
            asked = (DraftQuestion(front, back),)
            return DraftEntry(place, questions=asked, **shared)
        return DraftEntry(place, term=front, definition=back, reverse=reverse, **shared)

    def _reverse(self, row: Sequence[str]) -> bool | str | None:
        """Whether a row is asked the other way too, or what is asked then."""
        said = self._cell(row, "reverse")
        word = fold(said) if said else ""
        return True if word in _YES else None if word in _NO else said

    def _shared(self, place: Place, row: Sequence[str], extra: Sequence[str]) -> Rest:
        shared = Rest()
        if text := "\n\n".join(filter(None, extra)):
            shared["extra"] = text
        if ident := self._cell(row, "id"):
            shared["id"] = self._id(ident)
        if aliases := self._listed(row, "aliases"):
            shared["aliases"] = aliases
        tags = self._listed(row, "tags", by_words=True)
        if tags := tuple(dict.fromkeys((*self._header.tags, *tags))):
            shared["tags"] = tags
        if level := self._cell(row, "level"):
            if (said := fold(level)) in list(Level):
                shared["level"] = Level(said)
            else:
                self.no_levels.append(place.line)
        return shared

    def _id(self, ident: str) -> str:
        """An id for a row's own; for Anki's guid the one that its note has in a package."""
        if self._header.guid_column:
            return id_of(ident.encode())
        return ident if is_id(ident) else digest(ident)

    def _listed(self, row: Sequence[str], name: str, by_words: bool = False) -> tuple[str, ...]:
        """What a cell lists, with commas or semicolons, or else with spaces."""
        found: list[str] = []
        for at in self._columns_of.get(name, ()):
            cell = unguarded(row[at].strip()) if at < len(row) else ""
            if self._header.lines or (by_words and not _BETWEEN.search(cell)):
                found += cell.split()
            else:
                found += [each.strip() for each in _BETWEEN.split(cell)]
        return tuple(filter(None, found))
