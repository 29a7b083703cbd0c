"""The words of a text: counted, stemmed and compared, crudely and in any script.

Chinese and Japanese have no spaces: each of their characters is a word to compare, and half a word
to count. Endings are cut as English has them, and the words without a meaning of their own are the
English ones; in another language fewer words are alike, so that a rule stays silent rather than
being wrong.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from offhand.domain.text import fold

JOINING = (
    r"(?:\b(?:and|or|vs\.?|und|oder|et|ou|y|e|o|en|och|eller|og|lub|и|или|та|або|ve|veya)(?=\s)"
    r"|[&/／、和或]|[还還]是)"
)
"""A pattern of what stands between two things that are named together."""

_NO_SPACES = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_FENCED = re.compile(r"^ *(```|~~~).*?(?:^ *\1 *$|\Z)", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"(?<!`)(`{1,9})(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_IN_NUMBER = re.compile(r"(?<=\d)[,.](?=\d)")
_GENITIVE = re.compile(r"['’]s\b")


class _Spaced(dict[int, str]):
    """Signs as they stand among words: a sign of no word is a space."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        alone = f" {sign} " if _NO_SPACES.match(sign) else sign
        self[code] = alone if unicodedata.category(sign)[0] in "LMN" else " "
        return self[code]


_SPACED = _Spaced()
_LONGEST_WORD = 20
_SAYS_LITTLE = """
    a about all also am an and any are as at be been being both but by can cannot could did do does
    each either for from had has have he her him his how i if in into is it its itself may me might
    more most must my no nor not of off on one ones only onto or other our out over own per she
    should since so some such than that the their them then there these they this those to too
    under until up upon us very via was we were what when where whether which while who whom whose
    why will with within without would yet you your
"""
_MEANINGLESS = frozenset(_SAYS_LITTLE.split())
_ENDING = """
    ations ation ates ate ances ance ences ence ancy ency ities ity ments ment ings ing ions ion
    ness ability ibility able ible ally ant ent ers ors ive ies ed er or ly al es s e y i
"""
_ENDINGS = sorted(_ENDING.split(), key=len, reverse=True)
_SHORTEST_STEM = 4


def without_code(text: str) -> str:
    """The text with each piece of Markdown code replaced by one sign that is no word."""
    return _CODE.sub("·", _FENCED.sub("·", text))


def words(text: str) -> list[str]:
    """The words of a text in its order, folded; of a script without spaces, its characters."""
    folded = text.lower() if text.isascii() else fold(text)
    return _GENITIVE.sub("", _IN_NUMBER.sub("", folded)).translate(_SPACED).split()


def word_count(text: str) -> int:
    """How much there is to read, in words of about English length."""
    halves = 0
    for word in words(text):
        halves += 1 if _NO_SPACES.match(word) else 2 * -(-len(word) // _LONGEST_WORD)
    return -(-halves // 2)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A folded word without its endings, so that `persist` and `persistence` are one."""
    if not word.isascii() or not word.isalpha():
        return word
    while cut := next((e for e in _ENDINGS if _can_lose(word, e)), ""):
        word = word.removesuffix(cut)
    return word[:-1] if len(word) > _SHORTEST_STEM and word[-1] == word[-2] else word


def _can_lose(word: str, ending: str) -> bool:
    if len(word) - len(ending) < _SHORTEST_STEM or not word.endswith(ending):
        return False
    return ending != "s" or word[-2] not in "sui"


def is_written_without_spaces(word: str) -> bool:
    """Whether a word begins with a character of a script that puts no spaces between words."""
    return _NO_SPACES.match(word) is not None


def says_little(word: str) -> bool:
    """Whether a folded word carries no meaning of its own, as `the` and `which`."""
    return word in _MEANINGLESS


def stems(text: str) -> list[str]:
    """The stems of all words of a text, in its order."""
    return [stem(word) for word in words(text)]


def content(text: str) -> list[str]:
    """The stems of the words that carry the meaning, in their order."""
    return [stem(word) for word in words(text) if word not in _MEANINGLESS]


def stands_in(phrase: list[str], text: list[str]) -> bool:
    """Whether the phrase stands in the text, word after word; an empty one does not."""
    size = len(phrase)
    return size > 0 and any(text[at : at + size] == phrase for at in range(len(text) - size + 1))


def covered(wanted: Sequence[str], text: Sequence[str]) -> float:
    """The share of the wanted stems that the text has, or has with another ending."""
    if not wanted:
        return 1.0
    there = set(text)
    return sum(1 for each in wanted if each in there or _has_kin(each, there)) / len(wanted)


def _has_kin(word: str, there: set[str]) -> bool:
    size = _SHORTEST_STEM
    return len(word) >= size and any(
        len(other) >= size and (word.startswith(other) or other.startswith(word)) for other in there
    )
