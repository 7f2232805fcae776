"""Messages on their way out: queued with what they answer, sent outside any transaction, tried again with pauses.

A message is leased before it is sent: a worker that dies in between sends it again after the lease.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from lapor.vault.envelope import open_sealed, seal

from .base import Gateway, NotNow, Refused, digest_of
from .models import Sending

log = logging.getLogger(__name__)
BATCH = 50
LEASE = timedelta(minutes=5)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 180, 720))
TRIES = len(WAITS) + 1
DAY = timedelta(hours=24)
MOST_A_DAY = 30  # to one number; what is more stays unsent, since each message costs money and somebody may be flooded


def queue(*, channel: str, to: str, text: str, once: str, now: datetime) -> bool:
    """Puts a message in the queue, once for each reason; False when the number has had its share today."""
    number = digest_of(to)
    if Sending.objects.filter(channel=channel, recipient=number, made_at__gt=now - DAY).count() >= MOST_A_DAY:
        log.warning("a number has had its %s messages of %s today", MOST_A_DAY, channel)
        return False
    row = Sending(
        channel=channel,
        once=once,
        recipient=number,
        box=seal({"to": to, "text": text}, aad=f"sending:{once}"),
        made_at=now,
        next_try_at=now,
    )
    Sending.objects.bulk_create([row], ignore_conflicts=True)
    return True


def deliver(gateways: Mapping[str, Gateway], *, now: datetime) -> int:
    """Sends what is due by the channels that are set up; returns how many were tried."""
    ready = [name for name, gateway in gateways.items() if gateway.is_set_up()]
    leased = _lease(ready, now=now)
    for row in leased:
        _send(row, gateways[row.channel], now=now)
    return len(leased)


def arrived(reference: int, *, is_lost: bool) -> None:
    """The gateway's report of delivery. One that comes late, twice or for an unknown message changes nothing."""
    found = Sending.objects.filter(pk=reference, state=Sending.State.SENT)
    found.update(state=Sending.State.FAILED if is_lost else Sending.State.ARRIVED)


@transaction.atomic
def _lease(channels: Sequence[str], *, now: datetime) -> list[Sending]:
    due = Sending.objects.filter(state=Sending.State.QUEUED, next_try_at__lte=now, channel__in=channels)
    rows = list(due.order_by("next_try_at", "id").select_for_update(skip_locked=True)[:BATCH])
    Sending.objects.filter(pk__in=[row.pk for row in rows]).update(next_try_at=now + LEASE)
    return rows


def _send(row: Sending, gateway: Gateway, *, now: datetime) -> None:
    content = open_sealed(bytes(row.box), aad=f"sending:{row.once}")
    row.attempts += 1
    try:
        gateway.send(to=content["to"], text=content["text"], reference=row.pk)
    except Refused as problem:
        _failed(row, problem)
    except NotNow as problem:
        if row.attempts >= TRIES:
            _failed(row, problem)
        else:
            wait = max(WAITS[row.attempts - 1], problem.after)
            row.last_error_class, row.next_try_at = type(problem).__name__, now + wait
    else:
        row.state, row.next_try_at, row.sent_at = Sending.State.SENT, None, now
    # A report of delivery may have come before this line: it is not to be forgotten again.
    Sending.objects.filter(pk=row.pk, state=Sending.State.QUEUED).update(
        state=row.state,
        attempts=row.attempts,
        next_try_at=row.next_try_at,
        sent_at=row.sent_at,
        last_error_class=row.last_error_class,
    )


def _failed(row: Sending, problem: Exception) -> None:
    log.warning("message %s of %s failed for good: %s", row.pk, row.channel, type(problem).__name__)
    row.state, row.next_try_at, row.last_error_class = Sending.State.FAILED, None, type(problem).__name__
