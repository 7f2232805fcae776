"""Loads the demonstration: bodies, people, reports with their lives, then the copies and figures that follow."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from lapor.agencies.models import Membership
from lapor.notify import queue as notify_queue
from lapor.reports import events
from lapor.reports.models import Event, Report
from lapor.worker.jobs import JOBS, Job
from lapor.worker.loop import drain

from . import bodies, case, people
from .case import Case
from .filing import MARK
from .lives import Tell, life_of
from .play import play
from .samples import Sample, read_all

SPAN = timedelta(days=90)
NEWEST = timedelta(minutes=40)
_REPORTS = {"transparency", "statistics"}


class NotHere(Exception):
    """This site is no demonstration, or holds what real people have entrusted to it."""


def load(*, now: datetime) -> None:
    """Loads what is missing. `NotHere` where LAPOR_DEMO is off, and on a site that real people already use."""
    _check()
    case.forget()
    with transaction.atomic():
        bodies.connect_all()
        people.ensure_all()
        if not Report.objects.filter(external_id__startswith=MARK).exists():
            play(_started(now=now), until=now)
    drain(_jobs())


def _check() -> None:
    if not settings.LAPOR_DEMO:
        raise NotHere("LAPOR_DEMO is off: this site is for real reports.")
    first = Report.objects.order_by("pk").first()
    if first is not None and first.external_id.startswith(MARK):
        return  # a demonstration from its first report on; what visitors filed since is theirs to play with
    if first is not None or Membership.objects.filter(user__is_demonstration=False).exists():
        raise NotHere("This site holds reports or officers of its own; the demonstration needs an empty one.")


def _started(*, now: datetime) -> list[tuple[Case, Tell]]:
    samples = read_all()
    at = _moments(samples, now=now)
    return [(Case(sample, now=at[sample.id]), life_of(sample)) for sample in samples]


def _moments(samples: Sequence[Sample], *, now: datetime) -> dict[str, datetime]:
    """When each message came: spread over the span, a duplicate within two days after the one it repeats."""
    dice = random.Random(360)  # noqa: S311 -- the same at every load
    found: dict[str, datetime] = {}
    for sample in samples:
        first = found.get(sample.duplicate_of)
        if first is not None:
            found[sample.id] = min(first + timedelta(hours=dice.uniform(2, 40)), now - NEWEST / 2)
        else:
            found[sample.id] = now - NEWEST - (SPAN - NEWEST) * dice.random()
    return found


def _jobs() -> list[Job]:
    """The copies and the figures; and "notify" without the demonstration's past, which nobody is to be told of."""
    shown = [job for job in JOBS if job.name in _REPORTS]
    return [*shown, Job(notify_queue.CONSUMER, timedelta(0), _read_over)]


def _read_over(now: datetime) -> int:
    return events.read(notify_queue.CONSUMER, _tell_of_others, now=now)


def _tell_of_others(batch: Sequence[Event]) -> None:
    notify_queue.consume([event for event in batch if not event.report.external_id.startswith(MARK)])
