"""Joining, leaving and being away. Leaving says who takes over; the room that holds the work passes it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from lapor.accounts.models import User
from lapor.agencies.models import Absence, Agency, Membership, Role, Unit
from lapor.agencies.people import officers_of, someone_must


class PostRefused(Exception):
    """The post cannot be given or ended like this; the text says why."""


@dataclass(frozen=True)
class Departure:
    """A post that ended: whose open work is to be passed on, and to whom."""

    membership: Membership
    user: User
    agency: Agency
    unit: Unit | None
    role: str
    heirs: tuple[User, ...]
    must_act: User | None


@transaction.atomic
def join(
    user: User,
    agency: Agency,
    role: str,
    *,
    starts_on: date,
    unit: Unit | None = None,
    by: User | None = None,
) -> Membership:
    """Gives a person a post; twice gives it once.

    Refuses a unit of another agency, and a national admin outside the national administrator.
    """
    if unit is not None and unit.agency_id != agency.pk:
        raise PostRefused("the unit belongs to another agency")
    if role == Role.NATIONAL and agency.kind != Agency.Kind.NATIONAL_ADMIN:
        raise PostRefused("only the national administrator has national admins")
    User.objects.select_for_update().get(pk=user.pk)
    membership, _ = Membership.objects.get_or_create(
        user=user,
        agency=agency,
        unit=unit,
        role=role,
        ends_on=None,
        defaults={"starts_on": starts_on, "added_by": by},
    )
    if not user.is_officer:
        # An officer must have a second factor from the first day on.
        user.is_officer = True
        user.save(update_fields=["is_officer"])
    return membership


@transaction.atomic
def leave(membership: Membership, *, on: date, by: User | None = None) -> Departure:
    """Ends a post from that day on and says who inherits its open work; refuses one already ended."""
    post = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("user", "agency", "unit")
        .get(pk=membership.pk)
    )
    if post.ends_on is not None:
        raise PostRefused("the post has already ended")
    post.ends_on = max(on, post.starts_on)
    post.ended_by = by
    post.save(update_fields=["ends_on", "ended_by"])
    heirs = officers_of(post.agency, [post.role], on=post.ends_on, unit=post.unit)
    return Departure(
        membership=post,
        user=post.user,
        agency=post.agency,
        unit=post.unit,
        role=post.role,
        heirs=tuple(person for person in heirs if person != post.user),
        must_act=someone_must(post.agency, on=post.ends_on),
    )


@transaction.atomic
def leave_all(user: User, *, on: date, by: User | None = None) -> list[Departure]:
    """Ends every open post of a person, as when they retire; heirs are computed after all have ended."""
    posts = list(Membership.objects.filter(user=user, ends_on=None).order_by("id"))
    return [leave(post, on=on, by=by) for post in posts]


@transaction.atomic
def set_absent(user: User, *, starts_on: date, ends_on: date, deputy: User | None = None, reason: str = "") -> Absence:
    """Notes days of absence, both ends included. Refuses oneself as deputy, and an end before the start."""
    if ends_on < starts_on:
        raise PostRefused("the absence ends before it starts")
    if deputy is not None and deputy.pk == user.pk:
        raise PostRefused("nobody can be their own deputy")
    return Absence.objects.create(user=user, starts_on=starts_on, ends_on=ends_on, deputy=deputy, reason=reason)
