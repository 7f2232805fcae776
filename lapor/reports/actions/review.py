"""Objections and quality: the inspectorate accepts an objection and sends the report back for better work, or rejects
it with reasons; it sends a weak answer back of its own accord.
"""

from __future__ import annotations

from datetime import datetime

from lapor.deadlines.models import Step

from .. import clockwork
from ..actors import Actor
from ..change import changing, words
from ..leaks import Reach, checked
from ..lifecycle import Move, MoveRefused
from ..models import EventKind, MessageKind, Outcome, Report, State


def accept_objection(
    *,
    report_id: int,
    explanation: str,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    leak_reason: str = "",
) -> Report:
    """The objection holds: an answered report goes back to its agency for a better answer, an archived one
    to verification.
    """
    explanation = words(explanation, field="explanation", least=20)
    with changing(report_id, Move.ACCEPT_OBJECTION, actor=actor, now=now, version=version) as change:
        explanation = checked(change, explanation, field="explanation", reach=Reach.PUBLIC, reason=leak_reason)
        report = change.report
        message = change.say(MessageKind.DECISION, explanation)
        clockwork.stop(report, Step.OBJECTION, now=change.now)
        report.archive_reason = ""
        if report.responsible_id is not None:
            report.state = State.IN_PROGRESS
            report.holder = report.responsible
            clockwork.start(report, Step.RESPOND, now=change.now, agency_id=report.holder_id)
        else:
            report.state = State.RECEIVED
            report.verifier = report.holder
            clockwork.start(report, Step.VERIFY, now=change.now, agency_id=report.holder_id)
        clockwork.start(report, Step.RESOLVE, now=change.now, agency_id=report.holder_id)
        report.is_extended = False
        change.record(EventKind.OBJECTION_ACCEPTED, message=message, to=report.holder_id)
    return report


def reject_objection(
    *,
    report_id: int,
    explanation: str,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    leak_reason: str = "",
) -> Report:
    """The objection does not hold: the report ends with the inspectorate's reasons, which the reporter reads."""
    explanation = words(explanation, field="explanation", least=20)
    with changing(report_id, Move.REJECT_OBJECTION, actor=actor, now=now, version=version) as change:
        explanation = checked(change, explanation, field="explanation", reach=Reach.PUBLIC, reason=leak_reason)
        report = change.report
        message = change.say(MessageKind.DECISION, explanation)
        clockwork.stop(report, now=change.now)
        was_archived = report.responsible_id is None
        report.state = State.ARCHIVED if was_archived else State.CLOSED
        report.outcome = Outcome.ARCHIVED if was_archived else Outcome.OBJECTION_REJECTED
        report.closed_at = change.now
        change.record(EventKind.OBJECTION_REJECTED, message=message)
        change.record(EventKind.CLOSED, outcome=report.outcome)
    return report


def send_back(
    *,
    report_id: int,
    explanation: str,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    leak_reason: str = "",
) -> Report:
    """Whoever guards the quality sends a weak answer back to its body, with reasons that the reporter reads and a new
    deadline. Refuses where the reporter agreed to the answer: what satisfies them is not opened again over their head.
    """
    explanation = words(explanation, field="explanation", least=20)
    with changing(report_id, Move.SEND_BACK, actor=actor, now=now, version=version) as change:
        report = change.report
        if report.outcome == Outcome.AGREED or report.responsible_id is None:
            raise MoveRefused(Move.SEND_BACK, "agreed")
        explanation = checked(change, explanation, field="explanation", reach=Reach.PUBLIC, reason=leak_reason)
        message = change.say(MessageKind.DECISION, explanation)
        clockwork.stop(report, now=change.now)
        report.holder, report.outcome, report.closed_at, report.is_extended = report.responsible, "", None, False
        for step in (Step.RESPOND, Step.RESOLVE):
            clockwork.start(report, step, now=change.now, agency_id=report.holder_id)
        change.record(EventKind.SENT_BACK, message=message, to=report.holder_id)
    return report
