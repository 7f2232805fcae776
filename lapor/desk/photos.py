"""Photos of one report: an officer who verifies looks at each and says whether the public may see it, and what not."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from lapor.accounts.models import User
from lapor.lib.codes import show_code
from lapor.lib.photos import Unreadable
from lapor.reports.access import could, find
from lapor.reports.actors import Officer
from lapor.reports.lifecycle import Move
from lapor.transparency import photos
from lapor.transparency.models import Decision

from .session import for_officers
from .sitting import Sitting

SAID = {
    Decision.PUBLISH: _("Foto diterbitkan."),
    Decision.KEEP: _("Foto tidak diterbitkan."),
}


@require_safe
@for_officers
def of_report(request: HttpRequest, actor: Officer, code: str) -> HttpResponse:
    """Each photo with its grid; not found where no photo may be published."""
    _require_verifier(actor)
    report = find(actor, code)
    try:
        rows = photos.of_report(report)
    except photos.NotForPublic:
        raise Http404 from None
    return render(request, "desk/photos.html", {"report": report, "code_shown": show_code(report.code), "rows": rows})


@require_POST
@for_officers
def decide(request: HttpRequest, actor: Officer, code: str, key: UUID) -> HttpResponse:
    """Publishes one photo, with cells hidden or not, or keeps it back; a cell that is none decides nothing."""
    assert isinstance(request.user, User)
    _require_verifier(actor)
    report = find(actor, code)
    try:
        decision = Decision(request.POST.get("decision", ""))
        hidden = {int(cell) for cell in request.POST.getlist("hide")}
        photos.decide(report.pk, key, decision, hidden=hidden, by=request.user, now=timezone.now())
    except (Unreadable, OSError):
        messages.error(request, gettext("Foto ini tidak dapat dibaca, maka tidak diterbitkan."))
    except (ValueError, photos.NotForPublic):
        raise Http404 from None
    else:
        messages.success(request, SAID[decision])
    return redirect("desk:photos", code=report.code)


def waiting(sitting: Sitting) -> int | None:
    """How many photos of the open case nobody has decided on; None where this officer has none to decide on."""
    case = sitting.case
    if not any(file.kind == "image" for file in case.attachments) or not could(sitting.actor, Move.VERIFY):
        return None
    try:
        return sum(asked.decided is None for asked in photos.of_report(case.report))
    except photos.NotForPublic:
        return None


def _require_verifier(actor: Officer) -> None:
    if not could(actor, Move.VERIFY):
        raise Http404
