"""What goes into the database comes out as it was."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from offhand.domain.card import Card, CardKind, Entry, Level, Option, Place, Section
from offhand.domain.event import (
    Answer,
    AnyEvent,
    Asked,
    Carried,
    Grade,
    InterviewStep,
    Mark,
    Marked,
    Moved,
    Renamed,
    Rest,
    TargetDropped,
    TargetSet,
    Undo,
)
from offhand.domain.fold import CardState
from offhand.domain.schedule.protocol import Schedule
from offhand.store import history, reading
from offhand.store.connection import Database
from offhand.store.library import keep_cards, keep_deck
from offhand.store.migrate import open_database
from offhand.store.tables import cards, events, states

# What a file or a command line can hold: the domain lets no lone surrogate through.
_texts = st.text(st.characters(exclude_categories=["Cs"]))
_names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
_days = st.dates()
_counts = st.integers(0, 2**40)
# The log keeps milliseconds.
_moments = st.datetimes(datetime(2000, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
_stamp = {"id": _names, "at": _moments, "day": _days, "device": _names}
_events: st.SearchStrategy[AnyEvent] = st.one_of(
    st.builds(
        Answer,
        **_stamp,
        card=_names,
        grade=st.sampled_from(Grade),
        asked=st.sampled_from(Asked),
        took_ms=_counts,
        interval=_counts,
    ),
    st.builds(Marked, **_stamp, card=_names, mark=st.sampled_from(Mark)),
    st.builds(Undo, **_stamp, card=_names, target=_names),
    st.builds(Renamed, **_stamp, card=_names, key=_names),
    st.builds(Rest, **_stamp),
    st.builds(Moved, **_stamp, card=_names, due=_days),
    st.builds(
        Carried,
        **_stamp,
        card=_names,
        due=_days,
        interval=_counts,
        ease=_counts,
        repetitions=_counts,
        lapses=_counts,
    ),
    st.builds(
        TargetSet,
        **_stamp,
        name=_names,
        on=_days,
        scopes=st.lists(st.tuples(_texts, _texts), max_size=3).map(tuple),
        minutes=_counts,
    ),
    st.builds(TargetDropped, **_stamp, name=_names),
    st.builds(
        InterviewStep,
        **_stamp,
        interview=_names,
        step=_texts,
        data=st.dictionaries(_texts, _texts | _counts | st.lists(_texts, max_size=3), max_size=3),
    ),
)
_schedules = st.builds(
    Schedule, _days, st.integers(1, 2**40), st.integers(130, 10_000), _counts, _counts
)
_states = st.builds(
    CardState,
    st.none() | _schedules,
    *[st.none() | _days] * 3,
    *[st.booleans()] * 2,
    _counts,
)
_cards = st.builds(
    Card,
    key=st.just("d/e/term"),
    kind=st.sampled_from(CardKind),
    entry=st.just("d/e"),
    prompt=_texts,
    answer=_texts,
    place=st.builds(Place, st.just(Path("/decks/ü/d.yaml")), st.integers(1, 9999)),
    rest=_texts,
    points=st.lists(_texts, max_size=3).map(tuple),
    options=st.lists(st.builds(Option, _texts, st.booleans(), _texts), max_size=3).map(tuple),
    aliases=st.lists(_texts, max_size=3).map(tuple),
    sources=st.lists(_texts, max_size=3).map(tuple),
    tags=st.lists(_texts, max_size=3).map(tuple),
    level=st.none() | st.sampled_from(Level),
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("rows")
    opened = open_database(folder / "offhand.db", folder)
    opened.rows("PRAGMA synchronous = OFF")
    yield opened
    opened.close()


def _keep(database: Database, card: Card) -> None:
    entry = Entry("e", card.place, cards=(card,))
    with database.writing() as connection:
        keep_deck(connection, "d", "D", "", "/decks/d.yaml", 0)
        keep_cards(connection, "d", [(0, Section("s", "S", card.place, (entry,)))], None)


@given(event=_events)
def test_an_event_is_read_as_it_was_logged(database: Database, event: AnyEvent) -> None:
    with database.writing() as connection:
        connection.execute(delete(events))
        history.append(connection, event)
    assert list(reading.all_events(database)) == [event]


@given(card=_cards)
def test_a_card_is_read_as_its_file_has_it(database: Database, card: Card) -> None:
    _keep(database, card)
    kept = reading.kept_card(database, "d/e/term")
    assert kept is not None
    assert kept.card == card


@given(state=_states)
def test_a_state_is_read_as_it_was_kept(database: Database, state: CardState) -> None:
    with database.writing() as connection:
        connection.execute(delete(states))
        connection.execute(delete(cards))
    _keep(database, Card("d/e/term", CardKind.TERM, "d/e", "p", "a", Place(Path("/d"))))
    with database.writing() as connection:
        history.keep_state(connection, "d/e/term", state)
    assert reading.all_states(database) == {"d/e/term": state}


@given(logged=st.lists(_events, unique_by=lambda event: event.id), brought=st.data())
def test_logs_are_merged_by_union(
    database: Database, logged: list[AnyEvent], brought: st.DataObject
) -> None:
    known = brought.draw(st.lists(st.sampled_from(logged), unique=True)) if logged else []
    with database.writing() as connection:
        connection.execute(delete(events))
        history.append_all(connection, known)
        history.append_all(connection, logged)
    found = sorted(reading.all_events(database), key=lambda event: event.id)
    assert found == sorted(logged, key=lambda event: event.id)


def test_an_event_is_never_written_over(database: Database) -> None:
    first = Rest(id="1", at=datetime(2026, 3, 2, tzinfo=UTC), day=date(2026, 3, 2), device="one")
    with database.writing() as connection:
        connection.execute(delete(events))
        history.append(connection, first)
        history.append_all(connection, [replace(first, device="two")])
    assert list(reading.all_events(database)) == [first]


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (events, {"id": "x", "at": "", "day": "", "device": "", "kind": "answer", "grade": 6}),
        (states, {"card": "d/e/term", "rank": 0, "due": "2026-03-02", "interval": 0, "ease": 250}),
        (states, {"card": "d/e/term", "rank": 0, "due": "2026-03-02", "interval": 1, "ease": 129}),
    ],
    ids=["a grade of 6", "an interval of 0", "an ease below 1.30"],
)
def test_what_cannot_be_is_refused_by_the_database_itself(
    database: Database, table: object, row: dict[str, object]
) -> None:
    import sqlite3

    with pytest.raises(sqlite3.IntegrityError, match="CHECK"), database.writing() as connection:
        connection.execute(insert(table), row)  # type: ignore[arg-type]
