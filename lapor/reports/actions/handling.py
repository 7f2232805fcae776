"""What the agency does: units, drafts, four eyes, answer, follow-up, hand back, extend, contribute, hand over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db.models import Q, QuerySet

from lapor.agencies.models import Role, Unit
from lapor.agencies.people import held_on, officers_of
from lapor.deadlines.due import extension_days
from lapor.deadlines.models import Step

from .. import accused, clockwork, opening, sealing
from ..actors import Actor
from ..change import Change, Incomplete, changing, words
from ..days import day_there
from ..leaks import Reach, checked, guard
from ..lifecycle import Move, MoveRefused
from ..models import (
    Attachment,
    Audience,
    Draft,
    EventKind,
    HandOver,
    MessageKind,
    Report,
    Visibility,
)
from ..withheld import as_written
from . import spread

LEAST_ANSWER = 80
ANSWERERS = (Role.OPERATOR, Role.LIAISON, Role.PPID, Role.HEAD, Role.ADMIN, Role.NATIONAL)


def assign_unit(
    *,
    report_id: int,
    unit: Unit | None,
    officer_id: int | None,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Report:
    """The liaison officer gives the report to a unit and, if wanted, to one operator of it."""
    with changing(report_id, Move.ASSIGN_UNIT, actor=actor, now=now, version=version) as change:
        report = change.report
        if unit is not None and unit.agency_id != report.responsible_id:
            raise Incomplete("unit", "not_of_this_agency")
        if unit is not None and accused.is_near(report, unit.agency, unit=unit):
            raise Incomplete("unit", "not_independent")
        if officer_id is not None and not _works_on(officer_id, report, unit=unit, on=clockwork.day_of(change.now)):
            raise Incomplete("officer_id", "cannot_take")
        report.unit, report.officer_id = unit, officer_id
        change.record(EventKind.UNIT_ASSIGNED, unit=unit.pk if unit else None, officer=officer_id)
    return report


def _works_on(user_id: int, report: Report, *, unit: Unit | None, on: date) -> bool:
    """Whether the person could open the report there: an operator of another unit could not, and it would lie."""
    if report.is_shielded and accused.is_absent(report_id=report.pk, user_id=user_id, on=on):
        return False
    posts = held_on(on).filter(user=user_id, agency=report.responsible_id, role__in=_who_answers(report))
    return posts.filter(~Q(role=Role.OPERATOR) | Q(unit=None) | Q(unit=unit)).exists()


def start(*, report_id: int, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """The officer takes the report in hand."""
    with changing(report_id, Move.START, actor=actor, now=now, version=version) as change:
        change.report.officer_id = change.report.officer_id or actor.user_id
        change.record(EventKind.STARTED)
    return change.report


def follow_up(
    *,
    report_id: int,
    text: str,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    attachments: tuple[int, ...] = (),
    leak_reason: str = "",
) -> Report:
    """Tells the reporter, and everyone whose report joined, how it goes; the clock of the first follow-up stops."""
    text = words(text, field="text", least=20)
    with changing(report_id, Move.FOLLOW_UP, actor=actor, now=now, version=version) as change:
        files = Attachment.objects.filter(pk__in=attachments, report=None)
        text = guard(change, {"text": text}, reach=Reach.PUBLIC, reason=leak_reason, attachments=files)["text"]
        message = change.say(MessageKind.FOLLOW_UP, text, attachments=attachments)
        _responded(change)
        change.record(EventKind.FOLLOWED_UP, message=message)
        spread.begin(change.report, message=message, now=change.now)
    return change.report


def note(
    *, report_id: int, text: str, actor: Actor, now: datetime, version: int | None = None, leak_reason: str = ""
) -> Report:
    """An internal note, never shown to the reporter or the public."""
    text = words(text, field="text", least=1)
    with changing(report_id, Move.NOTE, actor=actor, now=now, version=version) as change:
        text = checked(change, text, field="text", reach=Reach.OFFICES, reason=leak_reason)
        message = change.say(MessageKind.NOTE, text, audience=Audience.OFFICERS)
        change.record(EventKind.NOTED, message=message)
    return change.report


def contribute(
    *, report_id: int, text: str, actor: Actor, now: datetime, version: int | None = None, leak_reason: str = ""
) -> Report:
    """A contributing agency gives its part to the agency that leads."""
    text = words(text, field="text", least=20)
    with changing(report_id, Move.CONTRIBUTE, actor=actor, now=now, version=version) as change:
        text = checked(change, text, field="text", reach=Reach.OFFICES, reason=leak_reason)
        message = change.say(MessageKind.CONTRIBUTION, text, audience=Audience.OFFICERS)
        change.record(EventKind.CONTRIBUTED, message=message)
    return change.report


def draft(
    *,
    report_id: int,
    text: str,
    done_by: str,
    done_on: date | None,
    is_ready: bool,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    attachments: tuple[int, ...] = (),
    without: tuple[str, ...] = (),
    leak_reason: str = "",
) -> Draft:
    """Saves the agency's draft; `is_ready` asks the liaison officer to approve it. Who last changed it is
    its author. Files whose keys are in `without` leave the draft; housekeeping deletes them.
    """
    text = words(text, field="text", least=LEAST_ANSWER if is_ready else 1)
    if is_ready:
        _check_facts(done_by=done_by, done_on=done_on, today=clockwork.day_of(now))
    with changing(report_id, Move.DRAFT, actor=actor, now=now, version=version) as change:
        report = change.report
        assert report.responsible_id is not None and actor.user_id is not None
        allowed = guard(
            change,
            {"text": text, "done_by": done_by},
            reach=Reach.PUBLIC if is_ready else Reach.OFFICES,
            reason=leak_reason,
            attachments=_files_of_draft(report, attachments, without=without),
        )
        text, done_by = allowed["text"], allowed["done_by"]
        mine = {"report": report, "agency_id": report.responsible_id}
        saved = Draft.objects.filter(**mine).first() or Draft(**mine)
        saved.author_id, saved.is_ready, saved.written_at = actor.user_id, is_ready, change.now
        columns = sealing.said(report, text, done_by=done_by.strip()[:200], done_on=done_on)
        saved.done_on, saved.sealed, saved.sealed_remark = columns["done_on"], columns.get("sealed"), None
        change.pen.write(saved, text=columns["text"], done_by=columns["done_by"], remark="")
        report.officer_id = report.officer_id or actor.user_id
        if without:
            Attachment.objects.filter(draft=saved, key__in=without).update(report=None, draft=None, pending=uuid4())
        change.claim(attachments, draft=saved)
        change.record(EventKind.DRAFTED, is_ready=is_ready)
    return saved


def _files_of_draft(report: Report, added: tuple[int, ...], *, without: tuple[str, ...]) -> QuerySet[Attachment]:
    """The files that the draft will have: those it keeps and those that wait for it."""
    kept = Q(draft__report=report, draft__agency=report.responsible_id) & ~Q(key__in=without)
    return Attachment.objects.filter(kept | Q(pk__in=added, report=None))


def return_draft(
    *, report_id: int, remark: str, actor: Actor, now: datetime, version: int | None = None, leak_reason: str = ""
) -> Report:
    """The liaison officer sends the draft back to its author with a remark."""
    remark = words(remark, field="remark", least=5)
    with changing(report_id, Move.RETURN_DRAFT, actor=actor, now=now, version=version) as change:
        remark = checked(change, remark, field="remark", reach=Reach.OFFICES, reason=leak_reason)
        prepared = _ready_draft(change)
        prepared.is_ready = False
        if change.report.seal_public is None:
            change.pen.write(prepared, remark=remark)
        else:
            prepared.sealed_remark = sealing.said(change.report, remark)["sealed"]
            prepared.save()
        change.record(EventKind.DRAFT_RETURNED)
    return change.report


def send_answer(
    *, report_id: int, actor: Actor, now: datetime, version: int | None = None, leak_reason: str = ""
) -> Report:
    """Approves the ready draft and sends it to the reporter and to everyone whose report was merged into this one.

    Nobody approves their own draft where the agency has two people who could.
    """
    with changing(report_id, Move.SEND_ANSWER, actor=actor, now=now, version=version) as change:
        report = change.report
        prepared = _ready_draft(change)
        if prepared.author_id == actor.user_id and needs_four_eyes(report, on=clockwork.day_of(change.now)):
            raise MoveRefused(Move.SEND_ANSWER, "own_draft")
        if change.key is not None:  # in memory, for the guard; what is sent is sealed anew
            opening.open_messages([prepared], change.key)
        as_written(report.identity_id, [prepared])
        said = {"text": prepared.text, "done_by": prepared.done_by}
        said = guard(change, said, reach=Reach.PUBLIC, reason=leak_reason, attachments=prepared.attachments.all())
        message = change.say(MessageKind.ANSWER, said["text"], done_by=said["done_by"], done_on=prepared.done_on)
        prepared.attachments.update(message=message, draft=None)
        change.pen.forget(prepared)
        prepared.delete()
        _responded(change)
        report.answered_at = change.now
        clockwork.stop(report, Step.RESOLVE, now=change.now)
        clockwork.start(report, Step.REPORTER_REPLY, now=change.now, agency_id=None)
        change.record(EventKind.ANSWERED, message=message)
        spread.begin(report, message=message, now=change.now)
    return report


def needs_four_eyes(report: Report, *, on: date) -> bool:
    """Whether two people of the body that answers are present, so that writer and sender can be different ones."""
    assert report.responsible_id is not None
    return len(officers_of(report.responsible_id, _who_answers(report), on=on)) >= 2


def _who_answers(report: Report) -> tuple[Role, ...]:
    """A sealed report is opened by investigators alone, all others never by them as such."""
    return (Role.INVESTIGATOR,) if report.visibility == Visibility.SEALED else ANSWERERS


def hand_back(
    *, report_id: int, reason: str, actor: Actor, now: datetime, version: int | None = None, leak_reason: str = ""
) -> Report:
    """The agency hands back with a reason; never closes. The second time it goes to the next administrator up."""
    reason = words(reason, field="reason", least=20)
    with changing(report_id, Move.HAND_BACK, actor=actor, now=now, version=version) as change:
        reason = checked(change, reason, field="reason", reach=Reach.OFFICES, reason=leak_reason)
        report = change.report
        message = change.say(MessageKind.HAND_BACK, reason, audience=Audience.OFFICERS)
        report.hand_backs += 1
        report.assignments.filter(ended_at=None).update(ended_at=change.now)
        back_to = report.verifier
        if report.hand_backs >= 2 and back_to is not None:
            back_to = sealing.above(report, back_to, on=clockwork.day_of(change.now))
        if back_to is not None:
            back_to = accused.next_able(report, back_to, on=clockwork.day_of(change.now))
        change.record(EventKind.HANDED_BACK, message=message, times=report.hand_backs)
        if back_to != report.verifier and back_to is not None:
            change.record(EventKind.ESCALATED, to=back_to.pk, why="second_hand_back")
        report.verifier = report.guardian = report.holder = back_to
        report.agency = report.responsible = report.unit = report.officer = None
        clockwork.stop(report, Step.RESPOND, now=change.now)
        clockwork.start(report, Step.VERIFY, now=change.now, agency_id=report.holder_id)
        clockwork.hand_to(report, agency_id=report.holder_id, steps=(Step.RESOLVE,))
    return report


def extend(
    *, report_id: int, reason: str, actor: Actor, now: datetime, version: int | None = None, leak_reason: str = ""
) -> Report:
    """Lengthens the time to answer, once, for a reason that the reporter reads."""
    reason = words(reason, field="reason", least=20)
    with changing(report_id, Move.EXTEND, actor=actor, now=now, version=version) as change:
        reason = checked(change, reason, field="reason", reach=Reach.PUBLIC, reason=leak_reason)
        report = change.report
        if report.is_extended:
            raise MoveRefused(Move.EXTEND, "once_only")
        clock = report.clocks.filter(step=Step.RESOLVE, stopped_at=None).first()
        if clock is None:
            raise MoveRefused(Move.EXTEND, "no_clock")
        was = clock.due_at
        clock.extra_days = extension_days(
            kind=report.kind, has_oversight=report.has_oversight, on=clockwork.day_of(change.now)
        )
        clockwork.move_due(report, clock, clockwork.compute_clock(report, clock), now=change.now)
        clock.save()
        report.is_extended = True
        message = change.say(MessageKind.EXTENSION, reason)
        change.record(EventKind.EXTENDED, message=message, was=was.isoformat(), now=clock.due_at.isoformat())
    return report


def hand_over(*, report_id: int, actor: Actor, now: datetime, version: int | None = None) -> HandOver:
    """Registers the letter that carries the report to an agency that is not connected. One per agency and
    disposition.
    """
    with changing(report_id, Move.HAND_OVER, actor=actor, now=now, version=version) as change:
        report = change.report
        if report.agency_id is None or report.agency_id == report.responsible_id:
            raise MoveRefused(Move.HAND_OVER, "agency_is_connected")
        assert report.responsible_id is not None and actor.user_id is not None
        count = HandOver.objects.filter(report=report).count() + 1
        letter = HandOver.objects.create(
            report=report,
            agency_id=report.agency_id,
            responsible_id=report.responsible_id,
            number=f"{report.code}/{count}/{now:%Y}",
            made_at=change.now,
            made_by_id=actor.user_id,
        )
        change.record(EventKind.HANDED_OVER, letter=letter.pk, to=report.agency_id)
    return letter


def record_hand_over_reply(
    *,
    letter_id: int,
    text: str,
    replied_on: date,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    leak_reason: str = "",
) -> Report:
    """Keeps what the unconnected agency replied, as material for the answer of the body that is responsible."""
    text = words(text, field="text", least=20)
    letter = HandOver.objects.get(pk=letter_id)
    with changing(letter.report_id, Move.HAND_OVER, actor=actor, now=now, version=version) as change:
        text = checked(change, text, field="text", reach=Reach.OFFICES, reason=leak_reason)
        region = change.report.region_id
        if not day_there(letter.made_at, region_code=region) <= replied_on <= day_there(change.now, region_code=region):
            raise Incomplete("replied_on", "impossible_date")
        message = change.say(MessageKind.CONTRIBUTION, text, audience=Audience.OFFICERS)
        letter.reply, letter.replied_on = message, replied_on
        letter.save()
        change.record(EventKind.HAND_OVER_REPLIED, message=message, letter=letter.pk)
    return change.report


def raise_secrecy(*, report_id: int, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """An officer may make a report confidential at any time; only its reporter may make it public again."""
    with changing(report_id, Move.RAISE_SECRECY, actor=actor, now=now, version=version) as change:
        if change.report.visibility == "public":
            change.report.visibility = "confidential"
            change.report.shows_name = False
            change.record(EventKind.SECRECY_RAISED, visibility="confidential")
    return change.report


def _check_facts(*, done_by: str, done_on: date | None, today: date) -> None:
    """An answer says what was done, by whom and when."""
    if len(done_by.strip()) < 3:
        raise Incomplete("done_by", "empty")
    if done_on is None:
        raise Incomplete("done_on", "empty")
    if done_on > today + timedelta(days=1):  # east of the service's own time zone it may be tomorrow already
        raise Incomplete("done_on", "in_future")


def _ready_draft(change: Change) -> Draft:
    prepared = Draft.objects.filter(report=change.report, agency=change.report.responsible, is_ready=True).first()
    if prepared is None:
        raise MoveRefused(change.move, "no_ready_draft")
    return prepared


def _responded(change: Change) -> None:
    change.report.responded_at = change.report.responded_at or change.now
    clockwork.stop(change.report, Step.RESPOND, now=change.now)
