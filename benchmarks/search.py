"""What a key in the library's search line costs, and what its index costs besides."""

import random
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from benchmarks.figures import aim, heading, percentiles
from offhand.clock import system_clock
from offhand.domain.listing import Sort
from offhand.paths import Paths
from offhand.store import search
from offhand.study.browsing import lines
from offhand.study.desk import Desk, open_desk
from offhand.study.finding import Finder
from offhand.study.refresh import refresh
from offhand.tui.widgets.foundlist import AT_FIRST

_IN_SIGHT = 40
_WORDS = 60_000
_IN_A_CARD = 40
_SIGNS = [chr(0x4E00 + n) for n in range(3000)]
_DECK, _SECTION = 5_000, 250
_QUERIES = 60


def run(data: Path, small: bool) -> None:
    """Measure and print."""
    cards = 10_000 if small else 100_000
    heading(f"Searching {cards} cards, a key at a time")
    desk, words = _desk(data / f"search-{cards}", cards)
    began = perf_counter()
    finder = Finder(desk.db, desk.today)
    opening = (perf_counter() - began) * 1000
    drawn = random.Random(5)
    typed = list(_typed(drawn, words))
    taken = {
        "to the first cards": _of_each(typed, lambda text: _first(desk, finder, text)),
        "to all of them": _of_each(typed, finder.find),
        "to all, ordered by due": _of_each(typed, lambda text: finder.find(text, Sort.DUE)),
        "two Chinese signs": _of_each(_pairs(drawn), lambda text: _first(desk, finder, text)),
        "a condition": _of_each(_conditions(), lambda text: _first(desk, finder, text)),
    }
    for name, each in taken.items():
        middle, late = percentiles(each)
        told = f"p50 {middle:6.2f} ms  p99 {late:6.2f} ms  worst {max(each):6.2f} ms"
        print(f"{name:<24}{told}  of {len(each)} keys", flush=True)
    for name, value in zip(("p50", "p99"), percentiles(taken["to the first cards"]), strict=True):
        aim(f"{name} from a key to the first cards", value, 10, "ms")
    heading("The index over the texts")
    print(f"open the library        {opening:8.1f} ms (in the background)")
    print(
        f"one card edited         {_ms_of_an_edit(desk):8.1f} ms to take its deck of {_DECK} anew"
    )
    began = perf_counter()
    with desk.db.writing() as connection:
        search.rebuild(connection)
    print(f"the whole index anew    {(perf_counter() - began) * 1000:8.1f} ms")
    size = desk.db.row("SELECT sum(length(block)) FROM search_data")
    print(f"its size                {(size or (0,))[0] / 1e6:8.1f} MB")
    desk.close()


def _first(desk: Desk, finder: Finder, text: str) -> None:
    """What the screen waits for at each key."""
    lines(desk, finder.find(text, most=AT_FIRST).numbers[:_IN_SIGHT])


def _of_each(texts: Iterable[str], do: Callable[[str], object]) -> list[float]:
    """The milliseconds that each text takes."""
    taken = []
    for text in texts:
        began = perf_counter()
        do(text)
        taken.append((perf_counter() - began) * 1000)
    return taken


def _typed(drawn: random.Random, words: list[str]) -> Iterator[str]:
    """What stands in the line after each key, for queries of one to three words."""
    for _ in range(_QUERIES):
        query = " ".join(_draw(drawn, words, drawn.choice((1, 1, 2, 3))))
        yield from (query[:end] for end in range(1, len(query) + 1))


def _pairs(drawn: random.Random) -> Iterator[str]:
    for _ in range(100):
        yield "".join(drawn.choices(_SIGNS, _weights(len(_SIGNS)), k=2))


def _conditions() -> Iterator[str]:
    for query in ('section:"Section 7" ', "is:due ", "ease<2 lapses>1 ", "-is:new interval>=30"):
        yield from (query[:end] for end in range(1, len(query) + 1))


def _weights(count: int) -> list[float]:
    """How often each word of a language stands in a text, by its rank (Zipf)."""
    return [1 / (rank + 3) for rank in range(count)]


def _draw(drawn: random.Random, words: list[str], count: int) -> list[str]:
    return drawn.choices(words, cum_weights=_cumulated(len(words)), k=count)


_sums: list[float] = []


def _cumulated(count: int) -> list[float]:
    if not _sums:
        total = 0.0
        for weight in _weights(count):
            total += weight
            _sums.append(total)
    return _sums


def _vocabulary() -> list[str]:
    """Words as long and with as many beginnings as those of a language have."""
    drawn = random.Random(1)
    parts = [
        c + v + e for c in "bcdfghlmnprstvw" for v in "aeiou" for e in ("", "n", "r", "s", "t", "l")
    ]
    made = {
        "".join(drawn.choices(parts, k=drawn.choice((1, 2, 2, 3, 3, 4)))) for _ in range(_WORDS)
    }
    words = sorted(made)
    drawn.shuffle(words)
    return words


def _desk(place: Path, cards: int) -> tuple[Desk, list[str]]:
    """A desk with so many cards of a language's words, a tenth of them Chinese, a third answered."""
    words = _vocabulary()
    if not (place / "pristine.db").exists():
        shutil.rmtree(place, ignore_errors=True)
        _write_decks(place / "decks", cards, words)
        desk = open_desk(Paths.below(place), system_clock())
        _answer(desk)
        desk.close()
        shutil.copy(place / "offhand.db", place / "pristine.db")
    return open_desk(Paths.below(place), system_clock()), words


def _write_decks(folder: Path, cards: int, words: list[str]) -> None:
    folder.mkdir(parents=True)
    drawn = random.Random(2)
    for first in range(0, cards, _DECK):
        rows = [f"deck: Deck {first // _DECK}", "sections:"]
        for number in range(first, min(first + _DECK, cards)):
            if number % _SECTION == 0:
                rows.append(f"  Section {number // _SECTION}:")
            if number % 10 == 0:
                signs = "".join(drawn.choices(_SIGNS, _weights(len(_SIGNS)), k=60))
                rows.append(f"    {signs[:8]}{number}: {signs[8:]}")
            else:
                text = _draw(drawn, words, _IN_A_CARD)
                rows.append(f"    {' '.join(text[:3])} n{number}: {' '.join(text[3:])}.")
        (folder / f"deck-{first // _DECK:03d}.yaml").write_text("\n".join(rows) + "\n", "utf-8")


def _answer(desk: Desk) -> None:
    """Give every third card a schedule, as answers would."""
    drawn = random.Random(3)
    rows = [
        (
            (desk.today + timedelta(days=drawn.randrange(-3, 90))).isoformat(),
            drawn.randrange(1, 200),
            drawn.randrange(130, 320),
            drawn.randrange(6),
            number,
        )
        for (number,) in desk.db.rows("SELECT number FROM cards WHERE number % 3 = 0")
    ]
    connection = desk.db.connection
    connection.execute("BEGIN")
    connection.executemany(
        "UPDATE states SET due = ?, interval = ?, ease = ?, repetitions = 3, lapses = ?, reviews = 3"
        " WHERE card = (SELECT id FROM cards WHERE number = ?)",
        rows,
    )
    connection.execute("COMMIT")


def _ms_of_an_edit(desk: Desk) -> float:
    """What an edited answer takes until it can be found."""
    file = desk.paths.decks / "deck-000.yaml"
    rows = file.read_text("utf-8").splitlines()
    rows[-1] += " Edited."
    file.write_text("\n".join(rows) + "\n", "utf-8")
    began = perf_counter()
    refresh(desk)
    return (perf_counter() - began) * 1000
