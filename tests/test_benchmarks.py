"""The benchmarks that judge predictions and plans: their measures, and what they must show."""

import random
from datetime import UTC, date, datetime, timedelta
from math import exp, log, sqrt
from pathlib import Path

import pytest
from benchmarks.deadline import learners, measure, plain, planned
from benchmarks.recall import (
    Constant,
    Review,
    Scored,
    SM2Curve,
    auc,
    calibration,
    log_loss,
    night,
    predictions,
    read_log,
    rmse_bins,
    run_on,
    scored,
)

from offhand.domain.event import Grade
from offhand.domain.recall import FSRS6

DAY = date(2026, 3, 2)
ONE_BIN, OTHER_BIN = (1.0, 1.0, 0.0), (2.0, 1.0, 0.0)
FOUND = [
    Scored(0.9, True, ONE_BIN),
    Scored(0.8, False, ONE_BIN),
    Scored(0.8, True, OTHER_BIN),
    Scored(0.3, False, OTHER_BIN),
]


def test_the_log_loss_is_the_mean_surprise() -> None:
    assert log_loss(FOUND) == pytest.approx(-(log(0.9) + log(0.2) + log(0.8) + log(0.7)) / 4)
    assert log_loss([Scored(0.0, True, ONE_BIN)]) < 40


def test_rmse_of_bins_compares_the_mean_prediction_with_the_share_recalled() -> None:
    expected = sqrt((2 * (0.85 - 0.5) ** 2 + 2 * (0.55 - 0.5) ** 2) / 4)
    assert rmse_bins(FOUND) == pytest.approx(expected)


def test_auc_counts_the_pairs_put_in_the_right_order_and_ties_as_halves() -> None:
    # 0.9 over 0.8 and 0.3; 0.8 ties with 0.8, over 0.3: 3.5 of 4 pairs.
    assert auc(FOUND) == pytest.approx(3.5 / 4)
    assert auc(FOUND[:1]) == 0.5


def test_the_bias_is_the_mean_prediction_less_the_share_recalled() -> None:
    assert calibration(FOUND) == pytest.approx(0.7 - 0.5)


def test_the_day_turns_over_in_the_middle_of_the_longest_quiet_time() -> None:
    assert night([*range(9, 24), 0]) == 5
    assert night([*range(15, 24), *range(6)]) == 10


def test_only_a_cards_first_answer_of_a_later_day_is_a_review() -> None:
    days = [0, 0, 1, 1, 8]
    log = [Review("a", Grade.GOOD, DAY + timedelta(days=n)) for n in days]
    log.append(Review("b", Grade.WRONG, DAY))
    assert len(predictions(log, Constant(log))) == 2


def test_the_last_two_fifths_are_scored_and_the_constant_knows_the_rest_alone() -> None:
    grades = [Grade.GOOD] * 3 + [Grade.WRONG] * 5
    log = [Review("a", grade, DAY + timedelta(days=n)) for n, grade in enumerate(grades)]
    found = scored(log, Constant(log))
    assert [each.recalled for each in found] == [False] * 3
    # Of the seven reviews the first four are learned from: two were recalled.
    assert {each.predicted for each in found} == {0.5}


def test_sm2_as_a_curve_stands_at_nine_tenths_on_the_day_that_it_would_ask() -> None:
    log = [Review("a", Grade.GOOD, DAY + timedelta(days=n)) for n in (0, 1, 4, 7)]
    found = predictions(log, SM2Curve())
    # Intervals of 1, 6 and 15 days: asked after 1, 3 and 3.
    assert [each.predicted for each in found] == pytest.approx([0.9, 0.9**0.5, 0.9**0.2])
    bent = predictions(log, SM2Curve(0.8, 0.5))
    assert bent[1].predicted == pytest.approx(0.8 ** (0.5**0.5))


def _write_log(path: Path) -> None:
    """A log of cards that are forgotten exponentially, some sooner than others; with repeats."""
    chance, lines = random.Random(3), list[str]()
    for number in range(120):
        stable, day = chance.choice((15, 300)), number % 40
        for gap in (0, 1, 6, 15, 30):
            day += gap
            recalled = chance.random() < exp(-gap / stable)
            at = datetime(2026, 1, 1, 17, 0, number % 60, tzinfo=UTC) + timedelta(days=day)
            lines.append(f"{number},{3 if recalled else 1},{at.isoformat()},4000")
            if not recalled:
                again = at + timedelta(minutes=5)
                lines.append(f"{number},3,{again.isoformat()},4000")
    chance.shuffle(lines)
    names = "card_id,review_rating,review_time,review_duration"
    path.write_text("\n".join([names, *lines]) + "\n", "utf-8")


def test_a_log_is_read_in_the_order_of_time_and_measured_with_every_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "log.csv"
    _write_log(path)
    reviews = read_log(path)
    assert [each.day for each in reviews] == sorted(each.day for each in reviews)
    measured = run_on(path)
    told = capsys.readouterr().out
    assert [name for name in measured if name in told] == list(measured)
    constant, *_, fsrs = measured.values()
    assert fsrs[2] > constant[2] == 0.5
    assert fsrs[0] < constant[0]


@pytest.mark.parametrize("days", [30, 60])
def test_the_plan_of_a_target_beats_plain_sm2_by_the_date_at_a_quarter_more_answers(
    days: int,
) -> None:
    predictor = FSRS6()
    truth = learners()["one who forgets sooner"]
    plainly = measure(truth, predictor, plain(12 if days == 30 else 10), days, seeds=2)
    aimed = measure(truth, predictor, planned, days, seeds=2)
    assert aimed.recalled - plainly.recalled > 0.03
    assert aimed.answers < plainly.answers * 1.25
