"""Reports whose public copy waits for a person: words that may be an insult, a threat or spam."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from lapor.accounts.models import User
from lapor.lib.codes import show_code
from lapor.reports import hiding
from lapor.reports.access import could, find, visible
from lapor.reports.actors import Officer
from lapor.reports.lifecycle import Move
from lapor.transparency import held
from lapor.transparency.deciding import AlreadyDecided, decide
from lapor.transparency.models import Decision

from .session import for_officers

KINDS = {"insult": _("kata kasar"), "threat": _("ancaman"), "spam": _("tautan atau iklan")}
SAID = {
    Decision.PUBLISH: _("Salinan publik diterbitkan."),
    Decision.KEEP: _("Salinan publik tidak diterbitkan. Laporannya tetap ditangani."),
}


@require_safe
@for_officers
def waiting(request: HttpRequest, actor: Officer) -> HttpResponse:
    """What an officer who verifies may decide on, the newest first."""
    _require_verifier(actor)
    found = held.waiting()
    reports = list(visible(actor).filter(pk__in=found).order_by("-received_at"))
    hiding.hide(reports)
    rows = [(report, show_code(report.code), [KINDS[kind] for kind in found[report.pk].kinds]) for report in reports]
    return render(request, "desk/held.html", {"rows": rows})


@require_POST
@for_officers
def settle(request: HttpRequest, actor: Officer, code: str) -> HttpResponse:
    """Publishes the copy or keeps it from the public; a report out of reach is not found."""
    _require_verifier(actor)
    assert isinstance(request.user, User)
    report = find(actor, code)
    try:
        decision = Decision(request.POST.get("decision", ""))
    except ValueError:
        raise Http404 from None
    try:
        decide(report.pk, decision, code=report.code, by=request.user, now=timezone.now())
    except AlreadyDecided:
        messages.warning(request, gettext("Rekan Anda sudah memutuskan salinan ini."))
    else:
        messages.success(request, SAID[decision])
    return redirect("desk:held")


def _require_verifier(actor: Officer) -> None:
    if not could(actor, Move.VERIFY):
        raise Http404
