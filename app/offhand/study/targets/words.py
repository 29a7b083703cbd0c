"""What is said of targets, in words: the same on screen and in plain lines."""

from datetime import date, timedelta

from offhand.domain.target import Target
from offhand.study.sentences import counted, percent
from offhand.study.targets.fitting import Fit
from offhand.study.targets.outlook import Outlook, Ready, SectionLift
from offhand.study.targets.target import Added

_STEPS = "▁▂▃▄▅▆▇█"
_NAMED = 3


def day_name(day: date) -> str:
    """A day as `Thu 10 Dec 2026`."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def short_day_name(day: date) -> str:
    """A day as `Thu 10 Dec`."""
    return f"{day:%a} {day.day} {day:%b}"


def when_text(target: Target, today: date) -> str:
    """When a target is, as `Thu 10 Dec 2026, in 18 days`."""
    days = (target.on - today).days
    if days < 0:
        return f"{day_name(target.on)}, passed"
    away = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
    return f"{day_name(target.on)}, {away}"


def ready_text(ready: Ready) -> str:
    """How ready the learner is, as `61 % (54 to 68 %)`."""
    held = ready.readiness
    return f"{percent(held.share)} ({round(held.low * 100)} to {percent(held.high)})"


def curve_text(ready: Ready, width: int) -> str:
    """The readiness over the days as a line of so many cells at most, low to high."""
    shares = [share for _, share in ready.curve]
    if len(shares) > width:
        last = len(shares) - 1
        shares = [shares[round(n * last / max(width - 1, 1))] for n in range(width)]
    return "".join(_STEPS[min(int(share * len(_STEPS)), len(_STEPS) - 1)] for share in shares)


def today_sentence(found: Outlook) -> str:
    """What a target asks today."""
    if not found.asked_today:
        return "Today is done."
    if found.new_today == found.asked_today:
        return f"Today asks {counted(found.new_today, 'new card')}."
    new = f", {found.new_today} of them new" if found.new_today else ""
    return f"Today asks {counted(found.asked_today, 'card')}{new}."


def ahead_sentence(found: Outlook, today: date) -> str:
    """How the days until a target's date go."""
    target = found.ready.target
    return plan_sentence(target, found.new_left, found.new_a_day, found.new_until, today)


def plan_sentence(target: Target, new: int, new_a_day: int, until: date, today: date) -> str:
    """How the days until a target's date go, for so many cards that are new."""
    if today < target.pass_from:
        turn = f"the last pass begins on {short_day_name(target.pass_from)}"
    else:
        turn = f"the last pass goes on until {short_day_name(target.on - timedelta(days=1))}"
    if not new:
        return f"{turn[0].upper()}{turn[1:]}."
    return f"{new} new, about {new_a_day} a day until {short_day_name(until)}; {turn}."


def lift_text(section: SectionLift) -> str:
    """The cards that lift a target, as `10 cards, 4 new`."""
    new = f", {section.new} new" if section.new else ""
    return f"{counted(section.cards, 'card')}{new}"


def added_sentences(added: Added, today: date) -> list[str]:
    """What is said when a target was set: what it is, how it goes, and whether its days hold it."""
    target, fit = added.target, added.fit
    return [
        f"{target.name}: {when_text(target, today)}, {counted(fit.cards, 'card')}.",
        plan_sentence(target, fit.new, fit.new_a_day, fit.new_until, today),
        *fit_sentences(added),
    ]


def fit_sentences(added: Added) -> list[str]:
    """What is new about a target that was set, and what would fit where its days do not hold it."""
    target, fit, lines = added.target, added.fit, list[str]()
    if added.replaced is not None:
        lines.append(f"It takes the place of the one on {day_name(added.replaced.on)}.")
    if fit.late:
        lines.append("It is too near for all new cards to be seen five days before.")
    lines.append(
        f"The busiest day asks about {counted(fit.busiest, 'card')},"
        f" {counted(fit.minutes, 'minute')}; with no day missed {percent(fit.recalled)}"
        " will be recalled."
    )
    if not fit.fits:
        lines.append(_misfit(target, fit))
    return lines


def _misfit(target: Target, fit: Fit) -> str:
    ways = [f"{fit.enough} minutes would"]
    if fit.later is not None:
        ways.append(f"{day_name(fit.later)} as the date would")
    if fit.without:
        named = ", ".join(fit.without[-_NAMED:][::-1])
        more = len(fit.without) - _NAMED
        named += f" and {counted(more, 'more section')}" if more > 0 else ""
        ways.append(f"leaving out {named} would")
    has = "does" if target.minutes == 1 else "do"
    return f"{counted(target.minutes, 'minute')} a day {has} not hold it: {'; '.join(ways)}."
