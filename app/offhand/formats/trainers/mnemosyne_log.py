"""The entries of Mnemosyne's `cards.xml`: tags, facts and cards, as its openSM2sync format has them.

The XML is read by expat without anything that a document can declare: a DTD is refused, and with it
every entity.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from offhand.domain.card import Place
from offhand.formats.fault import Fault, Faulty

_ROOT = "openSM2sync"
_ENTRY = "log"
_DEEPEST = 3


@dataclass(slots=True)
class LogEntry:
    """An entry: its attributes and the texts of its children, both by name."""

    line: int
    given: dict[str, str]
    texts: dict[str, str] = field(default_factory=dict)


class LogReader:
    """Reads entries from XML. Raises Faulty, naming the place, for what is none."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._path: list[str] = []
        self._text: list[str] = []
        self._open: LogEntry | None = None
        self._found: list[LogEntry] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append

    def entries(self, xml: bytes) -> Iterator[LogEntry]:
        """The entries, in their order."""
        try:
            self._parser.Parse(xml, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            said = expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else ""
            raise self._faulty(f"`cards.xml` is not XML: {said or error}.") from None
        yield from self._found

    def _refuse_doctype(self, *_: object) -> None:
        raise self._faulty("`cards.xml` declares a document type, which may hide anything.")

    def _begin(self, name: str, given: dict[str, str]) -> None:
        if len(self._path) >= _DEEPEST or (not self._path and name != _ROOT):
            raise self._faulty(f"`cards.xml` has an element `{name[:40]}` where none belongs.")
        self._path.append(name)
        self._text.clear()
        if len(self._path) == 2 and name == _ENTRY:
            self._open = LogEntry(self._parser.CurrentLineNumber, given)

    def _end(self, name: str) -> None:
        self._path.pop()
        if self._open is None:
            return
        if len(self._path) == 2:
            self._open.texts[name] = "".join(self._text)
        elif len(self._path) == 1:
            self._found.append(self._open)
            self._open = None
        self._text.clear()

    def _faulty(self, what: str) -> Faulty:
        line = max(self._parser.CurrentLineNumber, 1)
        place = Place(self._place.path, line, self._parser.CurrentColumnNumber + 1)
        return Faulty([Fault(place, what, "Export the cards from Mnemosyne again.")])
