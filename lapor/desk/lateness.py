"""What lateness brought to whoever stands on a rung of the ladder: the list of reports that await their decision."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from lapor.deadlines.models import Step
from lapor.lib.codes import show_code
from lapor.reports import awaiting
from lapor.reports.access import decides
from lapor.reports.actors import Officer

from .dates import Due, due
from .session import for_officers


@dataclass(frozen=True, kw_only=True)
class Row:
    """One late step as the list shows it; `climbs` is when it leaves this rung. Of a late answer to a
    recommendation `step` is who recommended.
    """

    code: str
    shown: str
    title: str
    place: str
    late_body: str
    step: str
    office: str
    decision: str
    due: Due
    climbs: Due


@require_safe
@for_officers
def waiting(request: HttpRequest, actor: Officer) -> HttpResponse:
    """Undecided ones first; an empty list for whoever has none."""
    found, cursor = awaiting.waiting(actor, after=request.GET.get("sesudah", "")[:80])
    context = {
        "rows": [_row(one) for one in found],
        "next": cursor,
        "advice": [_advice(one) for one in awaiting.unanswered(actor)],
        "decides": decides(actor),
    }
    return render(request, "desk/lateness.html", context)


def _advice(one: awaiting.Unanswered) -> Row:
    report, now = one.report, timezone.now()
    return Row(
        code=report.code,
        shown=show_code(report.code),
        title=_title(report.sealed_id, report.title, report.text),
        place=report.region.name if report.region else "",
        late_body=one.late_body,
        step=one.by,
        office=str(one.office.label),
        decision="",
        due=due(one.due_at, report.region_id, now=now),
        climbs=due(one.climbs_at, report.region_id, now=now),
    )


def _row(one: awaiting.Waiting) -> Row:
    report, clock, now = one.report, one.clock, timezone.now()
    return Row(
        code=report.code,
        shown=show_code(report.code),
        title=_title(report.sealed_id, report.title, report.text),
        place=report.region.name if report.region else "",
        late_body=str(clock.agency or report.holder or ""),
        step=str(Step(clock.step).label),
        office=str(one.office.label),
        decision=str(one.decision.label) if one.decision else "",
        due=due(clock.due_at, report.region_id, now=now),
        climbs=due(clock.wake_at, report.region_id, now=now),
    )


def _title(sealed_id: object, title: str, text: str) -> str:
    return gettext("Laporan tersegel") if sealed_id else title or Truncator(text).words(14)
