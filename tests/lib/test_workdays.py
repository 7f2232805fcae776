"""Working days: counting never lands on a day off, never goes back, and says which year it knows nothing of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.lib.workdays import (
    Calendar,
    Pause,
    YearWithoutData,
    add_workdays,
    due_date,
    next_working,
    workdays_before,
    workdays_between,
)

YEARS = frozenset(range(2024, 2032))
PLAIN = Calendar(off=frozenset(), years=YEARS)

days = st.dates(date(2025, 1, 1), date(2026, 12, 31))
lengths = st.integers(1, 60)
units = st.sampled_from(["working", "calendar"])
calendars = st.frozensets(days, max_size=80).map(lambda off: Calendar(off=off, years=YEARS))


@st.composite
def pauses(draw: st.DrawFn) -> list[Pause]:
    """Pauses one after another, as a report has them: each begins after the last one ended; the last may last."""
    found: list[Pause] = []
    at = draw(days)
    for _ in range(draw(st.integers(0, 3))):
        first = at + timedelta(days=draw(st.integers(0, 30)))
        at = first + timedelta(days=draw(st.integers(0, 40)))
        found.append((first, at))
    if draw(st.booleans()):
        found.append((at, None))
    return found


@given(started=days, length=lengths, unit=units, stops=pauses(), calendar=calendars)
def test_a_limit_never_ends_on_a_day_off(
    started: date, length: int, unit: str, stops: list[Pause], calendar: Calendar
) -> None:
    due = due_date(started=started, days=length, pauses=stops, calendar=calendar, unit=unit)
    assert due.weekday() < 5
    assert due not in calendar.off
    assert due > started


@given(started=days, later=st.integers(0, 40), length=lengths, unit=units, stops=pauses(), calendar=calendars)
def test_a_later_start_never_ends_earlier(
    started: date, later: int, length: int, unit: str, stops: list[Pause], calendar: Calendar
) -> None:
    early = due_date(started=started, days=length, pauses=stops, calendar=calendar, unit=unit)
    late = due_date(started=started + timedelta(days=later), days=length, pauses=stops, calendar=calendar, unit=unit)
    assert late >= early


@given(started=days, length=lengths, stops=pauses(), calendar=calendars)
def test_a_longer_limit_never_ends_earlier_and_in_working_days_always_later(
    started: date, length: int, stops: list[Pause], calendar: Calendar
) -> None:
    def due(days: int, unit: str) -> date:
        return due_date(started=started, days=days, pauses=stops, calendar=calendar, unit=unit)

    assert due(length + 1, "calendar") >= due(length, "calendar")
    assert due(length + 1, "working") > due(length, "working")


@given(started=days, length=lengths, unit=units, stops=pauses(), calendar=calendars)
def test_a_pause_never_shortens(started: date, length: int, unit: str, stops: list[Pause], calendar: Calendar) -> None:
    due = [
        due_date(started=started, days=length, pauses=stops[:count], calendar=calendar, unit=unit)
        for count in range(len(stops) + 1)
    ]
    assert due == sorted(due)


@given(started=days, length=lengths, unit=units, first=days, whole=st.integers(2, 60), cut=st.integers(1, 59))
def test_splitting_a_pause_changes_nothing(
    started: date, length: int, unit: str, first: date, whole: int, cut: int
) -> None:
    middle, end = first + timedelta(days=min(cut, whole - 1)), first + timedelta(days=whole)
    once = due_date(started=started, days=length, pauses=[(first, end)], calendar=PLAIN, unit=unit)
    twice = due_date(started=started, days=length, pauses=[(first, middle), (middle, end)], calendar=PLAIN, unit=unit)
    assert twice == once


@given(started=days, length=lengths, stopped_after=st.integers(0, 20), working=st.integers(1, 20), calendar=calendars)
def test_a_pause_within_the_limit_gives_back_every_working_day_it_took(
    started: date, length: int, stopped_after: int, working: int, calendar: Calendar
) -> None:
    without = due_date(started=started, days=length, pauses=[], calendar=calendar)
    first = next_working(started + timedelta(days=1 + stopped_after), calendar)
    if first > without:
        first = without
    ended = add_workdays(first, working, calendar)  # stood still on `first` and on the working days before `ended`
    paused = due_date(started=started, days=length, pauses=[(first, ended)], calendar=calendar)
    assert paused == add_workdays(without, working, calendar)


@given(started=days, length=lengths, unit=units, calendar=calendars, more=st.frozensets(days, max_size=40))
def test_more_days_off_never_end_a_limit_earlier(
    started: date, length: int, unit: str, calendar: Calendar, more: frozenset[date]
) -> None:
    fuller = Calendar(off=calendar.off | more, years=YEARS)
    assert due_date(started=started, days=length, pauses=[], calendar=fuller, unit=unit) >= due_date(
        started=started, days=length, pauses=[], calendar=calendar, unit=unit
    )


@given(started=days, length=lengths, calendar=calendars)
def test_counting_there_and_back_agree(started: date, length: int, calendar: Calendar) -> None:
    end = add_workdays(started, length, calendar)
    assert due_date(started=started, days=length, pauses=[], calendar=calendar) == end
    assert workdays_between(started, end, calendar) == length
    assert workdays_between(end, started, calendar) == -length
    if calendar.is_working(started):
        assert workdays_before(end, length, calendar) == started


@given(started=days, length=lengths, unit=units, calendar=calendars)
def test_a_year_without_data_is_an_error_that_names_it(
    started: date, length: int, unit: str, calendar: Calendar
) -> None:
    end = due_date(started=started, days=length, pauses=[], calendar=calendar, unit=unit)
    unknown = Calendar(off=calendar.off, years=YEARS - {end.year})
    with pytest.raises(YearWithoutData, match=str(end.year)) as error:
        due_date(started=started, days=length, pauses=[], calendar=unknown, unit=unit)
    assert error.value.year == end.year


def test_not_even_a_weekend_is_known_in_a_year_without_data() -> None:
    with pytest.raises(YearWithoutData, match="2040"):
        PLAIN.is_working(date(2040, 1, 1))


def test_the_day_of_receipt_does_not_count() -> None:
    monday = date(2026, 10, 5)
    assert add_workdays(monday, 1, PLAIN) == date(2026, 10, 6)
    assert add_workdays(monday, 5, PLAIN) == date(2026, 10, 12)


def test_a_report_of_the_weekend_starts_on_monday() -> None:
    friday, saturday, sunday = date(2026, 10, 2), date(2026, 10, 3), date(2026, 10, 4)
    assert {add_workdays(day, 3, PLAIN) for day in (friday, saturday, sunday)} == {date(2026, 10, 7)}


def test_calendar_days_that_end_on_a_sunday_move_to_monday() -> None:
    assert due_date(started=date(2026, 10, 5), days=6, pauses=[], calendar=PLAIN, unit="calendar") == date(2026, 10, 12)


def test_a_pause_within_one_day_changes_nothing() -> None:
    wednesday = date(2026, 10, 7)
    assert due_date(started=date(2026, 10, 5), days=3, pauses=[(wednesday, wednesday)], calendar=PLAIN) == date(
        2026, 10, 8
    )


def test_a_pause_from_before_the_start_takes_nothing_from_it() -> None:
    monday = date(2026, 10, 5)
    assert due_date(started=monday, days=3, pauses=[(date(2026, 9, 1), monday)], calendar=PLAIN) == date(2026, 10, 8)
