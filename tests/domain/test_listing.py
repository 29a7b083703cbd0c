"""Which conditions a listed card meets, and in which order cards stand."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.fold import NEW, CardState
from offhand.domain.fold import Standing as Standing_
from offhand.domain.listing import Listed, Sort, compared, in_order, standing, within
from offhand.domain.query import Compared, Figure, Is, Part, Standing, Within
from offhand.domain.schedule.protocol import Schedule

TODAY = date(2026, 3, 2)


def listed(place: int = 0, state: CardState = NEW) -> Listed:
    """A card as it is listed in this state."""
    schedule = state.schedule
    return Listed(
        place,
        number=place,
        section=0,
        letters=5,
        due=schedule.due.toordinal() if schedule else None,
        interval=schedule.interval if schedule else None,
        ease=schedule.ease if schedule else None,
        repetitions=schedule.repetitions if schedule else 0,
        lapses=schedule.lapses if schedule else 0,
        reviews=state.reviews,
        again=state.again_on == TODAY,
        buried=state.buried_on == TODAY,
        suspended=state.suspended,
        flagged=state.flagged,
    )


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


@given(_states)
def test_what_a_card_is_agrees_with_its_state(state: CardState) -> None:
    card, schedule = listed(0, state), state.schedule
    on, interval = state.on(TODAY), schedule.interval if schedule else 0
    expected = {
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
    assert {what: standing(Standing((what,)), TODAY)(card) for what in Is} == expected
    negated = {what: standing(Standing((what,), negated=True), TODAY)(card) for what in Is}
    assert negated == {what: not held for what, held in expected.items()}
    either = standing(Standing((Is.LEECH, Is.FLAGGED)), TODAY)(card)
    assert either is (expected[Is.LEECH] or expected[Is.FLAGGED])


def test_figures_are_compared_and_a_card_without_one_meets_no_comparison() -> None:
    cards = [listed(0), listed(1, learned(ease=180, lapses=3)), listed(2, learned(ease=200))]

    def meeting(clause: Compared) -> list[int]:
        return [card.place for card in cards if compared(clause)(card)]

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
    held = [within(Within(part, text), names)(listed()) for part, text in asked]
    assert held == [True, True, False, False]
    assert within(Within(Part.SECTION, "x", negated=True), names)(listed())


def test_cards_without_the_figure_stand_last_however_the_order_is_turned() -> None:
    cards = [
        listed(0),
        listed(1, learned(date(2026, 3, 9), interval=7, ease=250, lapses=1)),
        listed(2, learned(date(2026, 3, 1), interval=9, ease=130, lapses=8)),
        listed(3, learned(date(2026, 3, 9), interval=1, ease=250, lapses=8)),
    ]

    def places(sort: Sort, reverse: bool = False) -> list[int]:
        return [card.place for card in in_order(cards, sort, reverse)]

    assert places(Sort.DECK) == [0, 1, 2, 3]
    assert places(Sort.DECK, reverse=True) == [3, 2, 1, 0]
    assert places(Sort.DUE) == [2, 1, 3, 0]
    assert places(Sort.DUE, reverse=True) == [1, 3, 2, 0]
    assert places(Sort.EASE) == [2, 1, 3, 0]
    assert places(Sort.LAPSES) == [2, 3, 1, 0]
    assert places(Sort.INTERVAL) == [3, 1, 2, 0]
