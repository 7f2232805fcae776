"""The clocks of one report: start, stop, pause, extend, recompute. Called inside the transaction of an action.

Steps and their lengths are dated data of `deadlines`; this module only applies them to one report's rows.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Case, F, When
from django.utils import timezone

from lapor.deadlines.due import due_at, promise_for, warn_at
from lapor.deadlines.ladder import Office
from lapor.deadlines.models import Step

from .models import Clock, Hold, Report, State

WAITING = frozenset({Step.REPORTER_REPLY, Step.COMPLETE})
_OF_THE_BODY = (Office.UNIT_HEAD, Office.SUPERIOR)
ON_NO_RUNG: dict[str, Any] = {  # the columns of a clock that stands nowhere on the ladder
    "rung": None,
    "office": "",
    "rung_unit": None,
    "rung_person": None,
    "rung_at": None,
    "ordered_until": None,
    "decision": "",
    "escalated_to": None,
}


def start(report: Report, step: Step, *, now: datetime, agency_id: int | None) -> Clock:
    """Starts (or restarts) the clock of a step from `now`."""
    stop(report, step, now=now)
    due = compute(report, step, started_at=now, extra_days=0)
    return Clock.objects.create(
        report=report,
        step=step,
        agency_id=agency_id,
        started_at=now,
        due_at=due,
        first_due_at=due,
        wake_at=first_wake(report, step, due_at=due, now=now),
    )


def stop(report: Report, *steps: Step, now: datetime) -> None:
    """Stops the running clocks of these steps; of all steps when none is named."""
    running = Clock.objects.filter(report=report, stopped_at=None)
    if steps:
        running = running.filter(step__in=steps)
    running.update(stopped_at=now, wake_at=None, is_paused=False)


def pause(report: Report, *, now: datetime) -> None:
    """From now on the reporter must act: every clock of an officer stands still."""
    Hold.objects.create(report=report, started_at=now)
    Clock.objects.filter(report=report, stopped_at=None).exclude(step__in=WAITING).update(is_paused=True, wake_at=None)


def resume(report: Report, *, now: datetime) -> None:
    """The reporter has acted: clocks go on, each with the time it stood still added."""
    Hold.objects.filter(report=report, ended_at=None).update(ended_at=now)
    for clock in Clock.objects.filter(report=report, stopped_at=None, is_paused=True):
        clock.is_paused = False
        move_due(report, clock, compute_clock(report, clock), now=now)
        clock.save()


def hand_to(report: Report, *, agency_id: int | None, steps: tuple[Step, ...]) -> None:
    """The clocks of these steps now run against another body."""
    running = Clock.objects.filter(report=report, stopped_at=None, step__in=steps)
    # Whoever directs the body that had it has nothing to decide any more: lateness climbs from the lowest rung there.
    left = running.filter(office__in=_OF_THE_BODY).exclude(agency=agency_id)
    left.update(**ON_NO_RUNG, wake_at=Case(When(is_paused=True, then=None), default=F("due_at")))
    running.update(agency_id=agency_id)


def compute(report: Report, step: Step, *, started_at: datetime, extra_days: int) -> datetime:
    terms = promise_for(kind=report.kind, has_oversight=report.has_oversight, step=step, on=day_of(started_at))
    return due_at(
        started_at=started_at,
        terms=terms.longer_by(extra_days) if extra_days else terms,
        region_code=report.region_id,
        pauses=pauses(report, since=started_at),
    )


def compute_clock(report: Report, clock: Clock) -> datetime:
    return compute(report, Step(clock.step), started_at=clock.started_at, extra_days=clock.extra_days)


def move_due(report: Report, clock: Clock, due: datetime, *, now: datetime) -> None:
    """Sets another due time on the (unsaved) clock and plans its alarm anew."""
    clock.due_at = due
    if due > now:
        clock.missed_at = None
        for name, value in ON_NO_RUNG.items():
            setattr(clock, name, value)
    if not clock.is_paused and clock.stopped_at is None:
        clock.wake_at = first_wake(report, Step(clock.step), due_at=due, now=now)


def first_wake(report: Report, step: Step, *, due_at: datetime, now: datetime) -> datetime:
    """When the clock-actor must look first: to warn, else when it is due."""
    warn = warn_at(due_at=due_at, step=step, region_code=report.region_id)
    return warn if warn > now else due_at


def refresh_due(report: Report) -> None:
    """`report.due_at` is the earliest running clock that is not standing still (unsaved). Where the late step that
    stood on the ladder has ended and another is late, that one is looked at now: no late report is without its rung.
    """
    running = Clock.objects.filter(report=report, stopped_at=None, is_paused=False)
    rows = list(running.order_by("due_at").values_list("pk", "due_at", "missed_at", "rung"))
    report.due_at = rows[0][1] if rows else None
    late = [key for key, _due, missed_at, rung in rows if missed_at is not None and rung is None]
    if late and all(rung is None for _key, _due, _missed, rung in rows):
        Clock.objects.filter(pk=late[0]).update(wake_at=rows[0][1])


def pauses(report: Report, *, since: datetime) -> list[tuple[date, date | None]]:
    """The days from `since` on at which the reporter had to act."""
    if report.pk is None or (report.state == State.RECEIVED and report.version == 1):
        return []
    holds = Hold.objects.filter(report=report).order_by("started_at")
    return [
        (max(day_of(hold.started_at), day_of(since)), day_of(hold.ended_at) if hold.ended_at else None)
        for hold in holds
        if hold.ended_at is None or hold.ended_at > since
    ]


def day_of(moment: datetime) -> date:
    """The date that the moment has in the time zone of the service."""
    return timezone.localtime(moment).date()
