"""Reports whose public copy waits for a person to look at their words. The report itself goes its way meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from lapor.reports.models import Channel, Report

from .decency import found_in
from .models import Decision, Held
from .rules import shows_content

MOST = 500


def let_through(reports: Sequence[Report]) -> list[Report]:
    """Those that may be published now; of the others it is noted once that a person must look.

    What was published before it came here is not looked at again.
    """
    marked = {report.pk: kinds for report in reports if (kinds := _kinds(report))}
    if not marked:
        return list(reports)
    now = timezone.now()
    rows = [Held(report_id=key, kinds=list(kinds), held_at=now) for key, kinds in marked.items()]
    Held.objects.bulk_create(rows, ignore_conflicts=True)
    cleared = set(Held.objects.filter(pk__in=marked, decision=Decision.PUBLISH).values_list("report_id", flat=True))
    return [report for report in reports if report.pk not in marked or report.pk in cleared]


def waiting() -> dict[int, Held]:
    """The newest that nobody has looked at, by report."""
    found = Held.objects.filter(decision="").order_by("-held_at")[:MOST]
    return {held.report_id: held for held in found}


def _kinds(report: Report) -> tuple[str, ...]:
    if report.channel == Channel.OPENDATA or not shows_content(report):
        return ()
    return found_in(f"{report.title}\n{report.text}\n{report.place}")
