"""The working calendar of a place: national days off, cuti bersama, and those of the region and the
regions above it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date

from lapor.agencies.places import ancestors
from lapor.lib.workdays import Calendar

from .models import CalendarYear, Holiday

FRESH_SECONDS = 30.0


@dataclass(frozen=True)
class _Known:
    """All days off in force, by region code ("" for the nation); some hundred rows. `calendars` are made from
    them when first asked for and live and die with them, so that none can be older than its days.
    """

    days: dict[str, frozenset[date]]
    years: frozenset[int]
    provisional: frozenset[int]
    read_at: float
    calendars: dict[tuple[str, ...], Calendar] = field(default_factory=dict)


_held: _Known | None = None


def forget() -> None:
    """Drops what is held in memory; whoever changes a holiday calls it. Other processes notice within 30 seconds."""
    global _held
    _held = None


def calendar_for(region_code: str | None) -> Calendar:
    """The calendar of a place (of the nation for None). No query when warm."""
    known = _known()
    codes = ["", region_code, *ancestors(region_code)] if region_code else [""]
    matching = tuple(code for code in codes if code in known.days)
    calendar = known.calendars.get(matching)
    if calendar is None:
        off = frozenset[date]().union(*(known.days[code] for code in matching))
        calendar = Calendar(off=off, years=known.years, provisional=known.provisional)
        known.calendars[matching] = calendar
    return calendar


def _known() -> _Known:
    global _held
    held = _held
    if held is not None and time.monotonic() - held.read_at < FRESH_SECONDS:
        return held
    days: dict[str, set[date]] = {"": set()}
    for day, code in Holiday.objects.filter(removed_at=None).values_list("day", "region_code"):
        days.setdefault(code, set()).add(day)
    status = dict(CalendarYear.objects.values_list("year", "status"))
    fresh = _Known(
        days={code: frozenset(found) for code, found in days.items()},
        years=frozenset(status),
        provisional=frozenset(year for year, is_ in status.items() if is_ == CalendarYear.Status.PROVISIONAL),
        read_at=time.monotonic(),
    )
    _held = fresh
    return fresh
