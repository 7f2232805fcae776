"""The figures: dashboards of nation, places and bodies, each table as a file, each chart as a picture."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from lapor.agencies.models import Agency, Region
from lapor.agencies.picker import region_or_none
from lapor.agencies.places import ancestors
from lapor.channels.opendata.columns import harmless
from lapor.channels.written import lookup
from lapor.lib.suppression import K
from lapor.statistics.boards import asking, charts, geojson, maps, tables
from lapor.statistics.boards.board import Board
from lapor.statistics.boards.values import LEAST, Table, raw
from lapor.statistics.models import Facet, Series, Succession

from ..forms.figures import FiguresForm

# The table of a division → what of the address a row of it sets.
_SETS = {
    "wilayah": "wilayah",
    "kabupaten": "wilayah",
    "instansi": "instansi",
    "kategori": "kategori",
    "jenis": "jenis",
    "kanal": "kanal",
}
_KEPT = ("wilayah", "instansi", "kategori", "jenis", "kanal", "dari", "sampai", "sumber", "peta")


@dataclass
class Asking:
    """What the address asks for; `board` is None where it cannot be read."""

    form: FiguresForm
    values: dict[str, str] = field(default_factory=dict)
    board: Board | None = None

    @property
    def is_synthetic(self) -> bool:
        return self.values.get("sumber") == "sintetis"

    @property
    def query(self) -> str:
        return urlencode(self.values)

    def url(self, **changes: str) -> str:
        """The address of the dashboard with some values changed; a place and a body exclude each other."""
        values = {name: value for name, value in (self.values | changes).items() if value}
        query = urlencode(values)
        return f"{reverse('public:figures')}?{query}" if query else reverse("public:figures")

    def link(self, table: str, key: str) -> str:
        """Where a row of a table leads."""
        changes = {_SETS[table]: key}
        if table in {"wilayah", "kabupaten", "instansi"}:
            changes = {"wilayah": "", "instansi": ""} | changes
        elif self.board is not None and self.board.asked.facet != Facet.ALL:
            return ""
        return self.url(**changes)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """One dashboard as its address says."""
    asked = _read(request)
    if asked.board is None:
        return render(request, "public/figures.html", {"asked": asked, "form": asked.form}, status=422)
    board = asked.board
    every = tables.every(board, asked.link)
    context = {
        "asked": asked,
        "form": asked.form,
        "board": board,
        "above": _above(board),
        "title": title(board),
        "sections": [_section(asked, board, table) for table in every],
        "forecast": "" if board.is_withheld else tables.forecast(board),
        "limits": None if board.is_withheld else board.limits,
        "notes": _notes(board),
        "has_synthetic": asking.has_synthetic(),
        "other": asked.url(sumber="" if asked.is_synthetic else "sintetis", dari="", sampai=""),
        "users": board.sums["users"] if asked.is_synthetic and not board.is_withheld else 0,
        "k": K,
        "least": LEAST,
    }
    return render(request, "public/figures.html", context)


@require_safe
def table(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """One table as CSV or JSON, of regencies also as GeoJSON, with what it is of."""
    asked, found = _found(request, name)
    board = asked.board
    assert board is not None
    answer: HttpResponse
    codes = maps.of_regencies(board, found)
    if kind == "geojson" and codes:
        made = geojson.collection(found, codes, about=_about(asked, board, found))
        answer = HttpResponse(json.dumps(made, ensure_ascii=False), content_type="application/geo+json")
    elif kind == "json":
        answer = HttpResponse(
            json.dumps(_as_json(asked, board, found), ensure_ascii=False, indent=1), content_type="application/json"
        )
    elif kind == "csv":
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        writer = csv.writer(answer)
        writer.writerow([*found.keys, "data"])
        for row in found.rows:
            cells = ["" if (value := raw(cell)) is None else value for cell in row]
            writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells] + [_series(asked)])
    else:
        raise Http404
    answer["Content-Disposition"] = f'inline; filename="{_file_name(asked, board, name)}.{kind}"'
    return answer


@require_safe
def chart(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """One chart as a picture."""
    asked, found = _found(request, maps.PICTURES.get(name, name))
    board = asked.board
    assert board is not None
    is_map = name in maps.PICTURES
    drawing = maps.whole(board, found, by=_by(asked)) if is_map else charts.of_table(found)
    if drawing is None or kind not in {"svg", "png"}:
        raise Http404
    drawing.title = f"{drawing.title} – {title(board)}, {_months(board)}"
    if _is_invented(asked):
        drawing.title = gettext("DATA SINTETIS") + ": " + drawing.title
    if kind == "svg":
        answer = HttpResponse(drawing.svg(standalone=True), content_type="image/svg+xml")
    else:
        answer = HttpResponse(drawing.png(), content_type="image/png")
    answer["Content-Disposition"] = f'attachment; filename="{_file_name(asked, board, name)}.{kind}"'
    return answer


def title(board: Board) -> str:
    """Of what the figures are."""
    if board.agency is not None:
        return board.agency.name
    return board.region.name if board.region is not None else gettext("Indonesia")


def _read(request: HttpRequest) -> Asking:
    """What the address asks for. Unknown places and bodies are not found; what cannot be read is said in the form."""
    today = timezone.localdate()
    series = Series.SYNTHETIC if request.GET.get("sumber") == "sintetis" else Series.REAL
    if series == Series.SYNTHETIC and not asking.has_synthetic():
        raise Http404
    form = FiguresForm(request.GET, span=asking.span(series, today=today))
    form.is_valid()
    data = form.cleaned_data
    region, agency = _region(form, data, is_typed="tempat" in request.GET), _agency(data)
    values = {name: str(request.GET.get(name, ""))[:160] for name in _KEPT}
    values |= {"wilayah": region.code if region else "", "instansi": agency.slug if agency else ""}
    asked = Asking(form, {name: value for name, value in values.items() if value})
    if not form.errors:
        asked.board = asking.board(
            period=data["period"],
            today=asking.today_of(series, today=today),
            region=region,
            agency=agency,
            kind=data["jenis"],
            channel=data["kanal"],
            category=data["kategori"],
            series=series,
        )
        initial = asked.values | {
            "dari": data["period"].first,
            "sampai": data["period"].last,
            "tempat": str(region or ""),
            "peta": data["peta"] or "laporan",
        }
        asked.form = FiguresForm(initial=initial, span=form.span)
    return asked


def _region(form: FiguresForm, data: dict[str, Any], *, is_typed: bool) -> Region | None:
    """The place by its code, or by what was typed where the form was sent; an unknown name is said in the form."""
    code, typed = data.get("wilayah") or "", (data.get("tempat") or "").replace("\0", "").strip()
    if not is_typed:
        region = region_or_none(code) if code else None
        if code and region is None:
            raise Http404
        return region
    if not typed:
        return None
    found = lookup.settled_region(typed, code=code, choice="")
    if found is None and (offered := lookup.region_choices(typed)):
        found = region_or_none(offered[0][0])
    if found is None:
        form.add_error("tempat", gettext("Kami tidak menemukan tempat ini. Periksa ejaannya."))
    return found


def _agency(data: dict[str, Any]) -> Agency | None:
    if not (slug := data.get("instansi")):
        return None
    agency = Agency.objects.filter(slug=slug).select_related("region").first()
    if agency is None:
        raise Http404
    return agency


def _found(request: HttpRequest, name: str) -> tuple[Asking, Table]:
    asked = _read(request)
    if asked.board is None:
        raise Http404
    for found in tables.every(asked.board, asked.link):
        if found.name == name:
            return asked, found
    raise Http404


def _section(asked: Asking, board: Board, found: Table) -> dict[str, Any]:
    """A table with its charts and where both can be had as files."""
    drawings = maps.drawings(board, found, by=_by(asked))
    picture = next((name for name, of in maps.PICTURES.items() if of == found.name), found.name)
    has_points = bool(maps.of_regencies(board, found))
    return {
        "table": found.only(*maps.SHORT) if found.name == "kabupaten" else found,
        "charts": [(name, mark_safe(drawing.svg())) for name, drawing in drawings],  # noqa: S308 -- all text was escaped
        "is_map": picture in maps.PICTURES,
        "has_panels": len(drawings) > 1,
        "csv": _file("table", asked, found.name, "csv"),
        "json": _file("table", asked, found.name, "json"),
        "geojson": _file("table", asked, found.name, "geojson") if has_points else "",
        "png": _file("chart", asked, picture, "png") if drawings else "",
        "svg": _file("chart", asked, picture, "svg") if drawings else "",
    }


def _file(what: str, asked: Asking, name: str, kind: str) -> str:
    path = reverse(f"public:figures_{what}", args=[name, kind])
    return f"{path}?{asked.query}" if asked.query else path


def _by(asked: Asking) -> str:
    by = asked.values.get("peta", "laporan")
    return by if by in charts.COLOURED else "laporan"


def _above(board: Board) -> list[Region]:
    if board.region is None:
        return []
    return list(Region.objects.filter(code__in=ancestors(board.region.code)).order_by("level"))


def _months(board: Board) -> str:
    period = board.asked.counted_period
    return " – ".join(dict.fromkeys(date_format(day, "M Y") for day in (period.first, period.last)))


def _is_invented(asked: Asking) -> bool:
    """Whether no report of a person is counted: the example of a year, or all of a demonstration."""
    return asked.is_synthetic or settings.LAPOR_DEMO


def _series(asked: Asking) -> str:
    return "sintetis" if _is_invented(asked) else "laporan"


def _file_name(asked: Asking, board: Board, name: str) -> str:
    period = board.asked.counted_period
    of = board.agency.slug if board.agency else board.region.code if board.region else "indonesia"
    label = "SINTETIS-" if _is_invented(asked) else ""
    return f"lapor-{label}{name}-{of}-{period.first:%Y%m}-{period.last:%Y%m}"


def _as_json(asked: Asking, board: Board, found: Table) -> dict[str, Any]:
    return {
        **_about(asked, board, found),
        "hidden_below": K,
        "least_for_shares": LEAST,
        "note": found.note,
        "columns": list(found.keys),
        "rows": [[raw(value) for value in row] for row in found.rows],
    }


def _about(asked: Asking, board: Board, found: Table) -> dict[str, Any]:
    period = board.asked.counted_period
    return {
        "title": found.title,
        "data": _series(asked),
        "of": title(board),
        "region": board.region.code if board.region else None,
        "agency": board.agency.slug if board.agency else None,
        "narrowed": {board.asked.facet: board.asked.value} if board.asked.value else {},
        "first_month": f"{period.first:%Y-%m}",
        "last_month": f"{period.last:%Y-%m}",
    }


def _notes(board: Board) -> list[str]:
    """What one must know to read these figures."""
    notes: list[str] = []
    add: Callable[[str], None] = notes.append
    if board.asked.counted_period != board.asked.period:
        add(gettext("Untuk desa dan kelurahan angka dihitung per tahun: menurut bulan hampir semuanya terlalu kecil."))
    n = board.sums["received"]
    if n >= LEAST and board.sums.open * 10 >= n:
        percent = round(100 * board.sums.open / n)
        add(gettext("%(n)s%% laporan dari masa ini masih terbuka, jadi angkanya masih akan berubah.") % {"n": percent})
    if board.asked.facet != Facet.ALL and (board.region or board.agency):
        add(
            gettext(
                "Laporan rahasia tidak ikut dihitung dalam rincian ini, agar tidak dapat ditunjuk dari selisih angka."
            )
        )
    if board.sums["outcome_imported"]:
        add(gettext("Sebagian laporan diambil alih dari data terbuka: langkah dan tenggatnya tidak semua diketahui."))
    for row in board.successions:
        add(_succession(row, board))
    return notes


def _succession(row: Succession, board: Board) -> str:
    is_region = row.what == Succession.What.REGION
    mine = board.region.code if board.region else board.agency.slug if board.agency else ""
    names: dict[str, str]
    if is_region:
        names = {place.code: str(place) for place in Region.objects.filter(code__in=[row.old, row.new])}
    else:
        names = dict(Agency.objects.filter(slug__in=[row.old, row.new]).values_list("slug", "name"))
    said = {"old": names.get(row.old, row.old), "new": names.get(row.new, row.new), "since": f"{row.since:%d-%m-%Y}"}
    is_split = Succession.objects.filter(what=row.what, old=row.old).count() > 1
    if mine == row.old:
        return gettext("Sejak %(since)s digantikan oleh %(new)s; laporan baru dihitung di sana.") % said
    if is_split:
        return gettext("Dipecah dari %(old)s pada %(since)s; laporan sebelumnya tetap dihitung di sana.") % said
    return gettext("Termasuk laporan %(old)s, yang digabung ke sini pada %(since)s.") % said
