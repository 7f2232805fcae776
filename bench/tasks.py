"""What a side can be asked to do: prepare and fill its database, ask for a page, ring clocks, read events."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import astuple
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils import timezone

from lapor.notify import queue as notify_queue
from lapor.reports import events, mass, overdue, postings
from lapor.reports.clockwork import ON_NO_RUNG
from lapor.reports.models import Clock, Cursor, Event, Report
from lapor.statistics import count
from lapor.transparency import publish
from lapor.vault import keys

from . import figures, fill, identity, pages, same_rows, sealing, tree_tasks, world

CONSUMERS: dict[str, events.Consume] = {
    publish.CONSUMER: publish.consume,
    postings.CONSUMER: postings.consume,
    mass.CONSUMER: mass.consume,
    count.CONSUMER: count.consume,
    notify_queue.CONSUMER: notify_queue.consume,
}


def build(*, adopting: int) -> None:
    """Connects bodies and hires officers; the key that secrets are sealed with is made before both sides share it."""
    keys.ensure()
    world.build(on=timezone.localdate(), adopting=adopting)


def lenient() -> None:
    fill.be_lenient()


def fill_part(*, first: int, last: int, of: int, now: str) -> int:
    return fill.fill(first, last, of=of, world=_world(), now=datetime.fromisoformat(now))


@lru_cache(maxsize=1)
def _world() -> world.World:
    return world.read(on=timezone.localdate())


def names() -> list[str]:
    return list(pages.PAGES)


def page(*, name: str) -> tuple[float, float, int]:
    seconds, in_database, questions = astuple(pages.measure(name))
    return seconds, in_database, questions


def run_all_clocks() -> int:
    """Lets a clock run on every report of the table, far from its alarm: what the sweep must not be slowed by."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reports_clock SET stopped_at = NULL, is_paused = false, missed_at = NULL,"
            " due_at = '2100-01-01', wake_at = '2099-12-01' WHERE step = 'resolve'"
        )
        cursor.execute("VACUUM (ANALYZE) reports_clock")
    return Clock.objects.filter(wake_at__isnull=False).count()


def sweep(*, due: int) -> float:
    """Seconds to act on so many alarms. Half of them warn, half climb from the foot of the ladder."""
    now = timezone.now()
    open_reports = Report.objects.filter(state__in=["received", "verified", "assigned", "in_progress"])
    chosen = list(
        Clock.objects.filter(report__in=open_reports, step="resolve", stopped_at=None).values_list("pk")[:due]
    )
    keys_of = [key for (key,) in chosen]
    # A limit missed in a year without a calendar would lead on the ladder instead.
    Clock.objects.filter(report__clocks__in=keys_of, stopped_at=None).exclude(step="resolve").update(
        stopped_at=now, wake_at=None
    )
    Clock.objects.filter(pk__in=keys_of).update(
        wake_at=now, due_at=now + timedelta(days=1), missed_at=None, **ON_NO_RUNG
    )
    Clock.objects.filter(pk__in=keys_of[::2]).update(due_at=now)
    began = time.perf_counter()
    done = overdue.sweep(now=timezone.now(), limit=due)
    assert done == len(keys_of) > 0, f"{done} clocks rang, not {len(keys_of)}"
    return time.perf_counter() - began


def read_events(*, consumer: str, back: int) -> float:
    """Seconds in which one consumer reads the last so many events of the history; it is left where it was."""
    kept = Cursor.objects.get(consumer=consumer)
    oldest = Event.objects.order_by("-xid", "-pk")[:back].values_list("xid", "pk")
    xid, key = list(oldest)[-1]
    Cursor.objects.filter(consumer=consumer).update(xid=xid, event_id=key)
    done, began = 0, time.perf_counter()
    while read := events.read(consumer, CONSUMERS[consumer], now=timezone.now()):
        done += read
    spent = time.perf_counter() - began
    Cursor.objects.filter(consumer=consumer).update(xid=kept.xid, event_id=kept.event_id)
    assert done >= back - 1
    return spent


def consumers() -> list[str]:
    return list(CONSUMERS)


def lag() -> int:
    """How many events the slowest consumer has not read."""
    return max(events.lag(consumer) for consumer in CONSUMERS)


def skip_to_end() -> None:
    """Sets every consumer behind the newest event, as if it had read them all."""
    xid, key = Event.objects.order_by("-xid", "-pk").values_list("xid", "pk")[0]
    Cursor.objects.filter(consumer__in=CONSUMERS).update(xid=xid, event_id=key)


TASKS: dict[str, Callable[..., Any]] = {
    "build": build,
    "lenient": lenient,
    "strip": fill.strip,
    "fill": fill_part,
    "dress": fill.dress,
    "settle": fill.settle,
    "tidy": fill.tidy,
    "names": names,
    "page": page,
    "run_all_clocks": run_all_clocks,
    "sweep": sweep,
    "read_events": read_events,
    "consumers": consumers,
    "lag": lag,
    "skip_to_end": skip_to_end,
    "identity": identity.measure,
    "new_report": same_rows.new_report,
    "sealing": sealing.measure,
    "grow_facts": figures.grow,
    "fact_sizes": figures.sizes,
    "dashboards": figures.dashboards,
    "count_events": figures.consumer,
    "written_by_intake": same_rows.written_by_intake,
    "grow_tree": tree_tasks.grow_tree,
    "tree_costs": tree_tasks.tree_costs,
    "verify_tree": tree_tasks.verify_tree,
}
