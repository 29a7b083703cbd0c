"""Which conditions cards meet, and in which order they stand."""

from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.conditions import Met, compared, standing, within
from offhand.domain.fold import NEW, CardState
from offhand.domain.fold import Standing as Standing_
from offhand.domain.listing import Figures, Sort, in_order
from offhand.domain.query import Compared, Figure, Is, Part, Standing, Within
from offhand.domain.schedule.protocol import Schedule

TODAY = date(2026, 3, 2)


def figures(*states: CardState) -> Figures:
    """Cards as they are listed in these states."""
    schedules = [state.schedule for state in states]
    return Figures(
        numbers=range(len(states)),
        section=[0] * len(states),
        letters=[5] * len(states),
        due=[schedule.due.toordinal() if schedule else None for schedule in schedules],
        interval=[schedule.interval if schedule else None for schedule in schedules],
        ease=[schedule.ease if schedule else None for schedule in schedules],
        repetitions=[schedule.repetitions if schedule else None for schedule in schedules],
        lapses=[schedule.lapses if schedule else 0 for schedule in schedules],
        reviews=[state.reviews for state in states],
        again=[state.again_on == TODAY for state in states],
        buried=[state.buried_on == TODAY for state in states],
        suspended=[state.suspended for state in states],
        flagged=[state.flagged for state in states],
    )


def places(met: Met) -> list[int]:
    """Where a condition is met."""
    return [place for place, held in enumerate(met) if held]


def learned(due: date = TODAY, interval: int = 6, ease: int = 250, lapses: int = 0) -> CardState:
    """A card that was answered."""
    return CardState(Schedule(due, interval, ease, 2, lapses), reviews=2)


_near = st.dates(date(2026, 2, 28), date(2026, 3, 4))
_states = st.builds(
    CardState,
    schedule=st.none()
    | st.builds(
        Schedule,
        due=_near,
        interval=st.integers(1, 50),
        ease=st.integers(130, 300),
        repetitions=st.integers(0, 4),
        lapses=st.integers(0, 12),
    ),
    again_on=st.none() | _near,
    buried_on=st.none() | _near,
    suspended=st.booleans(),
    flagged=st.booleans(),
)


@given(st.lists(_states, max_size=5))
def test_what_cards_are_agrees_with_their_states(states: list[CardState]) -> None:
    cards = figures(*states)
    for what in Is:
        expected = [place for place, state in enumerate(states) if _expected(state)[what]]
        assert places(standing(Standing((what,)), cards, TODAY)) == expected
        others = [place for place in range(len(states)) if place not in expected]
        assert places(standing(Standing((what,), negated=True), cards, TODAY)) == others
    either = standing(Standing((Is.LEECH, Is.FLAGGED)), cards, TODAY)
    assert places(either) == [
        place
        for place, state in enumerate(states)
        if _expected(state)[Is.LEECH] or _expected(state)[Is.FLAGGED]
    ]


def _expected(state: CardState) -> dict[Is, bool]:
    schedule, on = state.schedule, state.on(TODAY)
    interval = schedule.interval if schedule else 0
    return {
        Is.DUE: on in (Standing_.DUE, Standing_.AGAIN),
        Is.NEW: schedule is None,
        Is.AGAIN: on is Standing_.AGAIN,
        Is.LEARNING: schedule is not None and schedule.repetitions < 2,
        Is.YOUNG: 0 < interval < 21,
        Is.MATURE: interval >= 21,
        Is.SUSPENDED: state.suspended,
        Is.BURIED: state.buried_on == TODAY,
        Is.FLAGGED: state.flagged,
        Is.LEECH: schedule is not None and schedule.lapses >= 8,
    }


def test_figures_are_compared_and_a_card_without_one_meets_no_comparison() -> None:
    cards = figures(NEW, learned(ease=180, lapses=3), learned(ease=200))

    def meeting(clause: Compared) -> list[int]:
        return places(compared(clause, cards))

    assert meeting(Compared(Figure.EASE, "<", 200)) == [1]
    assert meeting(Compared(Figure.EASE, "<=", 200)) == [1, 2]
    assert meeting(Compared(Figure.EASE, ">", 0)) == [1, 2]
    assert meeting(Compared(Figure.EASE, "<", 200, negated=True)) == [0, 2]
    assert meeting(Compared(Figure.LAPSES, "=", 0)) == [0, 2]
    assert meeting(Compared(Figure.DUE, ">=", TODAY.toordinal())) == [1, 2]


def test_a_section_or_deck_is_told_by_a_part_of_its_name() -> None:
    names = [("network communication net", "backend development d")]
    asked = [
        (Part.SECTION, "work"),
        (Part.DECK, "backend"),
        (Part.DECK, "net"),
        (Part.SECTION, "x"),
    ]
    held = [within(Within(part, text), figures(NEW), names) for part, text in asked]
    assert held == [b"\1", b"\1", b"\0", b"\0"]
    assert within(Within(Part.SECTION, "x", negated=True), figures(NEW), names) == b"\1"


def test_cards_without_the_figure_stand_last_however_the_order_is_turned() -> None:
    cards = figures(
        NEW,
        learned(date(2026, 3, 9), interval=7, ease=250, lapses=1),
        learned(date(2026, 3, 1), interval=9, ease=130, lapses=8),
        learned(date(2026, 3, 9), interval=1, ease=250, lapses=8),
    )

    def ordered(sort: Sort, reverse: bool = False) -> Sequence[int]:
        return list(in_order(cards, range(4), sort, reverse))

    assert ordered(Sort.DECK) == [0, 1, 2, 3]
    assert ordered(Sort.DECK, reverse=True) == [3, 2, 1, 0]
    assert ordered(Sort.DUE) == [2, 1, 3, 0]
    assert ordered(Sort.DUE, reverse=True) == [1, 3, 2, 0]
    assert ordered(Sort.EASE) == [2, 1, 3, 0]
    assert ordered(Sort.LAPSES) == [2, 3, 1, 0]
    assert ordered(Sort.LAPSES, reverse=True) == [0, 1, 2, 3]
    assert ordered(Sort.INTERVAL) == [3, 1, 2, 0]
