"""Homes of any size for the benchmarks: decks, a log and the states that it folds to, from a seed.

`python -m benchmarks.data HOME CARDS EVENTS` builds one: in a process of its own, since what a
parent holds counts as its children's peak memory.
"""

import random
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from offhand.domain.fold import CardState
    from offhand.study.desk import Desk

DECK = 1_000
"""Entries in a deck; each is one card."""
_SECTION = 100
_DUE_TODAY = 180
_NEW_SHARE = 0.04
_DEVICE = "bench000"
_GRADES = (4,) * 10 + (3,) * 4 + (5,) * 4 + (1,)
_EPOCH = date(2000, 1, 1)
_FORGOTTEN_FROM = 250
"""No interval grows much longer than this: then the card is failed, and the log goes on."""
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def home(data: Path, cards: int, events: int) -> Path:
    """A home with so many cards and events, as it was built; kept in `data` for the rest of the day."""
    path = data / f"{_today().isoformat()}-{cards}-{events}"
    if not (path / "pristine.db").exists():
        shutil.rmtree(path, ignore_errors=True)
        command = [sys.executable, "-m", "benchmarks.data", str(path), str(cards), str(events)]
        subprocess.run(command, check=True)
    shutil.copy(path / "pristine.db", path / "offhand.db")
    return path


def _today() -> date:
    # A day turns over at 04:00, and what is due today then no longer is.
    return (datetime.now().astimezone() - timedelta(hours=4)).date()


def deck_text(number: int, entries: int, first: int) -> str:
    """A deck file. Each term is a marker, K and six digits, that is on screen once in a session."""
    lines = [f"deck: Deck {number:03d}", "sections:"]
    for entry in range(entries):
        if entry % _SECTION == 0:
            lines.append(f"  Section {entry // _SECTION}:")
        lines.append(f"    K{first + entry:06d}: {_definition(first + entry)}")
    return "\n".join(lines) + "\n"


def _definition(number: int) -> str:
    words = random.Random(number).choices(_WORDS, k=38)
    return f"Answer A{number:06d} says that `{words[0]}` is " + " ".join(words[1:]) + "."


_WORDS = [
    "a",
    "queue",
    "cache",
    "index",
    "request",
    "lock",
    "replica",
    "leader",
    "write",
    "read",
    "log",
    "retry",
    "timeout",
    "budget",
    "quorum",
    "partition",
    "shard",
    "commit",
    "snapshot",
    "cursor",
    "buffer",
    "page",
    "tree",
    "hash",
    "ring",
    "token",
    "bucket",
    "breaker",
    "probe",
    "before",
    "after",
    "while",
    "until",
    "unless",
    "so",
    "that",
    "the",
    "an",
    "of",
    "in",
    "on",
    "by",
    "with",
    "without",
    "only",
    "every",
    "never",
]


def write_decks(folder: Path, cards: int, deck: int = DECK) -> None:
    """Write deck files that make so many cards."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, first in enumerate(range(0, cards, deck)):
        text = deck_text(number, min(deck, cards - first), first)
        (folder / f"deck-{number:03d}.yaml").write_text(text, "utf-8")


def build(path: Path, cards: int, events: int) -> None:
    """Write decks, have Offhand read them, and put a log and its states into the database."""
    from offhand.clock import system_clock
    from offhand.paths import Paths
    from offhand.study.opening import open_desk

    write_decks(path / "decks", cards)
    desk = open_desk(Paths.below(path), system_clock())
    rows, states = _past(desk, events)
    _fill(desk, rows, states)
    desk.close()
    shutil.copy(path / "offhand.db", path / "pristine.db")


def _past(desk: "Desk", events: int) -> "tuple[list[dict[str, Any]], dict[str, CardState]]":
    from offhand.domain.event import Answer, Asked, Grade
    from offhand.domain.fold import fold
    from offhand.store.rows import row_of_event

    drawn, today, scheduler = random.Random(2), desk.today, desk.scheduler
    # Of each thousand entries the last ones are new: the learner is not through yet.
    known = [
        row[0]
        for row in desk.db.rows(
            "SELECT id, prompt FROM cards WHERE prompt GLOB 'K[0-9]*' ORDER BY prompt"
        )
        if int(row[1][1:]) % DECK < DECK * (1 - _NEW_SHARE)
    ]
    due_today = set(drawn.sample(known, _DUE_TODAY))
    rows, states, left = [], {}, events
    for index, card in enumerate(known):
        count = max(left // (len(known) - index), 1)
        left -= count
        past, interval_now = _answers(drawn, count)
        ago = interval_now if card in due_today else drawn.randrange(1, max(interval_now, 2))
        first_day = today - timedelta(days=ago + past[-1][1])
        answers = []
        for grade, offset, interval in past:
            day = first_day + timedelta(days=offset)
            at = datetime.combine(day, time(12), UTC) + timedelta(seconds=drawn.randrange(3600))
            answers.append(
                Answer(
                    id=_ulid(drawn, at),
                    at=at,
                    day=day,
                    device=_DEVICE,
                    card=card,
                    grade=Grade(grade),
                    asked=Asked.SCHEDULED,
                    took_ms=drawn.randrange(2_000, 20_000),
                    interval=interval,
                )
            )
        states[card] = fold(scheduler, answers)
        rows += [row_of_event(answer) for answer in answers]
    rows.sort(key=lambda row: row["id"])
    return rows, states


def _answers(drawn: random.Random, count: int) -> tuple[list[tuple[int, int, int]], int]:
    """A card's answers, each its grade, its day (the first is 0) and the interval until then.

    And the interval that they end with.
    """
    from offhand.domain.event import Grade
    from offhand.domain.schedule.sm2 import SM2

    past, scheduler, schedule, day = list[tuple[int, int, int]](), SM2(), None, 0
    for index in range(count):
        interval = schedule.interval if schedule else 0
        grade = 1 if interval > _FORGOTTEN_FROM else drawn.choice(_GRADES)
        if index >= count - 2:
            # The last two are passes, so that the next day asked may lie ahead.
            grade = 4
        past.append((grade, day, interval))
        schedule = scheduler.next(schedule, Grade(grade), _EPOCH + timedelta(days=day))
        day += schedule.interval
    return past, schedule.interval if schedule else 1


def _ulid(drawn: random.Random, at: datetime) -> str:
    value = (int(at.timestamp() * 1000) << 80) | drawn.getrandbits(80)
    return "".join(_LETTERS[(value >> shift) & 31] for shift in range(125, -1, -5))


def _fill(desk: "Desk", rows: list[dict[str, Any]], states: "dict[str, CardState]") -> None:
    from offhand.store.rows import row_of_state
    from offhand.store.tables import events
    from offhand.store.tables import states as state_table

    indexes = desk.db.rows(
        "SELECT name, sql FROM sqlite_master"
        " WHERE type = 'index' AND tbl_name = 'events' AND sql NOT NULL"
    )
    columns = [column.name for column in events.columns]
    kept = [column.name for column in state_table.columns if column.name not in ("card", "rank")]
    connection = desk.db.connection
    connection.execute("PRAGMA cache_size = -400000")
    connection.execute("BEGIN")
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    connection.executemany(
        f"INSERT INTO events ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
        ([row.get(column) for column in columns] for row in rows),
    )
    for _, sql in indexes:
        connection.execute(sql)
    connection.executemany(
        f"UPDATE states SET {', '.join(f'{column} = :{column}' for column in kept)} WHERE card = :card",
        ({"card": card, **row_of_state(state)} for card, state in states.items()),
    )
    connection.execute("COMMIT")


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
