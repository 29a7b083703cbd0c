"""Which key points a typed answer plainly says: a suggestion, which the person confirms or corrects.

A point counts as said where its words stand close together in the answer, with other endings or
under another name of the term, and where nothing turns them around: a "not" on one side only, or an
opposite ("before" for "after"). Better a point left open than one ticked wrongly.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from offhand.domain.wording import is_written_without_spaces, says_little, stem, words

LONGEST_READ = 100_000
"""Letters of an answer that are looked at: more than anyone says to one question."""
_ENOUGH = 0.75
"""The share of a point's words that must be there."""
_FRESH = 2
"""How much a word weighs that the question does not hold already."""
_ROOM = 14
"""How many words an answer may take for a point, besides twice those of the point itself."""
_REACH = 5
"""How many words a "not" reaches."""
_KIN = 5
"""Letters that two words must share from their beginning to be taken for one."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+|[。！？\n]\s*")
_CLAUSE = re.compile(
    r"[,:](?!\d)|[;()，；：、（）—–=]|\s-\s|\b(?:but|because|so|since|although|while|and)\b",
    re.IGNORECASE,
)
_SHORTENED_NOT = re.compile(r"n['’]t\b")
_NOT_ONLY = re.compile(r"\bnot (?:only|just)\b")
_NO = """
    not no never none nobody nothing neither nor cannot without nowhere hardly rarely seldom
    instead unless lack lacks missing dont doesnt didnt isnt arent cant wont
    不 没 沒 未 无 無 非 别
"""
_NEGATIONS = frozenset(_NO.split())
_SHORT_FORMS = {
    "db": "database",
    "dbs": "database",
    "config": "configuration",
    "prod": "production",
    "perf": "performance",
    "repo": "repository",
    "env": "environment",
    "envs": "environment",
    "auth": "authentication",
    "mem": "memory",
    "ms": "millisecond",
    "s": "second",
    "sec": "second",
    "secs": "second",
    "min": "minute",
    "mins": "minute",
    "req": "request",
    "reqs": "request",
    "msg": "message",
    "msgs": "message",
    "conn": "connection",
    "conns": "connection",
    "every": "each",
    "single": "one",
    "just": "only",
    "1": "one",
    "2": "two",
    "3": "three",
}
_OPPOSITES = """
    before/after more/less more/fewer faster/slower higher/lower bigger/smaller larger/smaller
    up/down always/never first/last first/afterwards increase/decrease grow/shrink strong/weak
    exist/absent allow/deny accept/refuse accept/reject open/closed synchronous/asynchronous
    short/long early/late earlier/later old/new above/below inside/outside start/end cheap/costly
    cheap/expensive slow/fast hot/cold many/few read/write success/failure with/without
    bounded/unbounded best/worst best/least most/least better/worse client/server internal/external
"""


def _both_ways(pairs: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for pair in pairs.split():
        one, other = (stem(word) for word in pair.split("/"))
        found[one].add(other)
        found[other].add(one)
    return dict(found)


_OPPOSITE = _both_ways(_OPPOSITES)
_TURNING = frozenset({"more", "most", "up", "with", "before", "after", "first", "only"})
"""Words that say little elsewhere, and turn a point around here."""


@dataclass(slots=True)
class _Read:
    """A text as its words, in order: where each stem stands, and which words a "not" reaches."""

    stems: list[str] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    negated: list[bool] = field(default_factory=list)
    carries: list[bool] = field(default_factory=list)
    clause_start: list[int] = field(default_factory=list)

    @property
    def subject(self) -> str:
        """The first stem that carries a meaning, of which a point usually speaks."""
        return next(iter(self.wanted()), "")

    def wanted(self) -> list[str]:
        """The stems that carry the meaning, each once."""
        return list(
            dict.fromkeys(s for s, carries in zip(self.stems, self.carries, strict=True) if carries)
        )


def points_said(
    points: Sequence[str], answer: str, prompt: str = "", names: Iterable[str] = ()
) -> frozenset[int]:
    """The places of the points that an answer plainly says.

    What the prompt says is known to everybody: an answer that only repeats it says nothing.
    `names` are those of the card's term; one stands for the other.
    """
    same = _sameness(names)
    told = _read(answer[:LONGEST_READ], same)
    there = _Places(told)
    known = set(_read(prompt, same).wanted())
    read = [_read(point, same) for point in points]
    found = set()
    for place, point in enumerate(read):
        # What the question sets against each other, as two kinds of test, must not be mixed up.
        contrasted = {each.subject for each in read} & known
        rivals = contrasted - set(point.stems) if point.subject in known else set()
        if point.subject and _is_said(point, there, known, rivals):
            found.add(place)
    return frozenset(found)


class _Places:
    """Where each word of an answer stands, also under another ending."""

    def __init__(self, told: _Read) -> None:
        self.told = told
        self.places: dict[str, list[int]] = defaultdict(list)
        self.kin: dict[str, set[str]] = defaultdict(set)
        for at, each in enumerate(told.stems):
            self.places[each].append(at)
        for each in self.places:
            if len(each) >= _KIN and each.isalpha():
                self.kin[each[:_KIN]].add(each)

    def of(self, word: str) -> list[int]:
        """The places of a stem, and of those that only end otherwise."""
        found = list(self.places.get(word, ()))
        if len(word) >= _KIN and word.isalpha():
            for other in self.kin.get(word[:_KIN], ()):
                if other != word and (word.startswith(other) or other.startswith(word)):
                    found += self.places[other]
        return found


def _is_said(point: _Read, there: _Places, known: set[str], rivals: set[str]) -> bool:
    wanted = point.wanted()
    needed = {each for each in wanted if each[0].isdigit()}
    weight = {each: 1 if each in known else _FRESH for each in wanted}
    enough = _ENOUGH * sum(weight.values())
    fresh = -(-sum(each not in known for each in wanted) // 2)
    places = sorted((at, each) for each in wanted for at in there.of(each))
    told, room = there.told, _ROOM + 2 * len(wanted)
    for first, (start, _) in enumerate(places):
        found = set[str]()
        for last in range(first, len(places)):
            at, each = places[last]
            if at - start >= room or told.sentence[at] - told.sentence[start] > 1:
                break
            if each in found:
                continue
            found.add(each)
            if (
                sum(weight[each] for each in found) >= enough
                and needed <= found
                and sum(each not in known for each in found) >= fresh
                and rivals.isdisjoint(told.stems[told.clause_start[start] : at + 1])
                and not _is_turned(point, told, places[first : last + 1])
            ):
                return True
    return False


def _is_turned(point: _Read, told: _Read, found: list[tuple[int, str]]) -> bool:
    """Whether the words found say the opposite of the point."""
    denied = {each for at, each in found if told.negated[at]}
    affirmed = {each for at, each in found if not told.negated[at]}
    point_denies = {
        each for each, negated in zip(point.stems, point.negated, strict=True) if negated
    }
    if point_denies:
        there = {each for _, each in found}
        if 2 * len(point_denies & denied) < len(point_denies & there):
            return True
    elif denied - affirmed:
        return True
    start, end = found[0][0], found[-1][0]
    around = set(told.stems[max(start - 2, 0) : end + 3])
    return any(
        opposite in around and each not in around
        for each in point.stems
        for opposite in _OPPOSITE.get(each, ())
        if opposite not in point.stems
    )


def _read(text: str, same: list[tuple[list[str], str]]) -> _Read:
    read = _Read()
    text = _NOT_ONLY.sub(" ", _SHORTENED_NOT.sub(" not", text))
    for number, sentence in enumerate(_SENTENCE.split(text)):
        for clause in _CLAUSE.split(sentence):
            reach, start = 0, len(read.stems)
            for word, standing in _renamed(words(clause), same):
                denies = word in _NEGATIONS
                read.stems.append(standing)
                read.sentence.append(number)
                read.clause_start.append(start)
                read.negated.append(reach > 0)
                read.carries.append(not denies and (not says_little(word) or word in _TURNING))
                reach = _REACH if denies else reach - 1
    return read


def _renamed(spoken: list[str], same: list[tuple[list[str], str]]) -> Iterator[tuple[str, str]]:
    """Each word and the stem that it stands for; a name of several words is one."""
    at = 0
    while at < len(spoken):
        for name, one in same:
            if spoken[at : at + len(name)] == name:
                yield one, one
                at += len(name)
                break
        else:
            word = spoken[at]
            following = spoken[at + 1] if at + 1 < len(spoken) else ""
            if is_written_without_spaces(word) and word not in _NEGATIONS:
                # One character says too little: two that follow each other are compared.
                if is_written_without_spaces(following) and following not in _NEGATIONS:
                    yield word + following, word + following
            else:
                yield word, stem(_SHORT_FORMS.get(word, word))
            at += 1


def _sameness(names: Iterable[str]) -> list[tuple[list[str], str]]:
    """The names of a term as words, the longest first, each with the one that stands for all."""
    spoken = [found for found in (words(name) for name in names) if found]
    if not spoken:
        return []
    one = stem("".join(spoken[0]))
    return sorted(((name, one) for name in spoken), key=lambda pair: -len(pair[0]))
