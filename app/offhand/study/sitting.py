"""How a sitting went: what its end shows, on screen and in plain lines."""

from dataclasses import dataclass

from offhand.domain.forecast import DayAhead
from offhand.domain.session import Session
from offhand.domain.streak import Streak
from offhand.store import reading
from offhand.store.reading import Kept
from offhand.study.desk import Desk
from offhand.study.report import Figures, WeakSection, figures, weak_sections


@dataclass(frozen=True, slots=True)
class Summary:
    """A sitting at its end.

    `kept` and `missed` tell of each card's first asking; `weak` are the weak sections among those
    asked; `figures` are the learner's with this sitting in them.
    """

    kept: int
    missed: tuple[Kept, ...]
    took_ms: int
    weak: tuple[WeakSection, ...]
    figures: Figures

    @property
    def asked(self) -> int:
        """How many cards were asked, repeats not counted."""
        return self.kept + len(self.missed)

    @property
    def streak(self) -> Streak:
        """The streak with this sitting in it."""
        return self.figures.streak

    @property
    def tomorrow(self) -> DayAhead:
        """What tomorrow brings as things stand."""
        return self.figures.ahead[0]


def summary(desk: Desk, session: Session) -> Summary:
    """How a sitting went, as it stands now: what was undone counts as never done."""
    asked = [_kept(desk, card) for card in (*session.kept, *session.missed)]
    sections = {(kept.deck, kept.section) for kept in asked}
    weak = tuple(
        each
        for each in weak_sections(desk)
        if each.weakness.weak and (each.deck, each.section) in sections
    )
    missed = tuple(asked[len(session.kept) :])
    return Summary(len(session.kept), missed, session.took_ms, weak, figures(desk))


def _kept(desk: Desk, card: str) -> Kept:
    # A card that was asked has a history, and is kept even when its file drops it.
    kept = reading.kept_card(desk.db, card)
    assert kept is not None
    return kept
