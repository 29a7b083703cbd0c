"""What Anki knows of a card's past: its answers, its schedule, whether it is suspended or flagged."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from offhand.domain.event import Grade
from offhand.formats.anki.collection import CardRow, LogRow, Timing
from offhand.formats.draft import Past, PastAnswer, PastSchedule

_NEW, _REVIEW = 0, 2
_SUSPENDED = -1
_FLAG = 7
_FILTERED, _BY_HAND = 3, 4
_GRADES = {1: Grade.WRONG, 2: Grade.HARD, 3: Grade.GOOD, 4: Grade.PERFECT}
_FIRST_EASE, _LEAST_EASE, _MOST_EASE = 250, 130, 2_000
_LONGEST_DAYS = 36_500
_LATEST_MS = 4_000_000_000_000
_LONGEST_ANSWER_MS = 24 * 3600 * 1000
_A_MOMENT = 1_000_000_000
"""What is due at such a number is due at that second, and not on that day of the collection."""


class PastReader:
    """Reads pasts in a collection's own count of days."""

    def __init__(self, timing: Timing) -> None:
        self._rollover = timing.rollover
        created = min(max(timing.created, 0), _LATEST_MS // 1000)
        self._zone = _zone(timing, created)
        self._day_0 = datetime.fromtimestamp(created, UTC).astimezone(self._zone).date()

    def past(self, card: CardRow, log: Sequence[LogRow] | None) -> Past | None:
        """The past of a card; its history only where a log is given. None where there is nothing."""
        suspended, flagged = card.queue == _SUSPENDED, card.flags & _FLAG != 0
        if log is None:
            return Past((), None, suspended, flagged) if suspended or flagged else None
        answers, schedule = self._answers(card, log), self._schedule(card)
        if answers or schedule or suspended or flagged:
            return Past(answers, schedule, suspended, flagged)
        return None

    def _answers(self, card: CardRow, log: Sequence[LogRow]) -> tuple[PastAnswer, ...]:
        """The answers; of those of one day the first moves the schedule, if any of them does.

        Those before the card was made new again moved one that is no more.
        """
        began = len(log) if card.type == _NEW else _after_reset(log)
        answers: list[PastAnswer] = []
        moved_on = 0
        for index, line in enumerate(log):
            grade = _GRADES.get(line.ease)
            if grade is None or line.kind >= _BY_HAND or not 0 < line.at < _LATEST_MS:
                continue
            at = datetime.fromtimestamp(line.at / 1000, self._zone)
            day = at.toordinal() - (at.hour < self._rollover)
            # A filtered deck that leaves the schedule alone writes no ease.
            is_cram = line.kind == _FILTERED and line.factor == 0
            scheduled = index >= began and day != moved_on and not is_cram
            if scheduled:
                moved_on = day
            took = min(max(line.took, 0), _LONGEST_ANSWER_MS)
            interval = min(max(line.last_interval, 0), _LONGEST_DAYS)  # seconds are negative
            answers.append(PastAnswer(at, grade, took, interval, scheduled))
        return tuple(answers)

    def _schedule(self, card: CardRow) -> PastSchedule | None:
        if card.type == _NEW:
            return None
        interval = min(max(card.interval, 1), _LONGEST_DAYS)
        ease = card.factor // 10 if card.factor > 0 else _FIRST_EASE
        # Anki goes on from an interval by the ease; SM-2 does from the second pass on.
        passes = 0 if card.type != _REVIEW else 1 if interval == 1 else 2
        return PastSchedule(
            self._due(card),
            interval,
            min(max(ease, _LEAST_EASE), _MOST_EASE),
            passes,
            max(card.lapses, 0),
        )

    def _due(self, card: CardRow) -> date:
        due = card.home_due if card.home_deck and card.home_due else card.due
        if due >= _A_MOMENT:
            moment = datetime.fromtimestamp(min(due, _LATEST_MS // 1000), UTC)
            return (moment.astimezone(self._zone) - timedelta(hours=self._rollover)).date()
        days = min(max(due, -_LONGEST_DAYS), 2 * _LONGEST_DAYS)
        return self._day_0 + timedelta(days)


def _after_reset(log: Sequence[LogRow]) -> int:
    """Where the log begins to count: after the last time that the card was made new."""
    resets = (
        index
        for index in range(len(log) - 1, -1, -1)
        if log[index].kind == _BY_HAND and log[index].ease == 0 and log[index].factor == 0
    )
    return next(resets, -1) + 1


def _zone(timing: Timing, created: int) -> tzinfo:
    """The zone that the collection was made in; the machine's where it does not say."""
    if timing.minutes_west is not None:
        return timezone(timedelta(minutes=-timing.minutes_west))
    return datetime.fromtimestamp(created, UTC).astimezone().tzinfo or UTC
