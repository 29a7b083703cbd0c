"""Tables as decks: CSV and TSV as spreadsheets, Quizlet and Anki write them, a row a card."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from offhand.domain.card import Place
from offhand.errors import OffhandError
from offhand.formats.draft import Draft, ReadOptions
from offhand.formats.draft_builder import DraftBuilder
from offhand.formats.garbage import collector_paused
from offhand.formats.source_text import read_source
from offhand.formats.tables.columns import Columns, columns_of, named_columns
from offhand.formats.tables.form import AnkiHeader, Form, anki_header, form_of, whole_fields
from offhand.formats.tables.rows import RowReader

_FIRST = 200
_TELL_EVERY = 1000
_SIGNS = {"\t": "a tab", ",": "a comma", ";": "a semicolon", " ": "a space"}
_MEND = (
    "A table has a row for each card, its term and definition with a tab, a comma, a semicolon or `|` "
    "between them; --columns tells what its columns hold."
)


def read(path: Path, options: ReadOptions) -> list[Draft]:
    """The rows of a table as a deck. Raises OffhandError when it is no table, or has no cards."""
    source = read_source(path, options)
    header = anki_header(source.text)
    form = form_of(source.text, header, path.suffix.lower())
    if form is None:
        raise OffhandError(f"{path} is no table.", mend=_MEND)
    found = DraftBuilder(path, options)
    with collector_paused(), whole_fields(options.limits.text_size):
        read_rows = _rows_between if form.between else _rows
        rows = read_rows(source.text, form, found)
        first = list(islice(rows, _FIRST))
        columns = _columns([row for _, row in first], header, options)
        reader = RowReader(found, columns, header)
        for line, row in first[columns.has_header :]:
            reader.take(row, line)
        total = source.text.count("\n") + 1
        for count, (line, row) in enumerate(rows):
            if options.progress and count % _TELL_EVERY == 0:
                options.progress(line, total)
            reader.take(row, line)
        both_ways = reader.finish()
    _tell(found, form, columns, reader)
    found.taken += source.taken
    if header.deck:
        found.title = header.deck.replace("::", " / ")
    nested = "::" if header.deck_column else ""
    return [found.draft(_MEND, reverse=both_ways, nested=nested)]


def _columns(rows: Sequence[Sequence[str]], header: AnkiHeader, options: ReadOptions) -> Columns:
    if options.columns:
        return named_columns(options.columns, rows[0] if rows else ())
    return columns_of(rows, header)


def _rows(text: str, form: Form, found: DraftBuilder) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line that each begins on; one that cannot be read is a fault."""
    lines = _Lines(text, form.skipped, form.comments)
    reader = csv.reader(
        lines,
        delimiter=form.separator,
        quoting=csv.QUOTE_MINIMAL if form.quoted else csv.QUOTE_NONE,
        strict=form.quoted,
    )
    while True:
        lines.begin_row()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            found.fault(Place(found.path, lines.row), *_meaning(str(error), found))
        else:
            yield lines.row, row


def _rows_between(text: str, form: Form, _: DraftBuilder) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text that its lines do not part, each with the line that it begins on."""
    line = 1
    for row in text.split(form.between):
        bare = row.lstrip("\n")
        begins = line + len(row) - len(bare)
        if bare.strip():
            yield begins, bare.rstrip("\n").split(form.separator)
        line += row.count("\n") + form.between.count("\n")


class _Lines:
    """The lines of a text for the csv module, which takes one after the other; comments left out.

    `row` is the number of the line on which the row begins that was read last.
    """

    def __init__(self, text: str, skipped: int, comments: bool) -> None:
        self.row = 0
        self._text = io.StringIO(text, newline="")
        self._comments = comments
        self._number = skipped
        self._begins = True
        for _ in range(skipped):
            self._text.readline()

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._text)
        self._number += 1
        if self._begins:
            while self._comments and line.startswith("#"):
                line = next(self._text)
                self._number += 1
            self.row, self._begins = self._number, False
        return line

    def begin_row(self) -> None:
        """Say that the next line begins a row."""
        self._begins = True


def _meaning(error: str, found: DraftBuilder) -> tuple[str, str]:
    if "unexpected end" in error:
        return (
            "A double quote opens here and is never closed.",
            "Close it, or double it where it is part of the text.",
        )
    if "expected after" in error:
        return (
            "Something stands behind the closing quote of a text.",
            "Double the quotes that are part of a text.",
        )
    if "field larger" in error:
        most = f"{found.options.limits.text_size:,}"
        return (
            f"A text is longer than {most} characters.",
            "Shorten it, or raise the setting for it.",
        )
    return f"This row cannot be read: {error}.", "Check its quotes."


def _tell(found: DraftBuilder, form: Form, columns: Columns, reader: RowReader) -> None:
    sign = _SIGNS.get(form.separator, f"`{form.separator}`")
    names = [name if name != "-" else "not taken" for name in columns.names]
    found.taken.append(f"Columns, with {sign} between them: {', '.join(names)}.")
    if columns.has_header:
        found.taken.append("The first row names the columns.")
    for title in columns.skipped:
        found.leave_out(
            Place(found.path), f"The column `{title[:60]}`.", "--columns names what it is."
        )
    if lines := reader.no_levels:
        others = f" and {len(lines) - 1:,} more" if len(lines) > 1 else ""
        what = f"A level that is not junior, mid or senior, here{others}."
        found.leave_out(Place(found.path, lines[0]), what, "The card has none.")
    found.leave_out_of_texts(reader.dropped)
