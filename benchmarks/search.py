"""What a key in the library's search line costs, and what its index costs besides."""

import asyncio
import random
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from benchmarks.figures import aim, heading, percentiles
from offhand.clock import system_clock
from offhand.domain.listing import Sort
from offhand.paths import Paths
from offhand.store import search
from offhand.study.browsing import lines
from offhand.study.desk import Desk
from offhand.study.finding import Finder
from offhand.study.opening import open_desk
from offhand.study.refresh import refresh
from offhand.tui.searching import Searcher
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
    began = perf_counter()
    finder.learn()
    learning = (perf_counter() - began) * 1000
    drawn = random.Random(5)
    typed = list(_typed(drawn, words))
    late = dict[str, float]()
    print("from a key to the first cards")
    for name, texts in _kinds(drawn, words, typed).items():
        late[name] = _tell(name, _of_each(texts, lambda text: _first(desk, finder, text)))
    late["while all are looked for"] = _tell("while all are looked for", _between(desk, typed))
    print("to all of them")
    inside = list(_inside(drawn, words))
    _tell("by relevance", _of_each(typed, finder.find))
    _tell("ordered by due", _of_each(typed, lambda text: finder.find(text, Sort.DUE)))
    _tell("inside longer words only", _of_each(inside, finder.find))
    slowest = max(late, key=late.__getitem__)
    aim(f"p99 from a key to the first cards, slowest ({slowest})", late[slowest], 10, "ms")
    heading("The index over the texts")
    print(f"open the library        {opening:8.1f} ms (in the background)")
    print(f"take its words          {learning:8.1f} ms (in the background)")
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


def _kinds(drawn: random.Random, words: list[str], typed: list[str]) -> dict[str, Iterable[str]]:
    """What is typed, by its kind: a text for each key."""
    last = {text: text.rsplit(" ", 1)[-1] for text in typed}
    return {
        "words": typed,
        "a word's 1st and 2nd letter": [text for text in typed if len(last[text]) in (1, 2)],
        "two Chinese signs": _pairs(drawn),
        "inside longer words only": _inside(drawn, words),
        "a condition": _letter_by_letter(_CONDITIONS),
        "two conditions": _letter_by_letter(
            f"{one} {other}" for one, other in pairwise(_CONDITIONS)
        ),
        "a condition and words": _letter_by_letter(
            f"{condition} {' '.join(_draw(drawn, words, 2))}" for condition in _CONDITIONS
        ),
        "a word that is not": _letter_by_letter(f"-{word}" for word in _draw(drawn, words, 20)),
        "words, one of them not": _letter_by_letter(
            " -".join(_draw(drawn, words, 2)) for _ in range(20)
        ),
        "a phrase": _letter_by_letter(f'"{" ".join(_draw(drawn, words, 2))}"' for _ in range(20)),
    }


_CONDITIONS = [
    *("is:due", "is:new", "is:suspended", "is:flagged", "is:leech", "is:learning"),
    *("ease<2", "interval>=30", "lapses>1", "due<7", 'section:"Section 7"', "deck:1"),
    *("tag:rare", "tag:common", "kind:term", "-is:new", "-tag:common"),
]


def _letter_by_letter(queries: Iterable[str]) -> Iterator[str]:
    """What stands in the line after each key."""
    for query in queries:
        yield from (query[:end] for end in range(1, len(query) + 1))


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


def _tell(name: str, taken: list[float]) -> float:
    """Print what keys took. Returns the 99th percentile."""
    middle, late = percentiles(taken)
    told = f"p50 {middle:6.2f} ms  p99 {late:6.2f} ms  worst {max(taken):6.2f} ms"
    print(f"  {name:<28}{told}  of {len(taken)} keys", flush=True)
    return late


def _between(desk: Desk, typed: list[str]) -> list[float]:
    """The milliseconds to the first cards of a key that comes while all of the last are looked for."""
    return asyncio.run(_all_between(Searcher(desk), typed, random.Random(6)))


async def _all_between(searcher: Searcher, typed: list[str], drawn: random.Random) -> list[float]:
    taken = []
    await searcher.learn()
    for before, text in pairwise(typed):
        going_on = asyncio.create_task(searcher.find(before, Sort.RELEVANCE, False, None))
        await asyncio.sleep(drawn.uniform(0, 0.03))
        going_on.cancel()
        began = perf_counter()
        await searcher.find(text, Sort.RELEVANCE, False, AT_FIRST)
        taken.append((perf_counter() - began) * 1000)
    searcher.close()
    return taken


def _typed(drawn: random.Random, words: list[str]) -> Iterator[str]:
    """What stands in the line after each key, for queries of one to three words."""
    return _letter_by_letter(
        " ".join(_draw(drawn, words, drawn.choice((1, 1, 2, 3)))) for _ in range(_QUERIES)
    )


def _inside(drawn: random.Random, words: list[str]) -> Iterator[str]:
    """Ends of longer words."""
    long = [word for word in _draw(drawn, words, 100) if len(word) > 5]
    return _letter_by_letter(word[drawn.randrange(1, 3) :] for word in long)


def _pairs(drawn: random.Random) -> Iterator[str]:
    for _ in range(100):
        yield "".join(drawn.choices(_SIGNS, _weights(len(_SIGNS)), k=2))


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
                rows.append(f"    {' '.join(text[:3])} n{number}:")
                rows.append(f"      definition: {' '.join(text[3:])}.")
                rows.append(f"      tags: [{'rare' if number % 1000 == 1 else 'common'}]")
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
        "UPDATE states SET due = ?, interval = ?, ease = ?, repetitions = 3, lapses = ?, reviews = 3,"
        " flagged = abs(random()) % 500 = 0, suspended = abs(random()) % 50 = 0"
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
