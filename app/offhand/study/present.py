"""How a card and its outcomes are put to the learner, the same on every screen and in plain lines."""

from dataclasses import dataclass
from datetime import date
from hashlib import blake2s

from offhand.domain.card import Card, Option
from offhand.domain.event import Grade

_MONTH_DAYS = 365.25 / 12
_YEAR_DAYS = 365.25
_DAYS_UNTIL = 30


@dataclass(frozen=True, slots=True)
class Button:
    """A way to grade: the key that is pressed, the grade it stands for, its word."""

    key: str
    grade: Grade
    word: str


FOUR_BUTTONS = (
    Button("1", Grade.WRONG, "Again"),
    Button("2", Grade.HARD, "Hard"),
    Button("3", Grade.GOOD, "Good"),
    Button("4", Grade.PERFECT, "Easy"),
)
SIX_BUTTONS = (
    Button("0", Grade.BLACKOUT, "Blank"),
    Button("1", Grade.WRONG, "Wrong"),
    Button("2", Grade.NEARLY, "Nearly"),
    Button("3", Grade.HARD, "Hard"),
    Button("4", Grade.GOOD, "Good"),
    Button("5", Grade.PERFECT, "Perfect"),
)


def buttons_shown(buttons: int) -> tuple[Button, ...]:
    """The buttons of the setting `buttons`, 4 or 6."""
    return SIX_BUTTONS if buttons == len(SIX_BUTTONS) else FOUR_BUTTONS


def grade_word(grade: Grade, buttons: int) -> str:
    """What a grade is called under the setting `buttons`; one that no button gives, by its name."""
    for button in buttons_shown(buttons):
        if button.grade is grade:
            return button.word.lower()
    return grade.name.lower()


def options_shown(card: Card, day: date) -> tuple[Option, ...]:
    """The options of a choice in an order that looks random and is the same for a card all day.

    It is another one on another day, so that a place is not learned in place of the answer.
    """

    def drawn(option: Option) -> bytes:
        text = f"{card.key} {day.isoformat()} {option.text}"
        return blake2s(text.encode(), digest_size=8).digest()

    return tuple(sorted(card.options, key=drawn))


def option_letter(index: int) -> str:
    """The letter of an option by its place: A, B, C, …; a number past Z."""
    return chr(ord("A") + index) if index < 26 else str(index + 1)


def interval_text(days: int) -> str:
    """An interval for the eye: `1 day`, `17 days`, `2.1 months`, `1.4 years`."""
    if days <= _DAYS_UNTIL:
        return _counted(str(days), "day")
    if (months := round(days / _MONTH_DAYS, 1)) < 12:
        return _counted(f"{months:g}", "month")
    return _counted(f"{days / _YEAR_DAYS:.1f}".removesuffix(".0"), "year")


def short_interval_text(days: int) -> str:
    """The same in at most seven cells: `1 d`, `17 d`, `2.1 mo`, `1.4 y`."""
    number, unit = interval_text(days).split()
    return f"{number} {'mo' if unit.startswith('month') else unit[0]}"


def duration_text(ms: int) -> str:
    """A time spent, for the eye: `40 s`, `8 min 40 s`, `1 h 5 min`."""
    seconds = round(ms / 1000)
    if seconds < 60:
        return f"{seconds} s"
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def _counted(number: str, unit: str) -> str:
    return f"{number} {unit}" if number == "1" else f"{number} {unit}s"
