"""Fills the tables with invented reports by COPY, past the actions; and leaves them as the consumers would have.

Into a large table rows go without its indexes, which are made again afterwards; a superuser also leaves the triggers
out, foreign keys among them. The checks of the tables always hold. That the rows need no such leniency is tested.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from random import Random
from typing import Any

from django.db import connection, models, transaction

from lapor.evidence.models import Progress
from lapor.evidence.sources import TABLES
from lapor.notify.queue import CONSUMER as NOTIFY
from lapor.reports.mass import CONSUMER as MASS
from lapor.reports.models import Cursor
from lapor.reports.postings import CONSUMER as POSTINGS
from lapor.statistics.count import CONSUMER as STATISTICS
from lapor.statistics.rebuild import recount
from lapor.transparency.models import Word
from lapor.transparency.publish import CONSUMER as TRANSPARENCY

from .lives import live
from .rows import COLUMNS, rows_of, stems_in
from .world import World

CHUNK = 2_000
LENIENT = "SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '512MB'"

_INDEXES = """
    SELECT pg_get_indexdef(i.indexrelid), i.indexrelid::regclass::text FROM pg_index i
    WHERE i.indrelid = ANY(%s::regclass[]) AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid)
    ORDER BY 1
"""
_SETTLE = """
    UPDATE transparency_publicreport SET similar_count = merged.n
        FROM (SELECT leads_id, count(*) AS n FROM reports_report WHERE leads_id IS NOT NULL GROUP BY 1) AS merged
        WHERE report_id = merged.leads_id;
    SELECT setval(pg_get_serial_sequence('reports_report', 'id'), (SELECT max(id) FROM reports_report)),
        setval(pg_get_serial_sequence('reports_event', 'id'), (SELECT max(id) FROM reports_event)),
        setval(pg_get_serial_sequence('reports_message', 'id'), (SELECT max(id) FROM reports_message));
"""


def fill(first: int, last: int, *, of: int, world: World, now: datetime) -> int:
    """Puts reports `first` to `last` of so many into the tables; returns how many rows of all tables that were."""
    count = 0
    stems: set[str] = set()
    for numbers in _chunks(range(first, last + 1)):
        rng = Random(numbers[0])
        rows = rows_of([live(n, of=of, world=world, rng=rng, now=now) for n in numbers], world=world, rng=rng, now=now)
        with transaction.atomic():
            for model in COLUMNS:
                _copy(model, rows[model])
        stems.update(stem for stem in stems_in(rows) if stem.isalpha() and len(stem) <= 40)
        count += sum(map(len, rows.values()))
    Word.objects.bulk_create(
        [Word(stem=stem, spelling=stem) for stem in sorted(stems)], ignore_conflicts=True, batch_size=5_000
    )
    return count


def settle() -> None:
    """The counts, sequences and cursors that follow from the rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SETTLE)
        recount()
        cursor.execute("SELECT xid, id FROM reports_event ORDER BY xid DESC, id DESC LIMIT 1")
        xid, event_id = cursor.fetchone()
        for consumer in (TRANSPARENCY, POSTINGS, MASS, STATISTICS, NOTIFY):
            Cursor.objects.update_or_create(consumer=consumer, defaults={"xid": xid, "event_id": event_id})
    for table in TABLES:  # the tree begins behind these rows: they are not what is measured
        if last := table.model._default_manager.order_by("-xid", "-pk").values("xid", "pk").first():
            Progress.objects.update_or_create(source=table.source, defaults={"xid": last["xid"], "row_id": last["pk"]})


def strip() -> list[str]:
    """Takes away every index that no constraint needs; returns how to make them again."""
    tables = [model._meta.db_table for model in COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES, [tables])
        found: list[tuple[str, str]] = cursor.fetchall()
        for _definition, name in found:
            cursor.execute(f"DROP INDEX {name}")
    return [definition for definition, _name in found]


def dress(definitions: list[str]) -> None:
    """Makes the indexes again."""
    with connection.cursor() as cursor:
        for definition in definitions:
            cursor.execute(definition)


def tidy() -> None:
    """What autovacuum would have done in the meantime."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")


def be_lenient() -> None:
    """For a superuser: no triggers, no waiting for the disk in this session."""
    with connection.cursor() as cursor:
        cursor.execute(LENIENT)


def _chunks(numbers: range) -> Iterator[list[int]]:
    rest = iter(numbers)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _copy(model: type[models.Model], rows: list[tuple[Any, ...]]) -> None:
    if not rows:
        return
    names, constants = _columns(model)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        raw: Any = cursor
        with raw.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row + constants)


def _columns(model: type[models.Model]) -> tuple[list[str], tuple[Any, ...]]:
    """The columns that are written: those of `COLUMNS`, then every other one with its default."""
    given = COLUMNS[model].split()
    others = [
        field
        for field in model._meta.concrete_fields
        if field.attname not in given
        and not field.generated
        and field.db_default is models.NOT_PROVIDED
        and not isinstance(field, models.AutoField)
    ]
    constants = []
    for field in others:
        value = field.get_default()
        if value is None and not field.null:
            raise LookupError(f"bench/rows.py gives no value for {model.__name__}.{field.attname}")
        constants.append(field.get_db_prep_save(value, connection))
    return [*given, *(field.attname for field in others)], tuple(constants)
