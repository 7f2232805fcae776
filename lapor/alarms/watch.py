"""Raises each alarm once, clears it when its silence ends, and tells the people who can do something about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lapor.accounts.models import User
from lapor.agencies.models import Agency, Role
from lapor.agencies.oversight import inspectorate_of, national_admin
from lapor.agencies.people import officers_of
from lapor.notify import letters

from .models import Alarm
from .signs import Silence, silences

SHOWN = 200
_Key = tuple[str, str, int | None]


@transaction.atomic
def watch(*, now: datetime) -> int:
    """Looks once; returns how many alarms were raised. What is silent already is not told again."""
    silent = {(one.kind.value, one.subject, one.agency_id): one for one in silences(now=now)}
    rows = Alarm.objects.select_for_update().filter(cleared_at=None)
    open_now = {(row.kind, row.subject, row.agency_id): row for row in rows}
    Alarm.objects.filter(pk__in=[row.pk for key, row in open_now.items() if key not in silent]).update(cleared_at=now)
    fresh = [_raised(one, now=now) for key, one in silent.items() if key not in open_now]
    Alarm.objects.bulk_create(fresh, ignore_conflicts=True)
    letters.tell_of_alarms(people_for(fresh, on=timezone.localdate(now)), now=now)
    return len(fresh)


def _raised(one: Silence, *, now: datetime) -> Alarm:
    return Alarm(kind=one.kind, subject=one.subject, agency_id=one.agency_id, since=one.since, raised_at=now)


def people_for(alarms: Iterable[Alarm], *, on: date) -> list[User]:
    """Who is told: of a body the administrators of its inspectorate, of everything else the national administrators."""
    alarms = list(alarms)
    bodies = Agency.objects.in_bulk({one.agency_id for one in alarms if one.agency_id is not None})
    above = {inspectorate_of(body, on=on).pk for body in bodies.values()}
    if any(one.agency_id is None for one in alarms):
        above.add(national_admin().pk)
    found = [person for body in sorted(above) for person in officers_of(body, [Role.ADMIN, Role.NATIONAL], on=on)]
    return list(dict.fromkeys(found))


def raised(*, bodies: QuerySet[Agency], with_service: bool) -> list[Alarm]:
    """What rings now, of these bodies and, for who runs the service, of the service itself; the newest first."""
    return _of(Alarm.objects.filter(cleared_at=None), bodies, with_service=with_service, order="-raised_at")


def cleared(*, bodies: QuerySet[Agency], with_service: bool) -> list[Alarm]:
    """What rang before, the latest first."""
    return _of(Alarm.objects.filter(cleared_at__isnull=False), bodies, with_service=with_service, order="-cleared_at")


def _of(rows: QuerySet[Alarm], bodies: QuerySet[Agency], *, with_service: bool, order: str) -> list[Alarm]:
    mine = rows.filter(agency__in=bodies)
    if with_service:
        mine = mine | rows.filter(agency=None)
    return list(mine.select_related("agency").order_by(order, "-pk")[:SHOWN])
