"""What overseeing bodies do: they recommend, and take the file along. The body concerned answers in public.

The overseer changes nothing in the report: neither its state, nor who has it, nor a deadline of it.
"""

from __future__ import annotations

from datetime import datetime

from lapor.audit.record import record
from lapor.deadlines.due import due_at, promise_for
from lapor.deadlines.ladder import Decision
from lapor.deadlines.models import Step

from .. import access, clockwork
from ..actors import Actor, Officer
from ..change import Change, MoveRefused, changing, words
from ..leaks import Reach, checked
from ..lifecycle import Move
from ..models import EventKind, MessageKind, Recommendation, Report

LEAST = 80
LEAST_REASON = 10


def recommend(
    *, report_id: int, text: str, actor: Actor, now: datetime, version: int | None = None, leak_reason: str = ""
) -> Recommendation:
    """The overseeing body says what should be done. The body that has the report answers within the promise of the step
    (60 days: UU 37/2008 art. 38(2)). Reporter and, where the report is public, everybody read both.
    """
    text = words(text, field="text", least=LEAST)
    with changing(report_id, Move.RECOMMEND, actor=actor, now=now, version=version) as change:
        report = change.report
        text = checked(change, text, field="text", reach=Reach.PUBLIC, reason=leak_reason)
        to, by = report.responsible or report.holder or report.verifier, change.acting_agency_id()
        if to is None or by is None:
            raise MoveRefused(Move.RECOMMEND, "nobody_to_advise")
        message = change.say(MessageKind.ADVICE, text)
        due = _due(report, now=change.now)
        if isinstance(actor, Officer):
            access.rungs_of(actor, report).update(decision=Decision.ADVISE)
        made = Recommendation.objects.create(
            report=report, by_id=by, to=to, message=message, made_at=change.now, due_at=due, wake_at=due
        )
        change.record(EventKind.RECOMMENDED, message=message, to=to.pk, due=due.isoformat())
    return made


def answer_advice(
    *, report_id: int, text: str, actor: Actor, now: datetime, version: int | None = None, leak_reason: str = ""
) -> Recommendation:
    """The body says what it did about the oldest recommendation that waits for its answer."""
    text = words(text, field="text", least=LEAST)
    with changing(report_id, Move.ANSWER_ADVICE, actor=actor, now=now, version=version) as change:
        waiting = _waiting(change)
        text = checked(change, text, field="text", reach=Reach.PUBLIC, reason=leak_reason)
        message = change.say(MessageKind.ADVICE_REPLY, text)
        waiting.answer, waiting.wake_at = message, None
        waiting.save(update_fields=["answer", "wake_at"])
        change.record(EventKind.ADVICE_ANSWERED, message=message, to=waiting.by_id)
    return waiting


def take_file(*, report_id: int, reason: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Notes that the overseeing body takes the file of the case along, as a signed bundle, and for the audit trail why.
    That it did can be read by the reporter.
    """
    reason = words(reason, field="reason", least=LEAST_REASON)
    with changing(report_id, Move.TAKE_FILE, actor=actor, now=now, version=version) as change:
        change.record(EventKind.FILE_TAKEN, to=change.acting_agency_id())
        subject = f"report:{report_id}"
        record(user_id=actor.user_id, act="case.taken", subject=subject, now=change.now, reason=reason[:300])
    return change.report


def _due(report: Report, *, now: datetime) -> datetime:
    on = clockwork.day_of(now)
    terms = promise_for(kind=report.kind, has_oversight=report.has_oversight, step=Step.ADVICE, on=on)
    return due_at(started_at=now, terms=terms, region_code=report.region_id)


def _waiting(change: Change) -> Recommendation:
    found = Recommendation.objects.select_for_update().filter(report=change.report, answer=None)
    row = found.order_by("due_at", "pk").first()
    if row is None:
        raise MoveRefused(Move.ANSWER_ADVICE, "not_from_here")
    return row
