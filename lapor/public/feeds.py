"""Atom feeds of published copies: the newest of all, of one body, of one place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from lapor.agencies.models import Agency, Region
from lapor.agencies.picker import region_or_none
from lapor.lib.text import shorten
from lapor.transparency.models import PublicReport
from lapor.transparency.search import search

ENTRIES = 30
SHOWN = 500


def absolute(path: str) -> str:
    return f"{settings.LAPOR_PUBLIC_URL}{path}"


class _Reports(Feed):  # type: ignore[type-arg]
    """What the three feeds share: an entry is a copy, under its lasting address."""

    feed_type = Atom1Feed

    def item_title(self, item: Any) -> str:
        return str(item.heading)

    def item_description(self, item: PublicReport) -> str:
        return shorten(item.text, SHOWN)

    def item_link(self, item: PublicReport) -> str:
        return absolute(reverse("public:detail", args=[item.code]))

    def item_guid(self, item: PublicReport) -> str:
        return self.item_link(item)

    def item_pubdate(self, item: PublicReport) -> datetime:
        return item.received_at

    def item_updateddate(self, item: PublicReport) -> datetime:
        return item.active_at

    def item_author_name(self, item: PublicReport) -> str:
        return item.reporter


class Newest(_Reports):
    def title(self) -> str:
        return gettext("Laporan terbaru · LAPOR!")

    def link(self) -> str:
        return absolute(reverse("public:search"))

    def feed_url(self) -> str:
        return absolute(reverse("public:feed"))

    def items(self) -> list[PublicReport]:
        return search(limit=ENTRIES).rows


class OfAgency(_Reports):
    def get_object(self, request: HttpRequest, slug: str) -> Agency:
        return get_object_or_404(Agency, slug=slug)

    def title(self, obj: Agency) -> str:
        return f"{obj.name} · LAPOR!"

    def link(self, obj: Agency) -> str:
        return absolute(reverse("public:agency", args=[obj.slug]))

    def feed_url(self, obj: Agency) -> str:
        return absolute(reverse("public:agency_feed", args=[obj.slug]))

    def items(self, obj: Agency) -> list[PublicReport]:
        return search(agency=obj.slug, limit=ENTRIES).rows


class OfRegion(_Reports):
    def get_object(self, request: HttpRequest, code: str) -> Region:
        place = region_or_none(code) if "\0" not in code else None
        if place is None:
            raise Http404
        return place

    def title(self, obj: Region) -> str:
        return f"{obj} · LAPOR!"

    def link(self, obj: Region) -> str:
        return absolute(reverse("public:region", args=[obj.code]))

    def feed_url(self, obj: Region) -> str:
        return absolute(reverse("public:region_feed", args=[obj.code]))

    def items(self, obj: Region) -> list[PublicReport]:
        return search(region=obj.code, limit=ENTRIES).rows


def _view(feed: _Reports) -> Callable[..., HttpResponse]:
    """A feed is only read, and a reader may keep it for five minutes."""
    return require_safe(cache_control(public=True, max_age=300)(feed))


newest, of_agency, of_region = _view(Newest()), _view(OfAgency()), _view(OfRegion())
