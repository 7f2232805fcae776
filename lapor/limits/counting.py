"""Counting by digest: one row for each rule, place and stretch of time, deleted when the stretch is over."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from django.db import connection

from .budgets import Budget
from .models import Count

KEPT = timedelta(hours=2)
_MINUTE = timedelta(minutes=1)
_UPSERT = """
    INSERT INTO {table} AS kept (rule, place, began_at, n) VALUES (%s, %s, %s, 1)
    ON CONFLICT (rule, place, began_at) DO UPDATE SET n = kept.n + 1 RETURNING n
"""


def hit(rule: str, place: str, budget: Budget, *, now: datetime) -> int:
    """Counts one more; how many there were in this stretch, this one included."""
    sql = _UPSERT.format(table=connection.ops.quote_name(Count._meta.db_table))
    with connection.cursor() as cursor:
        cursor.execute(sql, [rule, place, _began(budget.per, now)])
        return int(cursor.fetchone()[0])


def frees_at(budget: Budget, *, now: datetime) -> datetime:
    """When the next stretch begins."""
    return _began(budget.per, now) + budget.per


def forget_counts(*, now: datetime) -> int:
    """Deletes what no budget looks at any more; says how many."""
    deleted, _by_table = Count.objects.filter(began_at__lt=now - KEPT).delete()
    return deleted


def _began(per: timedelta, now: datetime) -> datetime:
    seconds = int(per.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=UTC)


class Load:
    """How much comes to this web process in a minute, by rule. In memory: a row that all share would be a queue."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: dict[str, tuple[datetime, int]] = {}

    def hit(self, rule: str, *, now: datetime) -> int:
        """Counts one more; how many there were in this minute."""
        minute = _began(_MINUTE, now)
        with self._lock:
            began, n = self._seen.get(rule, (minute, 0))
            n = n + 1 if began == minute else 1
            self._seen[rule] = (minute, n)
            return n

    def forget(self) -> None:
        self._seen.clear()


LOAD = Load()
