"""The consumer: settled rows of all histories become leaves, in batches, none missed and none twice."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from . import heads, tree
from .models import Progress, Source
from .sources import TABLES, leaves_of

BATCH = 1_000


def follow(*, now: datetime) -> int:
    """Logs the next rows; signs a head when all are logged and it is time. Returns how many leaves came.

    Two workers do not overlap: one that finds the other at work leaves it to it.
    """
    logged, is_behind = _log()
    if not is_behind:
        heads.keep(now=now)
    return logged


@transaction.atomic
def _log() -> tuple[int, bool]:
    """How many leaves came, and whether more rows are waiting already."""
    Progress.objects.bulk_create([Progress(source=table.source) for table in TABLES], ignore_conflicts=True)
    mutex = Progress.objects.select_for_update(skip_locked=True).filter(source=Source.EVENT)
    if not mutex:
        return 0, True
    leaves, is_behind = [], False
    for table in TABLES:
        done = Progress.objects.get(source=table.source)
        rows = table.settled(done, limit=BATCH)
        if not rows:
            continue
        leaves += [leaf for row in rows for leaf in leaves_of(table, row)]
        done.xid, done.row_id = rows[-1]["xid"], rows[-1]["id"]
        done.save()
        is_behind |= len(rows) == BATCH
    if leaves:
        tree.append(leaves)
    return len(leaves), is_behind
