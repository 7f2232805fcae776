"""Two custodians decide, each with a reason. One refusal ends it; the second consent shows the identity for a day."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from lapor.audit.record import record
from lapor.reports import actions, clockwork
from lapor.reports.access import NotFound
from lapor.reports.actors import Officer
from lapor.reports.change import words
from lapor.reports.models import EventKind, Visibility

from . import custodians, telling
from .models import VISIBLE_FOR, Decision, Delay, Outcome, Request

LEAST_REASON = 20
LONGEST_DELAY_DAYS = 366
_EVENTS = {
    Outcome.ALLOWED: EventKind.IDENTITY_ALLOWED,
    Outcome.REFUSED: EventKind.IDENTITY_REFUSED,
    Outcome.LAPSED: EventKind.IDENTITY_LAPSED,
}


class DecisionRefused(Exception):
    """It cannot be decided like this; `reason` is a stable key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def waiting(actor: Officer) -> Sequence[Request]:
    """What waits for this custodian, the earliest deadline first."""
    decided = Decision.objects.filter(custodian=actor.user_id).values("request")
    return list(custodians.before(actor).filter(ended_at=None).exclude(pk__in=decided).order_by("due_at", "pk"))


def decided(actor: Officer, *, limit: int = 50) -> Sequence[Decision]:
    """What this custodian decided, the latest first."""
    return list(
        Decision.objects.filter(custodian=actor.user_id)
        .select_related("request__report", "request__agency", "request__ground")
        .order_by("-decided_at")[:limit]
    )


def find(actor: Officer, key: uuid.UUID) -> Request:
    """A request that this custodian may read; `NotFound` for everybody else."""
    request = custodians.before(actor).filter(pk=key).first()
    if request is None:
        raise NotFound(key)
    return request


@transaction.atomic
def decide(*, key: uuid.UUID, allows: bool, reason: str, actor: Officer, now: datetime) -> Request:
    """One custodian's word. Refuses without a reason of substance, twice by one person, and once the request ended."""
    reason = words(reason, field="reason", least=LEAST_REASON)
    request = _locked(actor, key)
    if request.ended_at is not None or now >= request.lapses_at:
        raise DecisionRefused("ended")
    if request.decisions.filter(custodian=actor.user_id).exists():
        raise DecisionRefused("decided_already")
    Decision.objects.create(
        request=request,
        custodian_id=actor.user_id,
        agency_id=custodians.body_for(actor, request),
        allows=allows,
        reason=reason,
        decided_at=now,
    )
    _trace(actor, "identity.consented" if allows else "identity.refused", request, now=now)
    if not allows:
        end(request, Outcome.REFUSED, now=now)
    elif request.decisions.filter(allows=True).count() >= 2:
        end(request, Outcome.ALLOWED, now=now)
    telling.tell(request, now=now)
    return request


@transaction.atomic
def delay(*, key: uuid.UUID, number: str, authority: str, until: date, actor: Officer, now: datetime) -> Delay:
    """Records a legal order that the reporter is told later: not before that day is over.

    Refuses where the ground knows no such order, a day that is past or more than a year away, and once the reporter was
    told everything.
    """
    number, authority = words(number, field="number", least=3), words(authority, field="authority", least=3)
    request = _locked(actor, key)
    today = clockwork.day_of(now)
    if not request.ground.may_be_delayed:
        raise DecisionRefused("no_delay_on_this_ground")
    if not 0 < (until - today).days <= LONGEST_DELAY_DAYS:
        raise DecisionRefused("impossible_date")
    if not telling.is_owed(request):
        raise DecisionRefused("told_already")
    order = Delay.objects.create(
        request=request, number=number, authority=authority, until=until, recorded_by_id=actor.user_id, recorded_at=now
    )
    _trace(actor, "identity.delayed", request, now=now)
    telling.set_alarm(request)
    return order


def end(request: Request, outcome: Outcome, *, now: datetime) -> None:
    """Writes down how a locked request ended, once, and lets history and the requester know."""
    request.outcome, request.ended_at = outcome, now
    request.visible_until = now + VISIBLE_FOR if outcome == Outcome.ALLOWED else None
    request.save(update_fields=["outcome", "ended_at", "visible_until"])
    actions.record_identity(
        report_id=request.report_id,
        kind=_EVENTS[outcome],
        request=str(request.pk),
        person=request.requester_id,
        now=now,
    )


def _locked(actor: Officer, key: uuid.UUID) -> Request:
    request = custodians.before(actor).select_for_update(of=("self",)).filter(pk=key).first()
    if request is None or request.report.visibility == Visibility.SEALED:
        raise NotFound(key)
    return request


def _trace(actor: Officer, act: str, request: Request, *, now: datetime) -> None:
    record(
        user_id=actor.user_id,
        act=act,
        subject=f"report:{request.report_id}",
        now=now,
        data={"key": str(request.pk)},
    )
