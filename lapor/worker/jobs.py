"""Everything the worker does, in one list: which job, how often, and what it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from lapor.deadlines import changes
from lapor.notify import queue as notify_queue
from lapor.notify import send as notify_send
from lapor.reports import bodies, events, overdue, staff
from lapor.statistics import count
from lapor.transparency import publish

from . import daily

SOON = timedelta(milliseconds=500)


@dataclass(frozen=True)
class Job:
    """`run` returns how much it did; above zero it is run again at once, else after `every`."""

    name: str
    every: timedelta
    run: Callable[[datetime], int]


def _consumer(name: str, consume: events.Consume) -> Job:
    return Job(name, SOON, partial(_read, name, consume))


def _read(name: str, consume: events.Consume, now: datetime) -> int:
    return events.read(name, consume, now=now)


def _sweep(now: datetime) -> int:
    return overdue.sweep(now=now)


def _follow_bodies(now: datetime) -> int:
    return bodies.settle(now=now)


def _follow_people(now: datetime) -> int:
    return staff.settle(now=now)


def _recompute(now: datetime) -> int:
    """Deadlines after a change of the days off. Done twice it changes nothing, so a change is ticked off afterwards."""
    waiting = changes.pending(now=now)
    for change in waiting[:1]:
        overdue.recompute(change, now=now)
        changes.applied(change, now=now)
    return len(waiting)


def _deliver(now: datetime) -> int:
    return notify_send.deliver(now=now)


# The public copy comes first: what was made secret must be gone before anybody is told of anything.
JOBS: tuple[Job, ...] = (
    _consumer(publish.CONSUMER, publish.consume),
    _consumer(count.CONSUMER, count.consume),
    _consumer(notify_queue.CONSUMER, notify_queue.consume),
    Job("overdue", timedelta(seconds=30), _sweep),
    Job("calendar changes", timedelta(seconds=30), _recompute),
    Job("bodies", timedelta(minutes=1), _follow_bodies),
    Job("people", timedelta(minutes=10), _follow_people),
    Job("deliver", SOON, _deliver),
    *(Job(name, timedelta(hours=1), partial(daily.once_a_day, name, task)) for name, task in daily.TASKS.items()),
)
