"""Changes of the calendar: a day added, a day removed, a decree entered. Each says which deadlines it can touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from lapor.accounts.models import User

from .calendar import forget
from .models import CalendarYear, Holiday

WARN_FROM_MONTH = 10


@dataclass(frozen=True)
class Change:
    """Deadlines from `first_day` on, of the region (of all for ""), may move."""

    first_day: date
    region_code: str


@transaction.atomic
def add_holiday(*, day: date, name: str, kind: str, region_code: str = "", by: User | None, source: str) -> Change:
    """Enters a day off; entering it twice changes nothing."""
    Holiday.objects.get_or_create(
        day=day,
        name=name,
        region_code=region_code,
        removed_at=None,
        defaults={"kind": kind, "source": source, "added_at": timezone.now(), "added_by": by},
    )
    transaction.on_commit(forget)
    forget()
    return Change(first_day=day, region_code=region_code)


@transaction.atomic
def remove_holiday(*, holiday_id: int, by: User | None) -> Change:
    """Takes a day off out of force; the row stays as history."""
    row = Holiday.objects.select_for_update(of=("self",)).get(pk=holiday_id, removed_at=None)
    row.removed_at, row.removed_by = timezone.now(), by
    row.save(update_fields=["removed_at", "removed_by"])
    transaction.on_commit(forget)
    forget()
    return Change(first_day=row.day, region_code=row.region_code)


@transaction.atomic
def enter_decree(
    *, year: int, days: Sequence[tuple[date, str, str]], reference: str, by: User | None, now: datetime
) -> Change:
    """Replaces a year's national days off by the decree's (day, name, kind); the old rows stay as history.

    Refuses days of another year and an empty list.
    """
    if not days or any(day.year != year for day, _name, _kind in days):
        raise ValueError(f"a decree for {year} lists days of {year} and at least one")
    Holiday.objects.filter(day__year=year, region_code="", removed_at=None).update(removed_at=now, removed_by=by)
    Holiday.objects.bulk_create(
        Holiday(day=day, name=name[:120], kind=kind, source=reference, added_at=now, added_by=by)
        for day, name, kind in days
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
    transaction.on_commit(forget)
    forget()
    return Change(first_day=date(year, 1, 1), region_code="")


def calendar_warning(*, on: date) -> str | None:
    """From October on: that next year's days off are still an estimate, or missing."""
    if on.month < WARN_FROM_MONTH:
        return None
    year = CalendarYear.objects.filter(year=on.year + 1).first()
    if year is None:
        return gettext(
            "Hari libur tahun %(year)s belum ada; tenggat yang melewati tahun baru tidak dapat dihitung."
        ) % {"year": on.year + 1}
    if year.status == CalendarYear.Status.PROVISIONAL:
        return gettext("Hari libur tahun %(year)s masih perkiraan. Masukkan keputusan resminya.") % {
            "year": on.year + 1
        }
    return None
