"""Working-day arithmetic, pure: the n-th working day, due dates with pauses. Knows no database and no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

_DAY = timedelta(days=1)
Pause = tuple[date, date | None]


class YearWithoutData(Exception):
    """No holidays are known for this year, so no working day in it can be counted."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no holiday data for the year {year}")
        self.year = year


@dataclass(frozen=True)
class Calendar:
    """Days off besides Saturday and Sunday, and the years they are known for."""

    off: frozenset[date]
    years: frozenset[int]
    provisional: frozenset[int] = field(default_factory=frozenset)

    def is_working(self, day: date) -> bool:
        """Refuses a day of a year without data with `YearWithoutData`."""
        if day.year not in self.years:
            raise YearWithoutData(day.year)
        return day.weekday() < 5 and day not in self.off


def next_working(day: date, calendar: Calendar) -> date:
    """The day itself when it is a working day, else the first one after it."""
    while not calendar.is_working(day):
        day += _DAY
    return day


def add_workdays(start: date, days: int, calendar: Calendar) -> date:
    """The `days`-th working day after `start`, which itself does not count. With 0: the first working day
    from `start`.
    """
    day = start
    for _ in range(days):
        day = next_working(day + _DAY, calendar)
    return next_working(day, calendar)


def workdays_before(end: date, days: int, calendar: Calendar) -> date:
    """The `days`-th working day before `end`, which itself does not count. With 0: the last working day
    up to `end`.
    """
    day = end
    for _ in range(days):
        day = _last_working(day - _DAY, calendar)
    return _last_working(day, calendar)


def workdays_between(start: date, end: date, calendar: Calendar) -> int:
    """How many working days lie after `start` up to and including `end`; negative when `end` is earlier."""
    if end < start:
        return -workdays_between(end, start, calendar)
    span = (end - start).days
    return sum(calendar.is_working(start + _DAY * step) for step in range(1, span + 1))


def due_date(*, started: date, days: int, pauses: Sequence[Pause], calendar: Calendar, unit: str = "working") -> date:
    """The last day of a limit of `days` after `started`; days on which the clock stood still do not count.

    A pause is (first day, day on which it ended or None while it lasts); the day on which it ended counts again, so one
    within a single day changes nothing. An open pause is taken to end at once: the date is then a lower bound.
    In calendar days a limit that ends on a day off moves to the next working day, so that nobody must act on a holiday.
    """
    stood_still = _days_of(pauses, after=started)
    day = started
    left = days
    while left > 0:
        day += _DAY
        counts = calendar.is_working(day) if unit == "working" else True
        if counts and day not in stood_still:
            left -= 1
    return next_working(day, calendar)


def _last_working(day: date, calendar: Calendar) -> date:
    while not calendar.is_working(day):
        day -= _DAY
    return day


def _days_of(pauses: Sequence[Pause], *, after: date) -> frozenset[date]:
    return frozenset(
        first + _DAY * step
        for first, ended in pauses
        if ended is not None
        for step in range((ended - first).days)
        if first + _DAY * step > after
    )
