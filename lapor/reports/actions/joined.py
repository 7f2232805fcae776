"""Reports that belong together: a duplicate joins the one that leads, one that objects leaves it again, a report with
two matters becomes two. How one answer reaches everybody is in `spread`.

Nobody is left behind: when the one that leads ends without an answer, the oldest of those that joined leads the rest.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from lapor.deadlines.models import Step
from lapor.lib.codes import new_code

from .. import access, accused, clockwork, namings
from ..actors import Actor
from ..change import Change, Incomplete, changing, words
from ..leaks import Reach, guard
from ..lifecycle import Move
from ..models import EventKind, MassReport, MessageKind, Report, Spread, Stage, State, Visibility
from . import spread


def merge(*, report_id: int, into: Report, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Joins a duplicate to the report that leads. Its reporter keeps the own thread and gets the lead's answer, at once
    when it was given. Refuses with `Incomplete` a lead that ended, joined another or is out of the actor's sight; the
    lead of a mass report may be joined after it was closed.
    """
    with transaction.atomic():
        with changing(report_id, Move.MERGE, actor=actor, now=now, version=version) as change:
            report = change.report
            lead = access.visible(actor).select_for_update(of=("self",)).filter(pk=into.pk).first()
            if lead is None or lead.pk == report.pk or lead.leads_id is not None or not _may_be_joined(lead):
                raise Incomplete("into", "cannot_lead")
            if Visibility.SEALED in {report.visibility, lead.visibility}:
                raise Incomplete("into", "sealed")
            is_shielded = report.is_shielded or lead.is_shielded
            if is_shielded and accused.marks_on(report.pk) != accused.marks_on(lead.pk):
                raise Incomplete(
                    "into", "not_independent"
                )  # who may not know of the one would learn of it by the other
            Spread.objects.filter(to=report).update(to=lead)
            spread.begin(report, to=lead, now=now)
            _hand_mass_on(report, lead)
            report.assignments.filter(ended_at=None).update(ended_at=now)
            report.leads, report.holder = lead, None
            clockwork.stop(report, now=now)
            change.record(EventKind.MERGED)
            spread.beside(
                lead,
                EventKind.LED,
                by=actor.kind,
                user_id=actor.user_id,
                now=now,
                agency_id=change.acting_agency_id(),
                from_state=lead.state,
                follower=report.pk,
            )
        if lead.state in {State.ANSWERED, State.OBJECTED, State.CLOSED}:
            answer = lead.messages.filter(kind=MessageKind.ANSWER).order_by("-written_at", "-id").first()
            if answer is not None:  # what is objected to may be an archiving, which has no answer
                spread.give(report, answer, now=now)
    return report


def _may_be_joined(lead: Report) -> bool:
    if lead.is_open:
        return True
    is_mass = MassReport.objects.filter(lead=lead, stage=Stage.OPEN).exists()
    return is_mass and lead.state == State.CLOSED and lead.messages.filter(kind=MessageKind.ANSWER).exists()


def _hand_mass_on(report: Report, lead: Report) -> None:
    """The mass report stays with the one that leads the others; of two that meet, the lead's own remains."""
    if not MassReport.objects.filter(lead=lead).exists():
        MassReport.objects.filter(lead=report).update(lead=lead)


def leave(change: Change) -> None:
    """The report of `change` goes on alone: it has nothing more of the one that leads it, which is told."""
    report, lead = change.report, change.report.leads
    if lead is None:
        return
    report.leads = None
    spread.beside(
        lead,
        EventKind.LEFT,
        by=change.actor.kind,
        user_id=None,
        now=change.now,
        agency_id=None,
        from_state=lead.state,
        follower=report.pk,
    )


def release_followers(change: Change) -> None:
    """The report of `change` ends without an answer: the oldest that joined it is verified anew and leads the rest."""
    report = change.report
    handed = Spread.objects.filter(to=report)
    joined = Report.objects.filter(Q(leads=report) | Q(leads__in=handed.values("lead")), state=State.MERGED)
    first = joined.select_for_update(of=("self",)).order_by("received_at", "id").first()
    if first is None:
        return
    first.state, first.leads = State.RECEIVED, None
    first.agency = first.responsible = first.unit = first.officer = None
    first.verifier = first.guardian = first.holder = report.verifier
    first.active_at = change.now
    first.version += 1
    clockwork.start(first, Step.VERIFY, now=change.now, agency_id=first.holder_id)
    clockwork.start(first, Step.RESOLVE, now=first.received_at, agency_id=first.holder_id)
    clockwork.refresh_due(first)
    first.save()
    handed.update(to=first)
    spread.begin(report, to=first, now=change.now)
    _hand_mass_on(report, first)
    spread.beside(
        first,
        EventKind.REOPENED,
        by=change.actor.kind,
        user_id=change.actor.user_id,
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
        spread.beside(
            part,
            EventKind.RECEIVED,
            by=actor.kind,
            user_id=actor.user_id,
            now=now,
            agency_id=change.acting_agency_id(),
            from_state="",
            split_from=report.pk,
            channel=report.channel,
        )
    return part
