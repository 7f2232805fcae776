"""The counts of answers by quarter and body, made by a job of the night from the surveys of the quarters that are still
open; a quarter that is over is counted for the last time when its last survey has closed, and then single answers are
deleted.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from .answering import OPEN_FOR
from .models import Answer, Asked, Result

ALL: Final = 0  # stands for the whole nation where else the key of a body stands
MONTHS: Final = 3
_FIGURES: Final = ("asked", "told", "reached", "answered")


def quarter_of(day: date) -> date:
    """The first day of its quarter."""
    return date(day.year, (day.month - 1) // MONTHS * MONTHS + 1, 1)


def next_quarter(quarter: date) -> date:
    return quarter_of(quarter + timedelta(days=31 * MONTHS))


def is_over(quarter: date, *, on: date) -> bool:
    """Whether no answer about this quarter can come any more."""
    return on > next_quarter(quarter) + OPEN_FOR


def recount(*, now: datetime) -> int:
    """Counts every quarter anew that was not counted since it was over; returns how many."""
    today = timezone.localdate(now)
    oldest = Asked.objects.order_by("asked_on").values_list("asked_on", flat=True).first()
    if oldest is None:
        return 0
    last = Result.objects.filter(agency_id=ALL).order_by("-quarter").values_list("quarter", "counted_at")
    done = {quarter for quarter, at in last if is_over(quarter, on=timezone.localdate(at))}
    quarter, counted = quarter_of(oldest), 0
    while quarter <= today:
        if quarter not in done:
            with transaction.atomic():
                count(quarter, now=now)
                if is_over(quarter, on=today):
                    _forget(quarter)
            counted += 1
        quarter = next_quarter(quarter)
    return counted


def _forget(quarter: date) -> None:
    """What single people answered is needed no more: the counts stay."""
    Answer.objects.filter(asked__asked_on__gte=quarter, asked__asked_on__lt=next_quarter(quarter)).delete()


@transaction.atomic
def count(quarter: date, *, now: datetime) -> None:
    """Puts the counts of one quarter in place of the old ones."""
    days = {"asked_on__gte": quarter, "asked_on__lt": next_quarter(quarter)}
    found: dict[tuple[int, str], dict[str, Any]] = defaultdict(lambda: dict.fromkeys(_FIGURES, 0) | {"counts": {}})
    for row in _turnout(days):
        for agency in _places(row["agency"]):
            figures = found[agency, row["version"]]
            for name in _FIGURES:
                figures[name] += row[f"n_{name}"]
    for row in _answers({f"asked__{name}": value for name, value in days.items()}):
        for agency in _places(row["asked__agency"]):
            values = found[agency, row["asked__version"]]["counts"].setdefault(row["question"], {})
            values[str(row["value"])] = values.get(str(row["value"]), 0) + row["n"]
    Result.objects.filter(quarter=quarter).delete()
    Result.objects.bulk_create(
        Result(quarter=quarter, agency_id=agency, version=version, counted_at=now, **figures)
        for (agency, version), figures in found.items()
    )


def _places(agency: int | None) -> tuple[int, ...]:
    return (ALL, agency) if agency is not None else (ALL,)


def _turnout(days: dict[str, date]) -> Any:
    return (
        Asked.objects.filter(**days)
        .values("agency", "version")
        .annotate(
            n_asked=Count("pk"),
            n_told=Count("pk", filter=Q(is_told=True)),
            n_reached=Count("pk", filter=Q(is_reached=True) | Q(answered_on__isnull=False)),
            n_answered=Count("pk", filter=Q(answered_on__isnull=False)),
        )
    )


def _answers(days: dict[str, date]) -> Any:
    return (
        Answer.objects.filter(**days)
        .values("asked__agency", "asked__version", "question", "value")
        .annotate(n=Count("pk"))
    )
