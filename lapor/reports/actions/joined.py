"""Reports that belong together: a duplicate joins the one that leads, a report with two matters becomes two, and one
answer reaches everybody.

Nobody is left behind: when the one that leads ends without an answer, the oldest of those that joined leads the rest.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from lapor.deadlines.models import Step
from lapor.lib.codes import new_code

from .. import access, accused, clockwork, namings
from ..actors import Actor
from ..change import Change, Incomplete, changing, words
from ..leaks import Reach, guard
from ..lifecycle import Move
from ..models import Audience, Event, EventKind, Message, MessageKind, Report, State, Visibility
from ..withheld import Pen


def merge(*, report_id: int, into: Report, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Joins a duplicate to the report that leads. Its reporter keeps the own thread and gets the lead's answer, at once
    when it was given. Refuses with `Incomplete` a lead that ended, joined another or is out of the actor's sight.
    """
    with transaction.atomic():
        with changing(report_id, Move.MERGE, actor=actor, now=now, version=version) as change:
            report = change.report
            lead = access.visible(actor).select_for_update(of=("self",)).filter(pk=into.pk).first()
            if lead is None or lead.pk == report.pk or not lead.is_open or lead.leads_id is not None:
                raise Incomplete("into", "cannot_lead")
            if Visibility.SEALED in {report.visibility, lead.visibility}:
                raise Incomplete("into", "sealed")
            is_shielded = report.is_shielded or lead.is_shielded
            if is_shielded and accused.marks_on(report.pk) != accused.marks_on(lead.pk):
                raise Incomplete(
                    "into", "not_independent"
                )  # who may not know of the one would learn of it by the other
            report.followers.update(leads=lead)
            report.assignments.filter(ended_at=None).update(ended_at=now)
            report.leads, report.holder = lead, None
            clockwork.stop(report, now=now)
            change.record(EventKind.MERGED)
            _record(
                lead,
                EventKind.LED,
                actor=actor,
                now=now,
                agency_id=change.acting_agency_id(),
                from_state=lead.state,
                follower=report.pk,
            )
        if lead.state in {State.ANSWERED, State.OBJECTED}:
            answer = lead.messages.filter(kind=MessageKind.ANSWER).order_by("-written_at", "-id").first()
            if answer is not None:  # what is objected to may be an archiving, which has no answer
                answer_followers(lead, answer, actor=actor, now=now)
    return report


def release_followers(change: Change) -> None:
    """The report of `change` ends without an answer: the oldest that joined it is verified anew and leads the rest."""
    waiting = change.report.followers.select_for_update(of=("self",)).filter(state=State.MERGED)
    joined = list(waiting.order_by("received_at", "id"))
    if not joined:
        return
    first, others = joined[0], joined[1:]
    first.state, first.leads = State.RECEIVED, None
    first.agency = first.responsible = first.unit = first.officer = None
    first.verifier = first.guardian = first.holder = change.report.verifier
    first.active_at = change.now
    first.version += 1
    clockwork.start(first, Step.VERIFY, now=change.now, agency_id=first.holder_id)
    clockwork.start(first, Step.RESOLVE, now=first.received_at, agency_id=first.holder_id)
    clockwork.refresh_due(first)
    first.save()
    Report.objects.filter(pk__in=[report.pk for report in others]).update(leads=first)
    _record(
        first,
        EventKind.REOPENED,
        actor=change.actor,
        now=change.now,
        agency_id=change.acting_agency_id(),
        from_state=State.MERGED,
        why="lead_ended",
    )


def split(
    *,
    report_id: int,
    text: str,
    title: str,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    leak_reason: str = "",
) -> Report:
    """Makes a second report of the second matter, with the same reporter and its own clocks. Returns the new one."""
    text = words(text, field="text", least=20)
    with changing(report_id, Move.SPLIT, actor=actor, now=now, version=version) as change:
        report = change.report
        said = guard(change, {"text": text, "title": title}, reach=Reach.OFFICES, reason=leak_reason)
        text, title = said["text"], said["title"]
        part = Report(
            code=new_code(),
            channel=report.channel,
            language=report.language,
            kind=report.kind,
            has_oversight=report.has_oversight,
            category=report.category,
            region=report.region,
            place=report.place,
            latitude=report.latitude,
            longitude=report.longitude,
            occurred_on=report.occurred_on,
            is_urgent=report.is_urgent,
            entered_by_id=report.entered_by_id,
            account_id=report.account_id,
            identity_id=report.identity_id,
            is_anonymous=report.is_anonymous,
            shows_name=report.shows_name,
            visibility=report.visibility,
            state=State.RECEIVED,
            verifier=report.verifier,
            holder=report.verifier,
            guardian=report.verifier,
            split_from=report,
            is_shielded=report.is_shielded,
            received_at=report.received_at,
            active_at=now,
        )
        change.pen.write(part, title=title.strip()[:150], text=text)
        part.save()
        namings.copy(report, part)
        verify_clock = clockwork.start(part, Step.VERIFY, now=now, agency_id=part.verifier_id)
        clockwork.start(part, Step.RESOLVE, now=report.received_at, agency_id=part.verifier_id)
        part.due_at = verify_clock.due_at
        part.save(update_fields=["due_at"])
        change.record(EventKind.SPLIT, part=part.pk)
        _record(
            part,
            EventKind.RECEIVED,
            actor=actor,
            now=now,
            agency_id=change.acting_agency_id(),
            from_state="",
            split_from=report.pk,
            channel=report.channel,
        )
    return part


def answer_followers(lead: Report, answer: Message, *, actor: Actor, now: datetime) -> None:
    """Every reporter whose report was merged gets the lead's answer in the own thread, with an own right to object."""
    for follower in lead.followers.select_for_update(of=("self",)).filter(state=State.MERGED):
        _answer(follower, answer, lead=lead, actor=actor, now=now)


def _answer(follower: Report, answer: Message, *, lead: Report, actor: Actor, now: datetime) -> None:
    message = Message(
        report=follower,
        kind=MessageKind.ANSWER,
        audience=Audience.THREAD,
        author=answer.author,
        user_id=answer.user_id,
        agency_id=answer.agency_id,
        done_on=answer.done_on,
        written_at=now,
    )
    Pen(follower).write(message, text=answer.text, done_by=answer.done_by)
    follower.state = State.ANSWERED
    follower.agency, follower.responsible, follower.holder = lead.agency, lead.responsible, lead.responsible
    follower.guardian, follower.verifier = lead.guardian, lead.verifier
    follower.answered_at = follower.active_at = now
    clock = clockwork.start(follower, Step.REPORTER_REPLY, now=now, agency_id=None)
    follower.due_at = clock.due_at
    follower.version += 1
    follower.save()
    _record(
        follower,
        EventKind.ANSWERED,
        actor=actor,
        now=now,
        agency_id=answer.agency_id,
        from_state=State.MERGED,
        message=message,
        lead=lead.pk,
    )


def _record(
    report: Report,
    kind: EventKind,
    *,
    actor: Actor,
    now: datetime,
    agency_id: int | None,
    from_state: str,
    message: Message | None = None,
    **data: Any,
) -> None:
    """Appends to the history of a report beside the one that is being changed."""
    Event.objects.create(
        report=report,
        kind=kind,
        at=now,
        actor=actor.kind,
        user_id=actor.user_id,
        agency_id=agency_id,
        message=message,
        from_state=from_state,
        to_state=report.state,
        data=data,
    )
