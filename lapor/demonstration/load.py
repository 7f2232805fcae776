"""Loads the demonstration: bodies, people, reports with their lives, then the copies and figures that follow."""

from __future__ import annotations

import multiprocessing
import sys
import zlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, connections, transaction

from lapor.agencies.models import Agency, Membership
from lapor.agencies.places import timezone_of
from lapor.deadlines.calendar import calendar_for
from lapor.lib.workdays import workdays_before
from lapor.notify import queue as notify_queue
from lapor.reports import events
from lapor.reports.models import AnswerTemplate, Event, Kind, Report, State
from lapor.statistics import count
from lapor.transparency import publish, shelf
from lapor.transparency.models import PublicReport

from . import bodies, case, people, steps
from .case import Case, by_day
from .filing import MARK, mark_of, ours
from .lives import Tell, life_of, table
from .play import play
from .samples import Sample, read_all
from .wording import rows

SPAN_DAYS = 90.0
NEWEST = timedelta(minutes=40)
_DENSER = 1.6  # above 1: more reports from the last days than from three months ago
_FIRST_HALF = 44  # of a hundred lives that either half could play: the other one does not wait for keys
_ALL = 1_000_000  # more events than any demonstration has
_SUPPORTED, _MOST_SUPPORT = 0.09, 11


class NotHere(Exception):
    """This site is no demonstration, or holds what real people have entrusted to it."""


def load(*, now: datetime) -> None:
    """Loads what is missing; of the reports each half, all of it or nothing.

    `NotHere` where LAPOR_DEMO is off, and on a site that real people already use.
    """
    check()
    case.forget()
    steps.forget()
    with transaction.atomic():
        bodies.connect_all()
        people.ensure_all()
        _ensure_templates()
    sealed, other = _halves(_started(now=now))
    _beside(lambda: _play_sealed(sealed, now), lambda: _play_half(other, now))
    events.settle()
    _beside(lambda: _show(now), lambda: _count(now))


def check() -> None:
    """Refuses (`NotHere`) a site for real reports."""
    if not settings.LAPOR_DEMO:
        raise NotHere("LAPOR_DEMO is off: this site is for real reports.")
    first = Report.objects.order_by("pk").first()
    if first is not None and ours().filter(pk=first.pk).exists():
        return  # a demonstration from its first report on; what visitors filed since is theirs to play with
    if first is not None or Membership.objects.filter(user__is_demonstration=False).exists():
        raise NotHere("This site holds reports or officers of its own; the demonstration needs an empty one.")


def _beside(*tasks: Callable[[], object]) -> None:
    """Does tasks that touch no row of each other, each on a processor of its own where that can be had."""
    if connection.in_atomic_block or sys.platform != "linux":
        for task in tasks:
            task()
        return
    connections.close_all()  # a connection cannot be shared with a child
    context = multiprocessing.get_context("fork")
    children = [context.Process(target=task) for task in tasks]
    for child in children:
        child.start()
    for child in children:
        child.join()
    if any(child.exitcode for child in children):
        raise RuntimeError("a part of the demonstration could not be loaded")


@transaction.atomic
def _play_sealed(half: Sequence[tuple[Case, Tell]], now: datetime) -> None:
    """The half that needs unlocked keys, which take seconds to make."""
    people.ensure_keys()
    _play_half(half, now)


@transaction.atomic
def _play_half(half: Sequence[tuple[Case, Tell]], now: datetime) -> None:
    if not _is_there(half):
        play(half, until=now)


def _show(now: datetime) -> None:
    """All at once: in batches of the worker the copy of one report would be made several times."""
    events.read(publish.CONSUMER, publish.consume, now=now, limit=_ALL)
    _support(now=now)


def _count(now: datetime) -> None:
    """Figures, and notices without the demonstration's past, of which nobody is to be told."""
    events.read(count.CONSUMER, count.consume, now=now, limit=_ALL)
    events.read(notify_queue.CONSUMER, _tell_of_others, now=now, limit=_ALL)


def _halves(lives: Sequence[tuple[Case, Tell]]) -> tuple[list[tuple[Case, Tell]], list[tuple[Case, Tell]]]:
    """What repeats one another stays together, and so do sealed ones: both halves would want the rows of their keys."""
    halves: tuple[list[tuple[Case, Tell]], list[tuple[Case, Tell]]] = ([], [])
    for one, tell in lives:
        first = one
        while first.lead is not None:
            first = first.lead
        is_sealed = Kind.WHISTLEBLOWING in {one.sample.kind, first.sample.kind}
        is_second = not is_sealed and zlib.crc32(first.sample.id.encode()) % 100 >= _FIRST_HALF
        halves[is_second].append((one, tell))
    return halves


def _is_there(half: Sequence[tuple[Case, Tell]]) -> bool:
    marks = [mark_of(one.sample) for one, _tell in half]
    return Report.objects.filter(external_id__in=marks).exists()


def _started(*, now: datetime) -> list[tuple[Case, Tell]]:
    found: dict[str, Case] = {}
    lives: list[tuple[Case, Tell]] = []
    for sample in _chosen():
        lead = found.get(sample.duplicate_of)
        moment = _moment(sample, lead=lead, now=now)
        tell = life_of(sample, days_ago=(now - moment) / timedelta(days=1))
        if tell is None:
            continue
        found[sample.id] = one = Case(sample, now=moment)
        one.lead = lead
        lives.append((one, tell))
    return lives


def _chosen() -> list[Sample]:
    """Every message that shows something of its own, and as many others as this site is to have."""
    samples, own = read_all(), table()
    others = [sample for sample in samples if sample.id not in own][: settings.LAPOR_DEMO_REPORTS]
    kept = {*own, *(sample.id for sample in others)}
    return [sample for sample in samples if sample.id in kept]


def _moment(sample: Sample, *, lead: Case | None, now: datetime) -> datetime:
    """When the message came: as lives.csv says, or soon after the one that it repeats, else at any time."""
    dice = sample.dice("moment")
    if sample.id in table():
        today = now.astimezone(timezone_of(sample.region_code)).date()
        # In working days, so that a holiday before the day of loading does not leave these lives half told.
        day = workdays_before(today, int(table()[sample.id]["workdays_ago"]), calendar_for(sample.region_code))
        moment = now - timedelta(days=(today - day).days, hours=dice.uniform(0, 9))
    elif lead is not None:
        moment = lead.now + timedelta(hours=dice.uniform(2, 40))
    else:
        moment = now - timedelta(days=SPAN_DAYS * dice.random() ** _DENSER)
    return min(by_day(moment, sample.region_code), now - NEWEST * dice.uniform(1, 9))


def _ensure_templates() -> None:
    for row in rows("templates.csv"):
        agency = Agency.objects.get(slug=row["slug"]) if row["slug"] else None
        AnswerTemplate.objects.update_or_create(agency=agency, title=row["title"], defaults={"text": row["text"]})


def _tell_of_others(batch: Sequence[Event]) -> None:
    own = set(ours().values_list("pk", flat=True))
    notify_queue.consume([event for event in batch if not {event.report_id, event.report.split_from_id} & own])


def _support(*, now: datetime) -> None:
    """Neighbours who saw it too: on some of the published copies, once."""
    codes = dict(ours().values_list("external_id", "code"))
    published = PublicReport.objects.filter(code__in=codes.values()).exclude(state=State.ARCHIVED)
    if published.filter(support_count__gt=0).exists():
        return
    shown = set(published.values_list("code", flat=True))
    with transaction.atomic():
        for sample in read_all():
            code, dice = codes.get(f"{MARK}{sample.id}", ""), sample.dice("support")
            if code in shown and dice.random() < _SUPPORTED:
                neighbours = range(int(_MOST_SUPPORT * dice.random() ** 2) + 1)
                shelf.support_by(code, [f"{MARK}{neighbour}" for neighbour in neighbours], now=now)
