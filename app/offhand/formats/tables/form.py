"""The form of a table's text: Anki's header lines, the sign between columns, the quotes."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

_NAMED_SIGNS = {
    "tab": "\t",
    "comma": ",",
    "semicolon": ";",
    "pipe": "|",
    "colon": ":",
    "space": " ",
}
_SIGNS = ("\t", ";", ",", "|")
_HEADER = re.compile(r"#([a-z ]+):(.*)", re.IGNORECASE)
_SAID_BY_EXCEL = re.compile(r"\"?sep=(.)\"?\n", re.IGNORECASE)
_SAMPLE_LINES = 400
_SAMPLE = 200_000
_MOST = 2 / 3
_BY_ANKI = re.compile(
    r"separator|html|tags|columns|notetype|deck|guid|if matches|(?:notetype|deck|tags|guid) column"
)


@dataclass(frozen=True, slots=True)
class AnkiHeader:
    """What the lines with a `#` say at the head of a text that Anki wrote or is to read.

    Columns count from 1, 0 for one that is not there. `lines` is how many lines they take.
    """

    lines: int = 0
    separator: str = ""
    html: bool = False
    tags: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    deck: str = ""
    notetype: str = ""
    guid_column: int = 0
    notetype_column: int = 0
    deck_column: int = 0
    tags_column: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """How the rows of a table are written; `comments` are lines that begin with `#`.

    `between` is what parts the rows where these are no lines: an empty line, or a semicolon.
    `skipped` lines stand above the first row.
    """

    separator: str
    quoted: bool
    comments: bool = False
    between: str = ""
    skipped: int = 0


def anki_header(text: str) -> AnkiHeader:
    """The header lines at the head of a text; an empty header when there are none."""
    found: dict[str, str] = {}
    lines = 0
    for line in _lines(text):
        if not line.startswith("#"):
            break
        match = _HEADER.match(line)
        if lines == 0 and (match is None or not _BY_ANKI.fullmatch(match[1].strip().lower())):
            return AnkiHeader()
        lines += 1
        if match:
            found.setdefault(match[1].strip().lower(), match[2])
    separator = _sign(found.get("separator", ""))
    columns = found.get("columns", "")
    return AnkiHeader(
        lines,
        separator,
        found.get("html", "").strip().lower() == "true",
        tuple(found.get("tags", "").split()),
        tuple(next(csv.reader([columns], delimiter=separator or _guess(columns)), ()))
        if columns
        else (),
        found.get("deck", "").strip(),
        found.get("notetype", "").strip(),
        *(
            _number(found.get(f"{name} column", ""))
            for name in ("guid", "notetype", "deck", "tags")
        ),
    )


def _sign(said: str) -> str:
    """The sign that a header names, empty where it names none."""
    named = _NAMED_SIGNS.get(said.strip().lower(), said.strip() or said)
    return named if len(named) == 1 else ""


def _guess(columns: str) -> str:
    return max(_SIGNS, key=columns.count)


def _number(text: str) -> int:
    return int(text) if text.strip().isdecimal() else 0


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1


def form_of(text: str, header: AnkiHeader, ending: str) -> Form | None:
    """The form of a text that is a table, None for one that is none. `ending` is its file's."""
    comments = header.lines > 0
    if said := _SAID_BY_EXCEL.match(text):
        return Form(said[1], True, skipped=1)
    if header.separator:
        quoted = _can_be_quoted(text, header.separator)
        return Form(header.separator, quoted, comments, skipped=header.lines)
    if not comments and (between := sign_between_rows(text)):
        return Form("\t", False, between=between)
    sample = text[:_SAMPLE]
    best: tuple[float, str] | None = None
    for sign in _SIGNS:
        score = _regularity(sample, sign)
        if (ending, sign) in ((".tsv", "\t"), (".tab", "\t"), (".csv", ","), (".csv", ";")):
            score *= 1.2
        if score and (best is None or score > best[0]):
            best = score, sign
    if best is None:
        return None
    return Form(best[1], _can_be_quoted(text, best[1]), comments, skipped=header.lines)


def sign_between_rows(text: str) -> str:
    """What parts the rows of a text with tabs where they are no lines, as Quizlet may write them.

    That is an empty line, where texts go on over lines, or a semicolon, where all is in one line.
    """
    if "\t" not in text:
        return ""
    sample = text.strip("\n")[:_SAMPLE]
    if "\n" not in sample:
        rows = [row for row in sample.split(";") if row.strip()]
        return ";" if len(rows) > 1 and all(row.count("\t") == 1 for row in rows) else ""
    blocks = [block for block in sample.split("\n\n") if block.strip()]
    regular = [block for block in blocks if block.count("\t") == 1]
    goes_on = any("\n" in block.strip("\n") for block in regular)
    return "\n\n" if goes_on and 1 < len(regular) > _MOST * len(blocks) else ""


def _regularity(sample: str, sign: str) -> float:
    """How much of a sample is rows of as many columns, more than one, as most of them have."""
    counts: Counter[int] = Counter()
    try:
        with whole_fields(_SAMPLE + 1):
            rows = csv.reader(io.StringIO(sample, newline=""), delimiter=sign)
            counts.update(len(row) for row in islice(rows, _SAMPLE_LINES) if any(row))
    except csv.Error:
        return 0.0
    (columns, most) = counts.most_common(1)[0] if counts else (0, 0)
    return most / counts.total() if columns > 1 else 0.0


def _can_be_quoted(text: str, separator: str) -> bool:
    """Whether quotes stand around whole fields, and are not just part of what is written."""
    sign = re.escape(separator)
    opening = re.compile(rf'(?:^|{sign})"', re.MULTILINE)
    if opening.search(text) is None:
        return True
    if separator != "\t":
        return True
    sample = text if len(text) <= 4 * _SAMPLE else text[: text.rfind("\n", 0, 4 * _SAMPLE)]
    try:
        with whole_fields(len(sample) + 1):
            for _ in csv.reader(io.StringIO(sample, newline=""), delimiter=separator, strict=True):
                pass
    except csv.Error:
        return False
    return True


@contextmanager
def whole_fields(most: int) -> Iterator[None]:
    """Let fields be so long; the csv module keeps one limit for all of the program."""
    before = csv.field_size_limit(most)
    try:
        yield
    finally:
        csv.field_size_limit(before)
