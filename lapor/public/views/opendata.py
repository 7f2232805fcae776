"""Open data: what there is, how large and how old, and the files themselves."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lapor.agencies.models import Region
from lapor.editions import shelf

TYPES = {
    ".zip": "application/zip",
    ".pdf": "application/pdf",
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every file with its size and date, and the feeds and the API beside them."""
    edition = shelf.current()
    names = dict(Region.objects.filter(level=1).values_list("code", "name"))
    parts = shelf.by_place(edition) if edition else {}
    context = {
        "edition": edition,
        "everything": shelf.everything(edition) if edition else None,
        "regencies": shelf.places(edition) if edition else None,
        "places": [(names.get(province, ""), ones) for province, ones in parts.items()],
        "monthlies": shelf.monthlies(),
    }
    return render(request, "public/opendata.html", context)


@require_safe
def file(request: HttpRequest, name: str) -> FileResponse:
    """One file of the newest whole edition, a monthly report, the checksums or the dictionary."""
    path = shelf.path_of(name)
    if path is None or not path.exists():
        raise Http404
    response = FileResponse(
        path.open("rb"),
        as_attachment=path.suffix != ".pdf",
        filename=name,
        content_type=TYPES.get(path.suffix, "text/plain; charset=us-ascii"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=3600"
    return response
