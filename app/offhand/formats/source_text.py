"""The text of a file that another program wrote: its encoding found, its line ends made one.

What is not UTF-8 is told by its byte order mark, by the zeros that UTF-16 leaves in it, or by
chardet's statistics; a text too short for those is refused rather than read wrong.
"""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from offhand.domain.card import Place
from offhand.errors import OffhandError
from offhand.formats.draft import Limits, ReadOptions
from offhand.formats.fault import Fault, Faulty

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SURE = 0.03
"""The confidence of chardet below which its guesses about short texts are mostly wrong."""
_SAMPLE = 200_000
_CONTROL = re.compile("[\x80-\x9f]")
"""What no text holds, and a wrong guess makes of letters."""
_ZERO = "is zero, which no text holds"
_MIND_THE_ENCODING = "Save it as UTF-8, or name its encoding with --encoding."


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file, lines ending in newlines; `guess` names an encoding that was guessed."""

    text: str
    guess: str = ""

    @property
    def taken(self) -> tuple[str, ...]:
        """What is to be said of how it was read; nothing when it was not guessed."""
        if not self.guess:
            return ()
        return (f"It was read as {self.guess}, which is a guess; --encoding names another.",)


def read_source(path: Path, options: ReadOptions) -> SourceText:
    """The text of a file. Raises OffhandError when it is too large, unreadable or not a text."""
    return decoded(read_bytes(path, options.limits), path, options.encoding)


def read_bytes(path: Path, limits: Limits) -> bytes:
    """The bytes of a file. Raises OffhandError when it is too large or cannot be read."""
    try:
        with path.open("rb") as file:
            raw = file.read(limits.file_size + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OffhandError(
            f"{path} cannot be read: {reason}.", mend="Check its path and rights."
        ) from None
    if len(raw) > limits.file_size:
        raise OffhandError(
            f"{path} is larger than {limits.file_size:,} bytes.",
            "That is the most that an import may read.",
            "Split it, or raise the setting for it.",
        )
    return raw


def decoded(raw: bytes, path: Path, encoding: str = "") -> SourceText:
    """The text that bytes stand for, in `encoding` where it is given. Raises OffhandError."""
    if encoding:
        return SourceText(_in_named(raw, path, encoding))
    for mark, named in _MARKS:
        if raw.startswith(mark):
            return SourceText(_in(raw, path, named, len(mark)))
    if wide := _wide(raw):
        return SourceText(_in(raw, path, wide, 0), wide.upper())
    if (zero := raw.find(0)) >= 0:
        raise _no_text(raw, path, zero, _ZERO)
    try:
        return SourceText(_lines(raw.decode("utf-8")))
    except UnicodeDecodeError as error:
        guess = _guess(raw, error.start)
        if not guess:
            raise _no_text(raw, path, error.start, "is not UTF-8") from None
        return SourceText(_in(raw, path, guess, 0), guess)


def _in_named(raw: bytes, path: Path, encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        for mark, named in _MARKS:
            if raw.startswith(mark) and named.startswith(name.removesuffix("-sig")):
                return _in(raw, path, named, len(mark))
        return _in(raw, path, name, 0)
    except LookupError:
        raise OffhandError(
            f"There is no encoding `{encoding}`.",
            mend="Usual ones are utf-8, utf-16, windows-1252, shift-jis, gb18030, big5.",
        ) from None


def _in(raw: bytes, path: Path, encoding: str, skipped: int) -> str:
    try:
        text = raw[skipped:].decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start + skipped
        raise _no_text(raw, path, at, f"is not {encoding.upper()}") from None
    if "\0" in text:
        before = text[: text.index("\0")].encode(encoding)
        raise _no_text(raw, path, len(before) + skipped, _ZERO)
    return _lines(text)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _wide(raw: bytes) -> str:
    """UTF-16 without its mark: most signs of most scripts' texts have a zero in one half."""
    sample = raw[:_SAMPLE]
    if len(sample) < 2 or len(raw) % 2:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 4 * even and odd * 4 > len(sample) // 2:
        return "utf-16-le"
    if even > 4 * odd and even * 4 > len(sample) // 2:
        return "utf-16-be"
    return ""


def _guess(raw: bytes, first_strange: int) -> str:
    import chardet

    if any(byte < 32 and byte not in b"\t\n\r\f\x1a\x02\x03" for byte in raw[:_SAMPLE]):
        return ""
    start = max(0, first_strange - _SAMPLE // 2)
    found = chardet.detect(raw[start : start + _SAMPLE])
    name = found["encoding"]
    if not name or (found["confidence"] or 0) < _SURE:
        return ""
    try:
        text = raw.decode(name)
    except (LookupError, UnicodeDecodeError):
        return ""
    return "" if _CONTROL.search(text) else name


def _no_text(raw: bytes, path: Path, at: int, what: str) -> Faulty:
    place = Place(path, raw.count(b"\n", 0, at) + 1, at - raw.rfind(b"\n", 0, at))
    return Faulty([Fault(place, f"Byte {at + 1:,} {what}.", _MIND_THE_ENCODING)])
