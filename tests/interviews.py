"""Interviews in tests: a deck to ask from, a stopwatch that a test turns, and holding one to its end."""

from offhand.domain.interview import Progress
from offhand.study.desk import Desk
from offhand.study.interviews.interview import InterviewUnderWay
from offhand.study.interviews.plan import Wish

QUESTIONS = """\
deck: Caching
sections:
  Basics:
    - term: TTL
      definition: How long an entry may be served. Then it counts as expired.
      questions:
        - question: When is a short TTL wrong?
          answer: |
            When the origin is slow. Then each expiry costs a slow rebuild, and users wait for it.
          points: [slow origin, users wait for the rebuild, serve stale meanwhile]
          level: mid
        - question: What does a TTL of zero do?
          answer: It revalidates every time.
          points: [revalidates every time, one round trip each]
          level: senior
    - term: Hit ratio
      definition: The share of lookups that the cache answers.
      questions:
        - question: Why can a hit ratio of 99 % mislead?
          answer: The last percent may be the costly part.
          points: [misses may be the costly part, look at bytes too]
          level: senior
  Faults:
    - term: Stampede
      definition: Many readers rebuild one expired entry at once.
      questions:
        - question: How do you stop a stampede?
          answer: One reader rebuilds, the others wait.
          points: [one reader rebuilds, the others wait, jitter on the expiry]
          level: mid
"""
TERMS = """\
deck: Signals
entries:
  SIGTERM: Asks a process to end. It may clean up first, or refuse.
  SIGKILL: Ends a process at once. It cannot be caught.
"""


class Turned:
    """What a stopwatch ticks by: it stands until a test turns it."""

    def __init__(self) -> None:
        self.ns = 0

    def __call__(self) -> int:
        """The time that has passed, in ns."""
        return self.ns

    def turn(self, seconds: float) -> None:
        """Let time pass."""
        self.ns += round(seconds * 1_000_000_000)


def answer_all(under_way: InterviewUnderWay, *said: int, seconds: float = 0) -> None:
    """Answer question after question, with the same points ticked, to the end of what was planned."""
    tick = under_way._watch._tick
    while under_way.asking is not None:
        if seconds and isinstance(tick, Turned):
            tick.turn(seconds)
        under_way.reveal()
        for point in said:
            under_way.tick(point)
        under_way.done()


def hold(desk: Desk, *said: int, wish: Wish | None = None, seconds: float = 0) -> InterviewUnderWay:
    """Hold an interview to its end."""
    under_way = InterviewUnderWay.begin(desk, wish or Wish(seed=1), Turned())
    answer_all(under_way, *said, seconds=seconds)
    if under_way.interview.ending is None:
        under_way.end()
    return under_way


def cards_asked(under_way: InterviewUnderWay) -> list[str]:
    """The cards of the questions that were put."""
    return [
        each.card for each in under_way.interview.askings if each.progress is not Progress.WAITING
    ]
