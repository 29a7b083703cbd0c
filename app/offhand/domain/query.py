"""What is typed to find cards: words, phrases, and conditions such as `is:due` or `ease<2`.

Any text is a query: what cannot be meant is left out, and told of in a hint.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from offhand.domain.card import CardKind, Level
from offhand.domain.day import day_named
from offhand.domain.pieces import pieces
from offhand.domain.text import fold


class Is(StrEnum):
    """What a card can be; `is:` asks for it."""

    DUE = "due"
    """Asked now: its day has come, or it comes round again today."""
    NEW = "new"
    """Never answered."""
    AGAIN = "again"
    """Comes round again today."""
    LEARNING = "learning"
    """Answered, and not yet passed twice in a row."""
    YOUNG = "young"
    """Its interval is below three weeks."""
    MATURE = "mature"
    SUSPENDED = "suspended"
    BURIED = "buried"
    FLAGGED = "flagged"
    LEECH = "leech"


class Figure(StrEnum):
    """A number of a card that can be compared. A card never answered has lapses and reviews only."""

    EASE = "ease"
    """In hundredths."""
    INTERVAL = "interval"
    LAPSES = "lapses"
    REVIEWS = "reviews"
    DUE = "due"
    """As the day's ordinal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Words(_Clause):
    """Pieces that stand one after another in a card's text; the last may go on unless `whole`."""

    pieces: tuple[str, ...]
    whole: bool = False

    @property
    def stands_inside(self) -> bool:
        """Whether it means longer words too that have it past their beginning, as `lock` Deadlock.

        None that is negated does: cards that are left out for a word nobody thought of are not missed.
        """
        return len(self.pieces[0]) >= _INSIDE_FROM and not (self.whole or self.negated)


class Fact(StrEnum):
    """What a card is said to be in its deck file."""

    TAG = "tag"
    KIND = "kind"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Stated(_Clause):
    """A tag, kind or level in which the pieces stand one after another; the last may go on unless `whole`."""

    fact: Fact
    pieces: tuple[str, ...]
    whole: bool = False


class Part(StrEnum):
    """A part of all cards."""

    DECK = "deck"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Within(_Clause):
    """A deck or section whose title or id holds the text, which is folded."""

    part: Part
    text: str


@dataclass(frozen=True, slots=True)
class Standing(_Clause):
    """A card that is any of these."""

    any_of: tuple[Is, ...]


@dataclass(frozen=True, slots=True)
class Compared(_Clause):
    """A figure beside a value; `sign` is one of `<`, `<=`, `>`, `>=`, `=`."""

    figure: Figure
    sign: str
    value: float


Clause = Words | Stated | Within | Standing | Compared


@dataclass(frozen=True, slots=True)
class Query:
    """Clauses that must all hold, and what to tell of the rest."""

    clauses: tuple[Clause, ...] = ()
    hints: tuple[str, ...] = field(default=(), compare=False)


_TERM = re.compile(
    r"(?P<minus>-?)"
    rf"(?:(?P<figure>(?i:{'|'.join(Figure)}))\s*(?P<compares><=|>=|[<>=])\s*"
    r"|(?P<key>[^\W\d_]+)(?P<sign><=|>=|[:<>=]))?"
    r'(?:"(?P<quoted>(?:[^"\\]|\\.?)*)(?P<closed>"?)|(?P<plain>\S*))'
)
_NUMBER = re.compile(r"[-+]?[0-9]{1,9}(?:[.,][0-9]{1,9})?")
_DAYS = re.compile(r"(?<=[0-9])d$")
_LONGEST = 500
"""Letters of a query: a text that was pasted by mistake may be of any length."""
_INSIDE_FROM = 3
"""Letters from which on a word is found inside longer ones: two stand in almost every text."""
KEYS = (*Part, *Fact, "is", *(figure for figure in Figure))


def quoted(text: str) -> str:
    """A text as it is to be typed, in quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def parse(text: str, today: date) -> Query:
    """The query that a text makes, typed to its end or not. Never raises."""
    clauses, hints = [], []
    if len(text) > _LONGEST:
        hints.append(f"Only the first {_LONGEST} letters are looked for.")
    for term in _terms(text[:_LONGEST]):
        made = _clause(term, today)
        if isinstance(made, str):
            hints.append(made)
        elif made is not None:
            clauses.append(made)
            if hint := _mistaken(term):
                hints.append(hint)
    return Query(tuple(clauses), tuple(dict.fromkeys(hints)))


@dataclass(frozen=True, slots=True)
class _Term:
    negated: bool
    key: str
    sign: str
    value: str
    in_quotes: bool
    finished: bool
    raw: str


def _terms(text: str) -> Iterable[_Term]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _TERM.match(text, at)
        # The pattern matches any letter, if only as a word of its own.
        assert match is not None
        at = match.end()
        in_quotes = match["quoted"] is not None
        value = re.sub(r'\\(["\\])', r"\1", match["quoted"]) if in_quotes else match["plain"]
        yield _Term(
            bool(match["minus"]),
            (match["figure"] or match["key"] or "").lower(),
            match["compares"] or match["sign"] or "",
            value,
            in_quotes,
            bool(match["closed"]),
            match.group().removeprefix("-").strip(),
        )


def _clause(term: _Term, today: date) -> Clause | str | None:
    """The clause of a term; a hint where it makes none; None where there is nothing to say yet."""
    if term.key in tuple(Figure):
        return _compared(term, today)
    if term.key in KEYS and term.sign in (":", "="):
        return _keyed(term)
    value = term.value if term.in_quotes and not term.key else term.raw.replace('"', " ")
    if not (found := tuple(pieces(value))):
        return f"{term.raw} has no letter to look for." if value.strip() else None
    return Words(found, term.in_quotes and term.finished and not term.key, negated=term.negated)


def _keyed(term: _Term) -> Clause | str | None:
    value = fold(term.value)
    if term.key == "is":
        return _standing(term, value)
    if not value:
        return f"{term.key}: takes {_TAKES[term.key]}."
    if term.key in tuple(Part):
        return Within(Part(term.key), value, negated=term.negated)
    meant = [each for each in _CHOICES.get(term.key, ()) if each.startswith(value)]
    if term.key in _CHOICES and not meant:
        return _unknown(term, value)
    if len(meant) == 1:
        return Stated(Fact(term.key), (meant[0],), whole=True, negated=term.negated)
    if not (found := tuple(pieces(value))):
        return f"{term.raw} has no letter to look for."
    return Stated(Fact(term.key), found, negated=term.negated)


_CHOICES = {"kind": tuple(CardKind), "level": tuple(Level), "is": tuple(Is)}
_TAKES = {key: ", ".join(choices) for key, choices in _CHOICES.items()} | {
    "deck": "a deck's title or a part of it",
    "section": "a section's title or a part of it",
    "tag": "a tag or its beginning",
}


def _standing(term: _Term, value: str) -> Clause | str:
    if value in tuple(Is):
        return Standing((Is(value),), negated=term.negated)
    found = tuple(each for each in Is if value and each.startswith(value))
    if not found:
        return _unknown(term, value) if value else f"is: takes {_TAKES['is']}."
    return Standing(found, negated=term.negated)


def _unknown(term: _Term, value: str) -> str:
    """A hint for a value that is none: what was meant, or else all that there are."""
    near = _nearest(value, _CHOICES[term.key])
    told = f"Did you mean {term.key}:{near}?" if near else f"{term.key}: takes {_TAKES[term.key]}."
    return f"{term.key}:{term.value} is unknown. {told}"


def _compared(term: _Term, today: date) -> Clause | str:
    figure = Figure(term.key)
    sign = "=" if term.sign == ":" else term.sign
    # Days may be written as a list of cards shows them.
    text = _DAYS.sub("", term.value) if figure in (Figure.DUE, Figure.INTERVAL) else term.value
    value = _day(text, today) if figure is Figure.DUE else _number(text)
    if value is None:
        return f"{term.key}{term.sign} takes {_NUMBERS[figure]}."
    if figure is Figure.EASE:
        value = round(value * 100, 6)
    return Compared(figure, sign, value, negated=term.negated)


_NUMBERS = {
    Figure.EASE: "a number such as 2.3",
    Figure.INTERVAL: "a number of days",
    Figure.LAPSES: "a number",
    Figure.REVIEWS: "a number",
    Figure.DUE: "a number of days from today, today, tomorrow, or a date such as 2026-12-24",
}


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _day(text: str, today: date) -> float | None:
    day = day_named(text, today)
    return None if day is None else day.toordinal()


_INSTEAD = {
    "flag": "is:flagged",
    "note": "kind:",
    "prop": "ease<2 or interval>30",
    "type": "kind:",
}
"""What to type instead of what others call it."""


def _mistaken(term: _Term) -> str:
    """A hint for what is meant as a condition and is none; the rest is meant as text, as in a::b."""
    if term.raw == "OR":
        return "OR is looked for as a word: all that is typed must be met."
    if term.sign != ":" or not term.value[:1].isalnum() or term.key in KEYS:
        return ""
    near = _nearest(term.key, KEYS)
    meant = _INSTEAD.get(term.key) or (f"{near}:" if near else "")
    told = f"There is no {term.key}:, it is looked for as text."
    return f"{told} Did you mean {meant}?" if meant else ""


def _nearest(text: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(text, list(known), n=1, cutoff=0.7)), "")
