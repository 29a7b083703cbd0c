"""Between rows and domain objects, in both directions."""

import json
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from offhand.domain.card import Card, CardKind, Level, Option, Place
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
    Stamp,
    TargetDropped,
    TargetSet,
    Undo,
)
from offhand.domain.fold import CardState
from offhand.domain.schedule.protocol import Schedule
from offhand.store.connection import Row

EVENT_COLUMNS = "id, at, day, device, kind, card, grade, took_ms, interval, target, key, data"
STATE_COLUMNS = "due, interval, ease, repetitions, lapses, reviews, answered_on, again_on, buried_on, suspended, flagged"
CARD_COLUMNS = "key, kind, entry, prompt, answer, path, line, rest, more"

_ASKED = {asked.value: asked for asked in Asked}
_MARKS = {mark.value: mark for mark in Mark}
_UNDO, _RENAMED, _REST = "undo", "rename", "rest"


def event_of(row: Row) -> AnyEvent:
    """The event in a row of EVENT_COLUMNS."""
    ident, at, day_text, device, kind, card, grade, took_ms, interval, target, key, data = row
    moment, day = datetime.fromisoformat(at), date.fromisoformat(day_text)
    if kind in _ASKED:
        return Answer(
            id=ident,
            at=moment,
            day=day,
            device=device,
            card=card,
            grade=Grade(grade),
            asked=_ASKED[kind],
            took_ms=took_ms,
            interval=interval,
        )
    if kind in _MARKS:
        return Marked(id=ident, at=moment, day=day, device=device, card=card, mark=_MARKS[kind])
    if kind == _UNDO:
        return Undo(id=ident, at=moment, day=day, device=device, card=card, target=target)
    if kind == _RENAMED:
        return Renamed(id=ident, at=moment, day=day, device=device, card=card, key=key)
    if kind == _REST:
        return Rest(id=ident, at=moment, day=day, device=device)
    return _event_with_data(
        kind, Stamp(id=ident, at=moment, day=day, device=device), card, key, json.loads(data)
    )


def _event_with_data(
    kind: str, stamp: Stamp, card: str, key: str, data: dict[str, Any]
) -> AnyEvent:
    match kind:
        case "move":
            return Moved(**stamp, card=card, due=date.fromisoformat(data["due"]))
        case "carry":
            due = date.fromisoformat(data.pop("due"))
            return Carried(**stamp, card=card, due=due, **data)
        case "target":
            scopes = tuple((deck, section) for deck, section in data["scopes"])
            on = date.fromisoformat(data["on"])
            return TargetSet(**stamp, name=key, on=on, scopes=scopes, minutes=data["minutes"])
        case "no target":
            return TargetDropped(**stamp, name=key)
        case "interview":
            return InterviewStep(**stamp, interview=key, step=data["step"], data=data["data"])
    raise ValueError(f"an event of the kind {kind!r}")


def row_of_event(event: AnyEvent) -> dict[str, Any]:
    """The columns of an event."""
    row: dict[str, Any] = {
        "id": event.id,
        "at": event.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "day": event.day.isoformat(),
        "device": event.device,
    }
    match event:
        case Answer():
            row |= {
                "kind": event.asked.value,
                "card": event.card,
                "grade": int(event.grade),
                "took_ms": event.took_ms,
                "interval": event.interval,
            }
        case Marked():
            row |= {"kind": event.mark.value, "card": event.card}
        case Undo():
            row |= {"kind": _UNDO, "card": event.card, "target": event.target}
        case Renamed():
            row |= {"kind": _RENAMED, "card": event.card, "key": event.key}
        case Rest():
            row |= {"kind": _REST}
        case Moved():
            row |= {"kind": "move", "card": event.card, "data": {"due": event.due.isoformat()}}
        case Carried():
            data = {
                "due": event.due.isoformat(),
                "interval": event.interval,
                "ease": event.ease,
                "repetitions": event.repetitions,
                "lapses": event.lapses,
            }
            row |= {"kind": "carry", "card": event.card, "data": data}
        case TargetSet():
            on = event.on.isoformat()
            data = {"on": on, "scopes": event.scopes, "minutes": event.minutes}
            row |= {"kind": "target", "key": event.name, "data": data}
        case TargetDropped():
            row |= {"kind": "no target", "key": event.name, "data": {}}
        case InterviewStep():
            data = {"step": event.step, "data": event.data}
            row |= {"kind": "interview", "key": event.interview, "data": data}
    if "data" in row:
        row["data"] = json.dumps(row["data"], ensure_ascii=False)
    return row


def state_of(row: Row) -> CardState:
    """The state in a row of STATE_COLUMNS."""
    (
        due,
        interval,
        ease,
        repetitions,
        lapses,
        reviews,
        answered,
        again,
        buried,
        suspended,
        flagged,
    ) = row
    schedule = None
    if due is not None:
        schedule = Schedule(date.fromisoformat(due), interval, ease, repetitions, lapses)
    return CardState(
        schedule, _day(answered), _day(again), _day(buried), bool(suspended), bool(flagged), reviews
    )


def row_of_state(state: CardState) -> dict[str, Any]:
    """The columns of a state."""
    schedule = state.schedule
    return {
        "due": schedule and schedule.due.isoformat(),
        "interval": schedule and schedule.interval,
        "ease": schedule and schedule.ease,
        "repetitions": schedule and schedule.repetitions,
        "lapses": schedule and schedule.lapses,
        "reviews": state.reviews,
        "answered_on": state.answered_on and state.answered_on.isoformat(),
        "again_on": state.again_on and state.again_on.isoformat(),
        "buried_on": state.buried_on and state.buried_on.isoformat(),
        "suspended": int(state.suspended),
        "flagged": int(state.flagged),
    }


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def card_of(row: Row) -> Card:
    """The card in a row of CARD_COLUMNS."""
    key, kind, entry, prompt, answer, path, line, rest, more = row
    found = json.loads(more) if more else {}
    return Card(
        key=key,
        kind=CardKind(kind),
        entry=entry,
        prompt=prompt,
        answer=answer,
        place=Place(Path(path), line),
        rest=rest,
        points=tuple(found.get("points", ())),
        options=tuple(Option(*option) for option in found.get("options", ())),
        aliases=tuple(found.get("aliases", ())),
        sources=tuple(found.get("sources", ())),
        tags=tuple(found.get("tags", ())),
        level=Level(found["level"]) if "level" in found else None,
        extra=found.get("extra", ""),
    )


def row_of_card(card: Card) -> dict[str, Any]:
    """The columns of a card that come from its file."""
    return {
        "key": card.key,
        "kind": card.kind.value,
        "entry": card.entry,
        "prompt": card.prompt,
        "answer": card.answer,
        "path": str(card.place.path),
        "line": card.place.line,
        "rest": card.rest,
        "more": _more_text(card),
    }


def _more_text(card: Card) -> str:
    """What a card has besides its texts, empty where that is nothing."""
    rest = (card.options, card.level, card.extra, card.points, card.aliases, card.sources)
    if not any(rest):
        return _tags_text(card.tags)
    more: dict[str, Any] = {}
    if card.options:
        more["options"] = [[option.text, option.right, option.why] for option in card.options]
    if card.level:
        more["level"] = card.level.value
    if card.extra:
        more["extra"] = card.extra
    for name in ("points", "aliases", "sources", "tags"):
        if values := getattr(card, name):
            more[name] = list(values)
    return json.dumps(more, ensure_ascii=False)


@lru_cache(maxsize=1000)
def _tags_text(tags: tuple[str, ...]) -> str:
    """The same of a card that has tags alone; many have the same ones."""
    return json.dumps({"tags": list(tags)}, ensure_ascii=False) if tags else ""
