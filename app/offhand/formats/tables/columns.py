"""What the columns of a table hold: named by the person, by its header row, or guessed."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from offhand.domain.text import fold
from offhand.errors import OffhandError
from offhand.formats.tables.form import AnkiHeader

COLUMNS = (
    *("term", "definition", "question", "answer", "section", "tags", "id", "extra"),
    *("reverse", "aliases", "level", "kind", "points"),
)
"""The names of columns; `-` skips one. `kind` is that of Anki's notes, which says how they ask."""

_SAID = {
    "term": "term terms front word words vocabulary vocab expression headword name lemma prompt "
    "begriff wort vokabel vorderseite termino palabra anverso terme mot recto termine parola",
    "definition": "definition definitions back meaning meanings translation description explanation "
    "bedeutung ubersetzung ruckseite erklarung definicion significado traduccion reverso "
    "signification traduction verso definizione traduzione",
    "question": "question questions q ask frage pregunta domanda",
    "answer": "answer answers a reply solution antwort respuesta reponse risposta",
    "section": "section sections deck chapter category topic unit lesson subject group module "
    "kapitel lektion thema capitulo leccion tema chapitre lecon",
    "tags": "tags tag labels label keywords",
    "id": "id guid uuid key",
    "extra": "extra notes note remark remarks comment comments hint hints example examples details "
    "usage sentence sentences context beispiel ejemplo exemple",
    "reverse": "reverse reversed bidirectional",
    "aliases": "aliases alias synonyms synonym",
    "level": "level difficulty",
    "kind": "kind notetype type",
    "points": "points",
}
_MEANT = {said: name for name, words in _SAID.items() for said in words.split()} | {
    "add reverse": "reverse",
    "both ways": "reverse",
    "note type": "kind",
    "of deck": "deck",
    "back extra": "extra",
    "text": "term",
}
_OF_SIDE = re.compile(r"(?:side|column|seite|lado|cote) (\d)|(front|back) (?:side|text)")
_SIDES = {"1": "term", "2": "definition", "front": "term", "back": "definition"}
_ASIDE = re.compile(r"[(\[][^)\]]*[)\]]")
_LANGUAGES = frozenset(
    [
        "arabic",
        "chinese",
        "czech",
        "danish",
        "dutch",
        "english",
        "finnish",
        "french",
        "german",
        "greek",
        "hebrew",
        "hindi",
        "hungarian",
        "indonesian",
        "irish",
        "italian",
        "japanese",
        "korean",
        "latin",
        "mandarin",
        "norwegian",
        "persian",
        "polish",
        "portuguese",
        "romanian",
        "russian",
        "spanish",
        "swahili",
        "swedish",
        "thai",
        "turkish",
        "ukrainian",
        "vietnamese",
        "welsh",
        "deutsch",
        "englisch",
        "franzosisch",
        "latein",
        "spanisch",
        "espanol",
        "ingles",
        "frances",
        "aleman",
        "francais",
        "anglais",
        "allemand",
        "espagnol",
        "italiano",
        "inglese",
        "nederlands",
        "portugues",
        "polski",
        "русский",
        "中文",
        "日本語",
        "한국어",
    ]
)
"""A column that is called by one of them is a side of the card, the first of two the front."""
_FRONTS, _BACKS = ("term", "question"), ("definition", "answer")
_EITHER = {"front", "prompt", "text"}
_FEW = 30
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by their names; `skipped` are titles of a header that name none.

    `has_header` says that the first row is no card, `may_ask` that a front which asks is a question
    and no term.
    """

    names: tuple[str, ...]
    has_header: bool = False
    skipped: tuple[str, ...] = ()
    may_ask: bool = False

    def of(self, name: str) -> list[int]:
        """Where the columns of a name stand, from 0."""
        return [at for at, each in enumerate(self.names) if each == name]

    def first(self, *names: str) -> int:
        """Where the first column of these names stands; -1 without one."""
        return next((at for at, each in enumerate(self.names) if each in names), -1)


def named_columns(given: Sequence[str], first_row: Sequence[str]) -> Columns:
    """The columns that a person named. Raises OffhandError for a name that there is not."""
    names = []
    for said in given:
        name = said.strip().lower()
        name = name if name in COLUMNS or name in ("-", "") else _MEANT.get(name, "")
        if not name and said.strip():
            raise OffhandError(
                f"There is no column `{said}`.",
                mend=f"There are: {', '.join(COLUMNS)}, and - to skip.",
            )
        names.append(name or "-")
    columns = Columns(tuple(names))
    if columns.first(*_FRONTS) < 0 or (columns.first(*_BACKS) < 0 and "kind" not in names):
        raise OffhandError(
            "The columns name no term and definition.",
            mend="Name them in the order of the file, as --columns term,definition,-,tags.",
        )
    header = _of_header(first_row)
    given_row = [fold(cell) for cell in first_row] == [fold(each) for each in given]
    return Columns(columns.names, header is not None or given_row)


def columns_of(rows: Sequence[Sequence[str]], header: AnkiHeader) -> Columns:
    """The columns of a table, by Anki's header lines, its header row or its first rows."""
    if header.lines:
        return _of_anki(header, max(map(len, rows), default=0))
    if rows and (columns := _of_header(rows[0])) is not None:
        return columns
    return _guessed(rows, Counter(map(len, rows)).most_common(1)[0][0] if rows else 0)


def _of_header(row: Sequence[str]) -> Columns | None:
    """The columns that a row names, if it is one that names them."""
    said = [" ".join(_ASIDE.sub("", fold(cell)).replace("_", " ").split()) for cell in row]
    names = [_MEANT.get(each) or _side_of(each) for each in said]
    for at, name in enumerate(said):
        if name in _LANGUAGES:
            names[at] = "definition" if any(each in _FRONTS for each in names) else "term"
    has_back = any(name in _BACKS for name in names) or ("text" in said and "extra" in names)
    if not has_back or not any(name in _FRONTS for name in names):
        return None
    for name in (*_FRONTS, *_BACKS, "section", "id", "reverse", "level", "kind"):
        for again in [at for at, each in enumerate(names) if each == name][1:]:
            names[again] = "extra"
    skipped = tuple(
        cell.strip() for cell, name in zip(row, names, strict=True) if name == "-" and cell.strip()
    )
    sides = {fold(cell) for cell, name in zip(row, names, strict=True) if name == "term"}
    return Columns(tuple(names), True, skipped, may_ask=bool(sides & _EITHER))


def _side_of(said: str) -> str:
    """What a title names that counts the sides, or calls one of them so; `-` for another title."""
    match = _OF_SIDE.fullmatch(said)
    return _SIDES.get(match[1] or match[2], "-") if match else "-"


def _of_anki(header: AnkiHeader, width: int) -> Columns:
    names = ["" for _ in range(max(width, len(header.columns)))]
    for name, column in (
        ("id", header.guid_column),
        ("kind", header.notetype_column),
        ("section", header.deck_column),
        ("tags", header.tags_column),
    ):
        if 0 < column <= len(names):
            names[column - 1] = name
    titled = [
        name or _MEANT.get(fold(title), "")
        for name, title in zip(
            names, (*header.columns, *[""] * (len(names) - len(header.columns))), strict=True
        )
    ]
    if any(name in _FRONTS for name in titled) and any(name in _BACKS for name in titled):
        return Columns(tuple(name or "extra" for name in titled), may_ask=True)
    free = [at for at, name in enumerate(names) if not name]
    for at, name in zip(free, ("term", "definition"), strict=False):
        names[at] = name
    return Columns(tuple(name or "extra" for name in names), may_ask=True)


def _guessed(rows: Sequence[Sequence[str]], width: int) -> Columns:
    """Term and definition first; then a section, where few short texts come again and again."""
    names = ["term", "definition", *["extra"] * (width - 2)][:width]
    for at in range(2, width):
        cells = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
        kinds = set(cells)
        if (
            len(cells) > 3
            and len(kinds) <= min(_FEW, len(cells) // 2)
            and max(map(len, kinds)) <= _SHORT
            and "section" not in names
        ):
            names[at] = "section"
    return Columns(tuple(names), may_ask=True)
