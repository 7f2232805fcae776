"""What the verifying administrator does: verify, correct, hold, pass on, archive, dispose."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Agency, Category, Region
from lapor.agencies.oversight import inspectorate_of, responsible_for
from lapor.agencies.people import with_investigators
from lapor.deadlines.models import Step

from .. import accused, clockwork, sealing
from ..actors import Actor
from ..change import Change, Incomplete, changing, words
from ..leaks import Reach, checked, guard
from ..lifecycle import Move, MoveRefused
from ..models import (
    Assignment,
    Attachment,
    Audience,
    Event,
    EventKind,
    Kind,
    MessageKind,
    Outcome,
    Report,
    State,
    Visibility,
)
from .joined import release_followers

ADMINISTERING = (Agency.Kind.INSPECTORATE, Agency.Kind.SABER_PUNGLI, Agency.Kind.NATIONAL_ADMIN)

# Reasons of the V3 manual plus those that a citizen would recognise; each is told to the reporter.
ARCHIVE_REASONS = {
    "too_general": _("Terlalu umum: tidak ada kejadian, tempat, atau waktu yang dapat ditindaklanjuti"),
    "not_government": _("Tidak berkaitan dengan pelayanan publik atau kinerja pemerintah"),
    "unintelligible": _("Isi laporan tidak dapat dipahami"),
    "spam": _("Iklan atau pesan berulang tanpa isi"),
    "in_court": _("Sedang diperiksa pengadilan"),
    "already_answered": _("Sudah pernah dijawab tuntas untuk pelapor yang sama"),
    "hate": _("Berisi penghinaan tanpa pokok laporan"),
}


def verify(
    *,
    report_id: int,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    title: str = "",
    leak_reason: str = "",
) -> Report:
    """Confirms that the report is one and can be disposed; its verify clock stops."""
    with changing(report_id, Move.VERIFY, actor=actor, now=now, version=version) as change:
        report = change.report
        if title.strip() and report.sealed_id is not None:
            raise Incomplete("title", "sealed_words")
        if title.strip() and change.pen.stored(report, "title", title.strip()) != report.title:
            title = checked(change, title.strip(), field="title", reach=Reach.PUBLIC, reason=leak_reason)
            change.pen.write(report, title=title[:150])
        report.verified_at = change.now
        clockwork.stop(report, Step.VERIFY, now=change.now)
        change.record(EventKind.VERIFIED)
    return report


def correct(
    *,
    report_id: int,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    title: str | None = None,
    kind: str | None = None,
    category: Category | None = None,
    region: Region | None = None,
    has_oversight: bool | None = None,
    place: str | None = None,
    occurred_on: date | None = None,
    is_urgent: bool | None = None,
    leak_reason: str = "",
) -> Report:
    """Corrects what the reporter or the machine had wrong; deadlines that depend on it are computed anew,
    with history.
    """
    wanted = {
        "title": title,
        "kind": kind,
        "category": category,
        "region": region,
        "has_oversight": has_oversight,
        "place": place,
        "occurred_on": occurred_on,
        "is_urgent": is_urgent,
    }
    with changing(report_id, Move.CORRECT, actor=actor, now=now, version=version) as change:
        report = change.report
        typed = {name: text for name, text in (("title", title), ("place", place)) if text is not None}
        stored = wanted | {name: change.pen.stored(report, name, text) for name, text in typed.items()}
        changed = [name for name, value in stored.items() if value is not None and getattr(report, name) != value]
        if "kind" in changed and Kind.WHISTLEBLOWING in {report.kind, kind}:
            raise MoveRefused(Move.CORRECT, "whistleblowing_stays")
        typed = {name: text for name, text in typed.items() if name in changed}
        typed = guard(change, typed, reach=Reach.PUBLIC, reason=leak_reason)
        for name in set(changed) - set(typed):
            setattr(report, name, wanted[name])
        change.pen.write(report, **typed)
        if changed:
            change.record(EventKind.CORRECTED, fields=changed)
        if {"kind", "region", "has_oversight"} & set(changed):
            recompute_running(change, why="corrected")
    return report


def recompute_running(change: Change, *, why: str) -> None:
    """Computes every running clock anew and records each that moved."""
    for clock in change.report.clocks.filter(stopped_at=None):
        due = clockwork.compute_clock(change.report, clock)
        if due == clock.due_at:
            continue
        was = clock.due_at
        clockwork.move_due(change.report, clock, due, now=change.now)
        clock.save()
        change.record(EventKind.DUE_CHANGED, step=clock.step, was=was.isoformat(), now=due.isoformat(), why=why)


def hold(
    *,
    report_id: int,
    question: str,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    attachments: tuple[int, ...] = (),
    leak_reason: str = "",
) -> Report:
    """Asks the reporter for what is missing: clocks stand still, 30 days to reply (UU 25/2009 art. 44(2)–(3))."""
    question = words(question, field="question", least=10)
    with changing(report_id, Move.HOLD, actor=actor, now=now, version=version) as change:
        report = change.report
        files = Attachment.objects.filter(pk__in=attachments, report=None)
        asked = guard(change, {"question": question}, reach=Reach.OFFICES, reason=leak_reason, attachments=files)
        question = asked["question"]
        report.resume_state = change.from_state
        message = change.say(MessageKind.QUESTION, question, attachments=attachments)
        if change.from_state in {State.ASSIGNED, State.IN_PROGRESS}:
            clockwork.stop(report, Step.RESPOND, now=change.now)
            report.responded_at = report.responded_at or change.now
        clockwork.pause(report, now=change.now)
        clockwork.start(report, Step.COMPLETE, now=change.now, agency_id=None)
        change.record(EventKind.HELD, message=message)
    return report


def pass_on(
    *,
    report_id: int,
    to: Agency,
    reason: str,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    leak_reason: str = "",
) -> Report:
    """ "Not our authority": hands the report to the administrator who is competent; it never closes here.

    A report that comes back to a body which passed it on before climbs instead: the next one up reads both reasons.
    Refuses a body that has no administrators, or none yet.
    """
    reason = words(reason, field="reason", least=10)
    with changing(report_id, Move.PASS_ON, actor=actor, now=now, version=version) as change:
        reason = checked(change, reason, field="reason", reach=Reach.OFFICES, reason=leak_reason)
        report, today = change.report, clockwork.day_of(change.now)
        if to.pk == report.holder_id:
            raise Incomplete("to", "same_body")
        if to.kind not in ADMINISTERING or not to.is_connected_on(today):
            raise Incomplete("to", "no_admins")
        if not accused.can_take(report, to, on=today):
            raise Incomplete("to", "not_independent")
        _can_be_opened_at(report, to, on=today)
        message = change.say(MessageKind.HAND_BACK, reason, audience=Audience.OFFICERS)
        before = Event.objects.filter(report=report, kind=EventKind.PASSED, agency=to)
        goes_to = sealing.above(report, to, on=today) if before.exists() else to
        change.record(EventKind.PASSED, message=message, to=goes_to.pk)
        if goes_to.pk != to.pk:
            change.record(EventKind.ESCALATED, to=goes_to.pk, why="passed_back")
        report.verifier = report.holder = report.guardian = goes_to
        clockwork.start(report, Step.VERIFY, now=change.now, agency_id=goes_to.pk)
        clockwork.hand_to(report, agency_id=goes_to.pk, steps=(Step.RESOLVE,))
    return report


def archive(
    *,
    report_id: int,
    reason: str,
    explanation: str,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    leak_reason: str = "",
) -> Report:
    """Ends a report that cannot be handled, for a reason from the list and words that the reporter reads
    and may object to.
    """
    if reason not in ARCHIVE_REASONS:
        raise Incomplete("reason", "choose")
    explanation = words(explanation, field="explanation", least=20)
    with changing(report_id, Move.ARCHIVE, actor=actor, now=now, version=version) as change:
        explanation = checked(change, explanation, field="explanation", reach=Reach.PUBLIC, reason=leak_reason)
        report = change.report
        report.outcome = Outcome.ARCHIVED
        report.closed_at = change.now
        if report.sealed_id is None:
            report.archive_reason = reason
            message, why = change.say(MessageKind.ARCHIVE, explanation), {"reason": reason}
        else:  # the reason tells of the matter: it is sealed with the words
            told = f"{ARCHIVE_REASONS[reason]}\n\n{explanation}"
            message, why = change.say(MessageKind.ARCHIVE, told), {}
        clockwork.stop(report, now=change.now)
        change.record(EventKind.ARCHIVED, message=message, **why)
        release_followers(change)
    return report


def assign(
    *,
    report_id: int,
    to: Agency,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    contributors: tuple[Agency, ...] = (),
    instruction: str = "",
    leak_reason: str = "",
) -> Report:
    """Disposes to the agency that leads (and to others that contribute). One not connected is answered for
    by the nearest above.
    """
    with changing(report_id, Move.ASSIGN, actor=actor, now=now, version=version) as change:
        _give(change, to)
        for agency in contributors:
            _add_contributor(change, agency)
        if instruction.strip():
            said = checked(change, instruction.strip(), field="instruction", reach=Reach.OFFICES, reason=leak_reason)
            message = change.say(MessageKind.INSTRUCTION, said, audience=Audience.OFFICERS)
            change.record(EventKind.NOTED, message=message)
    return change.report


def add_contributor(
    *, report_id: int, agency: Agency, actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Asks one more agency to contribute; the lead still answers."""
    with changing(report_id, Move.ADD_CONTRIBUTOR, actor=actor, now=now, version=version) as change:
        _add_contributor(change, agency)
    return change.report


def _give(change: Change, to: Agency) -> None:
    report, now, today = change.report, change.now, clockwork.day_of(change.now)
    responsible = responsible_for(to, on=today)
    if not accused.may_answer(report, to, through=responsible, on=today):
        raise Incomplete("to", "not_independent")
    _can_be_opened_at(report, responsible, on=today)
    report.assignments.filter(is_lead=True, ended_at=None).update(ended_at=now)
    report.assignments.filter(agency=to, ended_at=None).update(ended_at=now)
    Assignment.objects.create(
        report=report,
        agency=to,
        responsible=responsible,
        is_lead=True,
        given_at=now,
        given_by_id=change.actor.user_id,
    )
    report.agency, report.responsible, report.holder = to, responsible, responsible
    guard = inspectorate_of(to, on=today)
    guard = with_investigators(guard, on=today) if report.visibility == Visibility.SEALED else guard
    report.guardian = accused.next_able(report, guard, on=today)
    report.unit, report.officer = None, None
    report.assigned_at = now
    report.verified_at = report.verified_at or now
    clockwork.start(report, Step.RESPOND, now=now, agency_id=responsible.pk)
    clockwork.hand_to(report, agency_id=responsible.pk, steps=(Step.RESOLVE,))
    if not report.clocks.filter(step=Step.RESOLVE, stopped_at=None).exists():
        clockwork.start(report, Step.RESOLVE, now=now, agency_id=responsible.pk)
    change.record(EventKind.ASSIGNED, to=to.pk, responsible=responsible.pk, is_connected=to.pk == responsible.pk)


def _can_be_opened_at(report: Report, body: Agency, *, on: date) -> None:
    """Refuses to give a sealed report to a body where nobody could open it."""
    if report.visibility == Visibility.SEALED and with_investigators(body, on=on).pk != body.pk:
        raise Incomplete("to", "nobody_opens")


def _add_contributor(change: Change, agency: Agency) -> None:
    report = change.report
    if report.assignments.filter(agency=agency, ended_at=None).exists():
        return
    today = clockwork.day_of(change.now)
    responsible = responsible_for(agency, on=today)
    if not accused.may_answer(report, agency, through=responsible, on=today):
        raise Incomplete("agency", "not_independent")
    Assignment.objects.create(
        report=report,
        agency=agency,
        responsible=responsible,
        is_lead=False,
        given_at=change.now,
        given_by_id=change.actor.user_id,
    )
    change.record(EventKind.CONTRIBUTOR_ADDED, to=agency.pk)
