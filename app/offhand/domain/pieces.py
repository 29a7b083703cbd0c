"""The pieces of a text by which it is found: its words, and each sign of scripts that write no spaces.

A typed word finds a text in which its pieces stand one after another; the last may go on. So `wai`
and `time_w` find TIME_WAIT, `http/2` finds HTTP/2 and `缓存` finds 缓存雪崩. The parts of a word
that capitals mark can be found alone as well: `map` in HashMap.
"""

import re
from collections.abc import Sequence

from offhand.domain.text import fold

PLUS, SHARP = "\ue010", "\ue011"
"""What stands in a piece for the signs that make another name of it, as in C++ and C#."""
_LONGEST = 64
"""Letters of a piece that are looked at: nobody types more, and a text may be one endless word."""

# Thai, Lao, Myanmar, Hangul, Khmer, Han with its radicals and signs, kana, bopomofo.
_ALONE = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029"
    "\u3031-\u3035\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u3131-\u318e"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_ENDLESS = re.compile(f"[A-Za-z0-9]{{{_LONGEST + 1}}}")
_SIGNS = f"[{PLUS}{SHARP}]{{0,2}}"
_PLAIN_PIECE = re.compile(f"[a-z0-9]+{_SIGNS}")
_PIECE = re.compile(rf"[{_ALONE}]|[^\W_{_ALONE}]+{_SIGNS}")
# A capital after a small letter, or one that begins a word after capitals.
_RISES = re.compile("[A-Z](?:(?<=[a-z].)|(?<=[A-Z].)(?=[a-z]{2}))")
_COMPOUND = re.compile(f"[A-Za-z0-9]{{3,{_LONGEST}}}")
_PART = re.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def pieces(text: str) -> list[str]:
    """The pieces of a text, folded, in their order."""
    folded = fold(text)
    pattern = _PLAIN_PIECE if folded.isascii() else _PIECE
    found = pattern.findall(folded.replace("+", PLUS).replace("#", SHARP))
    if len(folded) > _LONGEST:
        found = [piece if len(piece) <= _LONGEST else piece[:_LONGEST] for piece in found]
    return found


def is_plain(text: str) -> bool:
    """Whether the pieces of a text are its runs of ASCII letters and digits, capital or small."""
    if not text.isascii() or "+" in text or "#" in text:
        return False
    return _ENDLESS.search(text) is None


def parts(text: str) -> list[str]:
    """The parts, past the first, of the words in which small letters and capitals mark them; folded."""
    if _RISES.search(text) is None:
        return []
    words = (word for word in _COMPOUND.findall(text) if _RISES.search(word))
    return [part.lower() for word in words for part in _PART.findall(word)[1:]]


def as_written(piece: str) -> str:
    """A piece with its signs as they are written."""
    return piece.replace(PLUS, "+").replace(SHARP, "#")


def find(sought: Sequence[str], among: Sequence[str], whole: bool = False) -> bool:
    """Whether some pieces stand one after another among others; the last may go on unless `whole`."""
    *first, last = sought
    for start in range(len(among) - len(first)):
        end = among[start + len(first)]
        fits = end == last if whole else end.startswith(last)
        if fits and all(a == b for a, b in zip(first, among[start:], strict=False)):
            return True
    return False
