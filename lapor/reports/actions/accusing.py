"""Whom a report names, and officers who step aside. In the same moment they are out; where nobody is left who may act
the report goes to an independent body (`reports.independence`).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lapor.accounts.models import User
from lapor.agencies.models import Unit
from lapor.deadlines.models import Step

from .. import accused, clockwork, namings
from ..actors import Actor
from ..change import Change, Incomplete, changing, words
from ..lifecycle import Move, MoveRefused
from ..models import EventKind, Presence, Recusal, Report, State, Visibility
from ..submission import Accused

MOST = 10  # a list of everybody would leave nobody to examine it


def accuse(*, report_id: int, whom: Accused, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Notes whom the report is about. They, their unit and who directs it do not see it from now on, and no public copy
    stays. What they read before cannot be taken back; notices to them that are not out yet are dropped.

    Refuses with `Incomplete` what names nobody, and the eleventh.
    """
    with changing(report_id, Move.ACCUSE, actor=actor, now=now, version=version) as change:
        report = change.report
        check(whom)
        if report.namings.filter(removed_at=None).count() >= MOST:
            raise Incomplete("accused", "too_many")
        today = clockwork.day_of(now)
        namings.add(report, whom, by=actor.kind, user_id=actor.user_id, now=change.now, on=today)
        _close_for(change)
        if report.visibility == Visibility.PUBLIC:
            report.visibility, report.shows_name = Visibility.CONFIDENTIAL, False
        change.record(EventKind.NAMED)
        if report.state == State.MERGED:
            _leave_lead(change)
    return report


def check(whom: Accused) -> None:
    """Refuses with `Incomplete` what names nobody, a unit of another body, and an officer who is none."""
    if not (whom.agency_id or whom.officer_id or whom.name.strip()):
        raise Incomplete("accused", "empty")
    if whom.unit_id is not None and not Unit.objects.filter(pk=whom.unit_id, agency=whom.agency_id).exists():
        raise Incomplete("unit", "not_of_this_agency")
    if whom.officer_id is not None and not User.objects.filter(pk=whom.officer_id, is_officer=True).exists():
        raise Incomplete("officer_id", "no_officer")


def withdraw_naming(
    *, report_id: int, naming: UUID, reason: str, actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """The body that guards the report takes a naming back, for a reason that the vault keeps. Who was out may see the
    report again, as far as their posts reach; it stays where it is.
    """
    reason = words(reason, field="reason", least=20)
    with changing(report_id, Move.WITHDRAW_NAMING, actor=actor, now=now, version=version) as change:
        row = change.report.namings.filter(pk=naming, removed_at=None).first()
        if row is None:
            raise Incomplete("naming", "choose")
        row.removed_at, row.removed_by_id = change.now, actor.user_id
        row.removed_because = namings.keep_reason(reason)
        row.save(update_fields=["removed_at", "removed_by", "removed_because"])
        namings.drop_marks(change.report, naming=row)
        change.record(EventKind.NAMING_REMOVED)
    return change.report


def step_aside(*, report_id: int, reason: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """An officer has an interest in the report: it leaves their lists at once and goes to somebody else."""
    reason = words(reason, field="reason", least=10)
    with changing(report_id, Move.STEP_ASIDE, actor=actor, now=now, version=version) as change:
        assert actor.user_id is not None  # only officers have this move
        recusal = Recusal.objects.create(
            report=change.report, officer_id=actor.user_id, reason=namings.keep_reason(reason), at=change.now
        )
        namings.put_marks(change.report, accused.marks_aside(actor.user_id), recusal=recusal)
        _close_for(change)
        change.record(EventKind.STEPPED_ASIDE)
    return change.report


def bring_back(*, report_id: int, recusal: UUID, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Somebody else of the body that guards the report lets a colleague who stepped aside see it again."""
    with changing(report_id, Move.BRING_BACK, actor=actor, now=now, version=version) as change:
        row = change.report.recusals.filter(pk=recusal, undone_at=None).first()
        if row is None:
            raise Incomplete("recusal", "choose")
        if row.officer_id == actor.user_id:
            raise MoveRefused(Move.BRING_BACK, "not_yours")
        row.undone_at, row.undone_by_id = change.now, actor.user_id
        row.save(update_fields=["undone_at", "undone_by"])
        namings.drop_marks(change.report, recusal=row)
        change.record(EventKind.BROUGHT_BACK, person=row.officer_id)
    return change.report


def _close_for(change: Change) -> None:
    """Nobody is shown any more as one who has the report open: some of them are out from now on."""
    Presence.objects.filter(report=change.report).delete()


def _leave_lead(change: Change) -> None:
    """A report that joined another does not wait for the answer of whom it names: it is verified by itself."""
    report = change.report
    report.state, report.leads = State.RECEIVED, None
    report.agency = report.responsible = report.unit = report.officer = None
    report.holder = report.guardian = report.verifier
    clockwork.start(report, Step.VERIFY, now=change.now, agency_id=report.holder_id)
    clockwork.start(report, Step.RESOLVE, now=change.now, agency_id=report.holder_id)
