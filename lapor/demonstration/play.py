"""Time of the demonstration: plays the lives of all reports in the order of their days, with the clock as an actor."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from lapor.reports import overdue

from .case import Case

Life = Iterator[datetime]
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
LOOK_EVERY = timedelta(hours=12)


def play(started: Iterable[tuple[Case, Callable[[Case], Life]]], *, until: datetime) -> None:
    """Plays every life up to `until`. A life says with each `yield` when it goes on; what lies ahead stays undone."""
    ahead = [(case.now, number, case, tell(case)) for number, (case, tell) in enumerate(started) if case.now <= until]
    if not ahead:
        return
    heapq.heapify(ahead)
    look_at = ahead[0][0] + LOOK_EVERY
    while ahead:
        at, number, case, life = heapq.heappop(ahead)
        while look_at <= at:
            _look(now=look_at)
            look_at += LOOK_EVERY
        case.now = at
        goes_on_at = next(life, None)
        if goes_on_at is not None and goes_on_at <= until:
            heapq.heappush(ahead, (max(goes_on_at, at), number, case, life))
    while look_at < until:
        _look(now=look_at)
        look_at += LOOK_EVERY
    _look(now=until)


def _look(*, now: datetime) -> None:
    while overdue.sweep(now=now):
        pass
