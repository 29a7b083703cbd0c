"""A date to be ready by: a lens over the schedule that works backwards from it.

At first new cards are begun in equal parts, so that all are seen by five days before, and SM-2
brings the others as always. The last five days make one pass over all cards of the target: what
SM-2 has due in them comes on its day, and of the rest each day takes its share, weakest first. A
card asked early keeps its schedule, so that after the date SM-2 goes on as if nothing had been moved.

The figures below are what benchmarks/deadline.py found best at no more than a quarter more answers.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from offhand.domain.event import TargetDropped, TargetSet
from offhand.domain.plan import Aims, Waiting

PASS_DAYS = 5
"""The days before the date in which every card is asked once more."""
_NEW_TENTHS = 9
"""New cards are spread over so much of the time until the pass: the rest is for days missed."""
_FIRST_SHARE = 4
"""The shares of the pass's days stand as 4 : 5 : 6 : 7 : 8, as what is asked last is known best."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be known by a day.

    `scopes` are (deck, section) pairs, the section empty for a whole deck; none stand for
    everything. `minutes` are those of a day, 0 for no limit; `since` is the day it was set.
    """

    name: str
    on: date
    since: date
    scopes: tuple[tuple[str, str], ...] = ()
    minutes: int = 0

    @property
    def pass_from(self) -> date:
        """The first day of the last pass, and the last one for new cards."""
        return self.on - timedelta(days=PASS_DAYS)

    def holds(self, card: Waiting) -> bool:
        """Whether a card is one of the target's."""
        wanted = self.scopes
        return not wanted or (card.deck, card.section) in wanted or (card.deck, "") in wanted

    def is_ahead(self, day: date) -> bool:
        """Whether the date is still to come: on it, and after it, nothing is asked for its sake."""
        return day < self.on


def targets_set(events: Iterable[TargetSet | TargetDropped]) -> list[Target]:
    """The targets that events leave, the nearest first; one counts since it was set first.

    Names differ by more than by their case.
    """
    found: dict[str, Target] = {}
    for event in events:
        before = found.pop(event.name.casefold(), None)
        if isinstance(event, TargetSet):
            since = before.since if before and before.is_ahead(event.day) else event.day
            target = Target(event.name, event.on, since, event.scopes, event.minutes)
            found[event.name.casefold()] = target
    return sorted(found.values(), key=lambda target: (target.on, target.name))


@dataclass(frozen=True, slots=True)
class Progress:
    """How the cards of the targets stand today.

    `known` are those answered at least once (before the last pass the due ones are enough), `new`
    the others in the order of learning, `begun` those begun today. `away` are put aside for today.
    `asked` tells for each card when it was asked since some day, oldest first; `recall` how likely
    it is to be recalled on a day. `seen` are the entries of which a card was answered today: their
    others wait where siblings are kept `apart`.
    """

    known: Sequence[Waiting] = ()
    new: Sequence[Waiting] = ()
    begun: Sequence[Waiting] = ()
    away: Collection[str] = ()
    asked: Mapping[str, Sequence[date]] | None = None
    recall: Callable[[str, date], float] = lambda card, day: 0.0  # noqa: ARG005
    seen: Collection[str] = ()
    apart: bool = True


def aims(targets: Iterable[Target], today: date, progress: Progress) -> Aims:
    """What several targets make of a day; nothing when none is ahead."""
    ahead = [target for target in targets if target.is_ahead(today)]
    if not ahead:
        return Aims()
    asked: dict[str, Waiting] = {}
    weakness: dict[str, float] = {}
    begun: dict[str, Waiting] = {}
    taken = set(progress.seen)
    for target in ahead:
        days = pass_days(target, today, progress) if today >= target.pass_from else {}
        for card in progress.known:
            if days.get(card.card) == today and card.card not in asked:
                asked[card.card] = card
                weakness[card.card] = progress.recall(card.card, target.on)
    taken |= {card.entry for card in asked.values()}
    taken |= {
        card.entry
        for card in progress.known
        if card.due is not None and card.due <= today and card.card not in progress.away
    }
    for target in ahead:
        for card in begun_now(target, today, progress, taken, begun):
            begun[card.card] = card
            taken.add(card.entry)
    return Aims(
        tuple(sorted(asked.values(), key=lambda card: (weakness[card.card], card.card))),
        tuple(begun.values()),
        lambda card: any(target.holds(card) for target in ahead),
    )


def pass_days(target: Target, today: date, progress: Progress) -> dict[str, date]:
    """The day on which the last pass asks each card that it has still to ask.

    Siblings are kept apart as far as the days left allow. Before the pass this tells how it will
    be as things stand. No day lies past the one before the date; none is given once that has come.
    """
    if not target.is_ahead(today):
        return {}
    first_asked = {
        card: next((day for day in days if day >= target.pass_from), None)
        for card, days in (progress.asked or {}).items()
    }
    cards = [card for card in progress.known if target.holds(card)]
    done = sum(first_asked.get(card.card) == today for card in cards)
    left = [card for card in cards if first_asked.get(card.card) is None]
    left.sort(key=lambda card: (progress.recall(card.card, target.on), card.card))
    found: dict[str, date] = {}
    day = max(today, target.pass_from)
    while day < target.on:
        days = (target.on - day).days
        is_today = day == today
        share = _share(len(left) + done * is_today, days) - done * is_today
        free = [card for card in left if not (is_today and card.card in progress.away)]
        due = [card for card in free if card.due is None or card.due <= day]
        later = [card for card in free if card.due is not None and card.due >= target.on]
        taken = set(progress.seen) if is_today else set[str]()
        must = _must(left, days) if progress.apart else {}
        chosen = _chosen(due, len(due), must, taken, progress.apart)
        chosen += _chosen(later, share - len(chosen), must, taken, progress.apart)
        found |= {card.card: day for card in chosen}
        left = [card for card in left if card.card not in found]
        day += timedelta(days=1)
    return found


def moved(targets: Iterable[Target], today: date, progress: Progress) -> dict[str, date]:
    """The day on which each card comes that a target asks before SM-2 has it due.

    The others come when they are due: this is all that a target does to a schedule.
    """
    found: dict[str, date] = {}
    due = {card.card: card.due for card in progress.known}
    for target in targets:
        for card, day in pass_days(target, today, progress).items():
            later = found.get(card) or due[card]
            if later is not None and day < later:
                found[card] = day
    return found


def latest_day(targets: Iterable[Target], card: Waiting, today: date) -> date | None:
    """The day by which a card asked today comes again at the latest, whatever its interval is.

    None where no target holds it, or its last pass has begun: this was its turn then.
    """
    ends = [
        target.on - timedelta(days=1)
        for target in targets
        if today < target.pass_from and target.holds(card)
    ]
    return min(ends, default=None)


def last_day_for_new(target: Target, today: date) -> date:
    """The day on which the last new card is begun as things stand."""
    planned = target.since + (target.pass_from - target.since) * _NEW_TENTHS // 10
    for day in (planned, target.pass_from):
        if today <= day:
            return day
    return max(target.on - timedelta(days=1), today)


def new_a_day(target: Target, today: date, new: int) -> int:
    """How many cards a day are begun at most, when so many are new in the morning of `today`."""
    return -(-new // ((last_day_for_new(target, today) - today).days + 1))


def begun_now(
    target: Target,
    today: date,
    progress: Progress,
    taken: Collection[str] = (),
    begun: Collection[str] = (),
) -> list[Waiting]:
    """The new cards of a target that today has still to begin, in the order of learning.

    `begun` are some that another target begins anyway, `taken` entries that have had their turn.
    """
    new = [card for card in progress.new if target.holds(card)]
    left = [card for card in new if card.card not in begun]
    done = sum(target.holds(card) for card in progress.begun) + len(new) - len(left)
    share = new_a_day(target, today, len(left) + done) - done
    days = (last_day_for_new(target, today) - today).days + 1
    must = _must(left, days) if progress.apart else {}
    return _chosen(left, share, must, {*progress.seen, *taken}, progress.apart)


def _share(left: int, days: int) -> int:
    """How many of the cards left the first of so many days takes."""
    weights = [_FIRST_SHARE + PASS_DAYS - days + n for n in range(days)]
    return -(-left * weights[0] // sum(weights))


def _must(left: Iterable[Waiting], days: int) -> dict[str, int]:
    """How many cards of an entry have to come now, as it has no fewer left than there are days."""
    of_entry = Counter(card.entry for card in left)
    return {entry: -(-number // days) for entry, number in of_entry.items() if number >= days}


def _chosen(
    cards: Sequence[Waiting], count: int, must: dict[str, int], taken: set[str], apart: bool
) -> list[Waiting]:
    """The first `count` cards, of entries not yet taken where siblings are kept apart.

    Those that must come do so in any case. What is chosen is taken, and needs come no more.
    """
    chosen = set()
    for card in cards:
        if must.get(card.entry, 0):
            must[card.entry] -= 1
            taken.add(card.entry)
            chosen.add(card.card)
    for card in cards:
        if len(chosen) >= count:
            break
        if card.card not in chosen and not (apart and card.entry in taken):
            taken.add(card.entry)
            chosen.add(card.card)
    return [card for card in cards if card.card in chosen]
