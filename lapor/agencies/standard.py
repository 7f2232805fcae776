"""What a body of a region usually consists of: units by its field, and who sits where. A proposal, never a rule.

data/standard_units.csv follows the names that most regencies and cities use for the parts of their offices (PP 18/2016
leaves the names to each region); a post of each unit is proposed with it. What a body has already stays as it is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import transaction

from lapor.agencies.models import Agency, Membership, Role, Unit
from lapor.agencies.onboarding import COLUMNS
from lapor.agencies.units import UnitRefused, add

_FILE = Path(__file__).parent / "data" / "standard_units.csv"


@dataclass(frozen=True)
class Proposal:
    """One body: the units it has, open or closed, and those of the standard set that it has not."""

    agency: Agency
    has: tuple[str, ...]
    new: tuple[str, ...]


@cache
def rows() -> tuple[tuple[str, str, str], ...]:
    """Field, unit and role of every line of the file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple((row["field"], row["unit"], row["role"]) for row in csv.DictReader(file))


def proposals(agencies: Iterable[Agency]) -> list[Proposal]:
    """For each body, by name. A unit that it closed is not proposed again, nor one that differs in capitals only."""
    listed = sorted(agencies, key=lambda agency: agency.name)
    known: dict[int, list[Unit]] = {}
    for unit in Unit.objects.filter(agency__in=[agency.pk for agency in listed]).order_by("name"):
        known.setdefault(unit.agency_id, []).append(unit)
    return [_proposal(agency, known.get(agency.pk, [])) for agency in listed]


def _proposal(agency: Agency, units: list[Unit]) -> Proposal:
    had = {name.casefold() for unit in units for name in (unit.name, unit.file_name)}
    new = tuple(unit for field, unit, _role in rows() if field == agency.field and unit.casefold() not in had)
    return Proposal(agency, tuple(unit.name for unit in units if unit.is_active), new)


@transaction.atomic
def adopt(chosen: Iterable[tuple[Agency, str]]) -> int:
    """Makes these units; how many. One that somebody made meanwhile, or that is no standard unit there, is left out."""
    wanted, made = list(chosen), 0
    new = {one.agency.pk: one.new for one in proposals({agency for agency, _name in wanted})}
    for agency, name in wanted:
        if name not in new[agency.pk]:
            continue
        try:
            with transaction.atomic():
                add(agency, name=name)
        except UnitRefused:
            continue
        made += 1
    return made


def posts_to_fill(agencies: Collection[Agency]) -> str:
    """A table for `onboarding.read_officers` with a line for each post that is usual and that nobody was named for:
    a liaison officer for each body, an operator for each open unit of the standard set. Addresses and names are empty.
    """
    told = io.StringIO()
    table = csv.writer(told, lineterminator="\r\n")
    table.writerow(COLUMNS)
    keys = [agency.pk for agency in agencies]
    held = set(Membership.objects.filter(agency__in=keys, ends_on=None).values_list("agency_id", "role", "unit__name"))
    open_units: dict[int, set[str]] = {}
    for key, name in Unit.objects.filter(agency__in=keys, is_active=True).values_list("agency_id", "name"):
        open_units.setdefault(key, set()).add(name)
    for agency in sorted(agencies, key=lambda one: one.name):
        if not any(key == agency.pk and role == Role.LIAISON for key, role, _unit in held):
            table.writerow(("", "", Role.LIAISON.value, agency.slug, ""))
        for field, unit, role in rows():
            is_there = field == agency.field and role != Role.LIAISON and unit in open_units.get(agency.pk, ())
            if is_there and (agency.pk, role, unit) not in held:
                table.writerow(("", "", role, agency.slug, unit))
    return told.getvalue()
