"""Decks as a table, a row for each card: for spreadsheets, and for the tables that Offhand reads.

`term` and `definition` are the prompt and the answer. A cloze stands in its term with its holes as
`{{c1::hole}}` and has no definition. Tags are parted by spaces, aliases by semicolons; `points` is how
many items of the list at the head of an answer are key points. No cell can
be run as a formula: see spreadsheet_cells.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from offhand.domain.card import CardKind
from offhand.domain.text import one_line
from offhand.formats.anki.tags import tag_of
from offhand.formats.cloze import numbered
from offhand.formats.draft import DraftEntry
from offhand.formats.entry_cards import entry_id, is_question
from offhand.formats.plain_cards import PlainCard, plain_cards
from offhand.formats.tables.spreadsheet_cells import guarded
from offhand.formats.takeout import Progress, Takeout

COLUMNS = (
    *("term", "definition", "section", "tags", "id", "kind", "level", "aliases", "reverse"),
    *("points", "extra"),
)
DECK_COLUMN = "of deck"
"""The last column, where there is more than one deck."""


def write_csv(takeout: Takeout, path: Path, progress: Progress) -> None:
    """Write the decks as CSV in UTF-8. Raises OSError where it cannot be written."""
    several = len(takeout.decks) > 1
    done, total = 0, takeout.entries
    # With a mark, as Excel takes a CSV without one for text of the machine's old encoding.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, lineterminator="\r\n")
        table.writerow([*COLUMNS, DECK_COLUMN] if several else COLUMNS)
        for deck in takeout.decks:
            for section in deck.draft.sections:
                for entry in section.entries:
                    for row in _rows(entry, deck.draft.reverse, section.title):
                        cells = [*row, deck.draft.title] if several else row
                        table.writerow(map(guarded, cells))
                    done += 1
                    progress(done, total)


def _rows(entry: DraftEntry, reverse: bool, section: str) -> Iterator[list[str]]:
    name = entry_id(entry)
    sentences, questions = iter(entry.cloze), iter(entry.questions)
    stands_alone = bool(entry.term) or is_question(entry)
    for at, card in enumerate(plain_cards(entry, reverse)):
        term, definition, points = card.prompt, card.answer, 0
        if card.kind is CardKind.CLOZE:
            term, definition = numbered(next(sentences)), ""
        elif card.kind is CardKind.QUESTION:
            points = len(next(questions).points)
        yield [
            term,
            definition,
            one_line(section),
            " ".join(tag_of(tag) for tag in entry.tags),
            name if at == 0 and stands_alone else f"{name}.{card.way}",
            card.kind.value,
            card.level.value if card.level else "",
            "; ".join(entry.aliases) if at == 0 else "",
            "yes" if _is_asked_back(card, entry, reverse) else "",
            str(points or ""),
            entry.extra,
        ]


def _is_asked_back(card: PlainCard, entry: DraftEntry, reverse: bool) -> bool:
    """Whether a row is a term that is asked with its definition too."""
    both_ways = reverse if entry.reverse is None else entry.reverse
    return card.kind is CardKind.TERM and both_ways is True
