"""Fills promises and days off: promises from a readable file, days off from the `holidays` library.

The library's years up to `LAST_DECREED` follow the joint decrees of the three ministers (SKB); later ones are its
estimate and marked provisional until the decree is entered (`deadlines.changes.enter_decree`).
"""

from __future__ import annotations

import csv
from datetime import date
from importlib.metadata import version
from pathlib import Path

import holidays
from django.db import transaction
from django.utils import timezone

from . import calendar, due
from .models import CalendarYear, Holiday, Promise

FIRST_YEAR = 2014
LAST_DECREED = 2026
YEARS_AHEAD = 2
SOURCE = f"pustaka holidays {version('holidays')} (libur nasional dan cuti bersama Indonesia)"
_PROMISES = Path(__file__).parent / "data" / "promises.csv"
_OVERSIGHT = {"": None, "yes": True, "no": False}


@transaction.atomic
def load_all() -> None:
    """Loads what is missing, up to two years from now; a year and a promise already there are left alone."""
    _load_promises()
    known = set(CalendarYear.objects.values_list("year", flat=True))
    for year in range(FIRST_YEAR, timezone.localdate().year + YEARS_AHEAD + 1):
        if year not in known:
            _load_year(year)
    transaction.on_commit(forget)
    forget()


def forget() -> None:
    """Drops every promise and day off held in memory."""
    calendar.forget()
    due.forget()


def _load_promises() -> None:
    with _PROMISES.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            Promise.objects.get_or_create(
                kind=row["kind"],
                has_oversight=_OVERSIGHT[row["has_oversight"]],
                step=row["step"],
                holds_from=date.fromisoformat(row["holds_from"]),
                defaults={
                    "days": int(row["days"]),
                    "warn_days": int(row["warn_days"]),
                    "extension_days": int(row["extension_days"]),
                    "unit": row["unit"],
                    "source": row["source"],
                },
            )


def _load_year(year: int) -> None:
    is_provisional = year > LAST_DECREED
    now = timezone.now()
    CalendarYear.objects.create(
        year=year,
        status=CalendarYear.Status.PROVISIONAL if is_provisional else CalendarYear.Status.DECREE,
        reference=SOURCE,
        entered_at=now,
    )
    public = holidays.country_holidays("ID", years=year, language="id", categories=("public",))
    leave = holidays.country_holidays("ID", years=year, language="id", categories=("government",))
    rows = [
        Holiday(
            day=day,
            name=name[:120],
            kind=kind,
            source=SOURCE,
            is_provisional=is_provisional,
            added_at=now,
        )
        for kind, found in ((Holiday.Kind.NATIONAL, public), (Holiday.Kind.CUTI_BERSAMA, leave))
        for day, name in sorted(found.items())
    ]
    Holiday.objects.bulk_create(rows, ignore_conflicts=True)
