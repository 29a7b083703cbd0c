"""How ready the learner is for a target, how that came about, and what lifts it most today."""

from dataclasses import dataclass
from datetime import date, timedelta

from offhand.domain.readiness import Readiness, curve, lifts, readiness
from offhand.domain.recall import lift
from offhand.domain.target import Target, last_day_for_new, new_a_day
from offhand.store import targets
from offhand.study.desk import Desk
from offhand.study.library import decks
from offhand.study.review import plan_today
from offhand.study.targets.lens import targets_ahead
from offhand.study.targets.prediction import changes_of, predictor

_CARDS_OF_SECTION = 10
_CARDS = 5


@dataclass(frozen=True, slots=True)
class Ready:
    """How ready the learner is for a target as things stand, and was at the end of each day so far.

    `seen` of its `cards` were answered at least once. When the date has passed, it is told how ready
    the learner was in the morning of it.
    """

    target: Target
    readiness: Readiness
    cards: int
    seen: int
    curve: tuple[tuple[date, float], ...]


@dataclass(frozen=True, slots=True)
class SectionLift:
    """A section of which some cards, `new` ones among them, add so much when reviewed today."""

    deck: str
    section: str
    title: str
    cards: int
    new: int
    gain: float


@dataclass(frozen=True, slots=True)
class CardLift:
    """A card, the likelihood of its recall on the date, and what a review today adds to that."""

    card: str
    prompt: str
    recall: float
    gain: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """A target in full: readiness, what today asks of it, and what lifts it most today.

    `asked_today` counts cards still to be asked, the `new_today` among them. `new_a_day` is how many
    are begun a day until `new_until`.
    """

    ready: Ready
    asked_today: int
    new_today: int
    new_left: int
    new_a_day: int
    new_until: date
    sections: tuple[SectionLift, ...]
    cards: tuple[CardLift, ...]


def ready_for(desk: Desk, target: Target) -> Ready:
    """How ready the learner is for a target."""
    cards = targets.cards_within(desk.db, target.scopes)
    known = changes_of(desk, [card.card for card in cards])
    last = min(desk.today, target.on - timedelta(days=1))
    changes = [[each for each in known.get(card.card, ()) if each[0] <= last] for card in cards]
    recalls = [predictor().recall(held[-1][1], target.on) if held else 0.0 for held in changes]
    points = curve(predictor(), changes, target.on, min(target.since, last), last)
    return Ready(target, readiness(recalls), len(cards), sum(p > 0 for p in recalls), points)


def nearest_ready(desk: Desk) -> Ready | None:
    """How ready the learner is for the nearest target; None without any ahead."""
    ahead = targets_ahead(desk)
    return ready_for(desk, ahead[0]) if ahead else None


def outlook(desk: Desk, target: Target) -> Outlook:
    """All that there is to tell of a target."""
    today, ready = desk.today, ready_for(desk, target)
    if not target.is_ahead(today):
        return Outlook(ready, 0, 0, 0, 0, target.on, (), ())
    planned = plan_today(desk)
    asked = [card for card in (*planned.again, *planned.queue) if target.holds(card)]
    cards = targets.cards_within(desk.db, target.scopes)
    gains, recalls = _gains(desk, target)
    places = {card.card: (card.deck, card.section) for card in cards}
    titles = {(s.deck, s.id): s.title for deck in decks(desk) for s in deck.sections}
    is_new = {card.card for card in cards if card.due is None}
    sections = tuple(
        SectionLift(
            each.deck,
            each.section,
            titles[each.deck, each.section],
            len(each.cards),
            len(is_new.intersection(each.cards)),
            each.gain,
        )
        for each in lifts(gains, places, len(cards), _CARDS_OF_SECTION)
    )
    best = sorted(gains, key=lambda card: (-gains[card], card))[:_CARDS]
    prompts = targets.prompts_of(desk.db, best)
    return Outlook(
        ready,
        len(asked),
        sum(card.due is None for card in asked),
        len(is_new),
        new_a_day(target, today, len(is_new)),
        last_day_for_new(target, today),
        sections,
        tuple(CardLift(card, prompts[card], recalls[card], gains[card]) for card in best),
    )


def _gains(desk: Desk, target: Target) -> tuple[dict[str, float], dict[str, float]]:
    """What a review today adds to the recall of each card not yet asked today, and its recall now."""
    today = desk.today
    away = targets.buried_on(desk.db, today) | set(targets.asked_since(desk.db, today))
    cards = [c.card for c in targets.cards_within(desk.db, target.scopes) if c.card not in away]
    known = changes_of(desk, cards)
    memories = {card: known[card][-1][1] if known.get(card) else None for card in cards}
    recalls = {card: predictor().recall(memories[card], target.on) for card in cards}
    gains = {card: lift(predictor(), memories[card], today, target.on) for card in cards}
    return gains, recalls
