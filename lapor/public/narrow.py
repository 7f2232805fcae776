"""What a visitor narrowed the list to: read from the address, settled, and written back as a clean address."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from lapor.agencies.models import Agency, Category, Region
from lapor.agencies.picker import region_or_none
from lapor.channels.written import lookup
from lapor.statistics.buckets import Bucket
from lapor.transparency.search import Page, search

from .forms.narrow import NarrowForm


@dataclass(frozen=True)
class Other:
    """Another place or body that the typed words may have meant."""

    name: str
    url: str


@dataclass(frozen=True)
class Chip:
    """One filter in force, and the list without it."""

    label: str
    url: str


@dataclass
class Narrowed:
    """The filters in force. `values` are those of the address, in its own words."""

    form: NarrowForm
    values: dict[str, str] = field(default_factory=dict)
    region: Region | None = None
    agency: Agency | None = None
    category: Category | None = None
    since: date | None = None
    until: date | None = None
    others: list[Other] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def page(self, *, cursor: str) -> Page:
        """The reports; none where a place or body was typed that does not exist."""
        if self.unknown:
            return Page(rows=[])
        status = self.values.get("status", "")
        return search(
            q=self.values.get("q", ""),
            region=self.values.get("wilayah", ""),
            agency=self.values.get("instansi", ""),
            category=self.values.get("kategori", ""),
            kind=self.values.get("jenis", ""),
            bucket=status if status in Bucket.values else "",
            state="" if status in Bucket.values else status,
            since=self.since,
            until=self.until,
            sort="supported" if self.values.get("urut") == "dukungan" else "newest",
            cursor=cursor,
        )

    def url(self, **changes: str) -> str:
        """The address of this list with some values changed; an empty one is left out."""
        values = {name: value for name, value in (self.values | changes).items() if value}
        return f"{reverse('public:search')}?{urlencode(values)}" if values else reverse("public:search")

    def chips(self) -> list[Chip]:
        labels = {
            "wilayah": str(self.region or ""),
            "instansi": str(self.agency or ""),
            "kategori": self._chosen("kategori"),
            "jenis": self._chosen("jenis"),
            "status": self._chosen("status"),
            "sejak": self._day(gettext("Sejak %(day)s"), self.since),
            "sampai": self._day(gettext("Sampai %(day)s"), self.until),
        }
        return [Chip(label, self.url(**{name: ""})) for name, label in labels.items() if name in self.values and label]

    def _chosen(self, name: str) -> str:
        options = self.form.fields[name].choices  # type: ignore[attr-defined]
        return next((str(words) for value, words in options if str(value) == self.values.get(name)), "")

    @staticmethod
    def _day(words: str, day: date | None) -> str:
        return words % {"day": date_format(day, "DATE_FORMAT")} if day else ""


def read(address: QueryDict) -> Narrowed:
    """What the address asks for. A name typed without choosing is taken as its best meaning; the others are offered."""
    found = Narrowed(NarrowForm(address))
    found.form.is_valid()
    data = found.form.cleaned_data
    _place(found, address, data)
    _agency(found, address, data)
    found.category, found.since, found.until = data.get("kategori"), data.get("sejak"), data.get("sampai")
    plain: dict[str, Any] = {
        "q": data.get("q"),
        "wilayah": found.region.code if found.region else "",
        "instansi": found.agency.slug if found.agency else "",
        "kategori": found.category.slug if found.category else "",
        "jenis": data.get("jenis"),
        "status": data.get("status"),
        "sejak": found.since.isoformat() if found.since else "",
        "sampai": found.until.isoformat() if found.until else "",
        "urut": data.get("urut"),
    }
    found.values = {name: value for name, value in plain.items() if value}
    shown = plain | {
        "tempat": str(found.region) if found.region else address.get("tempat", ""),
        "nama_instansi": found.agency.name if found.agency else address.get("nama_instansi", ""),
    }
    found.others = [Other(name, found.url(**{key: value})) for name, key, value in _others(found, data)]
    if not found.form.errors:
        found.form = NarrowForm(initial=shown)
    return found


def _place(found: Narrowed, address: QueryDict, data: dict[str, Any]) -> None:
    code, typed = data.get("wilayah") or "", data.get("tempat") or ""
    if "tempat" not in address:
        found.region = region_or_none(code) if code else None
        return
    if not typed:
        return
    found.region = lookup.settled_region(typed, code=code, choice="")
    if found.region is None:
        offered = lookup.region_choices(typed)
        found.region = region_or_none(offered[0][0]) if offered else None
    if found.region is None:
        found.unknown.append(typed)


def _agency(found: Narrowed, address: QueryDict, data: dict[str, Any]) -> None:
    slug, typed = data.get("instansi") or "", data.get("nama_instansi") or ""
    named = Agency.objects.filter(slug=slug).first() if slug else None
    if "nama_instansi" not in address or (named is not None and named.name == typed):
        found.agency = named
        return
    if not typed:
        return
    found.agency = lookup.settled_agency(typed, slug="")
    if found.agency is None:
        offered = lookup.agency_choices(typed, data.get("wilayah") or "")
        found.agency = lookup.settled_agency(typed, slug=offered[0][0]) if offered else None
    if found.agency is None:
        found.unknown.append(typed)


def _others(found: Narrowed, data: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(name, filter, value) of what else the typed words may have meant."""
    others = []
    if found.region is not None and (typed := data.get("tempat")) and typed != str(found.region):
        others += [(name, "wilayah", code) for code, name in lookup.region_choices(typed) if code != found.region.code]
    if found.agency is not None and (typed := data.get("nama_instansi")) and typed != found.agency.name:
        choices = lookup.agency_choices(typed, found.region.code if found.region else "")
        skipped = {found.agency.slug, lookup.NONE_OF_THEM}
        others += [(name, "instansi", slug) for slug, name in choices if slug not in skipped]
    return others
