"""Pages that explain: what the service is and promises, and who sees what."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lapor.deadlines import exemptions
from lapor.deadlines.ladder import Office
from lapor.deadlines.ladder import table as table_of_rungs
from lapor.deadlines.models import Step
from lapor.statistics.buckets import MEANING

from .. import rights as law
from ..promises import life, secrecy, table


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the service is, who does what in it, and until when."""
    today = timezone.localdate()
    context = {
        "life": life(on=today),
        "promises": table(on=today),
        "meaning": [(bucket.value, words) for bucket, words in MEANING.items()],
    }
    return render(request, "public/about.html", context)


@require_safe
def lateness(request: HttpRequest) -> HttpResponse:
    """How lateness climbs: the table, and every rung that is switched off for a body, with its reason and dates."""
    today = timezone.localdate()
    context = {
        "steps": [(Step(step).label, rungs) for step, rungs in table_of_rungs().items()],
        "running": [(row, Office(row.office).label) for row in exemptions.running(on=today)],
        "past": [(row, Office(row.office).label) for row in exemptions.past(on=today)],
    }
    return render(request, "public/lateness.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Who sees what, for each way to report."""
    return render(request, "public/privacy.html", {"promises": secrecy()})


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """What people may ask about the data on themselves, how, and how long which data are kept."""
    terms = law.kept(on=timezone.localdate())
    return render(request, "public/rights.html", {"rights": law.RIGHTS, "terms": terms})
