"""Connecting a body and taking it off again, with history; and the standard set a region starts with."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from lapor.accounts.models import User
from lapor.agencies.models import Agency, ConnectionChange, Region
from lapor.agencies.oversight import forget

DATA = Path(__file__).parent / "data"


class ConnectionRefused(Exception):
    """The connection cannot change like this; `reason` is a stable key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def connect(agency: Agency, *, on: date, by: User | None = None, reason: str = "") -> ConnectionChange:
    """From that day on the body works here itself; `reports.bodies` brings it the reports that another answers for.

    Refuses one that is connected already or not active. A disconnection that is still to come is taken back.
    """
    return _change(agency, to=True, on=on, by=by, reason=reason)


def disconnect(agency: Agency, *, on: date, by: User | None = None, reason: str) -> ConnectionChange:
    """From that day on the nearest body above answers; `reports.bodies` brings it the open reports.

    Refuses one that is not connected, and the national administrator, above whom nobody could answer.
    """
    return _change(agency, to=False, on=on, by=by, reason=reason)


def works_here(on: date, *, path: str = "") -> Q:
    """`Agency.is_connected_on` as a condition of the database; `path` leads to the body, such as "agency__"."""
    since = Q(**{f"{path}connected_on__lte": on, f"{path}is_active": True})
    until = Q(**{f"{path}disconnected_on": None}) | Q(**{f"{path}disconnected_on__gt": on})
    return (since & until) | Q(**{f"{path}kind": Agency.Kind.NATIONAL_ADMIN, f"{path}is_active": True})


@transaction.atomic
def _change(agency: Agency, *, to: bool, on: date, by: User | None, reason: str) -> ConnectionChange:
    row = Agency.objects.select_for_update().get(pk=agency.pk)
    open_now = row.connected_on is not None and row.disconnected_on is None
    if row.kind == Agency.Kind.NATIONAL_ADMIN:
        raise ConnectionRefused("always_connected")
    if to and not row.is_active:
        raise ConnectionRefused("not_active")
    if to == open_now:
        raise ConnectionRefused("connected_already" if to else "not_connected")
    if to:
        if row.disconnected_on is None or on > row.disconnected_on:
            row.connected_on = on
        row.disconnected_on = None
    elif row.connected_on is not None and on < row.connected_on:
        raise ConnectionRefused("connected_only_later")
    else:
        row.disconnected_on = on
    row.save(update_fields=["connected_on", "disconnected_on"])
    agency.connected_on, agency.disconnected_on = row.connected_on, row.disconnected_on
    change = ConnectionChange.objects.create(agency=row, is_connected=to, on=on, by=by, reason=reason)
    forget()
    transaction.on_commit(forget)
    return change


@transaction.atomic
def adopt_standard_set(
    region_code: str, *, on: date | None = None, by: User | None = None, reason: str = ""
) -> list[Agency]:
    """Creates the standard offices of a province, regency or city below its government; returns the new ones.

    With `on` they are connected from that day. A field that the region covers already is left alone.
    Refuses a district or village.
    """
    region = Region.objects.get(code=region_code)
    if region.level > Region.Level.REGENCY:
        raise ConnectionRefused("no_standard_set")
    level = Agency.Level.PROVINCE if region.level == Region.Level.PROVINCE else Agency.Level.REGENCY
    government = Agency.objects.filter(region=region, kind=Agency.Kind.GOVERNMENT).first()
    covered = set(Agency.objects.filter(region=region).exclude(field="").values_list("field", flat=True))
    created: list[Agency] = []
    for row in read_standard():
        if row["level"] != level or row["field"] in covered:
            continue
        name = row["name"].replace("{region}", region.name)
        created.append(
            Agency.objects.create(
                slug=slugify(name),
                name=name,
                short=row["short"],
                kind=Agency.Kind.OFFICE,
                level=level,
                field=row["field"],
                region=region,
                parent=government,
                answers_for=row["answers_for"],
            )
        )
    if on is not None:
        for agency in created:
            connect(agency, on=on, by=by, reason=reason)
    return created


def missing_from_standard(region: Region) -> list[str]:
    """The names of the offices that `adopt_standard_set` would create."""
    level = Agency.Level.PROVINCE if region.level == Region.Level.PROVINCE else Agency.Level.REGENCY
    covered = set(Agency.objects.filter(region=region).exclude(field="").values_list("field", flat=True))
    return [
        row["name"].replace("{region}", region.name)
        for row in read_standard()
        if row["level"] == level and row["field"] not in covered
    ]


def read_standard() -> list[dict[str, str]]:
    """The rows of data/standard.csv."""
    with (DATA / "standard.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
