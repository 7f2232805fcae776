"""The consumer "statistics": keeps one fact per report and the counts that follow from it, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection
from django.utils import timezone

from lapor.reports.models import Event, Report, Visibility

from .buckets import bucket_of
from .models import Fact, Scope, Tally

CONSUMER = "statistics"
CHUNK = 500
_COLUMNS = [field.attname for field in Fact._meta.concrete_fields if not field.primary_key]

Line = tuple[str, str, str]  # scope, key, bucket


def consume(events: Sequence[Event]) -> None:
    """Brings the facts of the touched reports up to date. Reading the same event twice changes nothing."""
    count({event.report_id: event.report for event in events}.values())


def count(reports: Iterable[Report]) -> None:
    """Puts the facts of these reports in place of the old ones and moves the counts by the difference."""
    facts = {report.pk: fact_of(report) for report in reports}
    change: Counter[Line] = Counter()
    for old in Fact.objects.filter(pk__in=facts):
        change.subtract(lines(old))
    for new in facts.values():
        change.update(lines(new))
    Fact.objects.bulk_create(facts.values(), update_conflicts=True, unique_fields=["report_id"], update_fields=_COLUMNS)
    _move({line: by for line, by in change.items() if by})


def fact_of(report: Report) -> Fact:
    code = report.region_id or ""
    return Fact(
        report_id=report.pk,
        bucket=bucket_of(state=report.state, resume_state=report.resume_state),
        state=report.state,
        outcome=report.outcome,
        visibility=report.visibility,
        kind=report.kind,
        channel=report.channel,
        province=code[:2],
        regency=code[:5] if len(code) >= 5 else "",
        agency_id=report.agency_id,
        holder_id=report.holder_id,
        category=report.category_id or "",
        received_on=timezone.localdate(report.received_at),
    )


def lines(fact: Fact) -> Iterator[Line]:
    """Where a fact counts. A sealed report counts in the whole only: a small cell would point at it."""
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


def _move(change: dict[Line, int]) -> None:
    if not change:
        return
    table = connection.ops.quote_name(Tally._meta.db_table)
    rows: list[str | int] = []
    for (scope, key, bucket), by in sorted(change.items()):
        rows += [str(scope), key, bucket, by]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (scope, key, bucket, n) VALUES "  # noqa: S608 -- a table name of ours
            + ", ".join(["(%s, %s, %s, %s)"] * len(change))
            + f" ON CONFLICT (scope, key, bucket) DO UPDATE SET n = {table}.n + EXCLUDED.n",
            rows,
        )
