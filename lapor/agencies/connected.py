"""Who works in the system, by province and by regency: for the public pages. Some thousand rows, counted at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr

from .connection import works_here
from .models import Agency, Region
from .people import held_on


@dataclass(frozen=True)
class Province:
    """How many bodies of a province and of all places in it work here, of how many; and of these the inspectorates."""

    code: str
    name: str
    connected: int
    total: int
    inspectorates: int
    all_inspectorates: int
    trained: int  # bodies where somebody was trained for the post they hold


def by_province(*, on: date) -> list[Province]:
    """Every province, by its code, also those without a body."""
    return _counted("", Region.objects.filter(level=Region.Level.PROVINCE), digits=2, on=on)


def by_regency(province: str, *, on: date) -> list[Province]:
    """Every regency and city of a province in the same way; the bodies of the province itself are not among them."""
    places = Region.objects.filter(level=Region.Level.REGENCY, parent=province)
    return _counted(f"{province}.", places, digits=5, on=on)


def _counted(start: str, places: QuerySet[Region], *, digits: int, on: date) -> list[Province]:
    here, guards = works_here(on), Q(kind=Agency.Kind.INSPECTORATE)
    trained = held_on(on).filter(
        user__trainings__agency=F("agency"), user__trainings__role=F("role"), user__trainings__withdrawn_at=None
    )
    rows = (
        Agency.objects.filter(is_active=True, region__isnull=False, region__code__startswith=start)
        .order_by()
        .values(place=Substr("region_id", 1, digits))
        .annotate(
            connected=Count("pk", filter=here),
            total=Count("pk"),
            inspectorates=Count("pk", filter=here & guards),
            all_inspectorates=Count("pk", filter=guards),
            trained=Count("pk", filter=Q(pk__in=trained.values("agency"))),
        )
    )
    counted = {row.pop("place"): row for row in rows}
    none = {"connected": 0, "total": 0, "inspectorates": 0, "all_inspectorates": 0, "trained": 0}
    found = places.order_by("code")
    return [Province(place.code, place.name, **counted.get(place.code, none)) for place in found]


def bodies_in(place: Region) -> list[Agency]:
    """The bodies of a place: of a province its own, of a regency or city also those of its districts and villages."""
    own = Q(region=place)
    if place.level > Region.Level.PROVINCE:
        own |= Q(region__code__startswith=f"{place.code}.")
    return list(Agency.objects.filter(own, is_active=True).order_by("name"))


def central(*, on: date) -> list[tuple[Agency, bool]]:
    """Every central body with whether it works here, connected ones first."""
    rows = Agency.objects.filter(is_active=True, level=Agency.Level.CENTRAL).order_by("name")
    found = [(row, row.is_connected_on(on)) for row in rows]
    return sorted(found, key=lambda pair: not pair[1])
