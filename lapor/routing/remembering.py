"""The consumer "routing": remembers what was suggested for each report, and later what the officers decided.

It reads the text of a new report once more and keeps none of it. Sealed reports are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import timezone

from lapor.agencies.models import Agency
from lapor.reports.models import Event, EventKind, Report, State, Visibility
from lapor.routing import thresholds
from lapor.routing.combine import place_of, suggest
from lapor.routing.learning import shelf
from lapor.routing.models import Suggestion

CONSUMER = "routing"
_NEW = frozenset({EventKind.RECEIVED})
_UNDECIDED = frozenset({State.RECEIVED, State.WITHDRAWN, State.MERGED})
_DECIDED = ["decided_at", "decided_kind", "decided_category", "decided_region", "decided_agency_id", "decided_level"]


def consume(events: Sequence[Event]) -> None:
    """Remembers suggestions and decisions. Reading the same event twice changes nothing."""
    reports = {event.report_id: event.report for event in events if event.report.visibility != Visibility.SEALED}
    sealed = [event.report_id for event in events if event.report.visibility == Visibility.SEALED]
    Suggestion.objects.filter(pk__in=sealed).delete()
    new = [reports[event.report_id] for event in events if event.kind in _NEW and event.report_id in reports]
    Suggestion.objects.bulk_create([_suggestion(report) for report in new if report.text], ignore_conflicts=True)
    _decide(reports.values())


def _suggestion(report: Report) -> Suggestion:
    """What is suggested for the text alone: neither the citizen's category nor their place is looked at."""
    said = suggest(
        text=report.text,
        title=report.title,
        channel=report.channel,
        kind=None,
        region_code=report.region_id,
        asker=shelf.in_use(),
        threshold=thresholds.current(),
        on=timezone.localdate(report.received_at),
    )
    picked = said.alternatives[0][0] if said.alternatives else said.category
    return Suggestion(
        report_id=report.pk,
        suggested_on=timezone.localdate(report.received_at),
        version=said.version,
        channel=report.channel,
        language=report.language,
        kind=said.kind or "",
        category=picked or "",
        region=place_of(report.text, title=report.title).code or "",
        agency_id=report.proposed_agency_id,
        level=said.level or "",
        sureness=said.sureness,
        abstained=said.abstained,
    )


def _decide(reports: Iterable[Report]) -> None:
    decided = {
        report.pk: report for report in reports if report.verified_at is not None and report.state not in _UNDECIDED
    }
    rows = list(Suggestion.objects.filter(pk__in=decided))
    levels = dict(
        Agency.objects.filter(pk__in={report.agency_id for report in decided.values()}).values_list("pk", "level")
    )
    for row in rows:
        report = decided[row.report_id]
        row.decided_at = report.verified_at
        row.decided_kind = report.kind
        row.decided_category = report.category_id or ""
        row.decided_region = report.region_id or ""
        row.decided_agency_id = report.agency_id
        row.decided_level = levels.get(report.agency_id, "") if report.agency_id else ""
    Suggestion.objects.bulk_update(rows, _DECIDED)
