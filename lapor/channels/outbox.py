"""Messages on their way out: queued with what they answer, sent outside any transaction, tried again with pauses.
Where a service does not take our credentials any more they wait, however long, and no try is counted.

A message is leased before it is sent: a worker that dies in between sends it again after the lease.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, QuerySet

from lapor.vault.envelope import open_sealed, seal

from . import standing
from .base import Gateway, NeedsAttention, NotNow, Refused, digest_of
from .models import Sending

log = logging.getLogger(__name__)
BATCH = 50
LEASE = timedelta(minutes=5)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 180, 720))
TRIES = len(WAITS) + 1
DAY = timedelta(hours=24)
MOST_A_DAY = 30  # to one number; what is more stays unsent, since each message costs money and somebody may be flooded

_TICK_OFF = """
    UPDATE channels_sending SET state = %(state)s, attempts = %(attempts)s, next_try_at = %(next_try_at)s,
        sent_at = %(sent_at)s, last_error_class = %(last_error_class)s
    WHERE id = %(id)s AND state = 'queued'
"""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One message to be sent. `once` names why: for one reason nothing is sent twice."""

    channel: str
    to: str = field(repr=False)
    text: str = field(repr=False)
    once: str


def queue(*, channel: str, to: str, text: str, once: str, now: datetime) -> bool:
    """Puts a message in the queue, once for each reason; False when the number has had its share today."""
    return queue_all([Answer(channel=channel, to=to, text=text, once=once)], now=now) == 1


def queue_all(answers: Sequence[Answer], *, now: datetime) -> int:
    """Puts messages in the queue, each once for its reason; returns how many are within the day's share of a number."""
    had = _had_today({(one.channel, digest_of(one.to)) for one in answers}, now=now)
    rows = []
    for one in answers:
        number = digest_of(one.to)
        had[one.channel, number] += 1
        if had[one.channel, number] > MOST_A_DAY:
            log.warning("a number has had its %s messages of %s today", MOST_A_DAY, one.channel)
            continue
        box = seal({"to": one.to, "text": one.text}, aad=f"sending:{one.once}")
        rows.append(
            Sending(channel=one.channel, once=one.once, recipient=number, box=box, made_at=now, next_try_at=now)
        )
    Sending.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _had_today(numbers: Set[tuple[str, bytes]], *, now: datetime) -> Counter[tuple[str, bytes]]:
    """How many messages each number had within the day, by channel."""
    if not numbers:
        return Counter()
    of = {"channel__in": {channel for channel, _number in numbers}, "recipient__in": [one for _of, one in numbers]}
    sent = Sending.objects.filter(made_at__gt=now - DAY, **of).values_list("channel", "recipient")
    return Counter({(channel, bytes(number)): n for channel, number, n in sent.annotate(n=Count("pk")).order_by()})


def deliver(gateways: Mapping[str, Gateway], *, now: datetime) -> int:
    """Sends what is due by the channels that are set up; returns how many were tried."""
    ready = {name for name, gateway in gateways.items() if gateway.is_set_up()}
    leased = _lease(sorted(ready - standing.resting(ready, now=now)), now=now)
    # Services that take nothing more this time: what is left for them comes again with the lease.
    full: set[str] = set()
    for row in leased:
        if row.channel not in full and _send(row, gateways[row.channel], now=now):
            full.add(row.channel)
    for channel in {row.channel for row in leased if row.state == Sending.State.SENT}:
        standing.note_success(channel)
    return len(leased)


def arrived(reference: int, *, is_lost: bool) -> None:
    """The gateway's report of delivery. One that comes late, twice or for an unknown message changes nothing."""
    found = Sending.objects.filter(pk=reference, state=Sending.State.SENT)
    found.update(state=Sending.State.FAILED if is_lost else Sending.State.ARRIVED)


def again(rows: QuerySet[Sending], *, now: datetime) -> int:
    """Of these messages those that failed are sent once more, as if they were new; returns how many."""
    found = rows.filter(state=Sending.State.FAILED)
    return found.update(state=Sending.State.QUEUED, next_try_at=now, attempts=0, last_error_class="")


def give_up(rows: QuerySet[Sending]) -> int:
    """Of these messages those that failed go off the list, for a person who dealt with them."""
    return rows.filter(state=Sending.State.FAILED).update(state=Sending.State.GIVEN_UP)


@transaction.atomic
def _lease(channels: Sequence[str], *, now: datetime) -> list[Sending]:
    due = Sending.objects.filter(state=Sending.State.QUEUED, next_try_at__lte=now, channel__in=channels)
    rows = list(due.order_by("next_try_at", "id").select_for_update(skip_locked=True)[:BATCH])
    Sending.objects.filter(pk__in=[row.pk for row in rows]).update(next_try_at=now + LEASE)
    return rows


def _send(row: Sending, gateway: Gateway, *, now: datetime) -> bool:
    """Whether the service will take no other message now either."""
    content = open_sealed(bytes(row.box), aad=f"sending:{row.once}")
    row.attempts += 1
    is_full = False
    try:
        gateway.send(to=content["to"], text=content["text"], reference=row.pk)
    except Refused as problem:
        _failed(row, problem)
    except NeedsAttention as problem:
        standing.note_refusal(row.channel, now=now)
        row.attempts -= 1
        row.last_error_class, row.next_try_at, is_full = type(problem).__name__, now + standing.PAUSE, True
    except NotNow as problem:
        is_full = problem.is_general
        if row.attempts >= TRIES:
            _failed(row, problem)
        else:
            pause = max(problem.after or timedelta(), WAITS[row.attempts - 1])
            row.last_error_class, row.next_try_at = type(problem).__name__, now + pause
    else:
        row.state, row.next_try_at, row.sent_at = Sending.State.SENT, None, now
    # A report of delivery may have come before this line: it is not to be forgotten again.
    with connection.cursor() as cursor:
        cursor.execute(_TICK_OFF, vars(row))
    return is_full


def _failed(row: Sending, problem: Exception) -> None:
    log.warning("message %s of %s failed for good: %s", row.pk, row.channel, type(problem).__name__)
    row.state, row.next_try_at, row.last_error_class = Sending.State.FAILED, None, type(problem).__name__
