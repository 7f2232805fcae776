"""An officer asks to know an anonymous reporter: with a reason, on a legal ground. Says what became of it."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from lapor.audit.record import record
from lapor.deadlines import due
from lapor.deadlines.models import Step
from lapor.reports import actions, clockwork
from lapor.reports.actors import Officer
from lapor.reports.change import Incomplete, MoveRefused, words
from lapor.reports.lifecycle import Move
from lapor.reports.models import Report

from . import custodians, grounds, telling
from .models import Ground, Outcome, Request

LEAST_REASON = 60
LEAST_REFERENCE = 6
CUSTODIANS = 2


@transaction.atomic
def ask(
    *,
    report_id: int,
    ground: Ground,
    reason: str,
    reference: str,
    actor: Officer,
    now: datetime,
    version: int | None = None,
) -> Request:
    """Puts the request before the custodians. Whether the reporter left a name at all, nobody learns by asking.

    Refuses a thin reason, a ground that does not hold or lacks its reference, a second request while one waits, a
    sealed report, and a report for which there are not two custodians who may decide.
    """
    reason = words(reason, field="reason", least=LEAST_REASON)
    if not grounds.on(clockwork.day_of(now)).filter(pk=ground.pk).exists():
        raise Incomplete("ground", "choose")
    reference = words(reference, field="reference", least=LEAST_REFERENCE) if ground.needs_reference else reference
    key = uuid.uuid4()
    report = actions.ask_identity(
        report_id=report_id, request=str(key), ground=ground.key, actor=actor, now=now, version=version
    )
    if _waits(report, actor):
        raise MoveRefused(Move.ASK_IDENTITY, "asked_already")
    bodies = custodians.concerned(report, actor)
    deciders = custodians.eligible(report, bodies=bodies, requester_id=actor.user_id, on=clockwork.day_of(now))
    if len(deciders) < CUSTODIANS:
        raise MoveRefused(Move.ASK_IDENTITY, "no_custodians")
    due_at = _limit(report, Step.DISCLOSE, now=now)
    request = Request.objects.create(
        pk=key,
        report=report,
        requester_id=actor.user_id,
        agency_id=_body(report, actor),
        bodies=bodies,
        ground=ground,
        reason=reason,
        reference=reference.strip(),
        asked_at=now,
        due_at=due_at,
        lapses_at=max(due_at, _limit(report, Step.DISCLOSE_LAPSE, now=now)),
        wake_at=due_at,
    )
    record(user_id=actor.user_id, act="identity.asked", subject=f"report:{report.pk}", now=now, data={"key": str(key)})
    telling.tell(request, now=now)
    return request


def mine(actor: Officer, report: Report) -> Request | None:
    """The officer's own latest request about this report."""
    return (
        Request.objects.filter(report=report, requester=actor.user_id)
        .select_related("ground")
        .prefetch_related("decisions")
        .order_by("-asked_at")
        .first()
    )


def is_visible(request: Request, *, now: datetime) -> bool:
    """Whether what was asked for can be looked at now."""
    return request.outcome == Outcome.ALLOWED and request.visible_until is not None and now < request.visible_until


def _waits(report: Report, actor: Officer) -> bool:
    return Request.objects.filter(report=report, requester=actor.user_id, ended_at=None).exists()


def _body(report: Report, actor: Officer) -> int:
    """The body in whose name the officer asks: the one by which the report is theirs."""
    hands = (report.holder_id, report.responsible_id, report.verifier_id, report.guardian_id)
    return next(key for key in hands if key is not None and key in actor.agency_ids)


def _limit(report: Report, step: Step, *, now: datetime) -> datetime:
    terms = due.promise_for(kind=report.kind, has_oversight=report.has_oversight, step=step, on=clockwork.day_of(now))
    return due.due_at(started_at=now, terms=terms, region_code=report.region_id)
