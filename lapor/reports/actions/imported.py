"""Takes over, in bulk, reports that a service published elsewhere. They are history here, not work.

Such a report keeps the state that its source gave it (`Belum`: received, or verified once an agency was named;
`Proses`: in progress; `Selesai`: closed), but nobody here was ever given it. So it has **no holder, no clock and no
due date**: it stands in nobody's queue, is never late, wakes no alarm and climbs to nobody, however many years old
it is. It does count in the figures and is published, redacted, as what it is. Inspectorate and agency find it in
their lists of all reports and may make it secret. An administrator who wants it handled after all verifies or assigns
it like any other: from that moment it has a holder and clocks, they run from that day, and the source has no more say.

Its reporter never dealt with this service: no PIN, no notice, and the name, sealed, only serves to mask it in texts.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from lapor.agencies.oversight import verifier_for
from lapor.lib.codes import new_code
from lapor.redaction.strike import striker
from lapor.vault import identities

from .. import bulk
from ..actors import System
from ..clockwork import day_of
from ..models import Channel, Event, EventKind, Kind, Origin, Outcome, Report, State, Visibility
from ..taken import Named, Stage, Taken, TakenOver, merge

_ATTEMPTS = 3
_ACTOR = System().kind


def take_over(rows: Sequence[Taken], *, now: datetime) -> TakenOver:
    """Files what is new, renews what the source has news of, leaves the rest; all of the batch or nothing.

    No identifier may occur twice in a batch. A report that began here, or was changed here since, is never touched.
    """
    by_id = {row.external_id: _without_reporter(row) for row in rows}
    if len(by_id) != len(rows):
        raise ValueError("an identifier occurs twice in one batch")
    for attempt in range(_ATTEMPTS):
        try:
            with transaction.atomic():
                return _take_over(by_id, now=now)
        except IntegrityError:  # a code or identifier was taken a moment ago: look again
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _without_reporter(row: Taken) -> Taken:
    """Its texts without the name that it brings. What they were is for the source to keep."""
    strike = striker(name=row.name)
    return dataclasses.replace(row, title=strike(row.title)[:200], text=strike(row.text)) if row.name else row


def _take_over(by_id: dict[str, Taken], *, now: datetime) -> TakenOver:
    known = _known(by_id)
    codes = {row.code: key for key, row in by_id.items() if row.code and key not in known}
    taken = dict(Report.objects.filter(code__in=codes).values_list("code", "received_at"))
    # Ours is what has both our code and our time of receipt; a code alone may be another service's.
    ours = {codes[code] for code, at in taken.items() if by_id[codes[code]].received_at == at.replace(microsecond=0)}
    fresh = [row for key, row in by_id.items() if key not in known and key not in ours]
    _file(fresh, taken=set(taken), now=now)
    renewed, kept = _renew(known, by_id, now=now)
    return TakenOver(new=len(fresh), renewed=renewed, kept=kept, known=len(by_id) - len(fresh) - renewed - kept)


def _known(external_ids: Iterable[str]) -> dict[str, Report]:
    # The exclusion says nothing new; it is what lets the partial index serve.
    found = Report.objects.filter(channel=Channel.OPENDATA, external_id__in=list(external_ids)).exclude(external_id="")
    return {report.external_id: report for report in found.select_related("origin")}


def _state(row: Taken) -> State:
    is_disposed = row.agency.is_said or row.assigned_at is not None
    match row.stage or (Stage.PROSES if is_disposed else Stage.BELUM):
        case Stage.BELUM:
            return State.VERIFIED if is_disposed else State.RECEIVED
        case Stage.PROSES:
            return State.IN_PROGRESS
        case Stage.SELESAI:
            return State.CLOSED


def _facts(row: Taken) -> dict[str, Any]:
    """The columns of a report that say what its source says."""
    state = _state(row)
    return {
        "title": row.title,
        "text": row.text,
        "category_id": row.category.match,
        "region_id": row.area.match,
        "place": "" if row.area.match else row.area.text,
        "state": state,
        "outcome": Outcome.IMPORTED if state == State.CLOSED else "",
        "agency_id": row.agency.match,
        "responsible_id": row.agency.match,  # whether or not it works here: nobody is to answer in its place
        "received_at": row.received_at,
        "assigned_at": row.assigned_at,
        "verified_at": row.assigned_at,
        "closed_at": row.closed_at if state == State.CLOSED else None,
        "active_at": row.last_at,
    }


def _overseers(row: Taken, *, now: datetime) -> dict[str, int]:
    """Who finds the report in its lists beside the agency, and may make it secret or assign it."""
    body = verifier_for(row.area.match, on=day_of(now)).pk
    return {"verifier_id": body, "guardian_id": body}


def _words(row: Taken) -> dict[str, str]:
    return {
        "stage": row.stage or "",
        "agency": row.agency.text,
        "agency_key": row.agency.key,
        "category": row.category.text,
        "category_key": row.category.key,
        "area": row.area.text,
        "area_key": row.area.key,
    }


def _file(rows: Sequence[Taken], *, taken: set[str], now: datetime) -> None:
    if not rows:
        return
    people = identities.keep_names([row.name for row in rows])
    keys = bulk.new_keys(Report, len(rows))
    codes = _codes(rows, taken=taken)
    reports = [
        {
            "id": key,
            "code": code,
            "external_id": row.external_id,
            "identity_id": person,
            **_facts(row),
            **_overseers(row, now=now),
        }
        for row, key, code, person in zip(rows, keys, codes, people, strict=True)
    ]
    alike = {
        "channel": Channel.OPENDATA,
        "kind": Kind.COMPLAINT,
        "is_anonymous": True,
        "visibility": Visibility.PUBLIC,
    }
    bulk.insert(Report, alike, reports)
    origins = [{"report_id": key, **_words(row)} for row, key in zip(rows, keys, strict=True)]
    bulk.insert(Origin, {"version": 1}, origins)
    events = [{"report_id": report["id"], "to_state": report["state"]} for report in reports]
    bulk.insert(Event, _event(now), events)


def _codes(rows: Sequence[Taken], *, taken: set[str]) -> list[str]:
    """The code that a report had in a LAPOR like this one, while it is free here; else a new one."""
    brought = {row.code for row in rows} - taken - {""}
    new = _free_codes(sum(row.code not in brought for row in rows), besides=brought)
    return [row.code if row.code in brought else new.pop() for row in rows]


def _free_codes(count: int, *, besides: set[str]) -> set[str]:
    free: set[str] = set()
    while len(free) < count:
        made = {new_code() for _ in range(count - len(free))} - besides
        free |= made - set(Report.objects.filter(code__in=made).values_list("code", flat=True))
    return free


def _renew(known: dict[str, Report], by_id: dict[str, Taken], *, now: datetime) -> tuple[int, int]:
    """(renewed, kept). Looks first without a lock: a file that was read before has hardly any news."""
    kept = sum(_is_handled_here(report) for report in known.values())
    differing = [
        report.pk for key, report in known.items() if not _is_handled_here(report) and _hear(report, by_id[key])
    ]
    if not differing:
        return 0, kept
    locked = Report.objects.select_for_update(of=("self",)).filter(pk__in=differing).order_by("pk")
    reports: list[dict[str, Any]] = []
    origins: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    unnamed: dict[int, str] = {}
    for report in locked.select_related("origin"):
        was, row = report.state, by_id[report.external_id]
        if _is_handled_here(report):
            kept += 1
            continue
        changed = _hear(report, row)
        if "name" in changed:
            unnamed[len(reports)] = row.name
        heard, version = _as_taken(report), report.version + 1
        reports.append(
            {"id": report.pk, "version": version, "identity_id": report.identity_id}
            | _facts(heard)
            | _overseers(heard, now=now)
        )
        origins.append({"report_id": report.pk, "version": version} | _words(heard))
        data = json.dumps({"changed": changed})
        events.append({"report_id": report.pk, "from_state": was, "to_state": report.state, "data": data})
    for place, person in zip(unnamed, identities.keep_names(list(unnamed.values())), strict=True):
        reports[place]["identity_id"] = person
    if reports:
        bulk.update(Report, reports)
        bulk.update(Origin, origins)
        bulk.insert(Event, _event(now), events)
    return len(reports), kept


def _event(now: datetime) -> dict[str, Any]:
    """What is alike in the history of all that are heard of now."""
    return {"kind": EventKind.IMPORTED, "at": now, "actor": _ACTOR, "data": "{}"}


def _is_handled_here(report: Report) -> bool:
    origin = getattr(report, "origin", None)
    return origin is None or report.version != origin.version


def _hear(report: Report, row: Taken) -> list[str]:
    """Sets on the (unsaved) report what the row says anew; names what changed."""
    heard = merge(_as_taken(report), row)
    changed = []
    for target, values in ((report, _facts(heard)), (report.origin, _words(heard))):
        for name, value in values.items():
            if getattr(target, name) != value:
                setattr(target, name, value)
                changed.append(name)
    if row.name and report.identity_id is None:
        changed.append("name")
    return changed


def _as_taken(report: Report) -> Taken:
    """What the source is known to have said of this report."""
    origin = report.origin
    return Taken(
        external_id=report.external_id,
        stage=Stage(origin.stage) if origin.stage else None,
        title=report.title,
        text=report.text,
        agency=Named(origin.agency, origin.agency_key, report.agency_id),
        category=Named(origin.category, origin.category_key, report.category_id),
        area=Named(origin.area, origin.area_key, report.region_id),
        received_at=report.received_at,
        assigned_at=report.assigned_at,
        active_at=report.active_at,
        closed_at=report.closed_at,
    )
