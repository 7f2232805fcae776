"""Changes of the calendar: a day added, a day removed, a decree entered. Each says which deadlines it can touch, and is
kept until they were computed anew (by `reports`, which this room does not know).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from lapor.accounts.models import User
from lapor.agencies.models import Region

from .calendar import FRESH_SECONDS, forget
from .models import CalendarChange, CalendarYear, Holiday

WARN_FROM_MONTH = 10
# Until every process has read the new days, a report may still be filed with a date by the old ones.
SETTLED = timedelta(seconds=2 * FRESH_SECONDS)


@dataclass(frozen=True)
class Change:
    """Deadlines that run between these days, of the region (of all for ""), may move."""

    first_day: date
    last_day: date
    region_code: str
    id: int


@transaction.atomic
def add_holiday(*, day: date, name: str, kind: str, region_code: str = "", by: User | None, source: str) -> Change:
    """Enters a day off; entering it twice changes nothing. Refuses a region that is not known with `ValueError`."""
    if region_code and not Region.objects.filter(code=region_code).exists():
        raise ValueError(f"no region has the code {region_code}")
    Holiday.objects.get_or_create(
        day=day,
        name=name,
        region_code=region_code,
        removed_at=None,
        defaults={"kind": kind, "source": source, "added_at": timezone.now(), "added_by": by},
    )
    return _changed(day, day, region_code, by=by)


@transaction.atomic
def remove_holiday(*, holiday_id: int, by: User | None) -> Change:
    """Takes a day off out of force; the row stays as history. One not in force is `Holiday.DoesNotExist`."""
    row = Holiday.objects.select_for_update(of=("self",)).get(pk=holiday_id, removed_at=None)
    row.removed_at, row.removed_by = timezone.now(), by
    row.save(update_fields=["removed_at", "removed_by"])
    return _changed(row.day, row.day, row.region_code, by=by)


@transaction.atomic
def enter_decree(
    *, year: int, days: Sequence[tuple[date, str, str]], reference: str, by: User | None, now: datetime
) -> Change:
    """Replaces all national days off of a year by the decree's (day, name, kind); the old rows stay as history.

    Refuses days of another year and an empty list.
    """
    if not days or any(day.year != year for day, _name, _kind in days):
        raise ValueError(f"a decree for {year} lists days of {year} and at least one")
    Holiday.objects.filter(day__year=year, region_code="", removed_at=None).update(removed_at=now, removed_by=by)
    Holiday.objects.bulk_create(
        Holiday(day=day, name=name, kind=kind, source=reference, added_at=now, added_by=by) for day, name, kind in days
    )
    CalendarYear.objects.update_or_create(
        year=year,
        defaults={
            "status": CalendarYear.Status.DECREE,
            "reference": reference,
            "entered_at": now,
            "entered_by": by,
        },
    )
    return _changed(date(year, 1, 1), date(year, 12, 31), "", by=by)


def pending(*, now: datetime) -> list[Change]:
    """The changes whose deadlines still wait to be computed anew, oldest first, once every process knows the new days.

    Whoever asks reads the calendar afresh.
    """
    rows = CalendarChange.objects.filter(applied_at=None, made_at__lte=now - SETTLED).order_by("made_at", "pk")
    found = [Change(row.first_day, row.last_day, row.region_code, row.pk) for row in rows]
    if found:
        forget()
    return found


def waiting_since() -> datetime | None:
    """Since when the oldest change waits whose deadlines are not all computed anew; None when none does."""
    return CalendarChange.objects.filter(applied_at=None).order_by("made_at").values_list("made_at", flat=True).first()


def difference(days: Sequence[tuple[date, str, str]], *, year: int) -> list[tuple[str, date, str]]:
    """The days that a decree would add ("+") to or take ("-") from the national ones of a year, with their names."""
    before = dict(Holiday.objects.filter(day__year=year, region_code="", removed_at=None).values_list("day", "name"))
    after = {day: name for day, name, _kind in days}
    return [
        ("+", day, after[day]) if day in after else ("-", day, before[day])
        for day in sorted(before.keys() ^ after.keys())
    ]


def applied(change: Change, *, now: datetime) -> None:
    """Notes that every deadline the change could touch was computed anew."""
    CalendarChange.objects.filter(pk=change.id, applied_at=None).update(applied_at=now)


def calendar_warning(*, on: date) -> str | None:
    """What is wrong with the days off that deadlines soon need: a year without any, at any time; an estimate where the
    decree should be known, that is in the year itself and from October of the year before.
    """
    status = dict(CalendarYear.objects.filter(year__in=[on.year, on.year + 1]).values_list("year", "status"))
    for year in (on.year, on.year + 1):
        if year not in status:
            return gettext(
                "Hari libur tahun %(year)s belum ada; tenggat yang melewati tahun baru tidak dapat dihitung."
            ) % {"year": year}
        is_time = year == on.year or on.month >= WARN_FROM_MONTH
        if is_time and status[year] == CalendarYear.Status.PROVISIONAL:
            return gettext("Hari libur tahun %(year)s masih perkiraan. Masukkan keputusan resminya.") % {"year": year}
    return None


def _changed(first_day: date, last_day: date, region_code: str, *, by: User | None) -> Change:
    # At once for this transaction, after it for everyone who read meanwhile.
    transaction.on_commit(forget)
    forget()
    row = CalendarChange.objects.create(
        first_day=first_day, last_day=last_day, region_code=region_code, made_at=timezone.now(), made_by=by
    )
    return Change(first_day, last_day, region_code, row.pk)
