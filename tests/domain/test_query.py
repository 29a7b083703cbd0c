"""What is typed to find cards becomes clauses, whatever it is."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from offhand.domain.pieces import pieces
from offhand.domain.query import (
    Clause,
    Compared,
    Fact,
    Figure,
    Is,
    Part,
    Standing,
    Stated,
    Within,
    Words,
    parse,
    quoted,
)
from offhand.domain.text import fold

TODAY = date(2026, 3, 2)
DAY = float(TODAY.toordinal())


def clauses(text: str) -> list[Clause]:
    """The clauses of a query, which gives no hint."""
    query = parse(text, TODAY)
    assert query.hints == ()
    return list(query.clauses)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("cache", Words(("cache",))),
        ("-cache", Words(("cache",), negated=True)),
        ("Time_Wait", Words(("time", "wait"))),
        ('"expired key"', Words(("expired", "key"), whole=True)),
        ('"expired k', Words(("expired", "k"))),
        ('-"expired key"', Words(("expired", "key"), whole=True, negated=True)),
        (r'"a \"b\" c"', Words(("a", "b", "c"), whole=True)),
        ("std::vector", Words(("std", "vector"))),
        ("http://x.org", Words(("http", "x", "org"))),
        ("a=b", Words(("a", "b"))),
        ("section:Net", Within(Part.SECTION, "net")),
        ("SECTION:net", Within(Part.SECTION, "net")),
        ('section:"Fault and exceptions"', Within(Part.SECTION, "fault and exceptions")),
        ('section:"Fault a', Within(Part.SECTION, "fault a")),
        ("-deck:linux", Within(Part.DECK, "linux", negated=True)),
        ("tag:net::tcp", Stated(Fact.TAG, ("net", "tcp"))),
        ("kind:choice", Stated(Fact.KIND, ("choice",), whole=True)),
        ("kind:ch", Stated(Fact.KIND, ("choice",), whole=True)),
        ("kind:c", Stated(Fact.KIND, ("c",))),
        ("level=senior", Stated(Fact.LEVEL, ("senior",), whole=True)),
        ("is:due", Standing((Is.DUE,))),
        ("is:sus", Standing((Is.SUSPENDED,))),
        ("is:l", Standing((Is.LEARNING, Is.LEECH))),
        ("-is:new", Standing((Is.NEW,), negated=True)),
        ("ease<2", Compared(Figure.EASE, "<", 200)),
        ("ease<=2.36", Compared(Figure.EASE, "<=", 236)),
        ("ease>2,5", Compared(Figure.EASE, ">", 250)),
        ("interval>=30", Compared(Figure.INTERVAL, ">=", 30)),
        ("lapses:4", Compared(Figure.LAPSES, "=", 4)),
        ("reviews=0", Compared(Figure.REVIEWS, "=", 0)),
        ("due<7", Compared(Figure.DUE, "<", DAY + 7)),
        ("due<-3", Compared(Figure.DUE, "<", DAY - 3)),
        ("due=today", Compared(Figure.DUE, "=", DAY)),
        ("due:tomorrow", Compared(Figure.DUE, "=", DAY + 1)),
        ("due>2026-03-12", Compared(Figure.DUE, ">", DAY + 10)),
        ("due<7d", Compared(Figure.DUE, "<", DAY + 7)),
        ("interval > 30d", Compared(Figure.INTERVAL, ">", 30)),
        ("EASE <2", Compared(Figure.EASE, "<", 200)),
        ("-lapses >= 3", Compared(Figure.LAPSES, ">=", 3, negated=True)),
        ("ease", Words(("ease",))),
        ("-due>9", Compared(Figure.DUE, ">", DAY + 9, negated=True)),
    ],
)
def test_each_way_to_ask_makes_its_clause(typed: str, expected: Clause) -> None:
    assert clauses(typed) == [expected]


@pytest.mark.parametrize(
    ("typed", "stands_inside"),
    [
        ("loc", True),
        ("lo", False),
        ("缓存", False),
        ("ime_w", True),
        ("w_time", False),
        ("-lock", False),
        ('"lock"', False),
        ('"lock', True),
    ],
)
def test_a_word_of_three_letters_means_longer_words_too(typed: str, stands_inside: bool) -> None:
    (word,) = clauses(typed)
    assert isinstance(word, Words)
    assert word.stands_inside is stands_inside


def test_clauses_stand_one_beside_another() -> None:
    assert clauses('  cache is:due\n-"two words"  ease<2 ') == [
        Words(("cache",)),
        Standing((Is.DUE,)),
        Words(("two", "words"), whole=True, negated=True),
        Compared(Figure.EASE, "<", 200),
    ]


@pytest.mark.parametrize("typed", ["", "   ", "-", '"', '""', '-"'])
def test_what_has_just_been_begun_asks_for_nothing_and_says_nothing(typed: str) -> None:
    assert clauses(typed) == []


_IS = "due, new, again, learning, young, mature, suspended, buried, flagged, leech"
_KINDS = "term, reverse, question, choice, cloze, contrast"
_DAYS = "a number of days from today, today, tomorrow, or a date such as 2026-12-24"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("is:", f"is: takes {_IS}."),
        ("is:foo", f"is:foo is unknown. is: takes {_IS}."),
        ("section:", "section: takes a section's title or a part of it."),
        ("is:leach", "is:leach is unknown. Did you mean is:leech?"),
        ("kind:poem", f"kind:poem is unknown. kind: takes {_KINDS}."),
        ("kind:chioce", "kind:chioce is unknown. Did you mean kind:choice?"),
        ("ease<", "ease< takes a number such as 2.3."),
        ("ease <", "ease< takes a number such as 2.3."),
        ("ease<abc", "ease< takes a number such as 2.3."),
        ("ease<" + "9" * 400, "ease< takes a number such as 2.3."),
        ("interval>1e9", "interval> takes a number of days."),
        ("due<2026-02-30", f"due< takes {_DAYS}."),
        ("→", "→ has no letter to look for."),
        ("tag:::", "tag::: has no letter to look for."),
    ],
)
def test_what_cannot_be_meant_is_left_out_with_a_hint(typed: str, hint: str) -> None:
    query = parse(f"cache {typed}", TODAY)
    assert query.clauses == (Words(("cache",)),)
    assert query.hints == (hint,)


@pytest.mark.parametrize(
    ("typed", "clause", "meant"),
    [
        ("flag:1", Words(("flag", "1")), "is:flagged"),
        ("prop:ease<2", Words(("prop", "ease", "2")), "ease<2 or interval>30"),
        ("type:cloze", Words(("type", "cloze")), "kind:"),
    ],
)
def test_what_other_programs_call_it_is_told_what_to_type_instead(
    typed: str, clause: Words, meant: str
) -> None:
    query = parse(typed, TODAY)
    told = f"There is no {typed.split(':')[0]}:, it is looked for as text. Did you mean {meant}?"
    assert (query.clauses, query.hints) == ((clause,), (told,))


def test_or_is_a_word_and_is_said_to_be_one() -> None:
    query = parse("cat OR dog", TODAY)
    assert query.clauses == (Words(("cat",)), Words(("or",)), Words(("dog",)))
    assert query.hints == ("OR is looked for as a word: all that is typed must be met.",)
    assert parse("cat or dog", TODAY).hints == ()


def test_a_key_that_is_none_is_looked_for_as_text_and_the_nearest_is_named() -> None:
    query = parse("sektion:net", TODAY)
    assert query.clauses == (Words(("sektion", "net")),)
    told = "There is no sektion:, it is looked for as text. Did you mean section:?"
    assert query.hints == (told,)


def test_of_a_text_pasted_by_mistake_only_the_beginning_is_looked_for() -> None:
    query = parse("word " * 100_000, TODAY)
    assert query.clauses == (Words(("word",)),) * 100
    assert query.hints == ("Only the first 500 letters are looked for.",)


_KEYS = ["is:", "-", "section:", "ease<", "due>=", '"', "\\", ":", "<", "=", " ", "tag:", "kind:c"]
_typed = st.lists(st.sampled_from(_KEYS) | st.text(max_size=8)).map("".join)


@given(_typed | st.text())
@example("due<9999999")
@example("due>-9999999")
@example("\ud800")
@example('section:"a\\')
def test_no_text_is_refused_however_far_it_is_typed(text: str) -> None:
    for end in range(len(text) + 1):
        parse(text[:end], TODAY)


@given(st.text(max_size=200))
def test_a_quoted_text_means_itself(text: str) -> None:
    words = parse(quoted(text), TODAY).clauses
    assert words == ((Words(tuple(found), whole=True),) if (found := pieces(text)) else ())
    inside = parse(f"section:{quoted(text)}", TODAY).clauses
    assert inside == ((Within(Part.SECTION, fold(text)),) if fold(text) else ())
