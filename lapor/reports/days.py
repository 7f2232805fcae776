"""On which day something happened, by the clock of its place. Of a sealed report nobody learns more than the day: an
hour in a row of a database is enough to find who was at a telephone.
"""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from lapor.agencies.places import timezone_of


def day_there(moment: datetime, *, region_code: str | None) -> date:
    """The date that this moment has by the clock of the place."""
    return moment.astimezone(timezone_of(region_code)).date()


def to_the_day(now: datetime, *, region_code: str | None) -> datetime:
    """The day that `now` has by the clock of the place, written as its first moment in the service's own time zone.

    That moment falls on the same date in all of Indonesia's zones.
    """
    day = day_there(now, region_code=region_code)
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
