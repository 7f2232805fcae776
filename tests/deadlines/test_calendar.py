"""The calendar of a place: what the nation has off, and what the place and those above it have off besides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lapor.deadlines.calendar import calendar_for
from lapor.deadlines.changes import add_holiday
from lapor.lib.workdays import YearWithoutData, add_workdays, due_date

pytestmark = pytest.mark.usefixtures("loaded")
WEDNESDAY = date(2026, 10, 7)


def off_in(region_code: str, day: date = WEDNESDAY) -> None:
    add_holiday(day=day, name="Hari jadi (uji)", kind="regional", region_code=region_code, by=None, source="Uji")


def test_work_rests_over_idul_fitri_of_2025() -> None:
    """Nyepi and Idul Fitri with their cuti bersama: nobody works from 28 March to 7 April 2025."""
    assert add_workdays(date(2025, 3, 26), 3, calendar_for(None)) == date(2025, 4, 9)


def test_work_rests_over_idul_fitri_of_2026() -> None:
    """Nyepi and Idul Fitri with their cuti bersama: nobody works from 18 to 24 March 2026."""
    assert add_workdays(date(2026, 3, 16), 3, calendar_for(None)) == date(2026, 3, 26)


def test_a_late_amendment_of_a_decree_is_known() -> None:
    """18 August 2025 became cuti bersama eleven days before it came."""
    assert not calendar_for(None).is_working(date(2025, 8, 18))


def test_thirty_days_for_the_reporter_that_end_in_cuti_bersama_end_after_it() -> None:
    """30 days after 16 February 2026 is 18 March, cuti bersama; the next working day is the 25th."""
    assert due_date(
        started=date(2026, 2, 16), days=30, pauses=[], calendar=calendar_for(None), unit="calendar"
    ) == date(2026, 3, 25)


@pytest.mark.parametrize(
    ("where", "works"), [("64.72.05", False), ("64.72", False), ("64", True), ("64.02", True), (None, True)]
)
def test_a_regional_day_off_holds_in_the_region_and_below_it_only(where: str | None, works: bool) -> None:
    off_in("64.72")
    assert calendar_for(where).is_working(WEDNESDAY) is works


def test_a_code_that_only_begins_alike_is_another_region() -> None:
    off_in("64.72")
    assert calendar_for("64.721").is_working(WEDNESDAY)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    started=st.dates(date(2026, 9, 1), date(2026, 11, 30)),
    days=st.integers(1, 30),
    offset=st.integers(0, 90),
    region=st.sampled_from(["64", "64.72", "64.72.05"]),
)
def test_regional_days_off_never_end_a_limit_earlier(started: date, days: int, offset: int, region: str) -> None:
    off_in(region, started + timedelta(days=offset))
    nation = due_date(started=started, days=days, pauses=[], calendar=calendar_for(None))
    place = due_date(started=started, days=days, pauses=[], calendar=calendar_for("64.72.05"))
    assert place >= nation


def test_a_year_nobody_entered_is_an_error_that_names_it() -> None:
    with pytest.raises(YearWithoutData, match="2099"):
        calendar_for("64.72").is_working(date(2099, 1, 5))


def test_years_beyond_the_decrees_are_provisional() -> None:
    calendar = calendar_for(None)
    assert {2027, 2028} <= calendar.provisional
    assert not {2025, 2026} & calendar.provisional
    assert calendar.provisional <= calendar.years


def test_a_warm_calendar_asks_the_database_nothing() -> None:
    calendar_for("64.72.05")
    with CaptureQueriesContext(connection) as queries:
        calendar_for("64.72.05.1001")
        calendar_for("31")
    assert len(queries) == 0
