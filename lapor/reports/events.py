"""The outbox: consumers read history in batches, each with a cursor of its own, and never miss an event.

Sequence ids commit out of order: a transaction with a lower id may become visible after a higher one was read. So a
consumer reads in the order (xid, id) and only events of transactions older than every one still running.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from .models import Cursor, Event

BATCH = 500
_SETTLED = "reports_event.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"

Consume = Callable[[Sequence[Event]], None]


def read(consumer: str, consume: Consume, *, now: datetime, limit: int = BATCH) -> int:
    """Hands the next events, oldest first, to `consume` and moves the cursor in the same transaction. Returns how many.

    `consume` must be idempotent for its own sake, but is given each event once: its writes and the cursor
    commit together.
    Two workers with the same consumer do not overlap: the cursor row is locked.
    """
    with transaction.atomic():
        Cursor.objects.get_or_create(consumer=consumer)
        cursor = Cursor.objects.select_for_update().get(consumer=consumer)
        events = list(
            Event.objects.extra(  # noqa: S610 -- constants only; the ORM has no row comparison
                where=[f"(reports_event.xid, reports_event.id) > (%s, %s) AND {_SETTLED}"],
                params=[cursor.xid, cursor.event_id],
            )
            .select_related("report")
            .order_by("xid", "id")[:limit]
        )
        if not events:
            return 0
        consume(events)
        cursor.xid, cursor.event_id, cursor.moved_at = events[-1].xid, events[-1].pk, now
        cursor.save()
    return len(events)


def lag(consumer: str) -> int:
    """How many settled events this consumer has not read yet (exact; for the operator's page and tests)."""
    cursor, _created = Cursor.objects.get_or_create(consumer=consumer)
    return (
        Event.objects.extra(  # noqa: S610
            where=[f"(reports_event.xid, reports_event.id) > (%s, %s) AND {_SETTLED}"],
            params=[cursor.xid, cursor.event_id],
        )
        .order_by()
        .count()
    )


def readers() -> list[tuple[str, int, datetime | None]]:
    """Every consumer with how far it lags and when it last moved, for the operator's page."""
    rows = Cursor.objects.order_by("consumer").values_list("consumer", "moved_at")
    return [(consumer, lag(consumer), moved_at) for consumer, moved_at in rows]


def waiting() -> list[tuple[str, datetime]]:
    """Every consumer that has something to read, with the time of the oldest event that it has not read."""
    found = []
    for cursor in Cursor.objects.order_by("consumer"):
        oldest = (
            Event.objects.extra(  # noqa: S610
                where=[f"(reports_event.xid, reports_event.id) > (%s, %s) AND {_SETTLED}"],
                params=[cursor.xid, cursor.event_id],
            )
            .order_by("xid", "id")
            .values_list("at", flat=True)
            .first()
        )
        if oldest is not None:
            found.append((cursor.consumer, max(oldest, cursor.moved_at or oldest)))
    return found


def settle(*, patience: float = 120.0) -> None:
    """Waits until every event there is can be read: until all transactions that are older have ended.

    For who must find everything read at once, as the demonstration and tests; consumers just read again later.
    `TimeoutError` after `patience` seconds.
    """
    give_up = time.monotonic() + patience
    while Event.objects.extra(where=[f"NOT ({_SETTLED})"]).exists():  # noqa: S610 -- a constant
        if time.monotonic() > give_up:
            raise TimeoutError("an older transaction does not end")
        time.sleep(0.05)
