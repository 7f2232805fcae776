"""Reading: published copies, places, bodies, categories. Nothing here reads the reports themselves."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from lapor.agencies.models import Agency, Category, Region
from lapor.agencies.picker import search_agencies, search_regions
from lapor.agencies.places import children_of
from lapor.lib.codes import parse_code
from lapor.transparency import search, shelf
from lapor.transparency.models import PublicEvent, PublicReport

from . import schemas as out
from .parameters import day, number, text, wrong
from .problem import Refusal, answers

MOST = 100
_FILTERS = ("q", "region", "agency", "category", "kind", "state", "bucket", "cursor")
_SORTS = ("newest", "supported")


@answers("GET", "HEAD")
def reports(request: HttpRequest) -> HttpResponse:
    """Published copies, a page at a time by cursor."""
    given = {name: text(request, name) for name in _FILTERS}
    sort = text(request, "sort") or "newest"
    if sort not in _SORTS:
        raise wrong("sort", gettext("Pilih newest atau supported."))
    page = search.search(
        **given,
        sort="supported" if sort == "supported" else "newest",
        since=day(request, "since"),
        until=day(request, "until"),
        limit=number(request, "limit", default=20, most=MOST),
    )
    now = timezone.now()
    return _json(
        out.ReportPage(
            results=[_report(row, now=now) for row in page.rows],
            next=_link(request, page.next_cursor),
            previous=_link(request, page.previous_cursor),
        )
    )


@answers("GET", "HEAD")
def report(request: HttpRequest, code: str) -> HttpResponse:
    """One published copy with its public timeline."""
    parsed = parse_code(code)
    try:
        found = shelf.one(parsed or "")
    except shelf.NotPublished:
        raise Refusal(404, gettext("Tidak ada laporan terbuka dengan kode ini.")) from None
    entry = _report(found, now=timezone.now())
    entry.timeline = [_event(event) for event in shelf.timeline(found)]
    return _json(entry)


@answers("GET", "HEAD")
def regions(request: HttpRequest) -> HttpResponse:
    """Places for a typed text (`q`), or the places directly below one (`parent`, empty for the provinces)."""
    q = text(request, "q")
    if q:
        level = number(request, "level", default=0, most=4)
        within = text(request, "within") or None
        hits = search_regions(
            q[:100], level=level or None, within=within, limit=number(request, "limit", default=10, most=50)
        )
        rows = [out.RegionRef(code=hit.code, name=hit.name, label=hit.label, level=hit.level) for hit in hits]
    else:
        rows = [_region(row) for row in children_of(text(request, "parent") or None)[:1000]]
    return _json(out.RegionList(results=rows), cached=3600)


@answers("GET", "HEAD")
def agencies(request: HttpRequest) -> HttpResponse:
    """Bodies for a typed text (`q`), nearest to `region` first; without `q` the bodies of that region or
    the central ones.
    """
    q, region = text(request, "q"), text(request, "region")
    limit = number(request, "limit", default=20, most=MOST)
    if q:
        rows = search_agencies(q[:100], region=region or None, limit=min(limit, 50))
    else:
        rows = list(Agency.objects.filter(is_active=True, region=region or None).order_by("name")[:limit])
    today = timezone.localdate()
    return _json(
        out.AgencyList(
            results=[
                out.AgencyEntry(
                    slug=row.slug,
                    name=row.name,
                    short=row.short,
                    level=row.level,
                    region=row.region_id,
                    answers_for=row.answers_for,
                    is_connected=row.is_connected_on(today),
                    connected_on=row.connected_on,
                )
                for row in rows
            ]
        )
    )


@answers("GET", "HEAD")
def categories(request: HttpRequest) -> HttpResponse:
    """All categories, in the order of the form."""
    rows = Category.objects.filter(is_active=True)
    return _json(
        out.CategoryList(
            results=[
                out.CategoryEntry(slug=row.slug, name=row.name, name_en=row.name_en, description=row.description)
                for row in rows
            ]
        ),
        cached=3600,
    )


def _report(row: PublicReport, *, now: datetime) -> out.PublishedReport:
    return out.PublishedReport(
        code=row.code,
        kind=row.kind,
        title=row.title,
        text=row.text,
        category=row.category_id,
        region=_region(row.region) if row.region else None,
        place=row.place,
        occurred_on=row.occurred_on,
        agency=_agency(row.agency),
        holder=_agency(row.holder),
        reporter=row.reporter,
        state=row.state,
        bucket=row.bucket,
        outcome=row.outcome,
        received_at=row.received_at,
        due_at=row.due_at,
        is_late=row.is_late(now),
        answered_at=row.answered_at,
        closed_at=row.closed_at,
        stars=row.stars,
        supporters=row.support_count,
        url=f"{settings.LAPOR_PUBLIC_URL}/laporan/{row.code}/",
    )


def _event(event: PublicEvent) -> out.TimelineEntry:
    return out.TimelineEntry(
        kind=event.kind,
        at=event.at,
        agency=event.agency.name if event.agency else None,
        text=event.text,
        done_by=event.done_by,
        done_on=event.done_on,
    )


def _region(row: Region) -> out.RegionRef:
    return out.RegionRef(code=row.code, name=row.name, label=row.label, level=row.level)


def _agency(row: Agency | None) -> out.AgencyRef | None:
    return out.AgencyRef(slug=row.slug, name=row.name) if row else None


def _json(body: msgspec.Struct, *, cached: int = 0) -> HttpResponse:
    answer = HttpResponse(msgspec.json.encode(body), content_type="application/json")
    answer["Cache-Control"] = f"public, max-age={cached}" if cached else "no-cache"
    return answer


def _link(request: HttpRequest, cursor: str) -> str | None:
    if not cursor:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"{settings.LAPOR_PUBLIC_URL}{request.path}?{urlencode(list(query.items()))}"
