"""Which body stands above which: who verifies, who answers for the unconnected, who guards quality.

All inspectorates (about 550 rows) are held in memory for a few seconds, since every intake asks for one.
Whoever changes a connection calls `forget()`; other processes notice within `FRESH_SECONDS`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lapor.agencies.models import Agency
from lapor.agencies.places import ancestors

FRESH_SECONDS = 30.0


@dataclass(frozen=True)
class Taker:
    """Bodies of this kind take reports of these categories (None: of every one) that accuse somebody."""

    kind: str
    categories: frozenset[str] | None


# Who examines a report that accuses somebody, in this order; within a kind the nearest at or above the place first, and
# only bodies that are connected. The Saber Pungli units stand on Perpres 87/2016, which Perpres 49/2025 revoked: where
# none is connected, which is how the reference files leave them, the inspectorate takes illegal levies like all else.
INDEPENDENT = (
    Taker(Agency.Kind.SABER_PUNGLI, frozenset({"pungli_korupsi"})),
    Taker(Agency.Kind.INSPECTORATE, None),
    Taker(Agency.Kind.NATIONAL_ADMIN, None),
)


@dataclass(frozen=True)
class _Heads:
    """The bodies that oversee: the national administrator, the inspectorate and the Saber Pungli unit of each region.

    The national unit stands under no region: "".
    """

    national: Agency
    inspectorates: dict[str, Agency]
    saber_pungli: dict[str, Agency]
    read_at: float


_lock = threading.Lock()
_held: _Heads | None = None


def forget() -> None:
    """Drops what is held in memory, so that the next question reads the database."""
    global _held
    with _lock:
        _held = None


def _heads() -> _Heads:
    global _held
    held = _held
    if held is not None and time.monotonic() - held.read_at < FRESH_SECONDS:
        return held
    rows = Agency.objects.filter(kind__in=[taker.kind for taker in INDEPENDENT], is_active=True)
    national: Agency | None = None
    inspectorates: dict[str, Agency] = {}
    saber_pungli: dict[str, Agency] = {}
    for agency in rows:
        if agency.kind == Agency.Kind.NATIONAL_ADMIN:
            national = agency
        elif agency.kind == Agency.Kind.SABER_PUNGLI:
            saber_pungli[agency.region_id or ""] = agency
        elif agency.region_id is not None:
            inspectorates[agency.region_id] = agency
    if national is None:
        raise Agency.DoesNotExist("no national administrator: the reference data are not loaded")
    fresh = _Heads(national=national, inspectorates=inspectorates, saber_pungli=saber_pungli, read_at=time.monotonic())
    with _lock:
        _held = fresh
    return fresh


def national_admin() -> Agency:
    """The national administrator; it is always there and answers when nobody nearer can."""
    return _heads().national


def _nearest_inspectorate(codes: list[str], *, on: date) -> Agency:
    heads = _heads()
    for code in codes:
        agency = heads.inspectorates.get(code)
        if agency is not None and agency.is_connected_on(on):
            return agency
    return heads.national


def verifier_for(region_code: str | None, *, on: date) -> Agency:
    """The nearest connected inspectorate at or above the place, else the national administrator.

    Asks the database at most once in `FRESH_SECONDS`.
    """
    if not region_code:
        return national_admin()
    return _nearest_inspectorate([region_code, *ancestors(region_code)], on=on)


def independent_bodies(region_code: str | None, *, category: str | None, on: date) -> Iterator[Agency]:
    """The bodies that may examine a report which accuses somebody, best first (`INDEPENDENT`); then every other
    connected body of these kinds, so that the list does not end before somebody is found who may act.
    """
    heads = _heads()
    places = [*([region_code, *ancestors(region_code)] if region_code else []), ""]
    by_kind: dict[str, dict[str, Agency]] = {
        Agency.Kind.SABER_PUNGLI: heads.saber_pungli,
        Agency.Kind.INSPECTORATE: heads.inspectorates,
        Agency.Kind.NATIONAL_ADMIN: {"": heads.national},
    }
    fit = [taker for taker in INDEPENDENT if taker.categories is None or category in taker.categories]
    near = [by_kind[taker.kind].get(place) for taker in fit for place in places]
    others = [body for bodies in by_kind.values() for _place, body in sorted(bodies.items())]
    for body in dict.fromkeys(filter(None, [*near, *others])):
        if body.is_connected_on(on):
            yield body


def inspectorate_of(agency: Agency, *, on: date) -> Agency:
    """Who guards the quality of this body's work; for an overseeing body that is the next one above."""
    if agency.kind == Agency.Kind.INSPECTORATE:
        return next_admin_above(agency, on=on)
    return verifier_for(agency.region_id, on=on)


def next_admin_above(agency: Agency, *, on: date) -> Agency:
    """One step up: office to inspectorate, regency to province, province to the national administrator."""
    if agency.kind != Agency.Kind.INSPECTORATE or agency.region_id is None:
        return verifier_for(agency.region_id, on=on)
    return _nearest_inspectorate(ancestors(agency.region_id), on=on)


def responsible_for(agency: Agency, *, on: date) -> Agency:
    """Who answers for this body today: itself when connected, else the nearest connected body above it.

    Going up, the inspectorate of a region comes before its government: it has the administrators who write the letter.
    """
    if agency.is_connected_on(on):
        return agency
    inspectorates = _heads().inspectorates
    body: Agency | None = agency
    while body is not None:
        guard = inspectorates.get(body.region_id or "")
        for above in (guard, body):
            if above is not None and above.is_connected_on(on):
                return above
        body = body.parent
    return verifier_for(agency.region_id, on=on)


def government_of(agency: Agency) -> Agency | None:
    """The government that this body is part of: up its own tree, else that of its place; none for a central one."""
    body, seen = agency, set[int]()
    while body.pk not in seen:
        seen.add(body.pk)
        if body.kind == Agency.Kind.GOVERNMENT:
            return body
        if body.parent is None or body.parent.region_id != body.region_id:
            break
        body = body.parent
    if agency.region_id is None or agency.level == Agency.Level.CENTRAL:
        return None
    return Agency.objects.filter(region=agency.region_id, kind=Agency.Kind.GOVERNMENT, is_active=True).first()


def ombudsman() -> Agency | None:
    """The Ombudsman of the Republic (UU 37/2008), where it is in the tables."""
    field = "pengawas_pelayanan_publik"
    return Agency.objects.filter(kind=Agency.Kind.OVERSEER, field=field, is_active=True).order_by("pk").first()
