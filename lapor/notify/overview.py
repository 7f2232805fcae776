"""How the sending goes, in numbers: what waits, what failed and why, and another try. Names nobody and no report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, QuerySet

from .models import Notice, NoticeState


@dataclass(frozen=True, kw_only=True)
class Group:
    """Notices of one template with the same trouble."""

    template: str
    error: str
    n: int
    last_at: datetime


@dataclass(frozen=True, kw_only=True)
class Overview:
    """`due` wait for the worker now, `retrying` for another try; `failed` are given up; nobody reaches `no_channel`."""

    due: int
    oldest_due_at: datetime | None
    retrying: list[Group]
    failed: list[Group]
    no_channel: int


def overview(*, now: datetime) -> Overview:
    """The state of the queue now."""
    queued = Notice.objects.filter(state=NoticeState.QUEUED)
    due = queued.filter(next_try_at__lte=now).aggregate(n=Count("pk"), oldest=Min("next_try_at"))
    return Overview(
        due=due["n"],
        oldest_due_at=due["oldest"],
        retrying=_groups(NoticeState.QUEUED),
        failed=_groups(NoticeState.FAILED),
        no_channel=Notice.objects.filter(state=NoticeState.NO_CHANNEL).count(),
    )


def oldest_due(*, now: datetime) -> datetime | None:
    """Since when the oldest notice waits that should have gone out by now."""
    due = Notice.objects.filter(state=NoticeState.QUEUED, next_try_at__lte=now)
    return due.order_by("next_try_at").values_list("next_try_at", flat=True).first()


def retry_failed(*, now: datetime) -> int:
    """Puts everything that was given up back into the queue, as if it were new; returns how many."""
    return Notice.objects.filter(state=NoticeState.FAILED).update(
        state=NoticeState.QUEUED, attempts=0, next_try_at=now, last_error_class=""
    )


def made_before(moment: datetime) -> QuerySet[Notice]:
    """What was sent or given up and is older; what still waits is not."""
    return Notice.objects.filter(made_at__lt=moment).exclude(state=NoticeState.QUEUED)


def _groups(state: NoticeState) -> list[Group]:
    rows = (
        Notice.objects.filter(state=state, attempts__gt=0)
        .values("template", "last_error_class")
        .annotate(n=Count("pk"), last_at=Max("made_at"))
        .order_by("-n", "template")
    )
    return [
        Group(template=row["template"], error=row["last_error_class"], n=row["n"], last_at=row["last_at"])
        for row in rows
    ]
