"""Training beside the worker's loop, in a process of its own: no delivery waits for it, and its memory goes with it.

The first one makes the model of the cold start; afterwards one a week learns from what officers have decided.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from datetime import datetime, timedelta

from lapor.pulse.models import Beat
from lapor.routing.learning import shelf
from lapor.routing.models import Version

log = logging.getLogger(__name__)
WEEK = timedelta(days=7)
RETRY = timedelta(hours=1)  # after a training that came to nothing
MARK = "begun:training"  # whichever worker moves this sign of life trains; the job's own moves every minute
COMMAND = (sys.executable, "-m", "django", "routing", "train")
GRACE = timedelta(seconds=30)  # a start is over before a training takes a processor
_running: subprocess.Popen[bytes] | None = None
_started_at: datetime | None = None


def train_when_due(now: datetime) -> int:
    """Starts a training when one is due and none runs here, and puts a version in use on this machine that another
    one has chosen. Never waits; returns 0.
    """
    global _running, _started_at
    _started_at = _started_at or now
    if _running is not None:
        code = _running.poll()
        if code is None:
            return 0
        _running = None
        if code:
            log.warning("a training of the routing model ended with code %s; the present one stays", code)
        shelf.forget()
    _follow()
    if now - _started_at >= GRACE and is_due(now=now) and _take(now=now):
        _running = subprocess.Popen(COMMAND, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603
    return 0


def stop() -> None:
    """Ends a training with the worker; the next worker begins it anew."""
    if _running is not None and _running.poll() is None:
        _running.terminate()
        _running.wait(10)


def is_due(*, now: datetime) -> bool:
    """Whether no version can be used here, or the newest one is a week old."""
    if shelf.named() == "" or shelf.trouble():
        return True
    return not Version.objects.filter(trained_at__gt=now - WEEK).exists()


def _take(*, now: datetime) -> bool:
    """Whether this worker is the one to train: two do not, and what failed is not tried again at once."""
    _beat, is_new = Beat.objects.get_or_create(name=MARK, defaults={"at": now})
    return is_new or bool(Beat.objects.filter(name=MARK, at__lte=now - RETRY).update(at=now))


def _follow() -> None:
    current = Version.objects.filter(is_current=True).values_list("version", flat=True).first()
    if current and current != shelf.named() and shelf.file_of(current).exists():
        shelf.use(current)
