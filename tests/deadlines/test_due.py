"""Promises as dated data, and the moment at which one is broken or warned about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction

from lapor.agencies.places import timezone_of
from lapor.deadlines.changes import add_holiday
from lapor.deadlines.due import NoPromise, due_at, extension_days, forget, promise_for, warn_at
from lapor.deadlines.models import Promise, Step

pytestmark = pytest.mark.usefixtures("loaded")
DAY = date(2026, 10, 5)
KINDS = ("complaint", "aspiration", "information_request", "whistleblowing", "procurement")


def promise(step: str, kind: str = "complaint", has_oversight: bool | None = None, on: date = DAY) -> tuple[int, str]:
    terms = promise_for(kind=kind, has_oversight=has_oversight, step=step, on=on)
    return terms.days, terms.unit


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("has_oversight", [None, True, False])
@pytest.mark.parametrize("step", Step)
def test_every_step_of_every_kind_has_a_promise_with_a_source(
    kind: str, has_oversight: bool | None, step: Step
) -> None:
    assert promise_for(kind=kind, has_oversight=has_oversight, step=step, on=DAY).source


@pytest.mark.parametrize(
    ("kind", "has_oversight", "days"),
    [
        ("information_request", None, 5),
        ("complaint", None, 14),
        ("complaint", False, 14),
        ("complaint", True, 60),
        ("aspiration", None, 14),
        ("whistleblowing", None, 60),
        ("procurement", None, 60),
    ],
)
def test_the_answer_is_promised_by_kind_and_oversight(kind: str, has_oversight: bool | None, days: int) -> None:
    assert promise("resolve", kind, has_oversight) == (days, "working")


def test_the_other_steps_are_promised_alike_for_all_kinds() -> None:
    for kind in KINDS:
        assert promise("verify", kind) == (3, "working")
        assert promise("respond", kind) == (5, "working")
        assert promise("reporter_reply", kind) == (10, "working")
        assert promise("complete", kind) == (30, "calendar")
        assert promise("objection", kind) == (10, "working")


def test_an_extension_gives_an_information_request_seven_days_and_others_as_much_as_a_complaint_has() -> None:
    assert extension_days(kind="information_request", has_oversight=None, on=DAY) == 7
    assert extension_days(kind="complaint", has_oversight=None, on=DAY) == 14


def test_a_missing_promise_names_what_is_missing() -> None:
    with pytest.raises(NoPromise, match=r"'complaint'.*'tea'.*2026-10-05"):
        promise("tea")
    with pytest.raises(NoPromise, match="1999"):
        promise("verify", on=date(1999, 1, 1))


def test_a_new_rule_holds_from_its_day_and_the_old_one_until_then() -> None:
    Promise.objects.create(step="verify", days=2, holds_from=date(2027, 1, 1), source="Uji")
    forget()
    assert promise("verify", on=date(2026, 12, 31)) == (3, "working")
    assert promise("verify", on=date(2027, 1, 1)) == (2, "working")


def test_a_rule_that_ended_gives_way_to_the_general_one() -> None:
    Promise.objects.create(
        kind="aspiration", step="verify", days=1, holds_from=DAY, holds_until=DAY + timedelta(days=1), source="Uji"
    )
    forget()
    assert promise("verify", "aspiration") == (1, "working")
    assert promise("verify", "aspiration", on=DAY + timedelta(days=1)) == (3, "working")


def test_the_database_refuses_to_edit_or_delete_a_promise() -> None:
    with pytest.raises(ProgrammingError, match="pgtrigger: Cannot"), transaction.atomic():
        Promise.objects.filter(step="verify").update(days=30)
    with pytest.raises(ProgrammingError, match="pgtrigger: Cannot"), transaction.atomic():
        Promise.objects.filter(step="verify").delete()
    assert Promise.objects.filter(step="verify").update(holds_until=date(2030, 1, 1)) == 1


@pytest.mark.parametrize(
    ("region", "hour_in_utc"), [("31.71", 16), (None, 16), ("64.72", 15), ("51.71", 15), ("91.71", 14)]
)
def test_a_limit_ends_with_the_last_second_of_the_day_by_the_clock_of_the_place(
    region: str | None, hour_in_utc: int
) -> None:
    started = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)
    terms = promise_for(kind="complaint", has_oversight=None, step="verify", on=DAY)
    due = due_at(started_at=started, terms=terms, region_code=region)
    assert due.astimezone(UTC) == datetime(2026, 10, 8, hour_in_utc, 59, 59, tzinfo=UTC)


def test_counting_starts_from_the_date_that_the_place_has() -> None:
    """23:30 on Monday in Jakarta is half past midnight on Tuesday in Samarinda."""
    started = datetime(2026, 10, 5, 16, 30, tzinfo=UTC)
    terms = promise_for(kind="complaint", has_oversight=None, step="verify", on=DAY)
    assert due_at(started_at=started, terms=terms, region_code="31.71").date() == date(2026, 10, 8)
    assert due_at(started_at=started, terms=terms, region_code="64.72").date() == date(2026, 10, 9)


def test_a_pause_moves_the_moment_by_its_working_days() -> None:
    started = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)
    terms = promise_for(kind="complaint", has_oversight=None, step="verify", on=DAY)
    pause = (date(2026, 10, 6), date(2026, 10, 13))
    assert due_at(started_at=started, terms=terms, region_code=None, pauses=[pause]).date() == date(2026, 10, 15)


def warned_on(due_on: date, step: str, kind: str = "complaint", region: str | None = "64.72") -> date:
    zone = timezone_of(region)
    due = datetime.combine(due_on, datetime.max.time(), tzinfo=zone)
    terms = promise_for(kind=kind, has_oversight=None, step=step, on=DAY)
    warned = warn_at(due_at=due, step=step, region_code=region, terms=terms)
    assert warned.astimezone(zone).hour == 8
    return warned.astimezone(zone).date()


def test_a_short_limit_is_warned_about_one_working_day_before() -> None:
    thursday, monday = date(2026, 10, 8), date(2026, 10, 12)
    assert warned_on(thursday, "verify") == date(2026, 10, 7)
    assert warned_on(monday, "verify") == date(2026, 10, 9)
    assert warned_on(monday, "resolve", kind="information_request") == date(2026, 10, 9)


def test_a_long_limit_is_warned_about_two_working_days_before_weekends_and_days_off_left_out() -> None:
    monday = date(2026, 10, 12)
    assert warned_on(monday, "resolve") == date(2026, 10, 8)
    add_holiday(day=date(2026, 10, 9), name="Uji", kind="regional", region_code="64.72", by=None, source="Uji")
    assert warned_on(monday, "resolve") == date(2026, 10, 7)


def test_the_reporter_is_reminded_ten_calendar_days_before_on_a_working_day() -> None:
    assert warned_on(date(2026, 10, 30), "complete") == date(2026, 10, 20)
    assert warned_on(date(2026, 10, 28), "complete") == date(2026, 10, 16)  # the 18th is a Sunday
