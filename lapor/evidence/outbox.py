"""Heads on their way out: once a day and on demand, each attempt noted, tried again with growing pauses.

A delivery is leased before it is sent, outside any transaction: a worker that dies in between sends it again. The same
head twice at one place does no harm.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from . import heads, places
from .models import Delivery, DeliveryState, Head
from .send import TROUBLES, deliver

log = logging.getLogger(__name__)
EVERY = timedelta(hours=24)
LEASE = timedelta(minutes=10)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
TRIES = len(WAITS) + 1
BATCH = 20


def send_due(*, now: datetime) -> int:
    """Prepares what the day owes each place and sends what is due; returns how many were tried."""
    _prepare_daily(now=now)
    return _send(now=now)


def send_now(*, now: datetime) -> int:
    """Signs a head and sends it to every place at once, on demand; returns to how many places it is on its way."""
    with transaction.atomic():
        head = heads.sign(now=now)
        made = _prepare(head, places.configured(), now=now)
    _send(now=now)
    return made


def recent(*, limit: int = 20) -> list[Delivery]:
    """The last deliveries, newest first, for the operator's page."""
    return list(Delivery.objects.select_related("head").order_by("-pk")[:limit])


def _prepare_daily(*, now: datetime) -> None:
    """The newest head for each place that was promised none within the day. One that failed is followed by the next."""
    head = heads.latest()
    if head is None:
        return
    rows = Delivery.objects.values("place", "target").annotate(last=Max("made_at"))
    last = {(row["place"], row["target"]): row["last"] for row in rows}
    owed = [to for to in places.configured() if last.get((to.place, to.target), now - EVERY) <= now - EVERY]
    _prepare(head, owed, now=now)


def _prepare(head: Head, to: Sequence[places.Outside], *, now: datetime) -> int:
    Delivery.objects.bulk_create(
        [
            Delivery(head=head, place=one.place, target=one.target, label=one.label[:200], made_at=now, next_try_at=now)
            for one in to
        ],
        ignore_conflicts=True,
    )
    return len(to)


def _send(*, now: datetime) -> int:
    known = {(str(one.place), one.target): one for one in places.configured()}
    leased = _lease(now=now)
    for delivery in leased:
        _attempt(delivery, known.get((delivery.place, delivery.target)), now=now)
    return len(leased)


@transaction.atomic
def _lease(*, now: datetime) -> Sequence[Delivery]:
    due = Delivery.objects.filter(state=DeliveryState.QUEUED, next_try_at__lte=now).order_by("next_try_at")
    found = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("head")[:BATCH])
    Delivery.objects.filter(pk__in=[one.pk for one in found]).update(next_try_at=now + LEASE)
    return found


def _attempt(delivery: Delivery, to: places.Outside | None, *, now: datetime) -> None:
    delivery.attempts += 1
    try:
        if to is None:
            raise NotConfigured
        deliver(heads.shown(delivery.head), to)
    except (*TROUBLES, NotConfigured) as problem:
        _note_failure(delivery, problem, now=now)
    else:
        delivery.state, delivery.sent_at, delivery.next_try_at = DeliveryState.SENT, now, None
        delivery.last_error_class = ""
    delivery.save(update_fields=["state", "attempts", "sent_at", "next_try_at", "last_error_class"])


class NotConfigured(Exception):
    """The place was taken out of the settings meanwhile."""


def _note_failure(delivery: Delivery, problem: Exception, *, now: datetime) -> None:
    """By class alone: the text of the problem may quote an address that holds a secret."""
    delivery.last_error_class = type(problem).__name__
    if isinstance(problem, NotConfigured) or delivery.attempts >= TRIES:
        delivery.state, delivery.next_try_at = DeliveryState.FAILED, None
        log.warning(
            "head %s could not be sent to a %s: %s", delivery.head_id, delivery.place, delivery.last_error_class
        )
    else:
        delivery.next_try_at = now + WAITS[delivery.attempts - 1]
