"""Legal holds: while a proceeding needs a report, nothing of it is erased, neither by time nor on request.

UU 27/2022 art. 15(1)b and 44(1)c: the right to erasure yields to the process of law.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from lapor.accounts.models import User
from lapor.reports.models import Report

from .models import Hold

LONGEST_DAYS = 1827


class HoldRefused(Exception):
    """The hold cannot be placed or lifted like this; `reason` is a stable key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def in_force(*, on: date) -> QuerySet[Hold]:
    return Hold.objects.filter(lifted_at=None, until__gte=on)


def is_held(report_id: int, *, on: date) -> bool:
    return in_force(on=on).filter(report=report_id).exists()


def every() -> QuerySet[Hold]:
    """All there are and were, the latest first."""
    return Hold.objects.select_related("report", "placed_by", "lifted_by").order_by("-placed_at")


def place(report: Report, *, reason: str, reference: str, until: date, by: User, now: datetime, today: date) -> Hold:
    """Keeps a report from erasure until the end of that day. Refuses a day past, and one more than five years away."""
    if not 0 <= (until - today).days <= LONGEST_DAYS:
        raise HoldRefused("impossible_date")
    return Hold.objects.create(
        report=report, reason=reason.strip(), reference=reference.strip(), until=until, placed_by=by, placed_at=now
    )


@transaction.atomic
def lift(hold: Hold, *, by: User, now: datetime) -> Hold:
    """Ends a hold before its day. Refuses one that was lifted."""
    row = Hold.objects.select_for_update().get(pk=hold.pk)
    if row.lifted_at is not None:
        raise HoldRefused("already_ended")
    row.lifted_at, row.lifted_by = now, by
    row.save(update_fields=["lifted_at", "lifted_by"])
    return row
