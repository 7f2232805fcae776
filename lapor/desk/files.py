"""Files and letters of a case, each served after the core has said that this officer may have it."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lapor.channels.letters.entering import reference_of
from lapor.reports import case, on_paper
from lapor.reports.actors import Officer
from lapor.reports.files import read

from .answer_letter import draw_answer
from .dates import day_of
from .letter import draw
from .session import for_officers

SANDBOX = "default-src 'none'; sandbox"


@require_GET
@for_officers
def file(request: HttpRequest, actor: Officer, key: UUID) -> HttpResponseBase:
    """One attachment: an image to look at, anything else, and all of a sealed report, to keep; never run by the
    browser. One that no scanner has seen comes after a warning.
    """
    is_warned = request.GET.get("tetap") == "1"
    try:
        found, private = case.attachment(actor, str(key), now=timezone.now(), is_warned=is_warned)
    except case.Unscanned as unscanned:
        return render(request, "desk/unscanned.html", {"file": unscanned.attachment})
    response = FileResponse(
        read(found, private),
        as_attachment=private is not None or found.kind != "image",
        filename=found.name,
        content_type=found.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@require_GET
@for_officers
def answer_letter(request: HttpRequest, actor: Officer, code: str, message_id: int) -> HttpResponse:
    """An answer as a letter, for a reporter who can be told by paper alone."""
    now = timezone.now()
    about, one = on_paper.answer(actor, code, message_id, now=now)
    theirs, dated_on = reference_of(about.report.pk) if about.reporter_name else ("", None)
    pdf = draw_answer(about, one, theirs=theirs, dated_on=dated_on, today=day_of(now, about.report.region_id))
    return _paper(pdf, f"jawaban-{about.report.code}-{one.pk}.pdf")


@require_GET
@for_officers
def letter(request: HttpRequest, actor: Officer, code: str, letter_id: int) -> HttpResponse:
    """The hand-over letter as PDF, for signing and sending."""
    about, one = case.letter(actor, code, letter_id, now=timezone.now())
    return _paper(draw(about, one), f"surat-{about.report.code}-{one.pk}.pdf")


def _paper(pdf: bytes, name: str) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return response
