"""Bodies and places: what each answers for, its figures, its reports, and how to report about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from lapor.agencies import onboarding, targets
from lapor.agencies.connected import bodies_in, by_province, by_regency, central
from lapor.agencies.models import Agency, ConnectionChange, Region
from lapor.agencies.oversight import responsible_for, verifier_for
from lapor.agencies.picker import agencies_of, search_agencies
from lapor.agencies.places import ancestors, children_of
from lapor.lib.suppression import Row
from lapor.reports.bodies import have_answered
from lapor.statistics.boards import asking
from lapor.statistics.boards.board import Board
from lapor.statistics.models import Series
from lapor.transparency.search import search

from ..connected_map import of_provinces, of_regencies
from ..forms import NarrowForm

SHOWN = 10
# The order in which central bodies are listed.
CENTRAL_KINDS = (
    Agency.Kind.MINISTRY,
    Agency.Kind.BODY,
    Agency.Kind.STATE_COMPANY,
    Agency.Kind.OVERSEER,
    Agency.Kind.SABER_PUNGLI,
)
COUNTED = frozenset({Region.Level.PROVINCE, Region.Level.REGENCY})


@dataclass(frozen=True)
class Below:
    """A place below the one shown, with its figures where places of its level are counted."""

    region: Region
    figures: Row | None


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """All central bodies and a way to find those of a place."""
    q = request.GET.get("q", "").replace("\0", " ").strip()[:100]
    active = Agency.objects.filter(is_active=True)
    central = active.filter(level=Agency.Level.CENTRAL).order_by("name")
    context = {
        "q": q,
        "found": search_agencies(q, limit=30) if q else [],
        "groups": [] if q else [(kind, [row for row in central if row.kind == kind]) for kind in CENTRAL_KINDS],
        "provinces": [] if q else children_of(None),
    }
    return render(request, "public/agencies.html", context)


@require_safe
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """One body: connected or not, since when, what it answers for, its figures and reports."""
    body = get_object_or_404(Agency.objects.select_related("region", "parent"), slug=slug)
    today = timezone.localdate()
    is_connected = body.is_connected_on(today)
    page = search(agency=body.slug, limit=SHOWN)
    context = {
        "agency": body,
        "is_connected": is_connected,
        "responsible": None if is_connected else responsible_for(body, on=today),
        "history": ConnectionChange.objects.filter(agency=body).order_by("on", "pk"),
        "board": _board(today, agency=body),
        "page": page,
        "now": timezone.now(),
    }
    return render(request, "public/agency.html", context)


@require_safe
def connected(request: HttpRequest) -> HttpResponse:
    """Which bodies work here themselves, by province and of the centre."""
    today = timezone.localdate()
    places = by_province(on=today)
    context = {
        "places": places,
        "map": mark_safe(of_provinces(places).svg()),  # noqa: S308 -- all text was escaped
        "standings": targets.standings(on=today),
        "connected": sum(place.connected for place in places),
        "total": sum(place.total for place in places),
        "central": [agency for agency, is_here in central(on=today) if is_here],
    }
    return render(request, "public/connected.html", context)


@require_safe
def connected_place(request: HttpRequest, code: str) -> HttpResponse:
    """How far each body of a province, regency or city has come, and who must take the next step."""
    place = Region.objects.filter(code=code, level__lte=Region.Level.REGENCY).first() if "\0" not in code else None
    if place is None:
        raise Http404
    today = timezone.localdate()
    bodies = bodies_in(place)
    stands = onboarding.progress(bodies, on=today, answered=have_answered([body.pk for body in bodies]))
    places = by_regency(place.code, on=today) if place.level == Region.Level.PROVINCE else []
    context = {
        "place": place,
        "above": place.parent,
        "rows": [(body, stands[body.pk].stage, onboarding.NEXT.get(stands[body.pk].stage, "")) for body in bodies],
        "places": places,
        "map": mark_safe(of_regencies(places).svg()) if places else "",  # noqa: S308 -- all text was escaped
    }
    return render(request, "public/connected_place.html", context)


@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """All provinces with their figures."""
    board = _board(timezone.localdate())
    context = {"places": _below(children_of(None), board), "board": board, "form": NarrowForm()}
    return render(request, "public/regions.html", context)


@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """One place: what lies below it, its bodies, its figures and reports."""
    place = Region.objects.filter(code=code).first() if "\0" not in code else None
    if place is None:
        raise Http404
    level = Region.Level(place.level)
    today = timezone.localdate()
    board = _board(today, region=place) if level in COUNTED else None
    context = {
        "region": place,
        "above": list(Region.objects.filter(code__in=ancestors(place.code)).order_by("level")),
        "board": board,
        "places": _below(children_of(place.code), board if level == Region.Level.PROVINCE else None),
        "bodies": [(body, body.is_connected_on(today)) for body in agencies_of(place.code)],
        "verifier": verifier_for(place.code, on=today),
        "page": search(region=place.code, limit=SHOWN),
        "now": timezone.now(),
    }
    return render(request, "public/region.html", context)


def _board(today: date, *, region: Region | None = None, agency: Agency | None = None) -> Board:
    """The figures that the dashboard of the same place or body shows first: two windows could be subtracted."""
    return asking.board(period=asking.span(Series.REAL, today=today), today=today, region=region, agency=agency)


def _below(places: Iterable[Region], board: Board | None) -> list[Below]:
    """The places with what the board above them shows of each."""
    if board is None:
        return [Below(place, None) for place in places]
    rows = {} if board.is_withheld else {key: row for key, _name, _sums, row in board.places.rows}
    return [Below(place, rows.get(place.code, Row(None, None))) for place in places]
