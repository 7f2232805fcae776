"""Fills promises and days off: promises from a readable file, days off from the `holidays` library.

The library's years up to `LAST_DECREED` follow the joint decrees of the three ministers (SKB); later ones are its
estimate and marked provisional until the decree is entered (`deadlines.changes.enter_decree`).
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from functools import cache
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
_MARKS = ("kind", "has_oversight", "step", "holds_from")
_OVERSIGHT = {"": None, "yes": True, "no": False}


@transaction.atomic
def load_all() -> None:
    """Loads what is missing, up to two years from now; a year and a promise already there are left alone."""
    _load_promises()
    known = set(CalendarYear.objects.values_list("year", flat=True))
    years = range(FIRST_YEAR, timezone.localdate().year + YEARS_AHEAD + 1)
    _load_years([year for year in years if year not in known])
    transaction.on_commit(forget)
    forget()


def forget() -> None:
    """Drops every promise and day off held in memory."""
    calendar.forget()
    due.forget()


def _load_promises() -> None:
    known = set(Promise.objects.values_list(*_MARKS))
    with _PROMISES.open(encoding="utf-8", newline="") as rows:
        promises = [
            Promise(
                kind=row["kind"],
                has_oversight=_OVERSIGHT[row["has_oversight"]],
                step=row["step"],
                holds_from=date.fromisoformat(row["holds_from"]),
                days=int(row["days"]),
                warn_days=int(row["warn_days"]),
                extension_days=int(row["extension_days"]),
                unit=row["unit"],
                source=row["source"],
            )
            for row in csv.DictReader(rows)
        ]
    Promise.objects.bulk_create([one for one in promises if tuple(getattr(one, mark) for mark in _MARKS) not in known])


def _load_years(years: Sequence[int]) -> None:
    now = timezone.now()
    CalendarYear.objects.bulk_create(
        CalendarYear(
            year=year,
            status=CalendarYear.Status.PROVISIONAL if year > LAST_DECREED else CalendarYear.Status.DECREE,
            reference=SOURCE,
            entered_at=now,
        )
        for year in years
    )
    Holiday.objects.bulk_create(
        (
            Holiday(
                day=day, name=name[:120], kind=kind, source=SOURCE, is_provisional=year > LAST_DECREED, added_at=now
            )
            for year in years
            for day, name, kind in _days_off(year)
        ),
        ignore_conflicts=True,
    )


@cache
def _days_off(year: int) -> tuple[tuple[date, str, str], ...]:
    """What the library knows: (day, name, kind)."""
    categories = ((Holiday.Kind.NATIONAL, "public"), (Holiday.Kind.CUTI_BERSAMA, "government"))
    return tuple(
        (day, name, kind)
        for kind, category in categories
        for day, name in sorted(
            holidays.country_holidays("ID", years=year, language="id", categories=(category,)).items()
        )
    )
