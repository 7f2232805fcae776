"""Which body stands above which: who verifies, who answers for the unconnected, who guards quality.

All inspectorates (about 550 rows) are held in memory for a few seconds, since every intake asks for one.
Whoever changes a connection calls `forget()`; other processes notice within `FRESH_SECONDS`.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import date

from lapor.agencies.models import Agency
from lapor.agencies.places import ancestors

FRESH_SECONDS = 30.0


@dataclass(frozen=True)
class _Heads:
    """The bodies that oversee: the national administrator and the inspectorate of each region."""

    national: Agency
    inspectorates: dict[str, Agency]
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
    overseeing = [Agency.Kind.INSPECTORATE, Agency.Kind.NATIONAL_ADMIN]
    rows = Agency.objects.filter(kind__in=overseeing, is_active=True)
    national: Agency | None = None
    inspectorates: dict[str, Agency] = {}
    for agency in rows:
        if agency.kind == Agency.Kind.NATIONAL_ADMIN:
            national = agency
        elif agency.region_id is not None:
            inspectorates[agency.region_id] = agency
    if national is None:
        raise Agency.DoesNotExist("no national administrator: the reference data are not loaded")
    fresh = _Heads(national=national, inspectorates=inspectorates, read_at=time.monotonic())
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
