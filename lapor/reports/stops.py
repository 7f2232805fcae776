"""Who was stopped by the leak guard, how often, and who went on with a reason: in the audit trail, without the data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from lapor.audit.models import Entry
from lapor.audit.record import record

from .actors import Actor, Officer
from .refusals import LeakFound

CLOSED_AFTER = 3  # times that the own data of reporters nobody may know were written, by one officer ...
CLOSED_FOR = timedelta(days=1)  # ... within this time


def is_closed_to(user_id: int, *, now: datetime) -> bool:
    """Whether this officer wrote too many unknown reporters' own data lately to write in such reports at all."""
    lately = Entry.objects.filter(subject=_subject(user_id), act="leak.own", at__gt=now - CLOSED_FOR)
    return lately.count() >= CLOSED_AFTER


@contextmanager
def remembering(*, actor: Actor, now: datetime) -> Iterator[None]:
    """Around a transaction: nothing was done, but that it was tried stays."""
    try:
        yield
    except LeakFound as leak:
        remember(leak, actor=actor, now=now)
        raise


def remember(leak: LeakFound, *, actor: Actor, now: datetime, reason: str = "") -> None:
    """Writes down that somebody was stopped or, with a reason, went on: with kinds of data, never with the data."""
    if not isinstance(actor, Officer):
        return
    is_own = leak.is_unnamed and any(one.is_own for one in leak.found)
    act = "leak.own" if is_own else "leak.allowed" if reason else "leak.stopped"
    data = {"report": leak.report_id, "kinds": sorted({one.kind for one in leak.found}), "passed": bool(reason)}
    record(user_id=actor.user_id, act=act, subject=_subject(actor.user_id), now=now, data=data)


def _subject(user_id: int) -> str:
    """Of their own, so that counting reads these rows alone."""
    return f"guard:{user_id}"
