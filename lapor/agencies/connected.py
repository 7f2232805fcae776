"""Who works in the system, by province: for the public page. Some thousand rows, counted at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import Substr

from .connection import works_here
from .models import Agency, Region


@dataclass(frozen=True)
class Province:
    """How many bodies of a province and of all places in it work here, of how many; and of these the inspectorates."""

    code: str
    name: str
    connected: int
    total: int
    inspectorates: int
    all_inspectorates: int


def by_province(*, on: date) -> list[Province]:
    """Every province, by its code, also those without a body."""
    here, guards = works_here(on), Q(kind=Agency.Kind.INSPECTORATE)
    rows = (
        Agency.objects.filter(is_active=True, region__isnull=False)
        .order_by()
        .values(province=Substr("region_id", 1, 2))
        .annotate(
            connected=Count("pk", filter=here),
            total=Count("pk"),
            inspectorates=Count("pk", filter=here & guards),
            all_inspectorates=Count("pk", filter=guards),
        )
    )
    counted = {row.pop("province"): row for row in rows}
    none = {"connected": 0, "total": 0, "inspectorates": 0, "all_inspectorates": 0}
    places = Region.objects.filter(level=Region.Level.PROVINCE).order_by("code")
    return [Province(place.code, place.name, **counted.get(place.code, none)) for place in places]


def central(*, on: date) -> list[tuple[Agency, bool]]:
    """Every central body with whether it works here, connected ones first."""
    rows = Agency.objects.filter(is_active=True, level=Agency.Level.CENTRAL).order_by("name")
    found = [(row, row.is_connected_on(on)) for row in rows]
    return sorted(found, key=lambda pair: not pair[1])
