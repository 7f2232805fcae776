"""The file of a case for an overseeing body, as a signed bundle. What it holds is in `evidence.bundle`."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from lapor.agencies.models import Agency
from lapor.evidence import bundle
from lapor.reports import actions
from lapor.reports.access import find
from lapor.reports.actors import Officer
from lapor.reports.case import open_case
from lapor.reports.change import Incomplete
from lapor.reports.lifecycle import MoveRefused
from lapor.vault.keys import MissingKey, WrongKey

from . import words
from .session import for_officers


@require_POST
@for_officers
def take(request: HttpRequest, actor: Officer, code: str) -> HttpResponseBase:
    """Notes that the file was taken and why, and sends it. Where nothing can be signed, nothing is taken."""
    now = timezone.now()
    report = find(actor, code)
    try:
        key = bundle.signer(now=now)
        actions.take_file(report_id=report.pk, reason=request.POST.get("reason", ""), actor=actor, now=now)
    except (MissingKey, WrongKey):
        return _back(request, code, gettext("Kunci tanda tangan tidak ada. Beri tahu pengelola layanan."))
    except Incomplete as lack:
        return _back(request, code, words.incomplete(lack.reason))
    except MoveRefused as no:
        return _back(request, code, words.refused(no.reason))
    bodies = Agency.objects.filter(pk__in=actor.agency_ids).order_by("slug").values_list("slug", flat=True)
    pieces = bundle.stream(open_case(actor, code, now=now), taken_by=" ".join(bodies), key=key, now=now)
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="perkara-{report.code}.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _back(request: HttpRequest, code: str, problem: str) -> HttpResponse:
    messages.error(request, problem)
    return redirect("desk:case", code=code)
