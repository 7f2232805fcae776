"""How good answers are, as samples show: closed samples, and the scores of bodies with how sure they are."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lapor.quality import results
from lapor.quality.rubric import most, rubrics


@require_safe
def samples(request: HttpRequest) -> HttpResponse:
    """Every sample whose reading has ended, and what answers are scored by."""
    points = list(rubrics().values())[-1]
    return render(request, "public/quality.html", {"samples": results.closed(), "points": points})


@require_safe
def sample(request: HttpRequest, key: int) -> HttpResponse:
    """One closed sample: how it was drawn, how far its readers agree, the scores of bodies."""
    shown = results.shown(key)
    if shown is None:
        raise Http404
    rubric = shown.sample.rubric
    context = {
        "shown": shown,
        "sample": shown.sample,
        "points": rubrics()[rubric],
        "most": most(rubric),
        "least": results.LEAST,
    }
    return render(request, "public/quality_sample.html", context)
