"""Work that changes hands without changing its matter: from one officer to another, from one body to the one that
answers for it now. `reports.staff` and `reports.bodies` say when.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from lapor.accounts.models import User
from lapor.agencies.models import Agency, Unit
from lapor.agencies.oversight import responsible_for
from lapor.agencies.people import with_investigators
from lapor.deadlines.models import Step

from .. import access, clockwork, sealing
from ..actors import Actor, officer
from ..change import Change, Incomplete, changing
from ..lifecycle import WITH_AGENCY, Move
from ..models import Assignment, Draft, EventKind, Report, State, Visibility


def reassign(
    *, report_id: int, officer_id: int | None, actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Gives the report to another officer of the body that has it; None gives it back to the unit.

    Refuses the one who has it already, and whoever could not work on it.
    """
    with changing(report_id, Move.REASSIGN, actor=actor, now=now, version=version) as change:
        report = change.report
        if officer_id == report.officer_id:
            raise Incomplete("officer_id", "same_person")
        if officer_id is not None and not may_take(officer_id, report, on=clockwork.day_of(change.now)):
            raise Incomplete("officer_id", "cannot_take")
        _hand(change, officer_id)
    return report


def inherit(*, report_id: int, heirs: Sequence[int], why: str, actor: Actor, now: datetime) -> int | None:
    """Gives the work of somebody who cannot do it any more to the first heir who can; back to the unit when none can.

    Returns the heir.
    """
    with changing(report_id, Move.REASSIGN, actor=actor, now=now) as change:
        today = clockwork.day_of(change.now)
        heir = next((key for key in heirs if may_take(key, change.report, on=today)), None)
        _hand(change, heir, bulk=True, why=why)
    return heir


def move_unit(*, report_id: int, unit: Unit | None, why: str, actor: Actor, now: datetime) -> Report:
    """The unit that had the report is closed: another one of the same body has it, or the body as a whole."""
    with changing(report_id, Move.REASSIGN, actor=actor, now=now) as change:
        change.report.unit = unit
        change.record(
            EventKind.UNIT_ASSIGNED,
            unit=unit.pk if unit else None,
            officer=change.report.officer_id,
            bulk=True,
            why=why,
        )
    return change.report


def may_take(user_id: int, report: Report, *, on: date) -> bool:
    """Whether this person works for the body that has the report, and may act on it."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return False
    person = officer(user, on=on)
    is_there = any(agency in {report.responsible_id, report.holder_id} for agency in person.agency_ids)
    return is_there and bool(access.moves(person, report))


def _hand(change: Change, officer_id: int | None, **facts: Any) -> None:
    before, change.report.officer_id = change.report.officer_id, officer_id
    change.record(EventKind.REASSIGNED, officer=officer_id, before=before, **facts)


def rehome(*, report_id: int, actor: Actor, now: datetime) -> bool:
    """Brings an open report to the bodies that are there today; returns whether anything moved.

    - Its agency works here itself now: the report comes to it, with the draft as material.
    - The body that answers, verifies, guards or decides is not connected any more: the nearest above takes its place.

    What was promised to the reporter stays as it was; the promises of the body that takes over start anew.
    """
    with changing(report_id, Move.REHOME, actor=actor, now=now) as change:
        today = clockwork.day_of(change.now)
        _to_who_answers(change, on=today)
        _to_who_administers(change, on=today)
        _contributions(change, on=today)
        return bool(change.events)


def _stage(report: Report) -> State:
    """Where the report is, or where it goes on when the reporter has replied."""
    return State(report.resume_state or report.state)


def _to_who_answers(change: Change, *, on: date) -> None:
    report = change.report
    if report.agency is None or report.responsible is None:
        return
    is_gone = not report.responsible.is_connected_on(on)
    is_sealed = report.visibility == Visibility.SEALED
    if not is_gone and (is_sealed or _stage(report) not in WITH_AGENCY):
        return  # an answer stays with who gave it; a sealed report with who may open it
    body = responsible_for(report.agency, on=on)
    body = with_investigators(body, on=on) if is_sealed else body
    if body.pk == report.responsible_id:
        return
    before, report.responsible = report.responsible_id, body
    report.unit = report.officer = None
    if report.state != State.OBJECTED:  # whoever decides on an objection goes on deciding
        report.holder = body
    if not Draft.objects.filter(report=report, agency=body).exists():
        Draft.objects.filter(report=report, agency=before).update(agency=body, is_ready=False)
    report.assignments.filter(is_lead=True, ended_at=None).update(ended_at=change.now)
    _assignment(change, report.agency, body, is_lead=True)
    if _stage(report) not in WITH_AGENCY:
        change.record(EventKind.OVERSIGHT_MOVED, to=body.pk, why="disconnected")
        return
    if report.state == State.ON_HOLD:
        report.resume_state = State.ASSIGNED
    else:
        report.state = State.ASSIGNED
        if report.responded_at is None:
            clockwork.start(report, Step.RESPOND, now=change.now, agency_id=body.pk)
    clockwork.hand_to(report, agency_id=body.pk, steps=(Step.RESPOND, Step.RESOLVE))
    change.record(
        EventKind.ASSIGNED,
        to=report.agency_id,
        responsible=body.pk,
        is_connected=body.pk == report.agency_id,
        bulk=True,
        why="disconnected" if is_gone else "connected",
    )


def _to_who_administers(change: Change, *, on: date) -> None:
    report, moved_to = change.report, None
    if report.holder is not None and not report.holder.is_connected_on(on):
        report.holder = moved_to = _above(report, report.holder, on=on)
        if report.clocks.filter(step=Step.VERIFY, stopped_at=None, is_paused=False).exists():
            clockwork.start(report, Step.VERIFY, now=change.now, agency_id=moved_to.pk)
        clockwork.hand_to(report, agency_id=moved_to.pk, steps=(Step.VERIFY, Step.OBJECTION, Step.RESOLVE))
    gone = [
        name
        for name in ("verifier", "guardian")
        if (body := getattr(report, name)) is not None and not body.is_connected_on(on)
    ]
    for name in gone:
        setattr(report, name, moved_to or _above(report, getattr(report, name), on=on))
    if moved_to is not None:
        change.record(EventKind.PASSED, to=moved_to.pk, why="disconnected")
    elif gone and report.guardian is not None:
        change.record(EventKind.OVERSIGHT_MOVED, to=report.guardian.pk, why="disconnected")


def _above(report: Report, body: Agency, *, on: date) -> Agency:
    """The next administrator above a body that is gone: for an objection never the one that answered."""
    above = sealing.above(report, body, on=on)
    if report.state == State.OBJECTED and above.pk == report.responsible_id:
        above = sealing.above(report, above, on=on)
    return above


def _contributions(change: Change, *, on: date) -> None:
    for given in change.report.assignments.filter(is_lead=False, ended_at=None).select_related("agency"):
        body = responsible_for(given.agency, on=on)
        if body.pk == given.responsible_id:
            continue
        given.ended_at = change.now
        given.save(update_fields=["ended_at"])
        _assignment(change, given.agency, body, is_lead=False)
        change.record(EventKind.CONTRIBUTOR_ADDED, to=given.agency_id, bulk=True)


def _assignment(change: Change, agency: Agency, body: Agency, *, is_lead: bool) -> None:
    Assignment.objects.create(
        report=change.report, agency=agency, responsible=body, is_lead=is_lead, given_at=change.now
    )
