"""Reports whose public copy waits for a person to look at their words. The report itself goes its way meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils import timezone

from lapor.reports.models import Channel, Report

from . import decency, doubts
from .models import Decision, Held
from .rules import shows_content

DOUBTFUL = "doubtful"
KINDS = (*decency.KINDS, DOUBTFUL)
MOST = 500


def let_through(reports: Sequence[Report], names: Mapping[int, Sequence[str]]) -> list[Report]:
    """Those that may be published now; of the others it is noted once that a person must look.

    `names` are the names to be masked in each. What was published before it came here is not looked at again. What was
    decided on other words than those of today is decided anew, unless the words are above doubt.
    """
    marked = {report.pk: kinds for report in reports if (kinds := _kinds(report, names.get(report.pk, ())))}
    rows = Held.objects.in_bulk([report.pk for report in reports])
    now = timezone.now()
    new = [Held(report_id=key, kinds=list(kinds), held_at=now) for key, kinds in marked.items() if key not in rows]
    Held.objects.bulk_create(new, ignore_conflicts=True)
    stale = [report.pk for report in reports if report.pk in rows and _is_stale(rows[report.pk], report, marked)]
    Held.objects.filter(pk__in=stale).update(decision="", by=None, decided_at=None, masks={}, seen_as="", held_at=now)
    return [
        report
        for report in reports
        if report.pk not in stale and (report.pk not in marked or _is_cleared(rows.get(report.pk)))
    ]


def masks_of(reports: Sequence[Report]) -> dict[int, doubts.Stretches]:
    """The places that a person masked besides, by report."""
    rows = Held.objects.filter(pk__in=[report.pk for report in reports], decision=Decision.PUBLISH).exclude(masks={})
    return dict(rows.values_list("report_id", "masks"))


def waiting() -> dict[int, Held]:
    """The newest that nobody has looked at, by report."""
    found = Held.objects.filter(decision="").order_by("-held_at")[:MOST]
    return {held.report_id: held for held in found}


def _is_cleared(row: Held | None) -> bool:
    return row is not None and row.decision == Decision.PUBLISH


def _is_stale(row: Held, report: Report, marked: Mapping[int, Sequence[str]]) -> bool:
    """Whether it was decided on other words: places in the old ones are none in the new, and doubts may be others."""
    if row.decision != Decision.PUBLISH or not row.seen_as or not shows_content(report):
        return False
    needs_the_same = bool(row.masks) or DOUBTFUL in marked.get(report.pk, ())
    return needs_the_same and row.seen_as != doubts.seen_as(report)


def _kinds(report: Report, names: Sequence[str]) -> tuple[str, ...]:
    if report.channel == Channel.OPENDATA or not shows_content(report):
        return ()
    found = decency.found_in(f"{report.title}\n{report.text}\n{report.place}")
    return (*found, DOUBTFUL) if doubts.is_doubtful(report, names) else found
