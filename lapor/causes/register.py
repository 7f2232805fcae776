"""The register as everybody reads it: entries by pages, one with its history and its counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils import timezone

from .counting import Effect, effect
from .models import Cause, Change, Stage

PAGE: Final = 25


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry with what follows from it. `months` are counts in order, the running month left out."""

    cause: Cause
    months: list[tuple[date, int]]
    changes: list[Change]
    effect: Effect | None
    is_late: bool


def page(*, before: int | None = None, agency_id: int | None = None) -> tuple[list[Cause], int | None]:
    """Entries, newest first, from key `before` down; and where the next page begins."""
    rows = Cause.objects.select_related("agency", "region", "category").order_by("-pk")
    if agency_id is not None:
        rows = rows.filter(agency=agency_id)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def entry(key: int, *, now: datetime) -> Entry | None:
    """One entry; None for one that is not there."""
    cause = Cause.objects.select_related("agency", "region", "category").filter(pk=key).first()
    if cause is None:
        return None
    today = timezone.localdate(now)
    rows = list(cause.months.order_by("month").values_list("month", "n"))
    months = [(month, n) for month, n in rows if month < today.replace(day=1)]
    first = months[0][0] if months else today
    return Entry(
        cause=cause,
        months=months,
        changes=list(cause.changes.select_related("agency").order_by("pk")),
        effect=effect(dict(months), measured_on=cause.measured_on, first=first, on=today),
        is_late=cause.stage == Stage.OPEN and cause.due_on < today,
    )
