"""Printing blank forms for offices without a network."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lapor.channels.letters.sheets import print_blank
from lapor.reports.actors import Officer

from ..session import for_officers
from .blank_sheets import draw_blanks
from .entry import require_entering
from .forms import SheetsForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def sheets(request: HttpRequest, actor: Officer) -> HttpResponse:
    """How many; then the PDF, which cannot be had again, since the PINs on it are kept nowhere."""
    require_entering(actor)
    form = SheetsForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "desk/counter/sheets.html", {"form": form}, status=status)
    blanks = print_blank(form.cleaned_data["how_many"], actor=actor, now=timezone.now())
    response = HttpResponse(draw_blanks(blanks), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="lembar-lapor-{len(blanks)}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
