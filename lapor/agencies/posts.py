"""Joining, leaving and being away. Leaving says who takes over; `reports.staff`, which holds the work, passes it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from lapor.accounts.invitation import AddressTaken, invite_officer
from lapor.accounts.models import User
from lapor.agencies.models import Absence, Agency, Membership, Role, Unit
from lapor.agencies.people import CONFERRED, held_on, officers_of, someone_must


class PostRefused(Exception):
    """The post cannot be given or ended like this; `reason` is a stable key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


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

    Refuses a unit of another agency or one that is closed, a national admin outside the national administrator, and
    whoever gives a post to themselves.
    """
    if by is not None and by.pk == user.pk:
        raise PostRefused("own_post")
    if unit is not None and unit.agency_id != agency.pk:
        raise PostRefused("unit_of_another_body")
    if unit is not None and not unit.is_active:
        raise PostRefused("unit_is_closed")
    if role == Role.NATIONAL and agency.kind != Agency.Kind.NATIONAL_ADMIN:
        raise PostRefused("national_only_there")
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
def invite(
    *, email: str, name: str, agency: Agency, role: str, starts_on: date, by: User | None, unit: Unit | None = None
) -> tuple[User, bool]:
    """Brings somebody in with a first post; returns who it is and whether the account is new.

    An officer who works elsewhere keeps the account and gets one more post. Refuses the address of a citizen's account
    (`AddressTaken`): nobody becomes an officer without having been asked.
    """
    known = User.objects.filter(email=email.strip().lower(), is_officer=True, is_active=True).first()
    user = known or invite_officer(email=email, name=name)
    join(user, agency, role, starts_on=starts_on, unit=unit, by=by)
    return user, known is None


@transaction.atomic
def leave(membership: Membership, *, on: date, heir: User | None = None, by: User | None = None) -> Departure:
    """Ends a post from that day on and says who inherits its open work: the one named, else the colleagues.

    Refuses one already ended, and the last one of a national admin: somebody must be able to let others in.
    """
    post = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("user", "agency", "unit", "heir")
        .get(pk=membership.pk)
    )
    if post.ends_on is not None:
        raise PostRefused("already_ended")
    ends_on = max(on, post.starts_on)
    if post.role == Role.NATIONAL and not _is_held_without(post, on=ends_on):
        raise PostRefused("last_national")
    post.ends_on = ends_on
    post.ended_by, post.heir = by, heir
    post.save(update_fields=["ends_on", "ended_by", "heir"])
    return departure(post)


def departure(post: Membership) -> Departure:
    """Who inherits the work of a post that has ended or has an end."""
    assert post.ends_on is not None  # asked only of posts that end
    heirs = [post.heir] if post.heir else officers_of(post.agency, [post.role], on=post.ends_on, unit=post.unit)
    return Departure(
        membership=post,
        user=post.user,
        agency=post.agency,
        unit=post.unit,
        role=post.role,
        heirs=tuple(person for person in heirs if person != post.user),
        must_act=someone_must(post.agency, on=post.ends_on),
    )


def heirs_for(post: Membership, *, on: date) -> list[User]:
    """The colleagues who could be named as heir: those who see the same work. Its like first, then the whole body."""
    if post.role not in CONFERRED and post.role != Role.NATIONAL:
        return [person for person in officers_of(post.agency, [post.role], on=on) if person.pk != post.user_id]
    roles = dict.fromkeys([post.role, Role.OPERATOR, Role.LIAISON, Role.PPID, Role.HEAD, Role.ADMIN, Role.NATIONAL])
    found = {
        person: None
        for role in roles
        for person in officers_of(post.agency, [role], on=on, unit=post.unit if role == Role.OPERATOR else None)
    }
    return [person for person in found if person.pk != post.user_id]


def _is_held_without(post: Membership, *, on: date) -> bool:
    return held_on(on).filter(role=post.role, ends_on=None).exclude(user=post.user_id).exists()


@transaction.atomic
def leave_all(user: User, *, on: date, by: User | None = None) -> list[Departure]:
    """Ends every open post of a person, as when they retire; heirs are computed after all have ended."""
    posts = list(Membership.objects.filter(user=user, ends_on=None).order_by("id"))
    ended = [leave(post, on=on, by=by).membership for post in posts]
    return [departure(post) for post in ended]


@transaction.atomic
def set_absent(user: User, *, starts_on: date, ends_on: date, deputy: User | None = None, reason: str = "") -> Absence:
    """Notes days of absence, both ends included. The deputy sees the work and may do it (`people.CONFERRED`).

    Refuses an end before the start, days noted already, oneself as deputy, a deputy who does not work at each of the
    person's bodies, and for a post that opens secrets one who does not hold it too.
    """
    if ends_on < starts_on:
        raise PostRefused("ends_before_start")
    User.objects.select_for_update().get(pk=user.pk)
    if Absence.objects.filter(user=user, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise PostRefused("absent_already")
    if deputy is not None:
        _check_deputy(user, deputy, on=starts_on)
    return Absence.objects.create(user=user, starts_on=starts_on, ends_on=ends_on, deputy=deputy, reason=reason)


def _check_deputy(user: User, deputy: User, *, on: date) -> None:
    if deputy.pk == user.pk:
        raise PostRefused("own_deputy")
    theirs = set(held_on(on).filter(user=deputy).values_list("agency_id", "role"))
    bodies = {agency for agency, _role in theirs}
    for agency, role in held_on(on).filter(user=user).values_list("agency_id", "role"):
        if agency not in bodies:
            raise PostRefused("deputy_works_elsewhere")
        if role not in CONFERRED and (agency, role) not in theirs:
            raise PostRefused("deputy_lacks_role")


@transaction.atomic
def return_early(absence: Absence, *, on: date) -> None:
    """The person is back from that day on: the absence ends the day before, or is gone if it had not begun."""
    row = Absence.objects.select_for_update().get(pk=absence.pk)
    if row.starts_on >= on:
        row.delete()
    elif row.ends_on >= on:
        row.ends_on = on - timedelta(days=1)
        row.save(update_fields=["ends_on"])


def deputies_for(user: User, *, on: date) -> list[User]:
    """The colleagues who may stand in for this person, by name."""
    people = User.objects.filter(
        pk__in=held_on(on).filter(agency__in=held_on(on).filter(user=user).values("agency")).values("user")
    )
    found = []
    for person in people.exclude(pk=user.pk).order_by("name"):
        try:
            _check_deputy(user, person, on=on)
        except PostRefused:
            continue
        found.append(person)
    return found


__all__ = [
    "AddressTaken",
    "Departure",
    "PostRefused",
    "departure",
    "deputies_for",
    "heirs_for",
    "invite",
    "join",
    "leave",
    "leave_all",
    "return_early",
    "set_absent",
]
