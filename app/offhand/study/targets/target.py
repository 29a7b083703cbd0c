"""Setting a date to be ready by, and dropping it."""

from dataclasses import dataclass
from datetime import date, timedelta

from offhand.domain.card import Scope
from offhand.domain.day import day_named
from offhand.domain.event import TargetDropped, TargetSet
from offhand.domain.target import Target, targets_set
from offhand.domain.text import one_line
from offhand.errors import NotFound, OffhandError
from offhand.store import targets
from offhand.study.desk import Desk, next_stamp
from offhand.study.targets.fitting import Fit, fit_of

LONGEST_DAYS = 730
_LONGEST_NAME = 60
_LONGEST_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Added:
    """A target that was set, the one that it took the place of, and whether its days hold it."""

    target: Target
    replaced: Target | None
    fit: Fit


def targets_known(desk: Desk) -> list[Target]:
    """All targets that were not dropped, those whose date has passed too; the nearest first."""
    return targets_set(targets.target_events(desk.db))


def read_date(text: str, today: date) -> date:
    """A day as typed. Raises OffhandError when it is none."""
    if (day := day_named(text, today)) is None:
        raise OffhandError(
            f"{text!r} is no day.", mend="Write it as 2026-12-24, or as +21 for in three weeks."
        )
    return day


def read_minutes(text: str) -> int:
    """The minutes of a day as typed, 0 for an empty text. Raises OffhandError when they are none."""
    if not (text := text.strip()):
        return 0
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= _LONGEST_MINUTES):
        raise OffhandError(
            f"{text} minutes a day cannot be.",
            mend=f"Give 1 to {_LONGEST_MINUTES}, or none for no limit.",
        )
    return int(text)


def set_target(
    desk: Desk, name: str, on: date, scopes: list[Scope] | tuple[Scope, ...] = (), minutes: int = 0
) -> Added:
    """Set a target on some scopes (none: everything), in place of one of the same name.

    `minutes` are those of a day, 0 for no limit. Raises OffhandError for a name, a date or minutes
    that cannot be, and where the target would have no cards.
    """
    from offhand.store import history

    name, today = _checked_name(name), desk.today
    _check_date(on, today)
    read_minutes(str(minutes) if minutes else "")
    pairs = tuple(sorted({(s.deck, s.section or "") for s in scopes if s.deck is not None}))
    if any(scope.deck is None for scope in scopes):
        pairs = ()
    if not targets.cards_within(desk.db, pairs):
        raise OffhandError(
            "The target has no cards.",
            "There is none that could be asked.",
            "Take other sections, or bring cards in first.",
        )
    replaced = _named(desk, name)
    with desk.db.writing() as connection:
        event = TargetSet(
            **next_stamp(desk, connection), name=name, on=on, scopes=pairs, minutes=minutes
        )
        history.append(connection, event)
    target = _named(desk, name)
    assert target is not None
    return Added(target, replaced, fit_of(desk, target))


def drop_target(desk: Desk, name: str) -> Target:
    """Take a target away; the schedule is SM-2's alone again. Raises NotFound for no such target."""
    from offhand.store import history

    if (target := _named(desk, name)) is None:
        there = ", ".join(repr(each.name) for each in targets_known(desk)) or "none"
        raise NotFound(f"There is no target {name!r}.", mend=f"There are: {there}.")
    with desk.db.writing() as connection:
        history.append(connection, TargetDropped(**next_stamp(desk, connection), name=target.name))
    return target


def _named(desk: Desk, name: str) -> Target | None:
    wanted = one_line(name).strip().casefold()
    return next((t for t in targets_known(desk) if t.name.casefold() == wanted), None)


def _checked_name(name: str) -> str:
    name = one_line(name).strip()
    if not name:
        raise OffhandError("A target needs a name.", mend="Give one, as in “Acme on-site”.")
    if len(name) > _LONGEST_NAME:
        raise OffhandError(
            f"The name has {len(name)} characters.", mend=f"Give one of at most {_LONGEST_NAME}."
        )
    return name


def _check_date(on: date, today: date) -> None:
    if on <= today:
        when = "today" if on == today else "past"
        raise OffhandError(
            f"{on} is {when}: there is no day left to prepare on.", mend="Give a date to come."
        )
    if (on - today).days > LONGEST_DAYS:
        raise OffhandError(
            f"{on} is more than two years off.",
            mend=f"Give a date up to {today + timedelta(days=LONGEST_DAYS)}.",
        )
