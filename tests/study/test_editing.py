from dataclasses import replace
from pathlib import Path

import pytest

from offhand.domain.card import CardKind
from offhand.domain.event import Grade
from offhand.errors import NotFound, OffhandError
from offhand.formats.fault import Faulty
from offhand.study.answering import record_answer
from offhand.study.desk import Desk
from offhand.study.editing import (
    add_card,
    delete_cards,
    move_cards,
    open_card,
    save_card,
    tag_cards,
    undo_edits,
)
from offhand.study.review import Review
from offhand.study.typed_card import TypedCard, tags_of
from offhand.store import reading
from support import Home, shipping

SIGNALS = """\
deck: Signals   # mine
sections:
  Everyday:
    SIGTERM: Asks a process to end.
    SIGKILL: Ends it.

  Job control:
    - term: SIGSTOP
      definition: Pauses a process.
      see: [SIGKILL]
      questions:
        - question: Can it be caught?
          answer: It cannot.
    - cloze: "SIGKILL is {{9}}, SIGTERM is {{15}}."
"""


def standing(desk: Desk) -> dict[str, int]:
    """The cards that no file lost, each with the number of its answers."""
    found = {}
    for ident in reading.all_states(desk.db):
        kept = reading.kept_card(desk.db, ident)
        assert kept is not None
        if not kept.gone:
            found[kept.card.key] = kept.state.reviews
    return found


def learned(home: Home) -> Desk:
    """A desk on which every card was answered once."""
    desk = home.open({"signals.yaml": SIGNALS}, siblings_apart=False)
    for ident in list(reading.all_states(desk.db)):
        record_answer(desk, ident, Grade.GOOD)
    return desk


def signals(home: Home) -> str:
    return (home.paths.decks / "signals.yaml").read_text()
