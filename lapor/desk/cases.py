"""The case and everything done from it: one view for all acts, each calling one action of the core."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from lapor.lib.codes import show_code
from lapor.reports.access import NotFound, find
from lapor.reports.actors import Officer
from lapor.reports.case import here, open_case
from lapor.reports.change import ChangedMeanwhile, Incomplete, LeakFound
from lapor.reports.lifecycle import MoveRefused

from . import words
from .acts import ACTS
from .forms.base import FilesForm
from .page import show
from .session import for_officers
from .sitting import Sitting


def _sit(request: HttpRequest, actor: Officer, code: str) -> Sitting:
    now = timezone.now()
    return Sitting(
        actor=actor,
        case=open_case(actor, code, now=now),
        now=now,
        looked_for=request.GET.get("instansi", "").strip()[:80],
        template=request.GET.get("templat", ""),
        chosen=request.GET.get("untuk", "")[:160],
    )


@require_GET
@for_officers
def case(request: HttpRequest, actor: Officer, code: str) -> HttpResponse:
    return show(request, _sit(request, actor, code))


@require_GET
@for_officers
def presence(request: HttpRequest, actor: Officer, code: str) -> JsonResponse:
    """Who else has the case open, and its version, for a page that stays open."""
    report = find(actor, code)
    return JsonResponse({"others": here(actor, report, now=timezone.now()), "version": report.version})


@require_http_methods(["GET", "POST"])
@for_officers
def act(request: HttpRequest, actor: Officer, code: str, name: str) -> HttpResponse:
    """Does one act. What cannot be done comes back on the page, with the typed text and the files.

    A form's address that is opened again (after signing in, in another language) leads to its place on the page.
    """
    if name not in ACTS:
        raise Http404
    if request.method == "GET":
        find(actor, code)
        return redirect(f"{reverse('desk:case', args=[code])}#{name}")
    sitting = _sit(request, actor, code)
    form = ACTS[name].form(request.POST, request.FILES, name=name, sitting=sitting)
    if not form.is_valid():
        is_stale = str(form.data.get("version", "")) != str(sitting.case.report.version)
        if not is_stale and ACTS[name].move not in sitting.case.moves:
            return show(request, sitting, form=form, refusal=words.refused("not_yours"), status=409)
        return show(request, sitting, form=form, changed=is_stale, status=422)
    given = form.arguments()
    if isinstance(form, FilesForm):
        given["attachments"] = form.attachment_ids
    try:
        ACTS[name].do(
            report_id=sitting.case.report.pk,
            actor=actor,
            now=sitting.now,
            version=form.cleaned_data["version"],
            **given,
        )
    except LeakFound as leak:
        form.show_leaks(words.leaks(leak))
        form.add_error("leak_reason", words.incomplete(leak.reason))
        return show(request, sitting, form=form, status=422)
    except Incomplete as lack:
        form.add_error(lack.field if lack.field in form.fields else None, words.incomplete(lack.reason))
        return show(request, sitting, form=form, status=422)
    except ChangedMeanwhile:
        return show(request, _sit(request, actor, code), form=form, changed=True, status=409)
    except MoveRefused as no:
        return show(request, _sit(request, actor, code), form=form, refusal=words.refused(no.reason), status=409)
    messages.success(request, f"{show_code(code)}: {ACTS[name].done}")
    return _onward(actor, code)


def _onward(actor: Officer, code: str) -> HttpResponse:
    """Back to the case, or to the queue when it has left the officer's reach."""
    try:
        find(actor, code)
    except NotFound:
        return redirect("desk:queue")
    return redirect("desk:case", code=code)
