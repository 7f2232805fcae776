"""The consumer "statistics": keeps one fact per report and the counts that follow from it, in one transaction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db import connection

from lapor.reports.models import Event, Report, Visibility

from . import facts
from .lines import DUE_TABLE, Line, lines, places
from .measures import FLOW, MEASURES, PLACE, Sparse, counted
from .models import Cell, Due, Fact, Scope, Series, Tally

CONSUMER = "statistics"
CHUNK = 500
COLUMNS = [field.attname for field in Fact._meta.concrete_fields if not field.primary_key]
_FLOW = PLACE[FLOW]

TallyLine = tuple[str, str, str]  # scope, key, bucket
DueLine = tuple[str, str, str, date]  # series, scope, key, day


def consume(events: Sequence[Event]) -> None:
    """Brings the facts of the touched reports up to date. Reading the same event twice changes nothing."""
    count({event.report_id: event.report for event in events}.values())


def count(reports: Iterable[Report]) -> None:
    """Puts the facts of these reports in place of the old ones and moves the counts by the difference."""
    put(facts.facts_of(reports))


def put(new: Sequence[Fact]) -> None:
    """Keeps these facts, each in place of the one it had, and moves every count by the difference."""
    kept = Fact.objects.in_bulk([fact.pk for fact in new])
    changed = [fact for fact in new if fact.pk not in kept or _values(kept[fact.pk]) != _values(fact)]
    if not changed:
        return
    change = Change()
    for fact in changed:
        if fact.pk in kept:
            change.add(kept[fact.pk], by=-1)
        change.add(fact, by=1)
    Fact.objects.bulk_create(changed, update_conflicts=True, unique_fields=["report_id"], update_fields=COLUMNS)
    change.write()


class Change:
    """By how much each count moves."""

    def __init__(self) -> None:
        self.tally: Counter[TallyLine] = Counter()
        self.due: Counter[DueLine] = Counter()
        self.cells: dict[tuple[str, Line], Sparse] = defaultdict(Counter)

    def add(self, fact: Fact, *, by: int) -> None:
        if fact.series == Series.REAL:
            for line in tally_lines(fact):
                self.tally[line] += by
        for due in due_lines(fact):
            self.due[due] += by
        measures = counted(fact)
        for where in lines(fact, fact.received_on):
            cell = self.cells[fact.series, where]
            for place, n in measures.items():
                cell[place] += n * by
        if fact.ended_on is not None:
            for where in lines(fact, fact.ended_on):
                self.cells[fact.series, where][_FLOW] += by

    def write(self) -> None:
        _upsert(Tally, [(*line, by) for line, by in sorted(self.tally.items()) if by])
        _upsert(Due, [(*line, by) for line, by in sorted(self.due.items()) if by])
        moved = [
            (series, *line, _dense(cell)) for (series, line), cell in sorted(self.cells.items()) if any(cell.values())
        ]
        _upsert(Cell, moved)


def tally_lines(fact: Fact) -> Iterator[TallyLine]:
    """Where a fact counts in the three buckets. A sealed report counts in the whole only."""
    yield Scope.ALL, "", fact.bucket
    if fact.visibility == Visibility.SEALED:
        return
    if fact.province:
        yield Scope.PROVINCE, fact.province, fact.bucket
    if fact.regency:
        yield Scope.REGENCY, fact.regency, fact.bucket
    if fact.agency_id is not None:
        yield Scope.AGENCY, str(fact.agency_id), fact.bucket
    if fact.category:
        yield Scope.CATEGORY, fact.category, fact.bucket


def due_lines(fact: Fact) -> Iterator[DueLine]:
    """Where the next limit of an open report counts."""
    if fact.due_on is not None:
        for where, key, _value in places(fact, DUE_TABLE):
            yield fact.series, where.scope.value, key, fact.due_on


def _values(fact: Fact) -> tuple[object, ...]:
    return tuple(getattr(fact, name) for name in COLUMNS)


def _dense(cell: Sparse) -> str:
    """As PostgreSQL writes an array."""
    return "{" + ",".join(str(cell.get(place, 0)) for place in range(len(MEASURES))) + "}"


_INTO: dict[type[Tally | Due | Cell], tuple[tuple[str, ...], tuple[str, ...], str]] = {
    Tally: (("scope", "key", "bucket"), ("text", "text", "text"), "bigint"),
    Due: (("series", "scope", "key", "due_on"), ("text", "text", "text", "date"), "int"),
    Cell: (
        ("series", "scope", "key", "facet", "value", "month"),
        ("text", "text", "text", "text", "text", "date"),
        "text",
    ),
}


def _upsert(model: type[Tally | Due | Cell], rows: Sequence[tuple[object, ...]]) -> None:
    """Adds to the counts; rows come in one order from everybody, so that two writers cannot block each other."""
    if not rows:
        return
    names, types, number = _INTO[model]
    table = connection.ops.quote_name(model._meta.db_table)
    arrays = ", ".join(f"%s::{kind}[]" for kind in (*types, number))
    is_cell = model is Cell
    added = SUM_OF_ARRAYS.format(table=table) if is_cell else f"{table}.n + EXCLUDED.n"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}, n)"  # noqa: S608 -- names of ours
            f" SELECT {', '.join(names)}, n{'::int[]' if is_cell else ''}"
            f" FROM unnest({arrays}) AS moved ({', '.join(names)}, n)"
            f" ON CONFLICT ({', '.join(names)}) DO UPDATE SET n = {added}",
            [list(column) for column in zip(*rows, strict=True)],
        )


# A cell from before a measure was added is shorter: what it lacks counts as zero.
SUM_OF_ARRAYS = (
    "(SELECT array_agg(coalesce(a, 0) + coalesce(b, 0) ORDER BY place)"
    " FROM unnest({table}.n, EXCLUDED.n) WITH ORDINALITY AS both_of (a, b, place))"
)
