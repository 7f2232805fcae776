"""The worker's outer loop: runs every job when its time has come, until told to stop.

This is the only place that catches every exception: one job that fails must not stop the others. It is logged by class
and job alone, because the text of an exception may quote what must not be logged.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from lapor.pulse.models import Beat
from lapor.pulse.signs import WORKER

from .jobs import JOBS, Job

log = logging.getLogger(__name__)
LONGEST_PAUSE = timedelta(seconds=60)
BEAT_EVERY = timedelta(seconds=10)


class Loop:
    """One worker, whose sign of life bears its name. `stop` ends it after the job in hand."""

    def __init__(self, jobs: Sequence[Job] = JOBS, *, name: str = WORKER) -> None:
        self.jobs, self.name = jobs, name
        self.stopping = threading.Event()
        self._next: dict[str, datetime] = {}
        self._failures: dict[str, int] = {}
        self._beaten_at: datetime | None = None

    def stop(self) -> None:
        self.stopping.set()

    def run(self) -> None:
        """Works until stopped. A database that goes away is waited for."""
        while not self.stopping.is_set():
            wait = self.round(timezone.now())
            self.stopping.wait(wait.total_seconds())

    def round(self, now: datetime) -> timedelta:
        """Runs each job whose time has come, once; returns how long nothing is due."""
        for job in self.jobs:
            if self.stopping.is_set():
                break
            if self._next.get(job.name, now) <= now:
                self._attempt(job)
        self._beat(now)
        soonest = min((self._next[job.name] for job in self.jobs if job.name in self._next), default=now)
        return max(soonest - timezone.now(), timedelta(0))

    def _attempt(self, job: Job) -> None:
        now = timezone.now()
        try:
            done = job.run(now)
        except Exception as problem:  # noqa: BLE001 -- see the first lines of this module
            failures = self._failures[job.name] = self._failures.get(job.name, 0) + 1
            self._next[job.name] = timezone.now() + min(timedelta(seconds=2 ** min(failures, 10)), LONGEST_PAUSE)
            log.error("job %s failed (%s in a row): %s", job.name, failures, type(problem).__name__)
            _note_failure(job.name, failures, type(problem).__name__)
        else:
            self._failures.pop(job.name, None)
            self._next[job.name] = now if done else now + job.every

    def _beat(self, now: datetime) -> None:
        if self._beaten_at is not None and now - self._beaten_at < BEAT_EVERY:
            return
        self._beaten_at = now
        healthy = [job.name for job in self.jobs if job.name not in self._failures]
        try:
            beat(self.name, *healthy, now=now)
        except (DatabaseError, InterfaceError) as problem:
            log.error("no heartbeat: %s", type(problem).__name__)
            connection.close()


def beat(*names: str, now: datetime) -> None:
    """Notes that the worker and these jobs are alive."""
    Beat.objects.bulk_create(
        [Beat(name=name, at=now) for name in sorted(set(names))],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at", "failures", "last_error_class"],
    )


def _note_failure(name: str, failures: int, error: str) -> None:
    try:
        connection.close_if_unusable_or_obsolete()
        Beat.objects.update_or_create(name=name, defaults={"failures": failures, "last_error_class": error})
    except (DatabaseError, InterfaceError):
        connection.close()  # the next attempt opens a new one


def drain(jobs: Sequence[Job] = JOBS, *, most: int = 100_000) -> int:
    """Runs every job until none has anything left; returns how much was done. Errors are the caller's."""
    total = 0
    for _ in range(most):
        done = sum(job.run(timezone.now()) for job in jobs)
        total += done
        if not done:
            return total
    raise RuntimeError("the worker does not come to an end")
