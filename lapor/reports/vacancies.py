"""Offices of the ladder that fell vacant: no late report waits on a rung where nobody is until it would climb anyway.

A post that ended, an account that was closed, days of absence without a deputy: `settle` finds the rungs whose person
is not there that day and moves what stands on them to the next where somebody is, with a record. Who may not know of a
report leaves its rung in the change that says so (`independence`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from lapor.agencies.models import Absence, Role
from lapor.agencies.people import held_on
from lapor.deadlines.ladder import Office
from lapor.lib.workdays import YearWithoutData

from . import accused, clockwork, ladder
from .access import NotFound
from .actors import Clock as ClockActor
from .change import changing
from .lifecycle import Move, MoveRefused
from .models import Clock, Visibility

log = logging.getLogger(__name__)
BATCH = 200
_ACTOR = ClockActor()
_SAME = ("office", "escalated_to", "rung_unit", "rung_person", "agency")
_NATIONAL = (Role.LIAISON, Role.ADMIN, Role.NATIONAL)


def settle(*, now: datetime, limit: int = BATCH, left: int | None = None) -> int:
    """Moves at most so many late steps away from whoever is not there any more; returns how many. With `left` those of
    this person alone.
    """
    today, done = clockwork.day_of(now), 0
    for key, report_id in _stranded(today, left):
        done += _move(key, report_id, now=now)
        if done >= limit:
            break
    return done


def _stranded(today: date, left: int | None) -> Iterator[tuple[int, int]]:
    """(clock, report) of what should stand elsewhere. Reports that keep nobody away are judged by one of those that
    stand before the same person for the same body.
    """
    for office in Office:
        for is_sealed in (False, True):
            found = _without_person(office, is_sealed=is_sealed, on=today)
            if left is not None:
                found = found.filter(rung_person=left)
            alike = found.filter(report__is_shielded=False)
            for same in list(alike.order_by().values(*_SAME).distinct()):
                group = alike.filter(**{name: value for name, value in same.items() if value is not None})
                group = group.filter(**{f"{name}__isnull": True for name, value in same.items() if value is None})
                if _should_move(group, on=today):
                    yield from list(group.order_by("pk").values_list("pk", "report_id"))
            for clock in found.filter(report__is_shielded=True).order_by("pk"):
                if _should_move(Clock.objects.filter(pk=clock.pk), on=today):
                    yield clock.pk, clock.report_id


def _should_move(group: QuerySet[Clock], *, on: date) -> bool:
    clock = group.select_related("report__holder", "report__region", "agency").order_by("pk").first()
    return clock is not None and ladder.moved(clock.report, clock, on=on) is not None


def _without_person(office: Office, *, is_sealed: bool, on: date) -> QuerySet[Clock]:
    """Late clocks on this rung whose person does not plainly hold the post and work that day. A deputy is among them;
    whether one stands in is asked afterwards.
    """
    posts = held_on(on).filter(user=OuterRef("rung_person"), agency=OuterRef("escalated_to"))
    posts = posts.filter(role__in=_roles(office, is_sealed=is_sealed))
    if office == Office.UNIT_HEAD:
        posts = posts.filter(unit=OuterRef("rung_unit"))
    elif office in {Office.SUPERIOR, Office.GOVERNMENT}:
        posts = posts.filter(unit=None)
    away = Absence.objects.filter(user=OuterRef("rung_person"), starts_on__lte=on, ends_on__gte=on)
    running = Clock.objects.filter(stopped_at=None, is_paused=False, rung__isnull=False, office=office)
    sealed = Q(report__visibility=Visibility.SEALED)
    return running.filter(sealed if is_sealed else ~sealed).filter(~Exists(posts) | Exists(away))


def _roles(office: Office, *, is_sealed: bool) -> tuple[Role, ...]:
    match office:
        case Office.UNIT_HEAD | Office.SUPERIOR | Office.GOVERNMENT:
            return (Role.HEAD,)
        case Office.OMBUDSMAN:
            return (Role.OVERSEER,)
        case Office.NATIONAL if not is_sealed:
            return _NATIONAL
        case _:
            return accused.roles_needed(is_sealed=is_sealed)


def _move(clock_id: int, report_id: int, *, now: datetime) -> bool:
    """Whether it was moved; not where somebody acted meanwhile."""
    try:
        with changing(report_id, Move.ESCALATE, actor=_ACTOR, now=now) as change:
            ladder.settle(change)
            return bool(change.events)
    except (MoveRefused, NotFound, YearWithoutData):
        log.exception("clock %s is out of step with its report", clock_id)
        return False
