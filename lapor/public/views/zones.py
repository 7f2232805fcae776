"""The compliance index: zones of bodies, the formula as data, and what would lift one body to the next zone."""

from __future__ import annotations

import csv
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lapor.agencies.models import Agency, Region
from lapor.agencies.picker import region_or_none
from lapor.agencies.places import children_of
from lapor.statistics import zones
from lapor.statistics.boards import asking
from lapor.statistics.models import Series
from lapor.statistics.sums import Period

ZONE_WORDS = {"hijau": _("Hijau"), "kuning": _("Kuning"), "merah": _("Merah")}
PART_WORDS = {
    "jawab": _("Jawaban tepat waktu"),
    "tindak_lanjut": _("Tindak lanjut pertama tepat waktu"),
    "antrean": _("Laporan terbuka yang belum lewat tenggat"),
    "keberatan": _("Jawaban tanpa keberatan pelapor"),
    "ditangani": _("Penilai yang merasa masalahnya ditangani"),
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The bodies of a place, or the central ones, by name."""
    region, series = _asked(request)
    today = timezone.localdate()
    standings = zones.standings(zones.bodies(region.code if region else ""), today=today, series=series)
    context = {
        "region": region,
        "standings": standings,
        "places": children_of(None) if region is None else children_of(region.code) if region.level == 1 else [],
        "formula": zones.formula(),
        "query": _query(region, series),
        "zone_words": ZONE_WORDS,
        "parts": _weights(),
        **_frame(series),
    }
    return render(request, "public/zones.html", context)


@require_safe
def formula(request: HttpRequest) -> HttpResponse:
    """The formula as data."""
    return JsonResponse(zones.formula(), json_dumps_params={"ensure_ascii": False, "indent": 2})


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The rounded counts of the same bodies, with what the formula makes of them."""
    region, series = _asked(request)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    label = "SINTETIS-" if series == Series.SYNTHETIC else ""
    answer["Content-Disposition"] = f'inline; filename="lapor-{label}indeks-{region.code if region else "pusat"}.csv"'
    writer = csv.writer(answer)
    writer.writerow(["agency", "name", *zones.COLUMNS, "score", "low", "high", "zone", "data"])
    for one in zones.standings(zones.bodies(region.code if region else ""), today=timezone.localdate(), series=series):
        found = one.index
        said = [found.score, found.low, found.high, found.zone] if found else ["", "", "", ""]
        counts = [one.counts[name] for name in zones.COLUMNS]
        writer.writerow([one.agency.slug, one.agency.name, *counts, *said, label.strip("-").lower() or "laporan"])
    return answer


@require_safe
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """One body: its zone, how sure that is, each part, and what would lift it."""
    body = get_object_or_404(Agency.objects.select_related("region"), slug=slug)
    _region, series = _asked(request)
    found = zones.standings([body], today=timezone.localdate(), series=series)
    one = found[0] if found else None
    context = {
        "agency": body,
        "standing": one,
        "index": one.index if one else None,
        "parts": [(PART_WORDS[part.key], part) for part in one.index.parts] if one and one.index else [],
        "lifts": [(PART_WORDS[lift.key], lift) for lift in one.index.lifts] if one and one.index else [],
        "zone_words": ZONE_WORDS,
        "formula": zones.formula(),
        "query": _query(None, series),
        **_frame(series),
    }
    return render(request, "public/zone.html", context)


def _asked(request: HttpRequest) -> tuple[Region | None, str]:
    code = request.GET.get("wilayah", "").replace("\0", "")
    region = region_or_none(code) if code else None
    if code and region is None:
        raise Http404
    if request.GET.get("sumber") != "sintetis":
        return region, Series.REAL
    if not asking.has_synthetic():
        raise Http404
    return region, Series.SYNTHETIC


def _query(region: Region | None, series: str) -> str:
    parts = [f"wilayah={region.code}"] if region else []
    parts += ["sumber=sintetis"] if series == Series.SYNTHETIC else []
    return f"?{'&'.join(parts)}" if parts else ""


def _frame(series: str) -> dict[str, Any]:
    period: Period = zones.period(series, today=timezone.localdate())
    return {"is_synthetic": series == Series.SYNTHETIC, "period": period}


def _weights() -> list[tuple[Any, int]]:
    return [(PART_WORDS[part["key"]], part["weight"]) for part in zones.formula()["parts"]]
