"""From "the education office of this place" to the agency that is one.

What is read is held in memory as long as `agencies.oversight` holds its own, so that `oversight.forget()` makes this
room forget too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.db.models import QuerySet

from lapor.agencies.models import Agency
from lapor.agencies.oversight import national_admin
from lapor.routing.competence import JAKARTA
from lapor.routing.words import read_table

INSPECTORATE = "inspektorat"
GOVERNMENT = "pemerintah"
_CENTRAL = ""
_BY_KIND = {Agency.Kind.INSPECTORATE: INSPECTORATE, Agency.Kind.GOVERNMENT: GOVERNMENT}

_held: dict[str, dict[str, Agency]] = {}
_held_with: Agency | None = None


def central(slug: str, *, region_code: str | None) -> Agency | None:
    """The central body, or its office for the place where it has one (data/local_offices.csv)."""
    offices = _local_offices().get(slug, {})
    parts = (region_code or "").split(".")
    for length in range(len(parts), 0, -1):
        office = offices.get(".".join(parts[:length]))
        if office and (agency := _bodies(_CENTRAL).get(office)):
            return agency
    return _bodies(_CENTRAL).get(slug)


def regional(fields: Sequence[str], *, level: str, region_code: str) -> tuple[Agency, bool] | None:
    """The office for the first of these fields, and whether it is one: else the government of the place stands in.

    None where the place is too wide to say (a province for a city's affair) or has no government in the system.
    """
    code = _seat(level, region_code)
    if code is None:
        return None
    bodies = _bodies(code)
    for field in fields:
        if field in bodies:
            return bodies[field], True
    government = bodies.get(GOVERNMENT)
    return (government, False) if government else None


def by_id(agency_id: int) -> Agency | None:
    """The agency that the citizen named, when it exists and is active."""
    return _all().filter(pk=agency_id).first()


def _seat(level: str, region_code: str) -> str | None:
    """The code of the province, regency or city whose government does the work."""
    parts = region_code.split(".")
    if level == "province" or parts[0] == JAKARTA:
        return parts[0]
    return ".".join(parts[:2]) if len(parts) > 1 else None


@lru_cache(maxsize=1)
def _local_offices() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for row in read_table("local_offices.csv"):
        table.setdefault(row["body"], {})[row["region_code"]] = row["office"]
    return table


def _all() -> QuerySet[Agency]:
    return Agency.objects.filter(is_active=True).select_related("region", "parent__parent__parent")


def _bodies(code: str) -> dict[str, Agency]:
    global _held, _held_with
    head = national_admin()
    if _held_with is not head:
        _held, _held_with = {}, head
    held = _held
    if code not in held:
        held[code] = _read(code)
    return held[code]


def _read(code: str) -> dict[str, Agency]:
    if code == _CENTRAL:
        return {agency.slug: agency for agency in _all().filter(region=None)}
    return {_BY_KIND.get(Agency.Kind(agency.kind), agency.field): agency for agency in _all().filter(region=code)}
