"""The reporter's voice: the survey on the own page, and what all reporters said, for everybody to read."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lapor.agencies.models import Agency
from lapor.reports import own
from lapor.reports.lifecycle import MoveRefused
from lapor.voice import answering, results
from lapor.voice.questions import questions

from ..forms.voice import VoiceForm
from .own import actor_of, show


@never_cache
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Keeps the answers of the survey; with a mistake the page comes back with what was chosen."""
    actor = actor_of(request, code)
    if actor is None:
        return redirect("public:track")
    survey = answering.survey_of(own.view(actor).report, now=timezone.now())
    if survey is None:
        return _is_over(request, code)
    form = VoiceForm(request.POST, survey=survey)
    if not form.is_valid():
        return show(request, actor, code, voice=form)
    try:
        answering.give(report_id=actor.report_id, answers=form.answers(), actor=actor, now=timezone.now())
    except (answering.SurveyOver, MoveRefused):
        return _is_over(request, code)
    messages.success(request, gettext("Terima kasih, pendapat Anda tersimpan."))
    return redirect("public:own", code=code)


def _is_over(request: HttpRequest, code: str) -> HttpResponse:
    messages.error(request, gettext("Waktu menjawab sudah lewat. Jawaban yang sudah tersimpan tetap dihitung."))
    return redirect("public:own", code=code)


@require_safe
def voices(request: HttpRequest) -> HttpResponse:
    """What reporters of one quarter said: of the nation, and of every body of which enough answered."""
    quarters = results.quarters(on=timezone.localdate())
    quarter = _chosen(request.GET.get("triwulan", ""), quarters)
    context = {
        "quarters": quarters,
        "quarter": quarter,
        "nation": results.nation(quarter) if quarter else [],
        "bodies": results.bodies(quarter) if quarter else [],
        "least": results.LEAST,
        "asked_now": [one for ones in list(questions().values())[-1:] for one in ones],
    }
    return render(request, "public/voices.html", context)


@require_safe
def of_agency(request: HttpRequest, slug: str) -> HttpResponse:
    """What reporters said of one body, by quarter."""
    body = get_object_or_404(Agency, slug=slug)
    figures = results.of_body(body.pk, on=timezone.localdate())
    return render(request, "public/voices_agency.html", {"agency": body, "figures": figures, "least": results.LEAST})


def _chosen(typed: str, quarters: list[date]) -> date | None:
    """The quarter in the address, which must be one that is shown; without one the newest."""
    if not typed:
        return quarters[0] if quarters else None
    found = next((quarter for quarter in quarters if quarter.isoformat() == typed), None)
    if found is None:
        raise Http404
    return found
