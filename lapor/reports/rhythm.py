"""How steadily reports come in by each channel, and which bodies leave them lying longest. Counts and times alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min

from .models import Channel, Clock, Recommendation, Report

SAMPLE = 5_000  # the latest reports, of which a habit is read


@dataclass(frozen=True)
class Habit:
    """Of the latest reports those of one channel: how many, the last, and the usual time from one to the next."""

    channel: str
    n: int
    last_at: datetime
    usual_pause: timedelta


def habits() -> Iterator[Habit]:
    """Every channel that is among the latest reports. Reads so many rows along an index, however many there are."""
    latest = Report.objects.exclude(channel=Channel.OPENDATA).order_by("-received_at", "-id")[:SAMPLE]
    times: dict[str, list[datetime]] = {}
    for channel, at in latest.values_list("channel", "received_at"):
        times.setdefault(channel, []).append(at)
    for channel, found in times.items():
        pauses = len(found) - 1
        yield Habit(channel, len(found), found[0], (found[0] - found[-1]) / pauses if pauses else timedelta(0))


def oldest_late(step: str, *, now: datetime) -> list[tuple[int, str | None, datetime]]:
    """(body, its region, due time of its oldest report) of every body that is late with this step. Sealed reports, and
    those that somebody may not know of, do not count.
    """
    late = Clock.objects.filter(stopped_at=None, is_paused=False, due_at__lt=now, step=step, agency__isnull=False)
    open_ones = late.filter(report__sealed_id=None, report__is_shielded=False)
    rows = open_ones.order_by().values("agency", "agency__region").annotate(oldest=Min("due_at"))
    return [(row["agency"], row["agency__region"], row["oldest"]) for row in rows]


def oldest_advice(*, now: datetime) -> list[tuple[int, str | None, datetime]]:
    """The same of bodies that are late with the answer to a recommendation."""
    late = Recommendation.objects.filter(answer=None, due_at__lt=now)
    open_ones = late.filter(report__sealed_id=None, report__is_shielded=False)
    rows = open_ones.order_by().values("to", "to__region").annotate(oldest=Min("due_at"))
    return [(row["to"], row["to__region"], row["oldest"]) for row in rows]
