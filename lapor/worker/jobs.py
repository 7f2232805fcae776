"""Everything the worker does, in one list: which job, how often, and what it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone

from lapor.agencies import seats
from lapor.alarms import watch
from lapor.channels import postback
from lapor.channels import registry as channels
from lapor.channels.letters import reading
from lapor.custody import recovery
from lapor.deadlines import changes
from lapor.disclosure import clock as disclosure_clock
from lapor.editions import writing
from lapor.evidence import follow, outbox
from lapor.notify import letters, reach
from lapor.notify import queue as notify_queue
from lapor.notify import send as notify_send
from lapor.quality import follow as follow_quality
from lapor.reports import actions, advice, bodies, events, floods, late_scans, mass, overdue, postings, staff, vacancies
from lapor.routing import remembering
from lapor.statistics import count
from lapor.transparency import publish
from lapor.voice import asking

from . import daily, keeping, learning

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


def _chase_advice(now: datetime) -> int:
    return advice.sweep(now=now)


def _disclosures(now: datetime) -> int:
    return disclosure_clock.sweep(now=now)


def _ask_reporters(now: datetime) -> int:
    return asking.ask_due(now=now)


def _write_open_data(now: datetime) -> int:
    return writing.step(now=now)


def _retention(now: datetime) -> int:
    return keeping.sweep(now=now)


def _breaches(now: datetime) -> int:
    return letters.warn_of_breaches(now=now)


def _follow_bodies(now: datetime) -> int:
    return bodies.settle(now=now)


def _follow_people(now: datetime) -> int:
    return staff.settle(now=now)


def _leave_vacant(now: datetime) -> int:
    return vacancies.settle(now=now)


def _follow_keys(now: datetime) -> int:
    """Takes keys from whoever's post ended by its date. Done twice it changes nothing, so it need not run again."""
    seats.settle(on=timezone.localdate(now), now=now)
    return 0


def _expire_recovery(now: datetime) -> int:
    return recovery.expire(now=now)


def _recompute(now: datetime) -> int:
    """Deadlines after a change of the days off. Done twice it changes nothing, so a change is ticked off afterwards."""
    waiting = changes.pending(now=now)
    for change in waiting[:1]:
        overdue.recompute(change, now=now)
        changes.applied(change, now=now)
    return len(waiting)


def _watch(now: datetime) -> int:
    """What fell silent. It says all there is to say at once, so it need not run again at once."""
    watch.watch(now=now)
    return 0


def _tell_of_devices(now: datetime) -> int:
    return letters.tell_of_devices(now=now)


def _log(now: datetime) -> int:
    return follow.follow(now=now)


def _send_heads(now: datetime) -> int:
    return outbox.send_due(now=now)


def _scan_files(now: datetime) -> int:
    return late_scans.scan_waiting(now=now)


def _fetch_mail(now: datetime) -> int:
    return channels.fetch(now=now)


def _read_channels(now: datetime) -> int:
    return channels.read(now=now)


def _ask_services(now: datetime) -> int:
    """What is new is read by another job, so this one need not run again at once."""
    channels.poll(now=now)
    return 0


def _send_by_channels(now: datetime) -> int:
    return channels.send(now=now)


def _settle_bounces(now: datetime) -> int:
    return reach.settle_bounces()


def _finish_talks(now: datetime) -> int:
    return channels.finish(now=now)


def _read_letters(now: datetime) -> int:
    """The next page of a scanned letter."""
    return reading.read_next(now=now)


def _hand_on(now: datetime) -> int:
    """What all who joined one report still get: the next batch."""
    return actions.go_on(now=now)


def _deliver(now: datetime) -> int:
    return notify_send.deliver(now=now)


# May be done by a process of their own: a backlog of messages then keeps neither copies nor deadlines waiting.
MESSAGES: tuple[Job, ...] = (
    Job("messages in", SOON, _read_channels),
    Job("messages out", SOON, _send_by_channels),
)

# The public copy comes first: what was made secret must be gone before anybody is told of anything.
REST: tuple[Job, ...] = (
    _consumer(publish.CONSUMER, publish.consume),
    _consumer(floods.CONSUMER, floods.consume),
    _consumer(postings.CONSUMER, postings.consume),
    _consumer(mass.CONSUMER, mass.consume),
    Job("common answers", SOON, _hand_on),
    _consumer(count.CONSUMER, count.consume),
    _consumer(asking.CONSUMER, asking.consume),
    _consumer(follow_quality.CONSUMER, follow_quality.consume),
    _consumer(notify_queue.CONSUMER, notify_queue.consume),
    _consumer(remembering.CONSUMER, remembering.consume),
    _consumer(postback.CONSUMER, postback.consume),
    Job("evidence", SOON, _log),
    Job("heads", timedelta(minutes=1), _send_heads),
    Job("overdue", timedelta(seconds=30), _sweep),
    Job("late advice", timedelta(minutes=2), _chase_advice),
    Job("reporters' voice", timedelta(minutes=10), _ask_reporters),
    Job("disclosures", timedelta(minutes=1), _disclosures),
    Job("retention", timedelta(hours=1), _retention),
    Job("breaches", timedelta(minutes=5), _breaches),
    Job("calendar changes", timedelta(seconds=30), _recompute),
    Job("bodies", timedelta(minutes=1), _follow_bodies),
    Job("people", timedelta(minutes=10), _follow_people),
    Job("vacant offices", timedelta(minutes=2), _leave_vacant),
    Job("alarms", timedelta(minutes=5), _watch),
    Job("new devices", timedelta(seconds=10), _tell_of_devices),
    Job("keys", timedelta(hours=1), _follow_keys),
    Job("recovery", timedelta(minutes=5), _expire_recovery),
    Job("mailbox", timedelta(seconds=20), _fetch_mail),
    Job("public posts", timedelta(minutes=1), _ask_services),
    Job("deliver", SOON, _deliver),
    Job("mail that came back", timedelta(seconds=10), _settle_bounces),
    Job("unfinished talks", timedelta(minutes=5), _finish_talks),
    Job("open data", timedelta(minutes=10), _write_open_data),
    Job("scanned letters", timedelta(seconds=5), _read_letters),
    Job("file scans", timedelta(minutes=1), _scan_files),
    *(Job(name, timedelta(hours=1), partial(daily.once_a_day, name, task)) for name, task in daily.TASKS.items()),
)

JOBS = (*MESSAGES, *REST)

# Only of a worker that goes on: it starts a process that outlives a round.
LASTING: tuple[Job, ...] = (Job("training", timedelta(minutes=1), learning.train_when_due),)
