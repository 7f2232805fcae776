"""The clock as an actor: warns before, marks what is late, climbs the ladder (`ladder`), closes after silence.

`sweep` reads only clocks whose alarm has come (partial index), so it costs in proportion to what is due.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from lapor.deadlines.changes import Change as CalendarChange
from lapor.deadlines.models import Step
from lapor.lib.workdays import YearWithoutData

from . import clockwork, ladder
from .access import NotFound
from .actions.joined import release_followers
from .actions.triage import recompute_running
from .actors import Clock as ClockActor
from .change import changing
from .lifecycle import Move, MoveRefused
from .models import Clock, EventKind, Outcome, Report

log = logging.getLogger(__name__)
BATCH = 500
PUT_OFF = timedelta(days=1)
_ACTOR = ClockActor()
_MOVES = {Step.COMPLETE: Move.EXPIRE_HOLD, Step.REPORTER_REPLY: Move.EXPIRE_ANSWER}


def sweep(*, now: datetime, limit: int = BATCH) -> int:
    """Acts on every alarm that has come, oldest first; returns how many clocks were handled."""
    due = list(Clock.objects.filter(wake_at__lte=now).order_by("wake_at").values_list("pk", "report_id")[:limit])
    for clock_id, report_id in due:
        try:
            _ring(clock_id, report_id, now=now)
        except (MoveRefused, NotFound, YearWithoutData):
            # One clock out of step with its report, or with the calendar, must not stop all others: it is put off, and
            # a person is told.
            log.exception("clock %s is out of step with its report", clock_id)
            Clock.objects.filter(pk=clock_id).update(wake_at=now + PUT_OFF)
    return len(due)


@transaction.atomic
def _ring(clock_id: int, report_id: int, *, now: datetime) -> None:
    Report.objects.select_for_update(of=("self",)).get(pk=report_id)
    clock = Clock.objects.filter(pk=clock_id, wake_at__lte=now).first()
    if clock is None:  # somebody acted while we waited for the lock
        return
    if now < clock.due_at:
        _warn(clock, now=now)
    elif clock.step in _MOVES:
        _expire(clock, _MOVES[Step(clock.step)], now=now)
    else:
        _escalate(clock, now=now)


def _warn(clock: Clock, *, now: datetime) -> None:
    with changing(clock.report_id, Move.WARN, actor=_ACTOR, now=now) as change:
        clock.warned_at, clock.wake_at = change.now, clock.due_at
        clock.save(update_fields=["warned_at", "wake_at"])
        kind = EventKind.REMINDED if clock.step in clockwork.WAITING else EventKind.WARNED
        change.record(kind, step=clock.step, due=clock.due_at.isoformat())


def _expire(clock: Clock, move: Move, *, now: datetime) -> None:
    """The reporter stayed silent: a report on hold counts as withdrawn, an answered one is closed."""
    with changing(clock.report_id, move, actor=_ACTOR, now=now) as change:
        report = change.report
        report.closed_at = change.now
        if move == Move.EXPIRE_HOLD:
            report.outcome, report.resume_state = Outcome.INCOMPLETE, ""
            report.holds.filter(ended_at=None).update(ended_at=change.now)
            change.record(EventKind.WITHDRAWN, why="incomplete")
            release_followers(change)
        else:
            report.outcome = Outcome.SILENCE
            change.record(EventKind.CLOSED, outcome=Outcome.SILENCE)
        clockwork.stop(report, now=change.now)


def _escalate(clock: Clock, *, now: datetime) -> None:
    """Marks the miss and climbs one rung of the ladder; where the next one's time has not come, sleeps until then."""
    report = Report.objects.get(pk=clock.report_id)
    if clock.missed_at is not None and clock.rung is None and ladder.leading(report, but=clock) is not None:
        Clock.objects.filter(pk=clock.pk).update(wake_at=None)  # after a pause: the other step still leads
        return
    if clock.rung is not None and (later := ladder.next_at(report, clock)) > now and ladder.next_rung(clock):
        Clock.objects.filter(pk=clock.pk).update(wake_at=later)
        return
    with changing(clock.report_id, Move.ESCALATE, actor=_ACTOR, now=now) as change:
        if clock.missed_at is None:
            late = clock.agency or change.report.holder
            clock.missed_at = change.now
            change.record(
                EventKind.OVERDUE, step=clock.step, due=clock.due_at.isoformat(), agency=late.pk if late else None
            )
        leading = ladder.leading(change.report, but=clock)
        if leading is None:
            ladder.climb(change, clock, now=now)
        else:  # a report stands on one rung; when that step ends, `clockwork.refresh_due` wakes this one
            clock.wake_at = None
        clock.save()


def recompute(changed: CalendarChange, *, now: datetime) -> int:
    """After a change of the holiday table: every running clock that it touches is computed anew, with history."""
    touched = Clock.objects.filter(stopped_at=None, due_at__date__gte=changed.first_day)
    if changed.region_code:
        touched = touched.filter(
            Q(report__region_id=changed.region_code) | Q(report__region__code__startswith=changed.region_code + ".")
        )
    moved = 0
    for report_id in touched.values_list("report_id", flat=True).distinct().iterator(chunk_size=BATCH):
        try:
            with changing(report_id, Move.RECOMPUTE, actor=_ACTOR, now=now) as change:
                recompute_running(change, why="calendar")
                moved += bool(change.events)
        except (MoveRefused, NotFound):
            continue  # closed between the reading and the lock: nothing runs any more
    return moved
