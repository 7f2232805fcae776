"""No report stays where nobody may act on it (ADR 0003): at the end of every change of one that names somebody, or from
which somebody stepped aside, each body that has a part in it is looked at.

One where nobody is left gives its part to the next where somebody can; the clock of that step begins anew there. What
was promised to the reporter stays.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from lapor.agencies.models import Agency
from lapor.agencies.oversight import next_admin_above
from lapor.deadlines.models import Step

from . import accused, clockwork, ladder
from .lifecycle import ENDED, WITH_AGENCY
from .models import EventKind, Report, State, Visibility

if TYPE_CHECKING:
    from .change import Change

WHY = "independence"


def settle(change: Change) -> None:
    """Moves what cannot stay (see above). Costs nothing for a report that keeps nobody away."""
    report = change.report
    if not report.is_shielded or report.state in ENDED or report.state == State.MERGED:
        return
    today = clockwork.day_of(change.now)
    _away_from_who_answers(change, on=today)
    _away_from_who_administers(change, on=today)
    _away_from_who_contributes(change, on=today)
    _without_absent_people(change, on=today)
    ladder.settle(change)


def _away_from_who_answers(change: Change, *, on: date) -> None:
    """The body that answers, or answered, may not: the report is verified anew, and its answer does not count."""
    report = change.report
    if report.responsible is None or accused.can_take(report, report.responsible, on=on, answers=True):
        return
    if report.state == State.OBJECTED:
        return  # somebody else decides already
    report.assignments.filter(ended_at=None).update(ended_at=change.now)
    report.agency = report.responsible = report.unit = report.officer = None
    if report.state == State.ON_HOLD:
        report.resume_state = State.RECEIVED
    else:
        report.state = State.RECEIVED
    clockwork.stop(report, Step.RESPOND, Step.REPORTER_REPLY, now=change.now)
    _to(change, _examiner(report, on=on))


def _away_from_who_administers(change: Change, *, on: date) -> None:
    report = change.report
    for name in ("verifier", "guardian"):
        body = getattr(report, name)
        if body is not None and not accused.can_take(report, body, on=on):
            setattr(report, name, accused.next_able(report, body, on=on))
    stage = State(report.resume_state or report.state)
    if report.holder is None or stage in WITH_AGENCY or stage == State.ANSWERED:
        return
    if not accused.can_take(report, report.holder, on=on):
        _to(change, _judge(report, on=on) if report.state == State.OBJECTED else _examiner(report, on=on))


def _away_from_who_contributes(change: Change, *, on: date) -> None:
    for given in change.report.assignments.filter(is_lead=False, ended_at=None).select_related("agency", "responsible"):
        if not accused.may_answer(change.report, given.agency, through=given.responsible, on=on):
            given.ended_at = change.now
            given.save(update_fields=["ended_at"])


def _examiner(report: Report, *, on: date) -> Agency:
    """Who verifies it from now on; where nobody is named, the next one up from who has it."""
    if report.holder is not None and not report.namings.filter(removed_at=None).exists():
        return accused.next_able(report, report.holder, on=on)
    return accused.receiver(
        region_code=report.region_id,
        category=report.category_id,
        marks=accused.marks_on(report.pk),
        is_sealed=report.visibility == Visibility.SEALED,
        on=on,
    )


def _judge(report: Report, *, on: date) -> Agency:
    """Who decides on an objection: up from the one that may not, never the body that answered."""
    assert report.holder is not None
    judge = accused.next_able(report, report.holder, on=on)
    if judge.pk == report.responsible_id:
        judge = accused.next_able(report, next_admin_above(judge, on=on), on=on)
    return judge


def _to(change: Change, body: Agency) -> None:
    """Gives the report to a body that may have it, with a clock of its own. The event names nobody."""
    report = change.report
    report.holder = report.guardian = body
    if report.state != State.OBJECTED:
        report.verifier = body
        report.state = State.RECEIVED if report.state == State.VERIFIED else report.state
    step = Step.OBJECTION if report.state == State.OBJECTED else Step.VERIFY
    clock = clockwork.start(report, step, now=change.now, agency_id=body.pk)
    if report.state == State.ON_HOLD:  # it stands still with the others until the reporter replies
        clock.is_paused, clock.wake_at = True, None
        clock.save(update_fields=["is_paused", "wake_at"])
    clockwork.hand_to(report, agency_id=body.pk, steps=(Step.RESOLVE,))
    if not report.clocks.filter(step=Step.RESOLVE, stopped_at=None).exists():
        clockwork.start(report, Step.RESOLVE, now=change.now, agency_id=body.pk)
    change.record(EventKind.PASSED, to=body.pk, why=WHY)


def _without_absent_people(change: Change, *, on: date) -> None:
    """Whoever has it in hand and may not see it any more gives it to a colleague, or back to the body."""
    report = change.report
    before = report.officer_id
    if before is None or not accused.is_absent(report_id=report.pk, user_id=before, on=on):
        return
    if report.holder is None:
        report.officer = None
    else:
        answers = report.holder_id == report.responsible_id
        report.officer = accused.somebody(report, report.holder, on=on, answers=answers)
    change.record(EventKind.REASSIGNED, officer=report.officer_id, before=before, why=WHY)
