"""What search engines are told: where not to look, and every published page, a week of reports at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from lapor.agencies.models import Agency, Region
from lapor.transparency.models import PublicReport

from .feeds import absolute

MOST = 50_000  # addresses that one sitemap may hold
CLOSED = ("/lacak/", "/lapor/periksa/", "/lapor/terkirim/", "/laporan-saya/", "/akun/", "/meja/", "/kantor/", "/api/")
_ENDS = ("received_at", "-received_at")
_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), "Disallow: /laporan/?"]
    return HttpResponse(
        "\n".join([*lines, f"Sitemap: {absolute(reverse('public:sitemap'))}", ""]), content_type="text/plain"
    )


@require_safe
@cache_control(public=True, max_age=3600)
def index(request: HttpRequest) -> HttpResponse:
    """One sitemap for the lasting pages and one for each week that has reports: two look-ups along an index."""
    weeks = [reverse("public:sitemap_reports", args=week) for week in _weeks()]
    paths = [reverse("public:sitemap_pages"), *weeks]
    entries = "".join(f"<sitemap><loc>{escape(absolute(path))}</loc></sitemap>" for path in paths)
    return _xml(f"<sitemapindex {_XMLNS}>{entries}</sitemapindex>")


@require_safe
@cache_control(public=True, max_age=86400)
def pages(request: HttpRequest) -> HttpResponse:
    """Pages that last: the words, provinces and regencies, and every body that has an own page."""
    names = ("home", "search", "agencies", "regions", "about", "privacy", "rights", "evidence", "report")
    places = Region.objects.filter(level__lte=Region.Level.REGENCY).values_list("code", flat=True).order_by("code")
    bodies = Agency.objects.filter(is_active=True).values_list("slug", flat=True).order_by("slug")
    paths = [
        *(reverse(f"public:{name}") for name in names),
        *(reverse("public:region", args=[code]) for code in places),
        *(reverse("public:agency", args=[slug]) for slug in bodies),
    ]
    return _urls((path, None) for path in paths[:MOST])


@require_safe
@cache_control(public=True, max_age=3600)
def reports(request: HttpRequest, year: int, week: int) -> HttpResponse:
    """The published reports that came in during one week (ISO 8601)."""
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        raise Http404 from None
    week_of = (_start(monday), _start(monday + timedelta(days=7)))
    found = (
        PublicReport.objects.filter(received_at__gte=week_of[0], received_at__lt=week_of[1])
        .exclude(state="archived")
        .order_by("-received_at")
        .values_list("code", "active_at")[:MOST]
    )
    return _urls((reverse("public:detail", args=[code]), changed.date()) for code, changed in found)


def _weeks() -> list[tuple[int, int]]:
    """The weeks from the first published report to the last one, newest first."""
    ends = [PublicReport.objects.order_by(order).values_list("received_at", flat=True).first() for order in _ENDS]
    if ends[0] is None or ends[1] is None:
        return []
    first, last = (timezone.localdate(moment) for moment in ends if moment is not None)
    monday, weeks = last - timedelta(days=last.weekday()), []
    while monday > first - timedelta(days=7):
        weeks.append(monday.isocalendar()[:2])
        monday -= timedelta(days=7)
    return weeks


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _urls(entries: Iterable[tuple[str, date | None]]) -> HttpResponse:
    lines = [
        f"<url><loc>{escape(absolute(path))}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>"
        for path, changed in entries
    ]
    return _xml(f"<urlset {_XMLNS}>{''.join(lines)}</urlset>")


def _xml(body: str) -> HttpResponse:
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}', content_type="application/xml")
