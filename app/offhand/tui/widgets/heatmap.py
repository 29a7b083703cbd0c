"""The last weeks as a map: a column a week, a row a weekday, darker for more answers."""

from collections.abc import Mapping
from datetime import date, timedelta

from textual.content import Content

_SIGNS = (("·", "$quiet"), ("░", "$heat-2"), ("▒", "$heat-3"), ("▓", "$heat-4"), ("█", "$heat-4"))
_WEEKDAYS = ("M", "", "W", "", "F", "", "S")


def heatmap(heat: Mapping[date, int], today: date, weeks: int) -> Content:
    """The answers of each day of the last `weeks` weeks, seven lines below one of months.

    Signs differ besides colours, so that it reads without them.
    """
    monday = today - timedelta(days=today.weekday())
    starts = [monday - timedelta(weeks=back) for back in range(weeks - 1, -1, -1)]
    most = max(heat.values(), default=0)
    lines = [_months(starts)]
    for weekday in range(7):
        parts: list[tuple[str, str]] = [(f"{_WEEKDAYS[weekday]:<2}", "$quiet")]
        for start in starts:
            day = start + timedelta(days=weekday)
            parts.append((" ", "") if day > today else _sign(heat.get(day, 0), most, day == today))
        lines.append(Content.assemble(*parts))
    return Content("\n").join(lines)


def _sign(answers: int, most: int, is_today: bool) -> tuple[str, str]:
    level = 0 if not answers else min(1 + answers * 4 // (most + 1), 4)
    sign, style = _SIGNS[level]
    return sign, f"{style} bold" if is_today else style


def _months(starts: list[date]) -> Content:
    line = [" "] * len(starts)
    last = None
    for index, start in enumerate(starts):
        month = (start + timedelta(days=6)).strftime("%b")
        if month != last and index + 3 <= len(starts):
            if all(letter == " " for letter in line[max(index - 1, 0) : index + 3]):
                line[index : index + 3] = month
            last = month
    return Content.styled("  " + "".join(line), "$quiet")
