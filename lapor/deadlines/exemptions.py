"""A rung that is switched off for one body: with a reason and two dates that everybody can read, never for good.

The national administrator and the Ombudsman cannot be left out, so that somebody always has to decide.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from lapor.accounts.models import User
from lapor.agencies.models import Agency

from .ladder import Office
from .models import Exemption

LONGEST = timedelta(days=92)
OFFICES = (Office.UNIT_HEAD, Office.SUPERIOR, Office.INSPECTORATE, Office.GOVERNMENT)
LEAST_REASON = 20


class ExemptionRefused(Exception):
    """The rung cannot be switched off like this; `reason` is a stable key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def exempt(
    agency: Agency,
    *,
    office: str,
    starts_on: date,
    ends_on: date,
    reason: str,
    by: User | None,
    now: datetime,
    today: date,
) -> Exemption:
    """From the first day to the last lateness of this body passes the office over; it climbs to the next one at once.

    Refuses an office that may not be left out, a day that is past, more than three months, a reason of few words, and
    days that another exemption holds already.
    """
    if office not in OFFICES:
        raise ExemptionRefused("never_left_out")
    if starts_on < today or ends_on < starts_on:
        raise ExemptionRefused("dates_do_not_fit")
    if ends_on - starts_on > LONGEST:
        raise ExemptionRefused("exempt_too_long")
    if len(reason.strip()) < LEAST_REASON:
        raise ExemptionRefused("reason_too_short")
    Agency.objects.select_for_update().get(pk=agency.pk)
    same = Exemption.objects.filter(agency=agency, office=office, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if same.filter(ended_at=None).exists():
        raise ExemptionRefused("exempt_already")
    return Exemption.objects.create(
        agency=agency, office=office, starts_on=starts_on, ends_on=ends_on, reason=reason.strip(), by=by, made_at=now
    )


@transaction.atomic
def end(exemption_id: int, *, by: User | None, now: datetime) -> Exemption:
    """The office is asked again from now on. One that ended is refused."""
    row = Exemption.objects.select_for_update(of=("self",)).get(pk=exemption_id)
    if row.ended_at is not None:
        raise ExemptionRefused("exempt_no_more")
    row.ended_at, row.ended_by = now, by
    row.save(update_fields=["ended_at", "ended_by"])
    return row


def in_force(agency_id: int, *, on: date) -> set[str]:
    """The offices that lateness of this body passes over that day."""
    return set(_on(on).filter(agency=agency_id).values_list("office", flat=True))


def running(*, on: date) -> QuerySet[Exemption]:
    """What holds that day or will hold, for the public list."""
    return Exemption.objects.filter(ended_at=None, ends_on__gte=on).select_related("agency").order_by("starts_on", "pk")


def past(*, on: date, most: int = 100) -> list[Exemption]:
    """The latest that hold no more."""
    rows = Exemption.objects.exclude(ended_at=None, ends_on__gte=on).select_related("agency")
    return list(rows.order_by("-starts_on", "-pk")[:most])


def _on(day: date) -> QuerySet[Exemption]:
    return Exemption.objects.filter(ended_at=None, starts_on__lte=day, ends_on__gte=day)
