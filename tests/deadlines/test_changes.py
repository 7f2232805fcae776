"""A change of the calendar says what it touches, waits until that was computed anew, and never rewrites history."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from lapor.deadlines import changes
from lapor.deadlines.calendar import calendar_for
from lapor.deadlines.load import load_all
from lapor.deadlines.models import CalendarChange, CalendarYear, Holiday

pytestmark = pytest.mark.usefixtures("loaded")
NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
WEDNESDAY = date(2026, 10, 7)
DECREE = [
    (date(2027, 1, 1), "Tahun Baru Masehi", "national"),
    (date(2027, 3, 9), "Hari Raya Idul Fitri", "national"),
    (date(2027, 3, 8), "Cuti Bersama Hari Raya Idul Fitri", "cuti_bersama"),
]


def add_regional(day: date = WEDNESDAY, region_code: str = "64.72") -> changes.Change:
    return changes.add_holiday(
        day=day, name="Hari jadi (uji)", kind="regional", region_code=region_code, by=None, source="Uji"
    )


def enter(year: int = 2027) -> changes.Change:
    return changes.enter_decree(year=year, days=DECREE, reference="SKB Uji 1/2026", by=None, now=NOW)


def test_adding_and_removing_a_day_off_name_the_day_and_the_region() -> None:
    added = add_regional()
    assert (added.first_day, added.last_day, added.region_code) == (WEDNESDAY, WEDNESDAY, "64.72")
    row = Holiday.objects.get(day=WEDNESDAY)
    removed = changes.remove_holiday(holiday_id=row.pk, by=None)
    assert (removed.first_day, removed.last_day, removed.region_code) == (WEDNESDAY, WEDNESDAY, "64.72")
    assert calendar_for("64.72").is_working(WEDNESDAY)
    row.refresh_from_db()
    assert row.removed_at is not None


def test_a_day_off_entered_twice_is_one_and_can_be_entered_again_after_it_was_removed() -> None:
    add_regional()
    add_regional()
    row = Holiday.objects.get(day=WEDNESDAY)
    changes.remove_holiday(holiday_id=row.pk, by=None)
    add_regional()
    assert Holiday.objects.filter(day=WEDNESDAY).count() == 2
    assert not calendar_for("64.72").is_working(WEDNESDAY)


def test_a_day_off_cannot_be_removed_twice() -> None:
    add_regional()
    row = Holiday.objects.get(day=WEDNESDAY)
    changes.remove_holiday(holiday_id=row.pk, by=None)
    with pytest.raises(Holiday.DoesNotExist):
        changes.remove_holiday(holiday_id=row.pk, by=None)


def test_a_region_that_does_not_exist_has_no_days_off() -> None:
    with pytest.raises(ValueError, match=r"6472"):
        add_regional(region_code="6472")


@pytest.mark.parametrize(("kind", "region_code"), [("regional", ""), ("national", "64"), ("cuti_bersama", "64")])
def test_a_regional_day_names_its_region_and_a_national_one_names_none(kind: str, region_code: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        changes.add_holiday(day=WEDNESDAY, name="Uji", kind=kind, region_code=region_code, by=None, source="Uji")


def test_the_database_refuses_to_edit_delete_or_revive_a_day_off() -> None:
    add_regional()
    row = Holiday.objects.get(day=WEDNESDAY)
    with pytest.raises(ProgrammingError, match="pgtrigger: Cannot"), transaction.atomic():
        Holiday.objects.filter(pk=row.pk).update(day=date(2026, 10, 8))
    with pytest.raises(ProgrammingError, match="pgtrigger: Cannot"), transaction.atomic():
        row.delete()
    changes.remove_holiday(holiday_id=row.pk, by=None)
    with pytest.raises(ProgrammingError, match="pgtrigger: Cannot"), transaction.atomic():
        Holiday.objects.filter(pk=row.pk).update(removed_at=None)


def test_a_decree_replaces_the_estimate_of_its_year_and_keeps_it_as_history() -> None:
    idul_fitri_by_estimate = date(2027, 3, 10)
    assert not calendar_for(None).is_working(idul_fitri_by_estimate)
    estimated = Holiday.objects.filter(day__year=2027).count()
    change = enter()
    assert (change.first_day, change.last_day, change.region_code) == (date(2027, 1, 1), date(2027, 12, 31), "")
    calendar = calendar_for(None)
    assert calendar.is_working(idul_fitri_by_estimate)
    assert not calendar.is_working(date(2027, 3, 9))
    assert 2027 not in calendar.provisional
    assert CalendarYear.objects.get(year=2027).reference == "SKB Uji 1/2026"
    assert Holiday.objects.filter(day__year=2027, is_provisional=True, removed_at=NOW).count() == estimated


def test_a_decree_leaves_other_years_and_regional_days_alone() -> None:
    add_regional(day=date(2027, 4, 7))
    enter()
    assert not calendar_for("64.72").is_working(date(2027, 4, 7))
    assert not calendar_for(None).is_working(date(2026, 12, 25))


def test_a_decree_amended_later_replaces_the_first() -> None:
    enter()
    amended = [*DECREE, (date(2027, 8, 18), "Cuti Bersama (uji)", "cuti_bersama")]
    changes.enter_decree(year=2027, days=amended, reference="SKB Uji 2/2027", by=None, now=NOW + timedelta(days=200))
    in_force = Holiday.objects.filter(day__year=2027, removed_at=None)
    assert {row.source for row in in_force} == {"SKB Uji 2/2027"}
    assert not calendar_for(None).is_working(date(2027, 8, 18))


def test_a_decree_for_a_year_without_data_makes_it_known() -> None:
    days = [(date(2031, 1, 1), "Tahun Baru Masehi", "national")]
    changes.enter_decree(year=2031, days=days, reference="SKB Uji", by=None, now=NOW)
    assert calendar_for(None).is_working(date(2031, 1, 2))


@pytest.mark.parametrize("year", [2026, 2028])
def test_a_decree_with_days_of_another_year_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        enter(year)


def test_loading_again_keeps_a_decree_and_what_was_removed() -> None:
    enter()
    natal = Holiday.objects.get(day=date(2026, 12, 25))
    changes.remove_holiday(holiday_id=natal.pk, by=None)
    count = Holiday.objects.count()
    load_all()
    assert Holiday.objects.count() == count
    assert calendar_for(None).is_working(date(2027, 3, 10))
    assert calendar_for(None).is_working(date(2026, 12, 25))


def test_a_change_waits_until_every_process_knows_it_and_then_until_it_was_applied() -> None:
    first, second = add_regional(), enter()
    now = timezone.now()
    assert changes.pending(now=now) == []
    later = now + timedelta(minutes=2)
    assert changes.pending(now=later) == [first, second]
    changes.applied(first, now=later)
    assert changes.pending(now=later) == [second]


def test_whoever_asks_for_changes_reads_the_calendar_afresh() -> None:
    assert calendar_for("64.72").is_working(WEDNESDAY)
    # As another process does it: no word reaches the memory of this one.
    Holiday.objects.create(day=WEDNESDAY, name="Uji", kind="regional", region_code="64.72", source="Uji", added_at=NOW)
    CalendarChange.objects.create(first_day=WEDNESDAY, last_day=WEDNESDAY, region_code="64.72", made_at=NOW)
    assert calendar_for("64.72").is_working(WEDNESDAY)
    assert changes.pending(now=NOW + timedelta(minutes=2))
    assert not calendar_for("64.72").is_working(WEDNESDAY)


def test_an_estimated_year_is_warned_about_from_october_until_its_decree_is_entered() -> None:
    assert changes.calendar_warning(on=date(2026, 9, 30)) is None
    for day in (date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 2), date(2027, 6, 1)):
        assert "2027" in (changes.calendar_warning(on=day) or "")
    enter()
    assert changes.calendar_warning(on=date(2026, 10, 1)) is None
    assert changes.calendar_warning(on=date(2027, 6, 1)) is None


def test_a_year_without_any_data_is_warned_about_at_any_time() -> None:
    enter()
    CalendarYear.objects.filter(year__gte=2028).delete()
    assert "2028" in (changes.calendar_warning(on=date(2027, 1, 2)) or "")
    assert "2028" in (changes.calendar_warning(on=date(2028, 1, 2)) or "")
    assert changes.calendar_warning(on=date(2026, 12, 31)) is None
