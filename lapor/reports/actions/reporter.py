"""What the reporter does: reply, agree, object, withdraw, reopen, rate, ask for secrecy."""

from __future__ import annotations

from datetime import datetime

from lapor.agencies.oversight import next_admin_above
from lapor.deadlines.models import Step

from .. import clockwork
from ..actors import Actor
from ..change import Incomplete, changing, words
from ..lifecycle import Move
from ..models import EventKind, Kind, MessageKind, Outcome, Rating, Report, State, Visibility


def reply(*, report_id: int, text: str, actor: Actor, now: datetime, attachments: tuple[int, ...] = ()) -> Report:
    """Adds the reporter's words or files; a report on hold goes on, with every pause added to its deadlines."""
    text = words(text, field="text", least=1 if attachments else 2)
    with changing(report_id, Move.REPLY, actor=actor, now=now) as change:
        report = change.report
        message = change.say(MessageKind.REPLY, text, attachments=attachments)
        if change.from_state == State.ON_HOLD:
            report.state = State(report.resume_state or State.RECEIVED)
            report.resume_state = ""
            clockwork.stop(report, Step.COMPLETE, now=now)
            clockwork.resume(report, now=now)
            change.record(EventKind.REPLIED, message=message)
            change.record(EventKind.RESUMED)
        else:
            change.record(EventKind.REPLIED, message=message)
    return report


def agree(*, report_id: int, actor: Actor, now: datetime) -> Report:
    """The reporter agrees to the answer; the report is closed."""
    with changing(report_id, Move.AGREE, actor=actor, now=now) as change:
        report = change.report
        report.outcome, report.closed_at = Outcome.AGREED, now
        clockwork.stop(report, now=now)
        change.record(EventKind.AGREED)
        change.record(EventKind.CLOSED, outcome=Outcome.AGREED)
    return report


def object_to_answer(
    *, report_id: int, text: str, actor: Actor, now: datetime, attachments: tuple[int, ...] = ()
) -> Report:
    """The reporter objects: the inspectorate decides, with a clock of its own; never the body that answered."""
    text = words(text, field="text", least=10)
    with changing(report_id, Move.OBJECT, actor=actor, now=now) as change:
        report = change.report
        message = change.say(MessageKind.OBJECTION, text, attachments=attachments)
        judge = report.guardian
        if judge is not None and judge.pk == report.responsible_id:
            judge = next_admin_above(judge, on=clockwork.day_of(now))
        report.holder = judge
        clockwork.stop(report, Step.REPORTER_REPLY, now=now)
        clockwork.start(report, Step.OBJECTION, now=now, agency_id=report.holder_id)
        change.record(EventKind.OBJECTED, message=message, to=report.holder_id)
    return report


def object_to_archive(*, report_id: int, text: str, actor: Actor, now: datetime) -> Report:
    """The reporter objects to the archiving: the next administrator up decides."""
    text = words(text, field="text", least=10)
    with changing(report_id, Move.OBJECT_TO_ARCHIVE, actor=actor, now=now) as change:
        report = change.report
        message = change.say(MessageKind.OBJECTION, text)
        assert report.verifier is not None  # every report that came in has a verifier
        report.holder = report.guardian = next_admin_above(report.verifier, on=clockwork.day_of(now))
        report.outcome, report.closed_at = "", None
        clockwork.start(report, Step.OBJECTION, now=now, agency_id=report.holder_id)
        change.record(EventKind.OBJECTED, message=message, to=report.holder_id, against="archive")
    return report


def withdraw(*, report_id: int, reason: str, actor: Actor, now: datetime) -> Report:
    """The reporter takes the report back; it can be reopened."""
    with changing(report_id, Move.WITHDRAW, actor=actor, now=now) as change:
        report = change.report
        message = change.say(MessageKind.WITHDRAWAL, reason.strip()) if reason.strip() else None
        report.outcome, report.closed_at = Outcome.WITHDRAWN, now
        report.holds.filter(ended_at=None).update(ended_at=now)
        report.resume_state = ""
        clockwork.stop(report, now=now)
        change.record(EventKind.WITHDRAWN, message=message)
    return report


def reopen(*, report_id: int, text: str, actor: Actor, now: datetime) -> Report:
    """The reporter opens a withdrawn report again; it is verified anew."""
    with changing(report_id, Move.REOPEN, actor=actor, now=now) as change:
        report = change.report
        message = change.say(MessageKind.REPLY, text.strip()) if text.strip() else None
        report.outcome, report.closed_at, report.leads = "", None, None
        report.agency = report.responsible = report.unit = report.officer = None
        report.holder = report.guardian = report.verifier
        report.assignments.filter(ended_at=None).update(ended_at=now)
        clockwork.start(report, Step.VERIFY, now=now, agency_id=report.holder_id)
        clockwork.start(report, Step.RESOLVE, now=now, agency_id=report.holder_id)
        change.record(EventKind.REOPENED, message=message)
    return report


def rate(*, report_id: int, stars: int, dealt_with: bool, actor: Actor, now: datetime) -> Report:
    """One to five, and whether the answer dealt with the matter; may be changed until the report is closed for good."""
    if stars not in range(1, 6):
        raise Incomplete("stars", "choose")
    with changing(report_id, Move.RATE, actor=actor, now=now) as change:
        Rating.objects.update_or_create(
            report=change.report,
            defaults={"stars": stars, "dealt_with": dealt_with, "given_at": now},
        )
        change.record(EventKind.RATED, stars=stars, dealt_with=dealt_with)
    return change.report


def ask_secrecy(*, report_id: int, is_anonymous: bool, is_confidential: bool, actor: Actor, now: datetime) -> Report:
    """Secrecy asked for later: the name is hidden, or the whole report; takes effect at once."""
    with changing(report_id, Move.ASK_SECRECY, actor=actor, now=now) as change:
        report = change.report
        report.is_anonymous = report.is_anonymous or is_anonymous
        if is_confidential and report.visibility == Visibility.PUBLIC:
            report.visibility = Visibility.CONFIDENTIAL
        if report.is_anonymous or report.visibility != Visibility.PUBLIC:
            report.shows_name = False
        change.record(EventKind.SECRECY_RAISED, visibility=report.visibility, is_anonymous=report.is_anonymous)
    return report


def lift_secrecy(*, report_id: int, actor: Actor, now: datetime) -> Report:
    """Only the reporter makes a confidential report public again; a whistleblowing report never is."""
    with changing(report_id, Move.LIFT_SECRECY, actor=actor, now=now) as change:
        report = change.report
        if report.kind == Kind.WHISTLEBLOWING:
            raise Incomplete("visibility", "sealed")
        report.visibility = Visibility.PUBLIC
        change.record(EventKind.SECRECY_LOWERED, visibility=Visibility.PUBLIC)
    return report
