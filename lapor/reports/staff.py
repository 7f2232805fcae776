"""Open work follows the people: when an officer leaves, is shut out, or a unit closes, each open report gets somebody
else in the same step. `settle` does it on the day of a post that ends later. The rungs of the ladder on which they
stood are left at once too (`vacancies`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from lapor.accounts.models import User
from lapor.accounts.running import sign_out_everywhere
from lapor.agencies import posts, seats, units
from lapor.agencies.models import Membership, Role, Unit
from lapor.agencies.people import held_on

from . import clockwork, vacancies
from .access import NotFound
from .accused import open_to
from .actions.passing import inherit, move_unit
from .actors import Officer, System
from .lifecycle import OPEN, MoveRefused
from .models import Report

BATCH = 200
_ACTOR = System()


@dataclass(frozen=True)
class Passed:
    """What became of the open work: how many reports got a person, how many went back to their unit."""

    given: int = 0
    to_unit: int = 0


@transaction.atomic
def end_post(membership: Membership, *, on: date, heir: User | None, by: User | None, now: datetime) -> Passed:
    """Ends a post. Work that the person could do only there goes to the heir, else to the colleagues, in equal parts.

    One who ends later keeps the work until that day. What the person opened there, they open no more.
    """
    ended = posts.leave(membership, on=on, heir=heir, by=by)
    seats.clear(ended.user.pk, on=clockwork.day_of(now), by=by.pk if by else None, now=now)
    vacancies.settle(now=now, left=ended.user.pk)
    return _pass_on(ended.user, now=now)


@transaction.atomic
def shut_out(user: User, *, by: User | None, now: datetime) -> Passed:
    """Ends every post of a person and all sessions; they cannot sign in any more. Refuses oneself (`PostRefused`)."""
    if by is not None and by.pk == user.pk:
        raise posts.PostRefused("oneself")
    posts.leave_all(user, on=clockwork.day_of(now), by=by)
    User.objects.filter(pk=user.pk).update(is_active=False)
    sign_out_everywhere(user=user)
    seats.clear(user.pk, on=clockwork.day_of(now), by=by.pk if by else None, now=now)
    vacancies.settle(now=now, left=user.pk)
    return _pass_on(user, now=now)


@transaction.atomic
def let_in_again(user: User) -> None:
    """The person may sign in again; posts are given anew."""
    User.objects.filter(pk=user.pk).update(is_active=True)


@transaction.atomic
def close_unit(unit: Unit, *, into: Unit | None, by: User | None, now: datetime) -> int:
    """Closes a unit; its people and open reports go to another one of the body, or to the body as a whole.

    Returns how many reports moved.
    """
    units.close(unit, into=into, on=clockwork.day_of(now), by=by)
    keys = list(Report.objects.filter(unit=unit, state__in=OPEN).values_list("pk", flat=True))
    for key in keys:
        move_unit(report_id=key, unit=into, why="unit_closed", actor=_ACTOR, now=now)
    return len(keys)


def settle(*, now: datetime, limit: int = BATCH) -> int:
    """Passes on the work of everybody who may not do it any more since today; returns how many reports moved."""
    found = list(stranded(on=clockwork.day_of(now)).select_related("officer").order_by("officer", "pk")[:limit])
    for user in dict.fromkeys(report.officer for report in found if report.officer is not None):
        _pass_on(user, now=now)
    return len(found)


def stranded(*, on: date) -> QuerySet[Report]:
    """Open reports whose officer holds no post that day by which they could be worked on."""
    posts_there = held_on(on).filter(
        Q(agency=OuterRef("responsible")) | Q(agency=OuterRef("holder")), user=OuterRef("officer")
    )
    serves = ~Q(role=Role.OPERATOR) | Q(unit=None) | Q(unit=OuterRef("unit"))
    return Report.objects.filter(~Exists(posts_there.filter(serves)), state__in=OPEN, officer__isnull=False)


def open_work(user_ids: Collection[int], *, reader: Officer | System) -> dict[int, int]:
    """How many open reports each of these people has, without those that the reader may not know of."""
    return _count(Report.objects.filter(_known_to(reader), officer__in=user_ids), "officer_id")


def open_in_units(unit_ids: Collection[int], *, reader: Officer | System) -> dict[int, int]:
    """How many open reports each of these units has, without those that the reader may not know of."""
    return _count(Report.objects.filter(_known_to(reader), unit__in=unit_ids), "unit_id")


def _known_to(reader: Officer | System) -> Q:
    return open_to(reader) if isinstance(reader, Officer) else Q()


def _count(found: QuerySet[Report], column: str) -> dict[int, int]:
    rows = found.filter(state__in=OPEN).values(key=F(column)).annotate(n=Count("pk")).order_by()
    return {row["key"]: row["n"] for row in rows}


def _pass_on(user: User, *, now: datetime) -> Passed:
    """Everything of this person that is stranded, oldest first, each to the heir who has least to do."""
    today = clockwork.day_of(now)
    results = []
    load = Counter[int]()
    for report in stranded(on=today).filter(officer=user).order_by("due_at", "pk"):
        ended = _last_post(user, report, on=today)
        heirs = [person.pk for person in ended.heirs] if ended else []
        load.update(open_work(set(heirs) - load.keys(), reader=_ACTOR))
        try:
            heir = inherit(report_id=report.pk, heirs=_least_first(heirs, load), why="departure", actor=_ACTOR, now=now)
        except (MoveRefused, NotFound):
            continue  # it ended between the reading and the lock
        load.update([heir] if heir is not None else [])
        results.append(heir)
    given = sum(heir is not None for heir in results)
    return Passed(given=given, to_unit=len(results) - given)


def _least_first(heirs: Sequence[int], load: Counter[int]) -> list[int]:
    return sorted(heirs, key=lambda key: (load[key], heirs.index(key)))


def _last_post(user: User, report: Report, *, on: date) -> posts.Departure | None:
    """The post by which the person had this report, the one that ended last."""
    ended = Membership.objects.filter(
        user=user, agency__in=[report.responsible_id, report.holder_id], ends_on__lte=on
    ).select_related("user", "agency", "unit", "heir")
    post = ended.order_by("-ends_on", "-pk").first()
    return posts.departure(post) if post is not None else None
