"""Who holds which post today, who is present, and who must act when work is late."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from lapor.accounts.models import User
from lapor.agencies.models import Absence, Agency, Membership, Role, Unit
from lapor.agencies.oversight import inspectorate_of, national_admin, next_admin_above, verifier_for
from lapor.vault.investigators import holders_with_keys
from lapor.vault.models import SealingKey


class NobodyCanOpen(Exception):
    """No investigator from this place up to the national administrator has a key: a sealed report would be read by
    nobody, so it is not taken.
    """


@dataclass(frozen=True)
class Post:
    """What the right to see and act depends on: one role at one body, perhaps in one unit."""

    agency_id: int
    unit_id: int | None
    role: str
    region_code: str | None
    agency_kind: str
    agency_field: str = ""


# What a deputy may do in the place of a colleague who is away. The other roles open secrets or rule the whole service:
# who stands in for one of those must hold it too (`posts.set_absent`).
CONFERRED = (Role.COUNTER, Role.OPERATOR, Role.LIAISON, Role.HEAD, Role.ADMIN, Role.PPID)


def held_on(day: date) -> QuerySet[Membership]:
    """The posts held on that day by people who can sign in."""
    return Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day, user__is_active=True)


def roles_of(user: User, *, on: date, away: frozenset[int] | None = None) -> tuple[Post, ...]:
    """Every post the person holds on that day, and those of the colleagues of the same body they stand in for (`away`,
    where that is known already).

    Nothing for somebody not saved, not active or without a post of their own.
    """
    if user.pk is None:
        return ()
    columns = ("agency_id", "unit_id", "role", "agency__region_id", "agency__kind", "agency__field")
    there = held_on(on).filter(agency__is_active=True).order_by("id")
    own = [Post(*row) for row in there.filter(user=user).values_list(*columns)]
    if away is None:
        away = stands_in_for(user, on=on)
    if not (own and away):
        return tuple(own)
    lent = there.filter(user__in=away, role__in=CONFERRED, agency__in={post.agency_id for post in own})
    return tuple(dict.fromkeys([*own, *(Post(*row) for row in lent.values_list(*columns))]))


def stands_in_for(user: User, *, on: date) -> frozenset[int]:
    """The keys of the people who are away that day and whose work comes to this person, directly or through a deputy
    who is away too.
    """
    found: set[int] = set()
    asked = {user.pk}
    while asked:
        today = Absence.objects.filter(starts_on__lte=on, ends_on__gte=on, deputy__in=asked)
        asked = set(today.values_list("user_id", flat=True)) - found - {user.pk}
        found |= asked
    return frozenset(found)


def officers_of(agency: Agency | int, roles: Collection[str], *, on: date, unit: Unit | None = None) -> list[User]:
    """The people to turn to, in the order in which they joined.

    Whoever is away is replaced by the deputy, if there is one who works there and is not away too. With a
    unit: its people and those of the agency as a whole.
    """
    posts = held_on(on).filter(agency=agency, role__in=roles)
    if unit is not None:
        posts = posts.filter(Q(unit=unit) | Q(unit=None))
    posts = posts.select_related("user").order_by("starts_on", "id")
    return present([post.user for post in posts], at=agency, on=on)


def receiver_for(region_code: str | None, *, is_sealed: bool, on: date) -> Agency:
    """The body that verifies a new report from this place; for a sealed one the nearest whose investigators have keys.

    Refuses a sealed one with `NobodyCanOpen`.
    """
    body = verifier_for(region_code, on=on)
    if not is_sealed:
        return body
    chain = _chain_of_admins(body, on=on)
    staffed = {agency for agency, _key in _keys_at(chain, on=on)}
    nearest = next((above for above in chain if above.pk in staffed), None)
    if nearest is None:
        raise NobodyCanOpen
    return nearest


def with_investigators(body: Agency, *, on: date) -> Agency:
    """This body where somebody can open sealed reports, else the nearest above; the national administrator at last."""
    chain = _chain_of_admins(body, on=on)
    staffed = {agency for agency, _key in _keys_at(chain, on=on)}
    return next((above for above in chain if above.pk in staffed), chain[-1])


def who_opens(bodies: Iterable[Agency], *, on: date) -> list[tuple[int, SealingKey]]:
    """(body, key) of every investigator who may open what these bodies have: theirs, and those of the bodies to which
    lateness may carry it.
    """
    chains = {above.pk: above for body in bodies for above in _chain_of_admins(body, on=on)}
    return _keys_at(chains.values(), on=on)


def somebody_opens(*, on: date) -> bool:
    """Whether any investigator has a key, so that sealed reports can be offered at all."""
    posts = held_on(on).filter(role=Role.INVESTIGATOR, agency__is_active=True)
    return bool(holders_with_keys(set(posts.values_list("user_id", flat=True))))


def _keys_at(bodies: Iterable[Agency], *, on: date) -> list[tuple[int, SealingKey]]:
    posts = held_on(on).filter(agency__in=list(bodies), role=Role.INVESTIGATOR)
    pairs = list(posts.values_list("agency_id", "user_id").distinct())
    keys = holders_with_keys({user for _agency, user in pairs})
    return [(agency, keys[user]) for agency, user in pairs if user in keys]


def present(people: Iterable[User], *, at: Agency | int, on: date) -> list[User]:
    """These people of a body, each once; for whoever is away that day the deputy, if one is there."""
    wanted = list(dict.fromkeys(people))
    away = _away({person.pk for person in wanted}, on=on)
    if not away:
        return [person for person in wanted if person.is_active]
    colleagues = set(held_on(on).filter(agency=at).values_list("user_id", flat=True))
    found: dict[User, None] = {}
    for person in wanted:
        seen: set[int] = set()
        current: User | None = person
        # A deputy may be away as well and name their own; a circle of deputies ends at nobody.
        while current is not None and current.pk in away and current.pk not in seen:
            seen.add(current.pk)
            current = away[current.pk]
        if current is None or not current.is_active or current.pk in seen:
            continue
        if current == person or current.pk in colleagues:
            found[current] = None
    return list(found)


def _away(people: Collection[int], *, on: date) -> dict[int, User | None]:
    """Who of these people is away that day, each with the deputy; of the deputies, too, who is away."""
    found: dict[int, User | None] = {}
    looked_up, asked = set[int](), set(people)
    while asked:
        absences = Absence.objects.filter(starts_on__lte=on, ends_on__gte=on, user__in=asked).select_related("deputy")
        found |= {absence.user_id: absence.deputy for absence in absences.order_by("id")}
        looked_up |= asked
        asked = {deputy.pk for deputy in found.values() if deputy is not None} - looked_up
    return found


def someone_must(agency: Agency, *, on: date) -> User | None:
    """The named person who must act for this body: a liaison officer, else its admin, else those above it.

    People who are present come first. If everyone up to the national office is away, the first who holds a
    post is named all the same; None only when not one post is held.
    """
    chain = _chain_of_admins(agency, on=on)
    roles = (Role.LIAISON, Role.ADMIN, Role.NATIONAL)
    posts = list(
        held_on(on).filter(agency__in=chain, role__in=roles).select_related("user").order_by("starts_on", "id")
    )
    for body in chain:
        for role in roles:
            holders = [post.user for post in posts if (post.agency_id, post.role) == (body.pk, role)]
            there = present(holders, at=body, on=on) if holders else []
            if there:
                return there[0]
    return posts[0].user if posts else None


def _chain_of_admins(agency: Agency, *, on: date) -> list[Agency]:
    chain = [agency]
    body = inspectorate_of(agency, on=on)
    while body not in chain:
        chain.append(body)
        body = next_admin_above(body, on=on)
    if national_admin() not in chain:
        chain.append(national_admin())
    return chain
