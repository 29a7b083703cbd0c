"""A leech is told by its lapses, and mending is offered at the 8th and every 4th after it."""

from offhand.domain.leech import calls_for_mending, is_leech


def test_a_card_is_a_leech_from_its_eighth_lapse_on() -> None:
    assert [lapses for lapses in range(12) if is_leech(lapses)] == [8, 9, 10, 11]


def test_mending_is_offered_at_the_eighth_lapse_and_every_four_more() -> None:
    assert [lapses for lapses in range(22) if calls_for_mending(lapses)] == [8, 12, 16, 20]


def test_from_how_many_lapses_on_can_be_chosen_and_none_is_never() -> None:
    assert [lapses for lapses in range(12) if calls_for_mending(lapses, first_at=3)] == [3, 7, 11]
    assert not any(is_leech(lapses, first_at=0) for lapses in range(100))
