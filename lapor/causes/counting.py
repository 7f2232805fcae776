"""Counts of the night: reports by month for each entry, and what might be an entry.

Only open reports are counted, which everybody can count in the published copies too: nothing here points at a secret
one.
Each entry costs one reading of its body's reports by index; candidates one reading of the last ninety days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Substr, TruncMonth
from django.utils import timezone

from lapor.agencies.models import Region
from lapor.lib.months import shifted
from lapor.reports.models import Channel, Report, Visibility

from .models import Candidate, Cause, Month, Stage

MONTHS: Final = 6  # before and after a measure that are compared
BACK: Final = timedelta(days=760)
LATELY: Final = timedelta(days=90)
LEAST: Final = 5  # reports about one matter that make it a candidate
MOST_OF_BODY: Final = 10
FOLLOWED: Final = timedelta(days=400)  # how long an entry that ended is still counted
REGENCY: Final = 5  # letters of the code of a regency


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Reports a month before and after a measure, over that many complete months; None where there is none yet."""

    before: float | None
    after: float | None
    months_before: int
    months_after: int


def effect(counts: Mapping[date, int], *, measured_on: date | None, first: date, on: date) -> Effect | None:
    """What was before and what came after, without the month of the measure and the running one; up to six months each.

    `first` is the first month that was counted whole. None without a measure. It does not say that the one made the
    other.
    """
    if measured_on is None:
        return None
    turn = measured_on.replace(day=1)
    before = [month for month in _months(turn, -MONTHS) if month >= first]
    after = [month for month in _months(turn, MONTHS) if shifted(month, 1) <= on.replace(day=1)]
    return Effect(
        before=_mean(counts, before),
        after=_mean(counts, after),
        months_before=len(before),
        months_after=len(after),
    )


def recount(*, now: datetime) -> int:
    """Counts every entry that is worked on or ended lately; returns how many."""
    causes = Cause.objects.filter(Q(stage=Stage.OPEN) | Q(closed_at__gte=now - FOLLOWED))
    done = 0
    for cause in causes.iterator(chunk_size=200):
        count(cause, now=now)
        done += 1
    return done


@transaction.atomic
def count(cause: Cause, *, now: datetime) -> None:
    """Puts the counts of one entry in place of the old ones: every month since the first one counted, zeros too."""
    begin = first_month(now)
    rows = (
        _about(cause)
        .filter(received_at__gte=timezone.make_aware(datetime(begin.year, begin.month, 1)))
        .annotate(month=TruncMonth("received_at"))
        .values_list("month")
        .annotate(n=Count("pk"))
        .order_by()
    )
    found = {timezone.localdate(month): n for month, n in rows}
    Month.objects.filter(cause=cause).delete()
    Month.objects.bulk_create(
        Month(cause=cause, month=month, n=found.get(month, 0)) for month in _until(begin, timezone.localdate(now))
    )


def first_month(now: datetime) -> date:
    """The first month that is counted whole."""
    return shifted(timezone.localdate(now - BACK), 1)


def _about(cause: Cause) -> Any:
    found = _open_ones().filter(agency=cause.agency_id, category=cause.category_id)
    return found.filter(region__code__startswith=cause.region_id) if cause.region_id else found


def _open_ones() -> Any:
    return Report.objects.filter(visibility=Visibility.PUBLIC, is_shielded=False).exclude(channel=Channel.OPENDATA)


@transaction.atomic
def find_candidates(*, now: datetime) -> int:
    """Looks through the last ninety days for what came often; returns how many were found."""
    rows = (
        _open_ones()
        .filter(received_at__gte=now - LATELY, agency__isnull=False, category__isnull=False)
        .annotate(regency=Substr("region_id", 1, REGENCY))
        .values_list("agency", "regency", "category")
        .annotate(n=Count("pk"))
        .filter(n__gte=LEAST)
        .order_by("agency", "-n")
    )
    by_body: dict[int, list[Candidate]] = defaultdict(list)
    known = set(Cause.objects.filter(stage=Stage.OPEN).values_list("agency", "region", "category"))
    codes = set(Region.objects.filter(level__lte=2).values_list("code", flat=True))
    for agency, regency, category, n in rows.iterator(chunk_size=2000):
        place = regency if regency in codes else None
        if len(by_body[agency]) < MOST_OF_BODY and (agency, place, category) not in known:
            by_body[agency].append(
                Candidate(agency_id=agency, region_id=place, category_id=category, n=n, found_at=now)
            )
    found = [one for ones in by_body.values() for one in ones]
    Candidate.objects.all().delete()
    Candidate.objects.bulk_create(found, batch_size=1000)
    return len(found)


def _mean(counts: Mapping[date, int], months: Iterable[date]) -> float | None:
    chosen = [counts.get(month, 0) for month in months]
    return sum(chosen) / len(chosen) if chosen else None


def _months(turn: date, n: int) -> list[date]:
    """The `n` months after `turn`, or the `-n` before it, in order."""
    steps = range(1, n + 1) if n > 0 else range(n, 0)
    return [shifted(turn, step) for step in steps]


def _until(begin: date, last: date) -> list[date]:
    found = [begin]
    while shifted(found[-1], 1) <= last:
        found.append(shifted(found[-1], 1))
    return found
