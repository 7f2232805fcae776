"""The units of a body: added, renamed, closed. A closed unit stays in the tables, since reports speak of it.

Closing one moves its people; `reports.staff.close_unit`, which holds the work, moves the reports in the same step.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from lapor.accounts.models import User
from lapor.agencies.models import Agency, Membership, Unit


class UnitRefused(Exception):
    """The unit cannot change like this; `reason` is a stable key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def add(agency: Agency, *, name: str) -> Unit:
    """A new unit, or a closed one of this name opened again. Refuses a name in use."""
    unit, is_new = Unit.objects.select_for_update().get_or_create(agency=agency, name=_clean(name))
    if not is_new and unit.is_active:
        raise UnitRefused("name_taken")
    if not unit.is_active:
        unit.is_active = True
        unit.save(update_fields=["is_active"])
    return unit


@transaction.atomic
def rename(unit: Unit, *, name: str) -> Unit:
    """Another name for the same unit; refuses one that another unit of the body has or had."""
    row = Unit.objects.select_for_update().get(pk=unit.pk)
    row.name = _clean(name)
    if Unit.objects.filter(agency=row.agency_id, name=row.name).exclude(pk=row.pk).exists():
        raise UnitRefused("name_taken")
    row.save(update_fields=["name"])
    return row


@transaction.atomic
def close(unit: Unit, *, into: Unit | None, on: date, by: User | None = None) -> Unit:
    """Ends a unit; who works there goes on in `into`, or for the body as a whole. Refuses a unit of another body."""
    row = Unit.objects.select_for_update().get(pk=unit.pk)
    if not row.is_active:
        raise UnitRefused("closed_already")
    if into is not None and (into.agency_id != row.agency_id or into.pk == row.pk or not into.is_active):
        raise UnitRefused("no_such_unit")
    for post in people_in(row):
        post.ends_on, post.ended_by = max(on, post.starts_on), by
        post.save(update_fields=["ends_on", "ended_by"])
        Membership.objects.get_or_create(
            user=post.user,
            agency_id=post.agency_id,
            unit=into,
            role=post.role,
            ends_on=None,
            defaults={"starts_on": post.ends_on, "added_by": by},
        )
    row.is_active = False
    row.save(update_fields=["is_active"])
    return row


def called(agency: Agency, name: str) -> Unit | None:
    """The open unit of a body that goes by this name: exactly, or the only one whose name holds it."""
    typed = " ".join(name.split())
    if not typed:
        return None
    units = Unit.objects.filter(agency=agency, is_active=True)
    exact = units.filter(name__iexact=typed).first()
    like = list(units.filter(name__icontains=typed)[:2])
    return exact or (like[0] if len(like) == 1 else None)


def people_in(unit: Unit) -> list[Membership]:
    """The posts held in a unit without an end."""
    return list(Membership.objects.filter(unit=unit, ends_on=None).select_related("user").order_by("starts_on", "id"))


def _clean(name: str) -> str:
    cleaned = " ".join(name.split())[:150]
    if not cleaned:
        raise UnitRefused("no_name")
    return cleaned
