"""Many reports of one matter: the list of what is offered and open, and a page for each to join others and decide."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from lapor.lib.codes import parse_code
from lapor.reports import actions, mass
from lapor.reports.access import NotFound, could, find
from lapor.reports.actors import Officer
from lapor.reports.change import ChangedMeanwhile, Incomplete, LeakFound
from lapor.reports.lifecycle import Move, MoveRefused

from . import words
from .forms.mass import MassForm
from .session import for_officers

MOST = 60  # are joined in one go; more take more goes


@require_safe
@for_officers
def listed(request: HttpRequest, actor: Officer) -> HttpResponse:
    """What is offered and what is open, the newest first."""
    _require_decider(actor)
    return render(request, "desk/mass_list.html", {"rows": mass.listed(actor)})


@require_safe
@for_officers
def page(request: HttpRequest, actor: Officer, code: str) -> HttpResponse:
    """The one that leads, all that joined it, and those that may tell the same."""
    return _page(request, actor, code)


@require_POST
@for_officers
def join(request: HttpRequest, actor: Officer, code: str) -> HttpResponse:
    """Joins what was ticked, each in a transaction of its own; what could not be joined is said with the reason."""
    _require_decider(actor)
    lead, done, refused = find(actor, code), 0, []
    for mark in request.POST.getlist("report")[:MOST]:
        number, _dot, version = mark.partition(".")
        try:
            one = find(actor, parse_code(number) or "")
            actions.merge(
                report_id=one.pk, into=lead, actor=actor, now=timezone.now(), version=int(version or one.version)
            )
            done += 1
        except (NotFound, MoveRefused, ChangedMeanwhile, ValueError, Incomplete):
            refused.append(number)
    if done:
        messages.success(request, ngettext("%d laporan digabungkan.", "%d laporan digabungkan.", done) % done)
    if refused:
        text = gettext("Tidak dapat digabungkan, karena sudah berubah atau tidak boleh: %s")
        messages.warning(request, text % ", ".join(refused))
    if not done and not refused:
        messages.warning(request, gettext("Belum ada laporan yang dipilih."))
    return redirect("desk:mass", code=code)


@require_POST
@for_officers
def decide(request: HttpRequest, actor: Officer, code: str) -> HttpResponse:
    """Opens a mass report under a title, or leaves single reports; with a mistake what was typed comes back."""
    _require_decider(actor)
    lead, form, now = find(actor, code), MassForm(request.POST), timezone.now()
    try:
        if request.POST.get("decision") == "decline":
            actions.decline_mass(report_id=lead.pk, actor=actor, now=now)
            messages.success(request, gettext("Baik, laporan-laporan ini tetap sendiri-sendiri."))
            return redirect("desk:masses")
        if not form.is_valid():
            return _page(request, actor, code, form=form)
        actions.open_mass(
            report_id=lead.pk,
            title=form.cleaned_data["title"],
            leak_reason=form.cleaned_data.get("leak_reason", ""),
            actor=actor,
            now=now,
        )
    except LeakFound as leak:
        form.ask_reason(leak)
        return _page(request, actor, code, form=form)
    except Incomplete as missing:
        form.add_error("title", words.incomplete(missing.reason))
        return _page(request, actor, code, form=form)
    except MoveRefused as no:
        form.add_error(None, words.refused(no.reason))
        return _page(request, actor, code, form=form)
    messages.success(request, gettext("Laporan massal dibuka. Satu jawaban akan sampai kepada semua pelapornya."))
    return redirect("desk:mass", code=code)


def _page(request: HttpRequest, actor: Officer, code: str, *, form: MassForm | None = None) -> HttpResponse:
    _require_decider(actor)
    after = request.GET.get("sesudah", "")
    found = mass.page(actor, code, after=int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0)
    title = (found.mass.title if found.mass else "") or found.lead.title
    shown = form or MassForm(initial={"title": title})
    status = 422 if form else 200
    return render(request, "desk/mass.html", {"found": found, "lead": found.lead, "form": shown}, status=status)


def _require_decider(actor: Officer) -> None:
    if not could(actor, Move.DECIDE_MASS):
        raise Http404
