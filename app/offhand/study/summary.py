"""How a sitting went: what the session's end tells."""

from dataclasses import dataclass

from offhand.domain.forecast import DayAhead
from offhand.domain.leech import is_leech
from offhand.domain.session import Session
from offhand.domain.streak import Streak
from offhand.store import counting, reading
from offhand.study.desk import Desk
from offhand.study.report import WeakSection, figures, weak_sections
from offhand.study.review import plan_today


@dataclass(frozen=True, slots=True)
class Missed:
    """A card failed in the sitting; `times` is how often it was failed so far in all.

    A `leech` was forgotten so often that it needs another text.
    """

    card: str
    prompt: str
    section: str
    times: int
    leech: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a sitting and what follows from it.

    `retention` is that of the last 30 days, None without reviews. `weak` are the weak sections
    among those of the sitting. `waiting` counts what today still asks.
    """

    cards: int
    kept: int
    missed: tuple[Missed, ...]
    new: int
    took_ms: int
    practice: bool
    retention: float | None
    streak: Streak
    weak: tuple[WeakSection, ...]
    waiting: int
    ahead: tuple[DayAhead, ...]

    @property
    def leeches(self) -> tuple[Missed, ...]:
        """The cards failed that are leeches."""
        return tuple(each for each in self.missed if each.leech)


def sum_up(desk: Desk, session: Session) -> Summary:
    """How a sitting went."""
    told = figures(desk)
    sections = set()
    missed = []
    for card in dict.fromkeys(turn.card for turn in session.turns):
        kept = reading.kept_card(desk.db, card)
        if kept is None:
            continue
        sections.add((kept.deck, kept.section))
        if card in session.missed:
            times = counting.times_failed(desk.db, card)
            lapses = kept.state.schedule.lapses if kept.state.schedule else 0
            leech = is_leech(lapses, desk.settings.leech_lapses)
            missed.append(Missed(card, kept.card.prompt, kept.section_title, times, leech))
    weak = [w for w in weak_sections(desk) if w.weakness.weak and (w.deck, w.section) in sections]
    left = plan_today(desk)
    return Summary(
        session.done,
        len(session.kept),
        tuple(missed),
        sum(turn.fresh for turn in session.turns),
        session.took_ms,
        session.practice,
        told.retention,
        told.streak,
        tuple(weak),
        left.due + left.new,
        told.ahead,
    )
