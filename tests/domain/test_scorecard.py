"""The scorecard: points by question and section, what was never said, beside the interviews before."""

from datetime import UTC, date, datetime

from offhand.domain.interview import Asking, Ending, Interview, Progress, Question
from offhand.domain.scorecard import Score, SectionScore, scorecard

_POINTS = ("one", "two", "three", "four")


def asking(
    card: str,
    said: str = "",
    *,
    section: str = "s",
    progress: Progress = Progress.DONE,
    took_ms: int = 60_000,
    points: tuple[str, ...] = _POINTS,
) -> Asking:
    """A question with the points of some numbers said, as `13`."""
    question = Question(card, "d", section, section.upper(), f"{card}?", "That.", points)
    heard = frozenset(int(number) - 1 for number in said)
    return Asking(card, question, progress, "", heard, frozenset(), took_ms)


def interview(*askings: Asking, ident: str = "now") -> Interview:
    return Interview(
        ident,
        datetime(2026, 3, 2, 9, tzinfo=UTC),
        date(2026, 3, 2),
        minutes=30,
        seed=1,
        level="",
        scopes=(("", ""),),
        askings=askings,
        used_ms=sum(each.took_ms for each in askings),
        ending=Ending.DONE,
    )


def test_points_count_by_question_and_by_section_the_weakest_first() -> None:
    card = scorecard(
        interview(
            asking("a", "1234", section="s", took_ms=50_000),
            asking("b", "12", section="t", took_ms=70_000),
            asking("c", "1", section="t", took_ms=90_000),
        )
    )
    assert card.score == Score(7, 12)
    assert card.each_ms == 70_000
    assert [each.score for each in card.questions] == [Score(4, 4), Score(2, 4), Score(1, 4)]
    assert card.questions[1].said == (True, True, False, False)
    assert card.sections == (
        SectionScore("d", "t", "T", Score(3, 8), 2, 160_000),
        SectionScore("d", "s", "S", Score(4, 4), 1, 50_000),
    )
    assert [each.section for each in card.weakest] == ["t"]
    assert card.missed == ("b", "c")


def test_a_skipped_question_counts_as_nothing_said_and_takes_no_part_in_the_pace() -> None:
    card = scorecard(
        interview(asking("a", "12"), asking("b", "12", progress=Progress.SKIPPED, took_ms=5_000))
    )
    assert card.score == Score(2, 8)
    assert card.questions[1].said == (False,) * 4
    assert card.each_ms == 60_000
    assert card.missed == ("a", "b")


def test_what_was_not_reached_or_not_finished_counts_nowhere() -> None:
    card = scorecard(
        interview(
            asking("a", "1234"),
            asking("b", "1", progress=Progress.OPEN),
            Asking("c"),
            Asking("d", progress=Progress.GONE),
        )
    )
    assert card.score == Score(4, 4)
    assert [each.progress for each in card.questions] == [Progress.DONE, Progress.OPEN]
    assert card.unasked == 1
    assert (card.missed, card.weakest) == ((), ())


def test_ticks_given_before_the_end_came_count() -> None:
    card = scorecard(interview(asking("a", "12", progress=Progress.REVEALED)))
    assert card.score == Score(2, 4)


def test_without_any_question_there_is_no_share() -> None:
    card = scorecard(interview())
    assert (card.score.share, card.sections, card.each_ms, card.beside) == (None, (), 0, 0)


def test_it_stands_beside_the_last_three_interviews() -> None:
    earlier = [
        interview(asking("old", "1234"), ident="0"),
        interview(asking("x", "1", section="t", took_ms=30_000), ident="1"),
        interview(asking("a", "12"), ident="2"),
        interview(ident="empty"),
        interview(asking("a", "123", section="t"), ident="3"),
    ]
    card = scorecard(interview(asking("a", "1234"), asking("b", "1", section="t")), earlier)
    assert (card.before, card.beside) == (Score(6, 12), 3)
    assert card.before_each_ms == 50_000
    assert [each.before for each in card.questions] == [Score(3, 4), None]
    # Of a section the last interview that asked it.
    assert {each.section: each.before for each in card.sections} == {
        "t": Score(3, 4),
        "s": Score(2, 4),
    }


def test_what_was_never_said_is_what_no_interview_heard() -> None:
    earlier = [
        interview(asking("a", "2"), ident="1"),
        interview(asking("a", "2", progress=Progress.SKIPPED), ident="2"),
    ]
    card = scorecard(interview(asking("b", "123"), asking("a", "1")), earlier)
    assert [(each.question.card, each.point, each.times) for each in card.unsaid] == [
        ("a", "three", 3),
        ("a", "four", 3),
        ("b", "four", 1),
    ]


def test_a_point_whose_text_was_edited_is_another_one() -> None:
    earlier = [interview(asking("a", "1", points=("old words", "Two")), ident="1")]
    card = scorecard(interview(asking("a", "", points=("new words", "two"))), earlier)
    assert [(each.point, each.times) for each in card.unsaid] == [("two", 2), ("new words", 1)]


def test_a_tick_beyond_the_points_counts_for_nothing() -> None:
    assert scorecard(interview(asking("a", "19"))).score == Score(1, 4)
