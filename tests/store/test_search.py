"""The index over the cards' texts says what reading all of them would say, whatever was edited."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offhand.domain.event import Mark
from offhand.domain.pieces import find, parts, pieces
from offhand.domain.query import Fact, Stated, Words
from offhand.errors import OffhandError
from offhand.store import search
from offhand.store.migrate import INDEX
from offhand.store.vocabulary import Vocabulary
from offhand.study.answering import mark
from offhand.study.desk import Desk
from offhand.study.finding import find_cards
from offhand.study.refresh import refresh
from offhand.study.review import Review
from support import Home, deck_of

_WORDS = ("cache", "Cache-Control", "caché", "TIME_WAIT", "HTTP/2", "C++", "C#", "HashMap")
_WORDS += (
    "缓存雪崩",
    "缓存",
    "存",
    "キャッシュ",
    "Ｆｕｌｌ",
    "non‑breaking",
    "lock",
    "deadlock",
    "uptime-wait",
    "a",
)
_TYPED = (
    *_WORDS,
    "ca",
    "c",
    "ach",
    "ache_c",
    "ock",
    "eak",
    "ime_w",
    "ime",
    "map_c",
    "ull",
    "time_w",
    "wai",
    "map",
    "hash",
    "http",
    "2",
    "full",
    "breaking",
    "雪",
)
_TAGS = ("net", "net::tcp", "storage")

_text = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(" ".join)
_entry = st.fixed_dictionaries(
    {"definition": _text},
    optional={
        "extra": _text,
        "aliases": st.lists(_text, max_size=2, unique=True),
        "tags": st.lists(st.sampled_from(_TAGS), max_size=2, unique=True),
        "level": st.sampled_from(["junior", "senior"]),
        "reverse": st.booleans(),
        "choices": st.just(
            [{"question": "Which lock?", "right": "缓存", "wrong": {"HashMap": "C#"}}]
        ),
    },
)
_deck = st.dictionaries(st.sampled_from([f"Term {n} {w}" for n, w in enumerate(_WORDS)]), _entry)
_words = st.builds(
    Words,
    st.sampled_from(_TYPED).map(lambda word: tuple(pieces(word))),
    whole=st.booleans(),
    negated=st.booleans(),
)
_stated = st.builds(
    Stated,
    st.sampled_from(Fact),
    st.sampled_from(["net", "ne", "tcp", "term", "choice", "c", "junior", "storage"]).map(
        lambda word: tuple(pieces(word))
    ),
    whole=st.booleans(),
    negated=st.booleans(),
)


def _yaml(deck: dict[str, dict[str, object]]) -> str:
    entries = [{"term": term, **fields} for term, fields in deck.items()]
    return "deck: D\nid: d\nentries: " + json.dumps(entries, ensure_ascii=False) + "\n"


def _read_all(
    desk: Desk, clause: Words | Stated, inside: bool = False, in_prompt: bool = False
) -> Iterator[int]:
    """The cards of which a clause holds, found by reading every card; all of it, or its prompt.

    `inside` tells whether words may stand inside longer ones.
    """
    rows = desk.db.rows("SELECT number, kind, prompt, answer, more FROM cards WHERE NOT gone")
    for number, kind, prompt, answer, more in rows:
        told = json.loads(more) if more else {}
        if isinstance(clause, Stated):
            facts = {
                Fact.TAG: told.get("tags", []),
                Fact.KIND: [kind],
                Fact.LEVEL: [told["level"]] if "level" in told else [],
            }
            held = any(
                find(clause.pieces, pieces(text), clause.whole) for text in facts[clause.fact]
            )
        else:
            texts = [prompt, answer, told.get("extra", "")]
            for name in ("aliases", "points", "tags"):
                texts += told.get(name, [])
            texts += [text for option in told.get("options", []) for text in (option[0], option[2])]
            if in_prompt and not clause.negated:
                texts = [prompt, *told.get("aliases", [])]
            alone = [[part] for text in texts for part in parts(text)]
            among = [*(pieces(text) for text in texts), *alone]
            held = any(find(clause.pieces, each, clause.whole) for each in among)
            if inside and not clause.whole and not clause.negated:
                held = held or any(_is_inside(clause.pieces, each) for each in among)
        if held is not clause.negated:
            yield number


def _is_inside(sought: Sequence[str], among: Sequence[str]) -> bool:
    """Whether some pieces stand one after another, the first past the beginning of a longer one."""
    first, *others = sought
    if len(first) < 3:
        return False
    if not others:
        return any(first in piece for piece in among)
    starts = [n for n, piece in enumerate(among) if piece.endswith(first)]
    return any(find(others, among[n + 1 : n + 1 + len(others)]) for n in starts)


def test_the_index_agrees_with_reading_every_card_after_any_edits(home: Home) -> None:
    desk = home.open({})
    desk.db.rows("PRAGMA synchronous = OFF")

    @given(
        st.lists(_deck, min_size=1, max_size=4),
        st.lists(_words | _stated, min_size=1, max_size=3),
        st.booleans(),
    )
    @settings(max_examples=60)
    def agrees(
        versions: list[dict[str, dict[str, object]]],
        clauses: list[Words | Stated],
        marked: bool,
    ) -> None:
        _begin_anew(desk)
        for version in versions:
            home.write("d.yaml", _yaml(version))
            refresh(desk)
            # A card with a past is not deleted with its entry, but waits for its return.
            for (card,) in desk.db.rows("SELECT id FROM cards WHERE NOT gone LIMIT 1") * marked:
                mark(desk, card, Mark.FLAG)
        every = {row[0] for row in desk.db.rows("SELECT number FROM cards WHERE NOT gone")}
        expected = every.intersection(*(_read_all(desk, clause) for clause in clauses))
        if all(clause.negated for clause in clauses):
            found = every - set(search.matching_any(desk.db, clauses))
        else:
            found = set(search.matching(desk.db, clauses))
            lots = [search.numbers(desk.db, lot.match) for lot in search.lots(clauses)]
            assert set().union(*lots) == expected
            _agrees_inside(desk, clauses, every)
        assert found == expected

    agrees()


def _agrees_inside(desk: Desk, clauses: Sequence[Words | Stated], every: set[int]) -> None:
    vocabulary = Vocabulary(desk.db)
    vocabulary.learn(lambda: None)
    words = any(isinstance(clause, Words) and not clause.negated for clause in clauses)
    for in_prompt in (False, True) if words else (False,):
        each = [set(_read_all(desk, clause, True, in_prompt)) for clause in clauses]
        found = search.matching_inside(desk.db, vocabulary, clauses, in_prompt)
        for lot in search.lots(clauses):
            if lot.in_prompt or not in_prompt:
                found += search.numbers(desk.db, lot.match)
        assert set(found) == every.intersection(*each)


def _begin_anew(desk: Desk) -> None:
    for table in ("events", "states", "cards", "sections", "decks", "files"):
        desk.db.rows(f"DELETE FROM {table}")
    desk.db.rows("INSERT INTO search (search) VALUES ('delete-all')")


_CARDS = """\
deck: Mixed
entries:
  TIME_WAIT: A closed connection waits here; see HTTP/2 and C++.
  HashMap: Finds a value by the hash of its key.
  缓存雪崩: 许多键在同一时刻过期。
  Deadlock: Two threads wait for each other's lock.
"""


@pytest.fixture
def mixed(home: Home) -> Desk:
    """A desk with cards of several scripts."""
    return home.open({"mixed.yaml": _CARDS})


@pytest.mark.parametrize(
    ("typed", "prompts"),
    [
        ("wai", ["TIME_WAIT", "Deadlock"]),
        ("time_w", ["TIME_WAIT"]),
        ("http/2", ["TIME_WAIT"]),
        ("c++", ["TIME_WAIT"]),
        ("map", ["HashMap"]),
        ("缓存", ["缓存雪崩"]),
        ("同", ["缓存雪崩"]),
        ("存缓", []),
        ('"hash"', ["HashMap"]),
        ('"has"', []),
        ("-wait -hash -缓", []),
        ("-wait", ["HashMap", "缓存雪崩"]),
        ("two threads lock", ["Deadlock"]),
        ('"threads two"', []),
    ],
)
def test_words_and_signs_find_the_cards_that_have_them(
    mixed: Desk, typed: str, prompts: list[str]
) -> None:
    by_number = dict(mixed.db.rows("SELECT number, prompt FROM cards"))
    assert [by_number[number] for number in find_cards(mixed, typed).numbers] == prompts


def test_where_links_lead_and_images_lie_is_not_searched_but_code_is(home: Home) -> None:
    desk = home.open(
        {
            "d.yaml": "deck: D\nentries:\n"
            "  Link: Read [the text](https://example.org/wiki/Raft_(algorithm)) of it.\n"
            "  Image: It is ![a leader](d.media/raft.png) here.\n"
            "  Code: Call `handlers[name](raft)` then.\n"
            "  Bare: See https://example.org/raft for it.\n"
        }
    )

    by_number = dict(desk.db.rows("SELECT number, prompt FROM cards"))

    def found(typed: str) -> set[str]:
        return {by_number[number] for number in find_cards(desk, typed).numbers}

    assert found("raft") == {"Code", "Bare"}
    assert found("wikipedia") == found("png") == found("wiki") == set()
    assert found('"the text of it"') == {"Link"}
    assert found('"a leader here"') == {"Image"}


def test_an_edit_writes_only_the_cards_whose_texts_it_changed(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = home.open({"numbers.yaml": deck_of(50)})
    written: list[str] = []
    indexed = search.indexed
    monkeypatch.setattr(
        search, "indexed", lambda card: written.append(card["prompt"]) or indexed(card)
    )
    text = "# A line that moves all others.\n" + deck_of(50).replace("the number 7 ", "seven ")
    home.write("numbers.yaml", text)
    refresh(desk)
    assert written == ["term 7", "term 7"]
    assert len(find_cards(desk, "seven").numbers) == 1
    assert find_cards(desk, '"number 7"').numbers == []


def test_a_deck_that_goes_and_comes_back_is_found_again(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    mark(desk, "numbers/term-2/term", Mark.FLAG)
    (home.paths.decks / "numbers.yaml").unlink()
    refresh(desk)
    assert find_cards(desk, "term").numbers == []
    assert set(search.matching(desk.db, [Words(("term",))])) == set()
    home.write("numbers.yaml", deck_of(3))
    refresh(desk)
    assert len(find_cards(desk, "term 2").numbers) == 1


@pytest.mark.parametrize("before", ["no index", "an index of another rule"])
def test_a_database_from_before_gets_its_index_at_the_next_start(home: Home, before: str) -> None:
    home.open({"numbers.yaml": deck_of(3)}).close()
    with closing(sqlite3.connect(home.paths.database)) as database, database:
        database.execute("INSERT INTO search (search) VALUES ('delete-all')")
        if before == "no index":
            database.execute("DELETE FROM meta WHERE name = 'search'")
            database.execute("UPDATE cards SET number = NULL")
        else:
            database.execute("UPDATE meta SET value = '0' WHERE name = 'search'")
            row = (1, "stale", "stale")
            database.execute("INSERT INTO search (rowid, prompt, rest) VALUES (?, ?, ?)", row)
    desk = home.open()
    assert len(find_cards(desk, "term").numbers) == 3
    assert set(search.matching(desk.db, [Words(("stale",))])) == set()
    assert desk.db.rows("SELECT value FROM meta WHERE name = 'search'") == [(INDEX,)]


def test_words_are_learned_a_few_at_a_time_and_on_from_where_it_ended(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("offhand.store.vocabulary._AT_ONCE", 3)
    text = "deck: D\nentries:\n  Deadlock: Ticktock.\n  Livelock: Locks, no block; rock.\n"
    desk = home.open({"d.yaml": text})
    vocabulary, calls = Vocabulary(desk.db), iter(range(2))
    with pytest.raises(StopIteration):
        vocabulary.learn(lambda: next(calls))
    vocabulary.learn(lambda: None)
    assert vocabulary.having("lock") == ["block", "deadlock", "livelock"]
    assert vocabulary.having("ock") == [
        "block",
        "deadlock",
        "livelock",
        "locks",
        "rock",
        "ticktock",
    ]
    assert vocabulary.ending("tock") == ["ticktock"]
    assert vocabulary.ending("rock") == vocabulary.having("rm") == []


def test_a_start_does_not_read_the_index(home: Home) -> None:
    home.open({"numbers.yaml": deck_of(3)}).close()
    with closing(sqlite3.connect(home.paths.database)) as database, database:
        database.execute("DELETE FROM search_data")
    desk = home.open()
    assert Review.today(desk).session.total == 3
    with pytest.raises(OffhandError, match="damaged"):
        find_cards(desk, "term")
