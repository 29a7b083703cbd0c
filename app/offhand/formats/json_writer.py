"""Decks as JSON with everything that is known of their cards: docs/export-format.md tells its shape."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TextIO, TypeVar

from offhand.domain.event import (
    Answer,
    AnyEvent,
    Carried,
    InterviewStep,
    Marked,
    Moved,
    Renamed,
    Rest,
    TargetDropped,
    TargetSet,
    Undo,
)
from offhand.domain.fold import CardState
from offhand.domain.past import steps_of
from offhand.domain.schedule.protocol import Schedule
from offhand.formats.draft import DraftEntry
from offhand.formats.draft_json import entry_json
from offhand.formats.entry_cards import entry_id, entry_of
from offhand.formats.takeout import Progress, TakenCard, TakenDeck, Takeout

_VERSION = 1
_Thing = TypeVar("_Thing")


def write_json(takeout: Takeout, path: Path, progress: Progress) -> None:
    """Write the decks as JSON in UTF-8, an entry a line. Raises OSError where it cannot be written."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        _Writer(takeout, file, progress).write()


class _Writer:
    """Writes piece by piece, as the history of all decks may be larger than memory likes."""

    def __init__(self, takeout: Takeout, file: TextIO, progress: Progress) -> None:
        self.takeout = takeout
        self.file = file
        self.progress = progress
        self.done, self.total = 0, takeout.entries

    def write(self) -> None:
        """All of it."""
        takeout = self.takeout
        head = {
            "offhand": _VERSION,
            "exported_at": _moment(takeout.now),
            "day": takeout.day.isoformat(),
        }
        self._begin(head, "decks")
        for deck in self._apart(takeout.decks):
            self._deck(deck)
        self.file.write('\n],\n"events": [')
        for event in self._apart(takeout.other_events):
            self._put(_event_json(event))
        self.file.write("\n]}\n")

    def _deck(self, deck: TakenDeck) -> None:
        draft = deck.draft
        head: dict[str, Any] = {"id": deck.id, "title": draft.title, "about": draft.about}
        head |= {"reverse": draft.reverse, "origin": draft.origin, "media": list(draft.media)}
        self._begin(head, "sections")
        for section in self._apart(draft.sections):
            self._begin({"id": deck.section_id(section), "title": section.title}, "entries")
            for entry in self._apart(section.entries):
                self._put(self._entry(deck, entry))
                self.done += 1
                self.progress(self.done, self.total)
            self.file.write("\n]}")
        self.file.write('\n],\n"gone": [')
        for key, card in self._apart(deck.gone.items()):
            self._put({"card": card.id, "key": key, **self._past(card)})
        self.file.write("\n]}")

    def _entry(self, deck: TakenDeck, entry: DraftEntry) -> dict[str, Any]:
        name = entry_id(entry)
        cards = []
        for made in entry_of(entry, deck.id, deck.draft.reverse).cards:
            card = deck.card(name, made.key.rpartition("/")[2])
            kind = made.kind.value
            cards.append({"card": card.id, "key": made.key, "kind": kind, **self._past(card)})
        return {"entry": name, **entry_json(entry), "cards": cards}

    def _past(self, card: TakenCard) -> dict[str, Any]:
        events = self.takeout.events(card.id)
        steps = {step.event.id: step for step in steps_of(self.takeout.scheduler, events)}
        told = []
        for event in events:
            value = _event_json(event)
            if step := steps.get(event.id):
                value |= {"undone": step.undone, **_schedule_json(step.state.schedule)}
            told.append(value)
        return {"state": _state_json(card.state), "events": told}

    def _begin(self, head: dict[str, Any], listed: str) -> None:
        """An object with some fields, and a last one that is a list."""
        self.file.write(f'{_json(head)[:-1]}, "{listed}": [')

    def _apart(self, things: Iterable[_Thing]) -> Iterator[_Thing]:
        """The things one by one, each on a line of its own, with commas between them."""
        before = "\n"
        for thing in things:
            self.file.write(before)
            yield thing
            before = ",\n"

    def _put(self, value: dict[str, Any]) -> None:
        self.file.write(_json(value))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _event_json(event: AnyEvent) -> dict[str, Any]:
    value: dict[str, Any] = {
        "event": event.id,
        "at": _moment(event.at),
        "day": event.day.isoformat(),
        "device": event.device,
    }
    match event:
        case Answer():
            value |= {
                "kind": event.asked.value,
                "grade": int(event.grade),
                "took_ms": event.took_ms,
                "interval_days_before": event.interval,
            }
        case Marked():
            value |= {"kind": event.mark.value}
        case Undo():
            value |= {"kind": "undo", "target": event.target}
        case Renamed():
            value |= {"kind": "rename", "key": event.key}
        case Moved():
            value |= {"kind": "move"}
        case Carried():
            value |= {"kind": "carry", "repetitions": event.repetitions, "lapses": event.lapses}
        case Rest():
            value |= {"kind": "rest"}
        case TargetSet():
            scopes = [list(scope) for scope in event.scopes]
            value |= {"kind": "target", "name": event.name, "on": event.on.isoformat()}
            value |= {"scopes": scopes, "minutes": event.minutes}
        case TargetDropped():
            value |= {"kind": "no target", "name": event.name}
        case InterviewStep():
            value |= {"kind": "interview", "interview": event.interview}
            value |= {"step": event.step, "data": event.data}
    return value


def _schedule_json(schedule: Schedule | None) -> dict[str, Any]:
    return {
        "interval_days": schedule and schedule.interval,
        "ease": schedule and schedule.ease / 100,
        "due": schedule and schedule.due.isoformat(),
    }


def _state_json(state: CardState) -> dict[str, Any]:
    schedule = state.schedule
    return {
        **_schedule_json(schedule),
        "repetitions": schedule.repetitions if schedule else 0,
        "lapses": schedule.lapses if schedule else 0,
        "reviews": state.reviews,
        "answered_on": _day(state.answered_on),
        "again_on": _day(state.again_on),
        "buried_on": _day(state.buried_on),
        "suspended": state.suspended,
        "flagged": state.flagged,
    }
