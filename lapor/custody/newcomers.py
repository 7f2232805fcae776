"""Handing on: who may open a sealed report by today's posts, but has no envelope of it yet, gets one from a colleague.

Only somebody who can open a report can let another in. What waits is found anew each time, so handing on can stop after
any report and go on later. Whom a report names gets nothing: who may have an envelope is decided in `reports.sealing`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from itertools import islice
from uuid import UUID

from django.utils import timezone

from lapor.agencies.models import Agency
from lapor.agencies.people import who_opens
from lapor.audit.record import record
from lapor.reports import accused, sealing
from lapor.reports.access import visible
from lapor.reports.actors import Officer
from lapor.reports.models import Report
from lapor.reports.opening import key_of
from lapor.vault import recovery as recoveries
from lapor.vault.models import Envelope

Held = tuple[int | str, int | None]  # (body, key), or ("", recovery key)
BATCH = 50
LOOKED_AT = 500


@dataclass(frozen=True)
class Handed:
    """What one round did: how many envelopes, of how many reports."""

    envelopes: int = 0
    reports: int = 0


def hand_on(officer: Officer, *, now: datetime, limit: int = BATCH) -> Handed:
    """Gives envelopes of up to `limit` reports that wait; nothing without the officer's unlocked keys."""
    envelopes = reports = 0
    for report in islice(waiting(officer, on=timezone.localdate(now)), limit):
        private = key_of(officer, report)
        if private is not None:
            envelopes += sealing.top_up(report, private, now=now)
            reports += 1
    if envelopes:
        data = {"envelopes": envelopes, "reports": reports}
        record(user_id=officer.user_id, act="sealing.handed_on", subject=f"user:{officer.user_id}", now=now, data=data)
    return Handed(envelopes=envelopes, reports=reports)


def waiting(officer: Officer, *, on: date) -> Iterator[Report]:
    """The reports that the officer can open and others still cannot, newest first; of the last `LOOKED_AT` ones."""
    if officer.keys is None:
        return
    mine = Envelope.objects.filter(key__public=officer.keys.public).values("sealed_id")
    found = visible(officer).filter(sealed_id__isnull=False, sealed_id__in=mine).order_by("-pk")
    reports = list(found.select_related(*sealing.HANDS)[:LOOKED_AT])
    there = _there(reports)
    entitled = cache(partial(_entitled, on=on))
    recovery = recoveries.current()
    for report in reports:
        held = there[report.sealed_id]
        wanted = entitled(frozenset(sealing.hands(report)) - {None})
        if report.is_shielded:
            absent = accused.absent_user_ids(report_id=report.pk, among=set(wanted.values()), on=on)
            wanted = {one: owner for one, owner in wanted.items() if owner not in absent}
        if wanted.keys() - held or (recovery and ("", recovery.pk) not in held):
            yield report


def _entitled(bodies: frozenset[int], *, on: date) -> dict[Held, int]:
    """Each (body, key), with the person whose it is."""
    return {(body, key.pk): key.owner_id for body, key in who_opens(Agency.objects.filter(pk__in=bodies), on=on)}


def _there(reports: Iterable[Report]) -> defaultdict[UUID | None, set[Held]]:
    found: defaultdict[UUID | None, set[Held]] = defaultdict(set)
    rows = Envelope.objects.filter(sealed_id__in=[report.sealed_id for report in reports])
    for sealed_id, body, key, recovery in rows.values_list("sealed_id", "body_id", "key", "recovery"):
        found[sealed_id].add(("", recovery) if body is None or key is None else (body, key))
    return found
