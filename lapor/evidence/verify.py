"""Goes through everything: rows against leaves, leaves against subtrees, the tree against heads here and outside.

Reads in batches by key, so that ten million rows need little memory. It writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db import connection

from .findings import Finding, Found, Tally
from .growth import Growth
from .judge import Judge, code_of
from .models import Leaf, Progress
from .sources import TABLES, Row, Table, leaves_of

BATCH = 5_000
Step = Callable[[str, int], None]


def verify(
    tally: Tally, *, outside: Sequence[dict[str, Any]] = (), step: Step = lambda _what, _done: None
) -> Iterator[Finding]:
    """Yields every fault. `outside` are heads that were kept elsewhere; `step` hears how far it has come."""
    for finding in _all(tally, outside, step):
        tally.findings += 1
        yield finding


def _all(tally: Tally, outside: Sequence[dict[str, Any]], step: Step) -> Iterator[Finding]:
    growth = Growth(tally, outside)
    tally.times_left_out = settings.LAPOR_DEMO  # whose people lived in an invented past
    judge = Judge(tally)
    for leaves in _leaves():
        yield from growth.missing_before(leaves[0])
        rows = _rows(leaves)
        for leaf in leaves:
            yield from growth.missing_before(leaf)
            yield from judge.of(leaf, rows.get((leaf.source, leaf.row_id)), not_before=growth.signed_at)
            yield from growth.add(leaf)
        yield from growth.stored_nodes()
        yield from judge.words()
        tally.leaves += len(leaves)
        step("leaves", tally.leaves)
    yield from growth.end()
    for table in TABLES:
        yield from _without_leaf(table, tally, step)


def _leaves() -> Iterator[list[Leaf]]:
    last = -1
    while found := list(Leaf.objects.filter(index__gt=last).order_by("index")[:BATCH]):
        yield found
        last = found[-1].index


def _rows(leaves: Sequence[Leaf]) -> dict[tuple[int, int], Row]:
    """The rows that these leaves stand for, as they are now."""
    found: dict[tuple[int, int], Row] = {}
    for table in TABLES:
        keys = {leaf.row_id for leaf in leaves if leaf.source in table.sources}
        for row in table.rows(keys) if keys else ():
            found |= {(one.source, one.row_id): one for one in leaves_of(table, row)}
    return found


def _without_leaf(table: Table, tally: Tally, step: Step) -> Iterator[Finding]:
    """Rows that have no leaf: they wait for one, or they were put behind the back of the log."""
    done = Progress.objects.filter(source=table.source).first() or Progress(source=table.source)
    last = 0
    while keys := _keys(table, after=last):
        logged = Leaf.objects.filter(source=table.source, row_id__in=keys).values_list("row_id", flat=True)
        left = set(keys) - set(logged)
        rows = list(table.rows(left)) if left else []
        newest = _newest_transaction()  # asked after the rows were read, which may be younger than this walk
        for row in rows:
            one = leaves_of(table, row)[0]
            if (done.xid, done.row_id) < (row["xid"], row["id"]) and row["xid"] <= newest:
                tally.waiting += 1
                tally.waiting_since = min(tally.waiting_since or one.at, one.at)
            else:
                says = f"says {one.at:%Y-%m-%d %H:%M}"
                yield Finding(Found.INSERTED, table.name, str(one.row_id), code_of(one.report_id), one.kind, says)
        last = keys[-1]
        tally.rows += len(keys)
        step(table.name, tally.rows)


def _keys(table: Table, *, after: int) -> list[int]:
    found = table.model._default_manager.filter(pk__gt=after).order_by("pk")
    return list(found.values_list("pk", flat=True)[:BATCH])


def _newest_transaction() -> int:
    """No row that can be seen was written by a younger one: a snapshot ends with the last to end, or our own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest(pg_snapshot_xmax(pg_current_snapshot()), pg_current_xact_id_if_assigned())::text::bigint"
        )
        return int(cursor.fetchone()[0])
