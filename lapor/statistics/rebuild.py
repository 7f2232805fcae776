"""Makes the facts and counts anew from the reports, and checks whether they agree with them."""

from __future__ import annotations

from collections import Counter

from django.db import transaction

from lapor.reports.models import Cursor, Report

from .count import CHUNK, CONSUMER, Line, count, fact_of, lines
from .models import Fact, Tally


@transaction.atomic
def rebuild() -> int:
    """Counts every report anew and returns how many. The consumer waits meanwhile; its cursor stays where it is."""
    Cursor.objects.get_or_create(consumer=CONSUMER)
    Cursor.objects.select_for_update().get(consumer=CONSUMER)
    Tally.objects.all().delete()
    Fact.objects.all().delete()
    done = 0
    chunk: list[Report] = []
    for report in Report.objects.defer("text").order_by("pk").iterator(chunk_size=CHUNK):
        chunk.append(report)
        if len(chunk) == CHUNK:
            count(chunk)
            done, chunk = done + len(chunk), []
    count(chunk)
    return done + len(chunk)


def verify() -> list[str]:
    """Every disagreement between reports, facts and counts, one line each; empty when all agree.

    Exact when the consumer has caught up; reports that changed since then are named as well.
    """
    wrong: list[str] = []
    counted: Counter[Line] = Counter()
    facts = dict(Fact.objects.values_list("pk", "bucket"))
    for report in Report.objects.defer("text").order_by("pk").iterator(chunk_size=CHUNK):
        fact = fact_of(report)
        counted.update(lines(fact))
        kept = facts.pop(report.pk, None)
        if kept != fact.bucket:
            wrong.append(f"report {report.pk}: counted as {kept}, is {fact.bucket}")
    wrong += [f"fact {key}: no such report" for key in facts]
    kept_counts = Counter({(row.scope, row.key, row.bucket): row.n for row in Tally.objects.all()})
    for line in sorted(set(counted) | set(kept_counts)):
        if counted[line] != kept_counts[line]:
            wrong.append(f"{' '.join(line)}: kept {kept_counts[line]}, counted {counted[line]}")
    return wrong
