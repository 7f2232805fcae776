"""Time works on requests too: it marks the late ones, ends those nobody decided, and breaks an ordered silence."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lapor.agencies.models import Role
from lapor.agencies.people import held_on
from lapor.reports import actions
from lapor.reports.models import EventKind

from . import telling
from .deciding import end
from .models import Outcome, Request

BATCH = 100


@dataclass(frozen=True)
class Standing:
    """For the office: how many requests wait past their deadline, and how many custodians there are."""

    late: int
    custodians: int


def sweep(*, now: datetime, limit: int = BATCH) -> int:
    """Looks at every request whose time has come; returns how many."""
    keys = list(Request.objects.filter(wake_at__lte=now).order_by("wake_at").values_list("pk", flat=True)[:limit])
    for key in keys:
        _look_at(key, now=now)
    return len(keys)


def standing(*, now: datetime, on: date) -> Standing:
    return Standing(
        late=Request.objects.filter(ended_at=None, due_at__lt=now).count(),
        custodians=held_on(on).filter(role=Role.CUSTODIAN).values("user").distinct().count(),
    )


@transaction.atomic
def _look_at(key: uuid.UUID, *, now: datetime) -> None:
    request = (
        Request.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("report", "ground")
        .filter(pk=key, wake_at__lte=now)
        .first()
    )
    if request is None:
        return
    if request.ended_at is None and request.lapses_at <= now:
        end(request, Outcome.LAPSED, now=now)
    elif request.ended_at is None and request.late_at is None and request.due_at <= now:
        request.late_at = now
        request.save(update_fields=["late_at"])
        actions.record_identity(
            report_id=request.report_id, kind=EventKind.IDENTITY_LATE, request=str(request.pk), now=now
        )
    telling.tell(request, now=now)
