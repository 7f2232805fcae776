"""Makes the facts and counts anew from the reports, and checks whether they agree with them.

Facts are made from reports as the consumer makes them. The counts are made and checked by SQL over all facts, which is
not how the consumer moves them: two ways to the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.db import connection, transaction

from lapor.reports.models import Cursor, Report

from .count import CHUNK, COLUMNS, CONSUMER
from .facts import facts_of
from .lines import DUE_TABLE, TABLE
from .measures import FLOW, MEASURES, PLACE
from .models import Cell, Due, Fact, Series, Tally

SHOWN = 200  # disagreements that are named one by one


@transaction.atomic
def rebuild() -> int:
    """Counts every report anew and returns how many. The consumer waits meanwhile; its cursor stays where it is."""
    Cursor.objects.get_or_create(consumer=CONSUMER)
    Cursor.objects.select_for_update().get(consumer=CONSUMER)
    Fact.objects.filter(series=Series.REAL).delete()
    done = 0
    for chunk in _chunks():
        Fact.objects.bulk_create(facts_of(chunk))
        done += len(chunk)
    recount()
    return done


@transaction.atomic
def recount() -> None:
    """Makes every count anew from the facts, of all series."""
    for table in (Tally, Due, Cell):
        table._default_manager.all().delete()
    for model, statements in _counting().items():
        for statement in statements:
            _run(statement.format(into=connection.ops.quote_name(model._meta.db_table)))


def verify() -> list[str]:
    """Every disagreement between reports, facts and counts, one line each; empty when all agree.

    Exact when the consumer has caught up; reports that changed since then are named as well. Read in one snapshot.
    """
    with transaction.atomic():
        if not connection.savepoint_ids:  # not within another transaction
            _run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return [*_wrong_facts(), *_wrong_counts()]


def _wrong_facts() -> Iterator[str]:
    for chunk in _chunks():
        kept = Fact.objects.in_bulk([report.pk for report in chunk])
        for fact in facts_of(chunk):
            old = kept.get(fact.pk)
            if old is None:
                yield f"report {fact.pk}: not counted"
                continue
            for name in COLUMNS:
                if getattr(old, name) != getattr(fact, name):
                    yield f"report {fact.pk}: {name} counted as {getattr(old, name)}, is {getattr(fact, name)}"
    reports = Report.objects.values("pk")
    for key in Fact.objects.filter(series=Series.REAL).exclude(pk__in=reports).values_list("pk", flat=True):
        yield f"fact {key}: no such report"


def _wrong_counts() -> Iterator[str]:
    """Counts all facts into tables beside, and compares."""
    for model, statements in _counting().items():
        table = connection.ops.quote_name(model._meta.db_table)
        names = [field.column for field in model._meta.concrete_fields if field.column not in {"id", "n"}]
        _run(
            f"CREATE TEMP TABLE counted ON COMMIT DROP AS SELECT {', '.join(names)}, n FROM {table} LIMIT 0",  # noqa: S608
            f"CREATE UNIQUE INDEX ON counted ({', '.join(names)})",
            *(statement.format(into="counted") for statement in statements),
        )
        zero = "array_fill(0, ARRAY[0])" if model is Cell else "0"
        is_nothing = "NOT (0 <> ANY({0}))" if model is Cell else "{0} = 0"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT concat_ws(' ', {', '.join(names)}), coalesce(kept.n, {zero}), coalesce(counted.n, {zero})"  # noqa: S608
                f" FROM {table} AS kept FULL JOIN counted USING ({', '.join(names)})"
                " WHERE coalesce(kept.n <> counted.n, true)"
                f" AND NOT ({is_nothing.format(f'coalesce(kept.n, {zero})')}"
                f" AND {is_nothing.format(f'coalesce(counted.n, {zero})')}) ORDER BY 1"
            )
            found = cursor.fetchall()
        _run("DROP TABLE counted")
        for name, kept, counted in found:
            yield from _differences(name, kept, counted)


def _differences(name: str, kept: list[int] | int, counted: list[int] | int) -> Iterator[str]:
    if isinstance(kept, int):
        yield f"{name}: kept {kept}, counted {counted}"
        return
    assert isinstance(counted, list)
    for measure, place in PLACE.items():
        one, other = (numbers[place] if place < len(numbers) else 0 for numbers in (kept, counted))
        if one != other:
            yield f"{name} {measure}: kept {one}, counted {other}"


def _counting() -> dict[type[Tally | Due | Cell], list[str]]:
    """The statements that count all facts into each table; `{into}` is its name."""
    facts = connection.ops.quote_name(Fact._meta.db_table)
    sums = ", ".join(measure.aggregate for measure in MEASURES)
    tallies = [
        ("'all'", "''", "true"),
        *(
            (f"'{scope}'", column, f"visibility <> 'sealed' AND {column} <> ''")
            for scope, column in (("province", "province"), ("regency", "regency"), ("category", "category"))
        ),
        ("'agency'", "agency_id::text", "visibility <> 'sealed' AND agency_id IS NOT NULL"),
    ]
    into_cells = "INSERT INTO {into} (series, scope, key, facet, value, month, n) SELECT series, "
    clash = "ON CONFLICT (series, scope, key, facet, value, month)"
    flow = PLACE[FLOW] + 1
    at_flow = ", ".join("count(*)" if place == PLACE[FLOW] else "0" for place in range(len(MEASURES)))
    return {
        Tally: [
            f"INSERT INTO {{into}} (scope, key, bucket, n) SELECT {scope}, {key}, bucket, count(*) FROM {facts}"  # noqa: S608
            f" WHERE series = 'real' AND {condition} GROUP BY 2, 3"
            for scope, key, condition in tallies
        ],
        Due: [
            f"INSERT INTO {{into}} (series, scope, key, due_on, n) SELECT series, '{where.scope}', {where.sql_key},"  # noqa: S608
            f" due_on, count(*) FROM {facts} WHERE due_on IS NOT NULL AND {where.sql_condition} GROUP BY 1, 3, 4"
            for where in DUE_TABLE
        ],
        Cell: [
            statement
            for where in TABLE
            for statement in (
                f"{into_cells} '{where.scope}', {where.sql_key}, '{where.facet}', {where.sql_value},"
                f" {where.sql_month('received_on')}, ARRAY[{sums}]::int[] FROM {facts}"
                f" WHERE {where.sql_condition} GROUP BY 1, 3, 5, 6",
                f"{into_cells} '{where.scope}', {where.sql_key}, '{where.facet}', {where.sql_value},"
                f" {where.sql_month('ended_on')}, ARRAY[{at_flow}]::int[] FROM {facts}"
                f" WHERE ended_on IS NOT NULL AND {where.sql_condition} GROUP BY 1, 3, 5, 6"
                f" {clash} DO UPDATE SET n[{flow}] = EXCLUDED.n[{flow}]",
            )
        ],
    }


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _chunks() -> Iterator[list[Report]]:
    rows = Report.objects.defer("text", "sealed").order_by("pk").iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
