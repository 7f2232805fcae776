"""Who holds which post today, who is present, and who must act when work is late."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from lapor.accounts.models import User
from lapor.agencies.models import Absence, Agency, Membership, Role, Unit
from lapor.agencies.oversight import inspectorate_of, national_admin, next_admin_above, verifier_for


@dataclass(frozen=True)
class Post:
    """What the right to see and act depends on: one role at one body, perhaps in one unit."""

    agency_id: int
    unit_id: int | None
    role: str
    region_code: str | None
    agency_kind: str


def held_on(day: date) -> QuerySet[Membership]:
    """The posts held on that day by people who can sign in."""
    return Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day, user__is_active=True)


def roles_of(user: User, *, on: date) -> tuple[Post, ...]:
    """Every post the person holds on that day, in one query; nothing for somebody not saved or not active."""
    if user.pk is None:
        return ()
    rows = held_on(on).filter(user=user, agency__is_active=True).order_by("id")
    return tuple(
        Post(*row) for row in rows.values_list("agency_id", "unit_id", "role", "agency__region_id", "agency__kind")
    )


def officers_of(agency: Agency | int, roles: Collection[str], *, on: date, unit: Unit | None = None) -> list[User]:
    """The people to turn to, in the order in which they joined.

    Whoever is away is replaced by the deputy, if there is one and the deputy is not away too. With a
    unit: its people and those of the agency as a whole.
    """
    posts = held_on(on).filter(agency=agency, role__in=roles)
    if unit is not None:
        posts = posts.filter(Q(unit=unit) | Q(unit=None))
    posts = posts.select_related("user").order_by("starts_on", "id")
    return _present(list(dict.fromkeys(post.user for post in posts)), on=on)


def receiver_for(region_code: str | None, *, is_sealed: bool, on: date) -> Agency:
    """The body that verifies a new report from this place; for a sealed one the nearest where somebody may open it."""
    body = verifier_for(region_code, on=on)
    return with_investigators(body, on=on) if is_sealed else body


def with_investigators(body: Agency, *, on: date) -> Agency:
    """This body where somebody may open sealed reports, else the nearest above; the national administrator at last."""
    chain = _chain_of_admins(body, on=on)
    staffed = set(
        held_on(on).filter(agency__in=chain, role=Role.INVESTIGATOR).values_list("agency", flat=True).distinct()
    )
    return next((above for above in chain if above.pk in staffed), chain[-1])


def _present(people: list[User], *, on: date) -> list[User]:
    absences = Absence.objects.filter(starts_on__lte=on, ends_on__gte=on).select_related("deputy")
    away = {absence.user_id: absence.deputy for absence in absences.order_by("id")}
    found: dict[User, None] = {}
    for person in people:
        seen: set[int] = set()
        current: User | None = person
        # A deputy may be away as well and name their own; a circle of deputies ends at nobody.
        while current is not None and current.pk in away and current.pk not in seen:
            seen.add(current.pk)
            current = away[current.pk]
        if current is not None and current.is_active and current.pk not in seen:
            found[current] = None
    return list(found)


def someone_must(agency: Agency, *, on: date) -> User | None:
    """The named person who must act for this body: a liaison officer, else its admin, else those above it.

    People who are present come first. If everyone up to the national office is away, the first who holds a
    post is named all the same; None only when not one post is held.
    """
    chain = _chain_of_admins(agency, on=on)
    for body in chain:
        for roles in ([Role.LIAISON], [Role.ADMIN], [Role.NATIONAL]):
            present = officers_of(body, roles, on=on)
            if present:
                return present[0]
    post = (
        held_on(on)
        .filter(agency__in=chain, role__in=[Role.LIAISON, Role.ADMIN, Role.NATIONAL])
        .select_related("user")
        .order_by("starts_on", "id")
        .first()
    )
    return post.user if post else None


def _chain_of_admins(agency: Agency, *, on: date) -> list[Agency]:
    chain = [agency]
    body = inspectorate_of(agency, on=on)
    while body not in chain:
        chain.append(body)
        body = next_admin_above(body, on=on)
    if national_admin() not in chain:
        chain.append(national_admin())
    return chain
