"""Keeping the register: who may, opening, changing and ending an entry, each with its line of history.

A body keeps the entries about itself (liaison officers, administrators); an inspectorate those about bodies of its
region; the national administrator all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet

from lapor.agencies.models import Agency, Role
from lapor.redaction.redact import redact
from lapor.reports.access import NotFound
from lapor.reports.actors import Officer

from . import counting
from .models import Candidate, Cause, Change, Stage

EDITED: Final = ("title", "cause", "measure", "owner", "due_on", "measured_on", "stage")
PUBLIC_TEXTS: Final = ("title", "cause", "measure")
LEAST_TEXT: Final = 20
LISTED: Final = 100


class Refused(Exception):
    """A field does not do; `field` and `reason` (a stable key) say which and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class ChangedMeanwhile(Exception):
    """Somebody else changed the entry after this officer saw it."""


def keeps(actor: Officer) -> bool:
    """Whether the actor keeps entries about any body at all."""
    return any(post.role in {Role.ADMIN, Role.LIAISON, Role.NATIONAL} for post in actor.posts)


def bodies(actor: Officer) -> QuerySet[Agency]:
    """The bodies about which the actor keeps entries."""
    if any(post.role == Role.NATIONAL for post in actor.posts):
        return Agency.objects.filter(is_active=True)
    reach = Q(pk__in=[])
    for post in actor.posts:
        if post.role in {Role.ADMIN, Role.LIAISON}:
            reach |= Q(pk=post.agency_id)
        if post.role == Role.ADMIN and post.agency_kind == Agency.Kind.INSPECTORATE and post.region_code:
            reach |= Q(region=post.region_code)
    return Agency.objects.filter(reach, is_active=True)


def entries(actor: Officer) -> list[Cause]:
    """Those the actor keeps, open ones first, newest first."""
    rows = Cause.objects.filter(agency__in=bodies(actor)).select_related("agency", "region", "category")
    return list(rows.order_by("closed_at", "-opened_at")[:LISTED])


def candidates(actor: Officer) -> list[Candidate]:
    """What might become an entry, most reports first."""
    rows = Candidate.objects.filter(agency__in=bodies(actor)).select_related("agency", "region", "category")
    return list(rows.order_by("-n")[:LISTED])


def find(actor: Officer, key: int) -> Cause:
    found = (
        Cause.objects.filter(pk=key, agency__in=bodies(actor)).select_related("agency", "region", "category").first()
    )
    if found is None:
        raise NotFound(key)
    return found


@transaction.atomic
def open_entry(
    *,
    agency_id: int,
    region_code: str | None,
    category_slug: str,
    fields: Mapping[str, Any],
    actor: Officer,
    now: datetime,
) -> Cause:
    """A new entry with its first counts. Refuses with `NotFound` for a body out of reach and with `Refused`."""
    if not bodies(actor).filter(pk=agency_id).exists():
        raise NotFound(agency_id)
    clean = _checked({**fields, "stage": Stage.OPEN})
    cause = Cause.objects.create(
        agency_id=agency_id, region_id=region_code, category_id=category_slug, opened_at=now, **clean
    )
    _note(cause, {name: [None, _plain(value)] for name, value in clean.items() if value not in (None, "")}, actor, now)
    counting.count(cause, now=now)
    return cause


@transaction.atomic
def change(*, key: int, version: int, fields: Mapping[str, Any], actor: Officer, now: datetime) -> Cause:
    """Changes, ends or reopens an entry, with a line of history; nothing where nothing is different."""
    find(actor, key)
    cause = Cause.objects.select_for_update().get(pk=key)
    if cause.version != version:
        raise ChangedMeanwhile
    clean = _checked(fields)
    was = {name: getattr(cause, name) for name in EDITED}
    moved = {name: [_plain(was[name]), _plain(value)] for name, value in clean.items() if was[name] != value}
    if not moved:
        return cause
    for name, value in clean.items():
        setattr(cause, name, value)
    if "stage" in moved:
        cause.closed_at = None if cause.stage == Stage.OPEN else now
    cause.version += 1
    cause.save()
    _note(cause, moved, actor, now)
    return cause


def _checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    clean = {name: fields[name] for name in EDITED if name in fields}
    for name in PUBLIC_TEXTS:
        text = str(clean.get(name, "")).strip()
        clean[name] = text
        if redact(text).text != text:
            raise Refused(name, "personal_data")
    if len(clean["cause"]) < LEAST_TEXT:
        raise Refused("cause", "too_short")
    if clean.get("stage") == Stage.DONE:
        if len(clean["measure"]) < LEAST_TEXT:
            raise Refused("measure", "too_short")
        if clean.get("measured_on") is None:
            raise Refused("measured_on", "missing")
    return clean


def _plain(value: object) -> str | None:
    return value.isoformat() if isinstance(value, date) else str(value) if value is not None else None


def _note(cause: Cause, moved: Mapping[str, list[str | None]], actor: Officer, now: datetime) -> None:
    """Under the body in whose name the officer acts: the one concerned, where they belong to it."""
    mine = sorted(actor.agency_ids)
    agency_id = cause.agency_id if cause.agency_id in mine else mine[0]
    Change.objects.create(cause=cause, at=now, agency_id=agency_id, user_id=actor.user_id, fields=dict(moved))
