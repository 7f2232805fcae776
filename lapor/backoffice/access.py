"""What an administrator may manage: which bodies, which changes, which posts. All from the one table below.

What may not be managed and what does not exist give the same answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from lapor.accounts.models import User
from lapor.agencies.connection import works_here
from lapor.agencies.models import Agency, Membership, Role
from lapor.agencies.people import Post
from lapor.reports.actors import Officer


class NotFound(Exception):
    """Nothing there for this person: it does not exist, or it is not theirs to manage."""


class Right(StrEnum):
    """Everything that can be managed, in the words of the office."""

    SEE = "see"  # bodies with their units and officers, the calendar, the promises
    UNITS = "units"
    OFFICERS = "officers"  # invite, posts and absences, for the roles in `grants`
    TEMPLATES = "templates"
    ACCOUNTS = "accounts"  # lost second factor, shutting out
    EDIT = "edit"
    CONNECT = "connect"
    REGIONAL_DAYS = "regional_days"
    NATIONAL_DAYS = "national_days"
    PROMISES = "promises"
    CATEGORIES = "categories"
    GENERAL_TEMPLATES = "general_templates"
    DELIVERIES = "deliveries"
    CHANNELS = "channels"  # how each way in and out does, and what failed there
    RETENTION = "retention"
    BREACHES = "breaches"
    ROUTING = "routing"  # who is competent for what, and how well it is proposed
    HELD_MAIL = "held_mail"  # mails that could not be placed
    LADDER = "ladder"  # which rung lateness of one body passes over, for a time and with a public reason
    GROUNDS = "grounds"  # on which an anonymous reporter may be asked for


def _own(post: Post, on: date) -> Q:
    return Q(pk=post.agency_id)


def _of_region(post: Post, on: date) -> Q:
    """An inspectorate: the bodies of its region, and of the regions below that have no connected inspectorate of their
    own. Any other body: itself, and what stands below it and is not connected.
    """
    if post.agency_kind != Agency.Kind.INSPECTORATE or post.region_code is None:
        return Q(pk=post.agency_id) | (Q(parent=post.agency_id) & ~works_here(on))
    below = Q(region__code__startswith=f"{post.region_code}.")
    nearer = Agency.objects.filter(below, works_here(on), kind=Agency.Kind.INSPECTORATE)
    for code in nearer.values_list("region_id", flat=True):
        below &= ~(Q(region=code) | Q(region__code__startswith=f"{code}."))
    return Q(region=post.region_code) | below


def _every(post: Post, on: date) -> Q:
    return Q(pk__isnull=False)


@dataclass(frozen=True)
class Rights:
    """The bodies that a role manages (given one post), what it may do there, and which roles it may give and take."""

    bodies: Callable[[Post, date], Q]
    may: frozenset[Right]
    grants: frozenset[Role]


LIAISON = frozenset({Right.SEE, Right.UNITS, Right.OFFICERS, Right.TEMPLATES})
ADMIN = LIAISON | {Right.ACCOUNTS, Right.EDIT, Right.CONNECT, Right.REGIONAL_DAYS}

TABLE: dict[Role, Rights] = {
    Role.LIAISON: Rights(_own, LIAISON, frozenset({Role.OPERATOR})),
    # Who opens sealed reports or identities is named from above: nobody lets themselves in by way of a colleague.
    Role.ADMIN: Rights(
        _of_region, ADMIN, frozenset({Role.COUNTER, Role.OPERATOR, Role.LIAISON, Role.HEAD, Role.ADMIN, Role.PPID})
    ),
    Role.NATIONAL: Rights(_every, frozenset(Right), frozenset(Role)),
}


def rights(actor: Officer) -> frozenset[Right]:
    """Everything this person may do somewhere."""
    return frozenset[Right]().union(*(_of(post).may for post in actor.posts))


def _of(post: Post) -> Rights:
    return TABLE.get(Role(post.role), Rights(_own, frozenset(), frozenset()))


def require(actor: Officer, right: Right) -> None:
    """Refuses with `NotFound` who has the right nowhere."""
    if right not in rights(actor):
        raise NotFound(right)


def bodies(actor: Officer, right: Right, *, on: date) -> QuerySet[Agency]:
    """The bodies where this person has the right."""
    where = Q(pk__in=[])
    for post in actor.posts:
        if right in _of(post).may:
            where |= _of(post).bodies(post, on)
    return Agency.objects.filter(where, is_active=True)


def body(actor: Officer, right: Right, slug: str, *, on: date) -> Agency:
    found = bodies(actor, right, on=on).filter(slug=slug).select_related("region", "parent").first()
    if found is None:
        raise NotFound(slug)
    return found


def head_of_region(actor: Officer, right: Right, slug: str, *, on: date) -> Agency:
    """A government or inspectorate, from where its whole region is brought on; `NotFound` for any other body."""
    found = body(actor, right, slug, on=on)
    if not is_head_of_region(found):
        raise NotFound(slug)
    return found


def is_head_of_region(agency: Agency) -> bool:
    return agency.region_id is not None and agency.kind in {Agency.Kind.GOVERNMENT, Agency.Kind.INSPECTORATE}


def bodies_of_region(actor: Officer, right: Right, here: Agency, *, on: date) -> QuerySet[Agency]:
    """The bodies of the same region where this person has the right."""
    return bodies(actor, right, on=on).filter(region=here.region_id)


def grants(actor: Officer, agency: Agency, *, on: date) -> frozenset[Role]:
    """The roles this person may give and take at a body."""
    found: set[Role] = set()
    for post in actor.posts:
        given = _of(post)
        if given.grants and Agency.objects.filter(given.bodies(post, on), pk=agency.pk).exists():
            found |= given.grants
    return frozenset(found)


def people(actor: Officer, *, on: date) -> QuerySet[User]:
    """Everybody who holds or held a post at a body this person sees."""
    here = Membership.objects.filter(agency__in=bodies(actor, Right.SEE, on=on))
    return User.objects.filter(pk__in=here.values("user"))


def person(actor: Officer, user_id: int, *, on: date) -> User:
    found = people(actor, on=on).filter(pk=user_id).first()
    if found is None:
        raise NotFound(user_id)
    return found


def post(actor: Officer, membership_id: int, *, on: date) -> Membership:
    """A post that this person may take."""
    found = (
        Membership.objects.filter(pk=membership_id, agency__in=bodies(actor, Right.OFFICERS, on=on))
        .select_related("user", "agency", "unit")
        .first()
    )
    if found is None or Role(found.role) not in grants(actor, found.agency, on=on):
        raise NotFound(membership_id)
    return found


def manages(actor: Officer, user: User, right: Right, *, on: date) -> bool:
    """Whether the whole of a person's work lies within this one's reach: every open post, body and role.

    Else a liaison officer could let themselves into the account of an operator who is an administrator elsewhere.
    """
    open_posts = Membership.objects.filter(user=user, ends_on=None).select_related("agency")
    held = open_posts or Membership.objects.filter(user=user).select_related("agency").order_by("-ends_on")[:1]
    within = set(
        bodies(actor, right, on=on).filter(pk__in=[one.agency_id for one in held]).values_list("pk", flat=True)
    )
    return bool(held) and all(
        one.agency_id in within and Role(one.role) in grants(actor, one.agency, on=on) for one in held
    )
