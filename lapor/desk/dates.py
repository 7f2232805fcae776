"""How a due time reads: late by how much, today, or how many working days are left. Computed, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from lapor.agencies.places import timezone_of
from lapor.deadlines.calendar import calendar_for
from lapor.lib.workdays import YearWithoutData, workdays_between

SOON = 2


@dataclass(frozen=True, kw_only=True)
class Due:
    """`level` is late, today, soon, later or none; `text` says it in words, `day` is the date."""

    level: str
    text: str
    day: str
    at: datetime | None


def day_of(moment: datetime, region_code: str | None) -> date:
    """The date of a moment by the clock of the place."""
    return moment.astimezone(timezone_of(region_code)).date()


def short(day: date) -> str:
    """Such as "Kam 27 Nov"."""
    return date_format(day, "D j M")


def due(due_at: datetime | None, region_code: str | None, *, now: datetime) -> Due:
    """The due time of a report in words, by the clock and the working days of its place."""
    if due_at is None:
        return Due(level="none", text=gettext("Tanpa tenggat berjalan"), day="", at=None)
    day, today = day_of(due_at, region_code), day_of(now, region_code)
    name = short(day)
    if due_at < now:
        days = (today - day).days
        text = (
            ngettext("Terlambat %(days)d hari", "Terlambat %(days)d hari", days) % {"days": days}
            if days
            else gettext("Terlambat sejak hari ini")
        )
        return Due(level="late", text=text, day=name, at=due_at)
    if day == today:
        return Due(level="today", text=gettext("Jatuh tempo hari ini"), day=name, at=due_at)
    try:
        left = workdays_between(today, day, calendar_for(region_code))
    except YearWithoutData:
        return Due(level="later", text=gettext("Sebelum %(day)s") % {"day": name}, day=name, at=due_at)
    text = ngettext("%(days)d hari kerja lagi", "%(days)d hari kerja lagi", left) % {"days": left}
    return Due(level="soon" if left <= SOON else "later", text=text, day=name, at=due_at)
