"""What an officer may choose from: bodies near the report first, people and units of the agency that answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext

from lapor.agencies.models import Agency, Category, Region, Role, Unit
from lapor.agencies.people import officers_of
from lapor.agencies.picker import search_agencies, search_regions
from lapor.agencies.places import ancestors
from lapor.lib.codes import parse_code

Choice = tuple[str, str]
Group = tuple[str, list[Choice]]
WORKERS = (Role.OPERATOR, Role.LIAISON, Role.PPID, Role.HEAD, Role.ADMIN, Role.NATIONAL, Role.INVESTIGATOR)
OVERSEEING = (Agency.Kind.INSPECTORATE, Agency.Kind.SABER_PUNGLI, Agency.Kind.NATIONAL_ADMIN)
FOUND = 20


def name_of(agency: Agency, *, on: date) -> str:
    """The body's name, and a warning where it does not work here itself yet."""
    if agency.is_connected_on(on):
        return agency.name
    return gettext("%(name)s (belum terhubung)") % {"name": agency.name}


def agencies_near(region_code: str | None, *, on: date, proposed: Iterable[Agency] = ()) -> list[Group]:
    """Bodies that could answer: those proposed, those of the place and of the places above it, central ones."""
    groups: list[Group] = []
    if first := [(agency.slug, name_of(agency, on=on)) for agency in proposed]:
        groups.append((gettext("Diusulkan"), first))
    codes = [region_code, *ancestors(region_code)] if region_code else []
    rows = (
        Agency.objects.filter(Q(region__in=codes) | Q(level=Agency.Level.CENTRAL), is_active=True)
        .exclude(kind=Agency.Kind.OVERSEER)
        .select_related("region")
        .order_by("-region__level", "name")
    )
    places: dict[str, list[Choice]] = {}
    for agency in rows:
        place = agency.region.name if agency.region else gettext("Pusat")
        places.setdefault(place, []).append((agency.slug, name_of(agency, on=on)))
    central = places.pop(gettext("Pusat"), None)
    groups += list(places.items())
    if central:
        groups.append((gettext("Pusat"), central))
    return groups


def admins_near(region_code: str | None, *, on: date) -> list[Choice]:
    """Connected bodies that verify: those above the place first, then all others."""
    codes = [region_code, *ancestors(region_code)] if region_code else []
    near = Case(
        *(When(region=code, then=Value(rank)) for rank, code in enumerate(codes)),
        When(kind=Agency.Kind.NATIONAL_ADMIN, then=Value(len(codes))),
        default=Value(len(codes) + 1),
        output_field=IntegerField(),
    )
    rows = Agency.objects.filter(kind__in=OVERSEEING, is_active=True, connected_on__lte=on).order_by(near, "name")
    return [(agency.slug, agency.name) for agency in rows if agency.is_connected_on(on)]


def search(words: str) -> list[Agency]:
    """Bodies by name or abbreviation, wherever they are."""
    return search_agencies(words, limit=FOUND)


def people_of(agency: Agency, *, on: date) -> list[Choice]:
    """Those of the body who work on reports and are present."""
    return [(str(person.pk), person.name) for person in officers_of(agency, WORKERS, on=on)]


def units_of(agency: Agency) -> QuerySet[Unit]:
    return Unit.objects.filter(agency=agency, is_active=True)


def categories() -> QuerySet[Category]:
    return Category.objects.filter(is_active=True)


def with_blank(choices: Iterable[Choice | Group], label: str) -> list[Choice | Group]:
    return [("", label), *choices]


def region_named(words: str) -> Region | None:
    """The place that these words name without doubt; None when no place or several fit."""
    hits = search_regions(words, limit=FOUND)
    same = [hit for hit in hits if words.casefold() in {hit.name.casefold(), f"{hit.name}, {hit.label}".casefold()}]
    sure = same if len(same) == 1 else hits
    return Region.objects.get(code=sure[0].code) if len(sure) == 1 else None


def code_in(words: str) -> str:
    """The report code that was typed, with or without spaces; empty when it is none."""
    return parse_code(words) or ""


def places_under(codes: set[str]) -> list[Choice]:
    """The places an officer works for and those one level below; all provinces for one who works nationwide."""
    near = Q(code__in=codes) | Q(parent__in=codes) if codes else Q(level=Region.Level.PROVINCE)
    return [(row.code, "— " * (len(row.code) > 5) + row.name) for row in Region.objects.filter(near).order_by("code")]


def agencies_of(codes: set[str], *, active_only: bool = False) -> list[Choice]:
    """Bodies of these places and of those directly below, and central ones."""
    near = Q(level=Agency.Level.CENTRAL)
    for code in codes:
        near |= Q(region=code) | Q(region__parent=code)
    rows = Agency.objects.filter(near).exclude(kind=Agency.Kind.OVERSEER).order_by("-region__level", "name")
    if active_only:
        rows = rows.filter(is_active=True)
    return [(agency.slug, agency.name) for agency in rows]
