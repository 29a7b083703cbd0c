"""Text of cards as data: made safe to show, and folded to compare."""

import re
import unicodedata
from hashlib import blake2s

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]"
)
_HYPHENS = re.compile("[\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d]")


class _WithoutAccents(dict[int, int | None]):
    """A table for str.translate, filled as letters come along."""

    def __missing__(self, code: int) -> int | None:
        # Marks of the classes 1 to 9 make another letter, as が of か, and not an accent; the iota
        # below a Greek letter is one, which capitals write beside it.
        is_letter = unicodedata.combining(chr(code)) <= 9 or code == _IOTA_BELOW
        self[code] = kept = code if is_letter else None
        return kept


_BARE = _WithoutAccents()
_IOTA_BELOW = 0x345
_ASCII_WORDS = re.compile("[0-9a-z_]+")
_SLUG_LENGTH = 48
_ID = re.compile(r"[\w][\w.-]{0,99}")


def visible(text: str) -> str:
    """The text with every control character that a terminal would obey shown as a sign instead.

    Covers C0 (tab and newline stay), DEL, C1, line separators, bidirectional controls and lone
    surrogates. Line ends become newlines.
    """
    # What Python calls printable is none of them; most texts are, and that is seen at once.
    if text.isprintable() or _UNSAFE.search(text) is None:
        return text
    return _UNSAFE.sub(_sign, text.replace("\r\n", "\n").replace("\r", "\n"))


def _sign(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code in (0x85, 0x2028, 0x2029):
        return "\n"
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"<U+{code:04X}>"


def one_line(text: str) -> str:
    """The text with all white space runs as single spaces, for a list or a title."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """The text without the differences that do not matter when two texts are compared.

    Folds case, accents, full and half width, the kinds of hyphens, and white space.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", _HYPHENS.sub("-", text))
    bare = unicodedata.normalize("NFKC", decomposed.translate(_BARE))
    return " ".join(_HYPHENS.sub("-", bare).casefold().split())


def slug(text: str) -> str:
    """A short name for a text, fit for an id: letters and digits of any script, joined by hyphens.

    Accents and vowel signs stay, as they tell words apart. A text that does not fit is cut, and
    ends in a digest of all of it, so that two long texts keep two names.
    """
    whole = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if whole.isascii():
        name = "-".join(_ASCII_WORDS.findall(whole))
    else:
        name = "-".join("".join(c if _in_word(c) else " " for c in whole).split())
    if name and len(name) <= _SLUG_LENGTH:
        return name
    return f"{name[: _SLUG_LENGTH - 9].strip('-')}-{digest(whole)[:8]}".lstrip("-")


def is_id(text: str) -> bool:
    """Whether a text may be an id in a deck file."""
    return _ID.fullmatch(text) is not None


def _in_word(character: str) -> bool:
    if character.isalnum() or character == "_":
        return True
    return unicodedata.category(character).startswith("M")


def digest(text: str) -> str:
    """A digest of a text, 32 hexadecimal digits, the same on every machine."""
    return blake2s(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
