"""What the reporter does: reply, agree, object, withdraw, reopen, rate, ask for secrecy."""

from __future__ import annotations

from datetime import datetime

from lapor.deadlines.models import Step

from .. import accused, clockwork, sealing
from ..actors import Actor
from ..change import Incomplete, changing, words
from ..lifecycle import Move, MoveRefused
from ..models import Event, EventKind, MessageKind, Outcome, Rating, Report, State, Visibility
from .joined import leave, release_followers


def reply(*, report_id: int, text: str, actor: Actor, now: datetime, attachments: tuple[int, ...] = ()) -> Report:
    """Adds the reporter's words or files; a report on hold goes on, with every pause added to its deadlines."""
    text = text.strip() if attachments else words(text, field="text", least=2)
    with changing(report_id, Move.REPLY, actor=actor, now=now) as change:
        report = change.report
        message = change.say(MessageKind.REPLY, text, attachments=attachments)
        if change.from_state == State.ON_HOLD:
            report.state = State(report.resume_state or State.RECEIVED)
            report.resume_state = ""
            clockwork.stop(report, Step.COMPLETE, now=change.now)
            clockwork.resume(report, now=change.now)
            change.record(EventKind.REPLIED, message=message)
            change.record(EventKind.RESUMED)
        else:
            change.record(EventKind.REPLIED, message=message)
    return report


def agree(*, report_id: int, actor: Actor, now: datetime) -> Report:
    """The reporter agrees to the answer; the report is closed."""
    with changing(report_id, Move.AGREE, actor=actor, now=now) as change:
        report = change.report
        report.outcome, report.closed_at = Outcome.AGREED, change.now
        clockwork.stop(report, now=change.now)
        change.record(EventKind.AGREED)
        change.record(EventKind.CLOSED, outcome=Outcome.AGREED)
    return report


def object_to_answer(
    *, report_id: int, text: str, actor: Actor, now: datetime, attachments: tuple[int, ...] = ()
) -> Report:
    """The reporter objects: the inspectorate decides, with a clock of its own; never the body that answered. A report
    that had joined another goes on alone from here.
    """
    text = words(text, field="text", least=10)
    with changing(report_id, Move.OBJECT, actor=actor, now=now) as change:
        report = change.report
        message = change.say(MessageKind.OBJECTION, text, attachments=attachments)
        judge, today = report.guardian, clockwork.day_of(now)
        if judge is not None:
            judge = accused.next_able(report, judge, on=today)
        if judge is not None and judge.pk == report.responsible_id:
            judge = sealing.above(report, judge, on=clockwork.day_of(change.now))
        report.holder = judge
        clockwork.stop(report, Step.REPORTER_REPLY, now=change.now)
        clockwork.start(report, Step.OBJECTION, now=change.now, agency_id=report.holder_id)
        change.record(EventKind.OBJECTED, message=message, to=report.holder_id)
        leave(change)
    return report


def object_to_archive(*, report_id: int, text: str, actor: Actor, now: datetime) -> Report:
    """The reporter objects to the archiving: the next administrator above the one that decided last decides.

    Refuses once nobody stands above who has not decided yet.
    """
    text = words(text, field="text", least=10)
    with changing(report_id, Move.OBJECT_TO_ARCHIVE, actor=actor, now=now) as change:
        report = change.report
        message = change.say(MessageKind.OBJECTION, text)
        decided = report.guardian or report.verifier
        assert decided is not None  # every report that came in has a verifier
        judge = sealing.above(report, decided, on=clockwork.day_of(change.now))
        if Event.objects.filter(report=report, kind=EventKind.OBJECTION_REJECTED, agency=judge).exists():
            raise MoveRefused(Move.OBJECT_TO_ARCHIVE, "nobody_above")
        report.holder = report.guardian = judge
        report.outcome, report.closed_at = "", None
        clockwork.start(report, Step.OBJECTION, now=change.now, agency_id=report.holder_id)
        change.record(EventKind.OBJECTED, message=message, to=report.holder_id, against="archive")
    return report


def withdraw(*, report_id: int, reason: str, actor: Actor, now: datetime) -> Report:
    """The reporter takes the report back; it can be reopened."""
    with changing(report_id, Move.WITHDRAW, actor=actor, now=now) as change:
        report = change.report
        leave(change)
        message = change.say(MessageKind.WITHDRAWAL, reason.strip()) if reason.strip() else None
        report.outcome, report.closed_at = Outcome.WITHDRAWN, change.now
        report.holds.filter(ended_at=None).update(ended_at=change.now)
        report.resume_state = ""
        clockwork.stop(report, now=change.now)
        change.record(EventKind.WITHDRAWN, message=message)
        release_followers(change)
    return report


def reopen(*, report_id: int, text: str, actor: Actor, now: datetime) -> Report:
    """The reporter opens a withdrawn report again; it is verified anew."""
    with changing(report_id, Move.REOPEN, actor=actor, now=now) as change:
        report = change.report
        message = change.say(MessageKind.REPLY, text.strip()) if text.strip() else None
        report.outcome, report.closed_at, report.leads = "", None, None
        report.agency = report.responsible = report.unit = report.officer = None
        report.holder = report.guardian = report.verifier
        report.assignments.filter(ended_at=None).update(ended_at=change.now)
        clockwork.start(report, Step.VERIFY, now=change.now, agency_id=report.holder_id)
        clockwork.start(report, Step.RESOLVE, now=change.now, agency_id=report.holder_id)
        change.record(EventKind.REOPENED, message=message)
    return report


def rate(*, report_id: int, stars: int, dealt_with: bool, actor: Actor, now: datetime) -> Report:
    """One to five, and whether the answer dealt with the matter; may be changed until the report is closed for good."""
    if stars not in range(1, 6):
        raise Incomplete("stars", "choose")
    with changing(report_id, Move.RATE, actor=actor, now=now) as change:
        Rating.objects.update_or_create(
            report=change.report,
            defaults={"stars": stars, "dealt_with": dealt_with, "given_at": change.now},
        )
        change.record(EventKind.RATED, stars=stars, dealt_with=dealt_with)
    return change.report


def ask_voice(*, report_id: int, actor: Actor, now: datetime) -> Report:
    """The clock asks the reporter of a closed report what they think of it; never of one that is sealed."""
    with changing(report_id, Move.ASK_VOICE, actor=actor, now=now) as change:
        if change.report.visibility == Visibility.SEALED:
            raise MoveRefused(Move.ASK_VOICE, "sealed")
        change.record(EventKind.VOICE_ASKED)
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
        if report.visibility == Visibility.SEALED:
            raise MoveRefused(Move.LIFT_SECRECY, "sealed")
        if report.namings.filter(removed_at=None).exists():
            raise Incomplete("visibility", "named")
        report.visibility = Visibility.PUBLIC
        change.record(EventKind.SECRECY_LOWERED, visibility=Visibility.PUBLIC)
    return report
