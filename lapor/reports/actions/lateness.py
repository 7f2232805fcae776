"""What somebody on a rung of the ladder decides about a late report: an order with a date, taking over, or a note."""

from __future__ import annotations

from datetime import date, datetime, time

from lapor.agencies.models import Agency
from lapor.agencies.places import timezone_of
from lapor.deadlines.ladder import LONGEST_ORDER, Decision, Office, rung_of, workdays_after
from lapor.deadlines.models import Step

from .. import access, clockwork, ladder
from ..actors import Actor, Officer
from ..change import Change, Incomplete, MoveRefused, changing, words
from ..days import day_there
from ..leaks import Reach, checked
from ..lifecycle import WITH_AGENCY, Move
from ..models import Audience, Clock, EventKind, MessageKind, Report, State

LEAST = 20
_END_OF_DAY = time(23, 59, 59)


def decide_lateness(
    *,
    report_id: int,
    decision: str,
    text: str,
    until: date | None = None,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    leak_reason: str = "",
) -> Report:
    """Records the decision of who stands on the rung. The public reads what was decided by which office and until when.

    INSTRUCT gives the late body a last date, at most ten working days away and once on each rung; lateness climbs on
    when it passes. TAKE_OVER gives the report to the one who decides, or to the body above to be disposed anew. NOTE
    changes no date. What was promised to the reporter stays as it was, and late.
    """
    text = words(text, field="text", least=LEAST)
    with changing(report_id, Move.DECIDE_LATENESS, actor=actor, now=now, version=version) as change:
        assert isinstance(actor, Officer)
        clocks = list(access.rungs_of(actor, change.report).select_related("escalated_to").order_by("due_at", "pk"))
        chosen = _open_to(clocks, decision)
        text = checked(change, text, field="text", reach=Reach.OFFICES, reason=leak_reason)
        message = change.say(MessageKind.INSTRUCTION, text, audience=Audience.OFFICERS)
        ordered = _date_given(change.report, chosen, until, now=now) if decision == Decision.INSTRUCT else None
        for clock in chosen:
            clock.decision = decision
            if ordered is not None:
                clock.ordered_until = ordered
                clock.wake_at = ladder.next_at(change.report, clock)
            clock.save()
        if decision == Decision.TAKE_OVER:
            _take_over(change, chosen[0])
        change.record(
            EventKind.RUNG_DECIDED,
            message=message,
            office=chosen[0].office,
            decision=decision,
            to=chosen[0].escalated_to_id,
            step=chosen[0].step,
            next=(ordered or chosen[0].wake_at or now).isoformat(),
        )
    return change.report


def _open_to(clocks: list[Clock], decision: str) -> list[Clock]:
    """The clocks on which this may be decided; `Incomplete` where the office may not, or gave a date already."""
    if not clocks:  # the ladder climbed on since the officer last looked
        raise MoveRefused(Move.DECIDE_LATENESS, "climbed_on")
    fitting = [one for one in clocks if (rung := rung_of(one.step, one.office)) and decision in rung.decisions]
    if not fitting:
        raise Incomplete("decision", "choose")
    if decision == Decision.INSTRUCT and all(one.ordered_until for one in fitting):
        raise Incomplete("decision", "ordered_already")
    return fitting


def _date_given(report: Report, clocks: list[Clock], until: date | None, *, now: datetime) -> datetime:
    if until is None:
        raise Incomplete("until", "empty")
    region = report.region_id
    latest = workdays_after(now, LONGEST_ORDER, region_code=region)
    if not day_there(now, region_code=region) < until <= day_there(latest, region_code=region):
        raise Incomplete("until", "order_out_of_range")
    return datetime.combine(until, _END_OF_DAY, tzinfo=timezone_of(region))


def _take_over(change: Change, clock: Clock) -> None:
    """A head takes it in hand personally; a body above takes it from the one that did not act, to dispose it anew."""
    report, body = change.report, clock.escalated_to
    assert body is not None  # a clock on a rung: database constraint
    if clock.office in {Office.UNIT_HEAD, Office.SUPERIOR}:
        report.officer_id = change.actor.user_id
    elif State(report.state) in WITH_AGENCY:
        _withdraw(change, body)
    else:
        report.verifier = report.holder = report.guardian = body
        clockwork.hand_to(report, agency_id=body.pk, steps=(Step.VERIFY, Step.RESOLVE))


def _withdraw(change: Change, body: Agency) -> None:
    report = change.report
    report.assignments.filter(ended_at=None).update(ended_at=change.now)
    change.to(State.VERIFIED)
    report.verifier = report.guardian = report.holder = body
    report.agency = report.responsible = report.unit = report.officer = None
    clockwork.stop(report, Step.RESPOND, now=change.now)
    clockwork.start(report, Step.VERIFY, now=change.now, agency_id=body.pk)
    clockwork.hand_to(report, agency_id=body.pk, steps=(Step.RESOLVE,))
