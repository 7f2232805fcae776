"""Who stands too near to somebody that a report names: one table, read from both sides as marks.

A naming puts marks on the report, a post gives marks to its holder; whoever carries one of the report's marks does not
see it. So a question about one person or one report compares a handful of words and walks no tree of bodies.

| named         | marks on the report                        | who carries them                                 |
|---------------|--------------------------------------------|--------------------------------------------------|
| officer       | `for:` the officer; by each post the marks | the officer and whoever stands in for them       |
|               | of its unit, or of its body where it has   |                                                  |
|               | no unit                                    |                                                  |
| unit          | `unit:` the unit, `lead:` its body         | its people; those who work for the body as a     |
|               |                                            | whole, since they direct it (liaison, admin)     |
| body          | `body:` the body                           | everybody who works there, in whatever unit      |
| government    | also `body:` the inspectorate of the place | it answers to the same head of region            |
| stepped aside | `self:` the officer                        | the officer alone                                |
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from lapor.accounts.models import User
from lapor.agencies.models import Absence, Agency, Membership, Unit

REMEMBERED = timedelta(days=365)  # so long after leaving, somebody still counts as a colleague


def of_body(agency: Agency) -> frozenset[str]:
    """The marks that naming this body puts on a report."""
    marks = {f"body:{agency.pk}"}
    if agency.kind == Agency.Kind.GOVERNMENT and agency.region_id is not None:
        inspectors = Agency.objects.filter(kind=Agency.Kind.INSPECTORATE, region=agency.region_id)
        marks |= {f"body:{key}" for key in inspectors.values_list("pk", flat=True)}
    return frozenset(marks)


def of_unit(unit: Unit) -> frozenset[str]:
    """The marks that naming this unit puts on a report."""
    return frozenset({f"unit:{unit.pk}", f"lead:{unit.agency_id}"})


def of_officer(user: User, *, on: date) -> frozenset[str]:
    """The marks that naming this officer puts on a report, by the posts held that day or in the year before."""
    marks = {f"for:{user.pk}"}
    for agency_id, unit_id in _posts([user.pk], on=on).values_list("agency_id", "unit_id"):
        marks |= {f"body:{agency_id}"} if unit_id is None else {f"unit:{unit_id}", f"lead:{agency_id}"}
    return frozenset(marks)


def of_one_who_stepped_aside(user_id: int) -> frozenset[str]:
    """The mark that keeps this officer, and nobody else, from a report."""
    return frozenset({f"self:{user_id}"})


def carried_by(user_ids: Collection[int], *, on: date) -> dict[int, frozenset[str]]:
    """The marks that each of these people carries: for themselves, for those they stand in for that day, and by every
    post of theirs or of those, held that day or in the year before.
    """
    return _carried(user_ids, _stands_in_for(user_ids, on=on), on=on)


def carried_by_one(user_id: int, *, stands_in_for: Collection[int], on: date) -> frozenset[str]:
    """The same for one person of whom it is known whom they stand in for: one question to the database."""
    return _carried([user_id], {user_id: set(stands_in_for)}, on=on)[user_id]


def _carried(user_ids: Collection[int], lent: dict[int, set[int]], *, on: date) -> dict[int, frozenset[str]]:
    marks = {key: {f"self:{key}", f"for:{key}", *(f"for:{other}" for other in lent.get(key, ()))} for key in user_ids}
    everybody = set(user_ids).union(*lent.values())
    by_person: dict[int, set[str]] = {}
    for user_id, agency_id, unit_id in _posts(everybody, on=on).values_list("user_id", "agency_id", "unit_id"):
        own = f"lead:{agency_id}" if unit_id is None else f"unit:{unit_id}"
        by_person.setdefault(user_id, set()).update({f"body:{agency_id}", own})
    for key, found in marks.items():
        found.update(*(by_person.get(one, ()) for one in (key, *lent.get(key, ()))))
    return {key: frozenset(found) for key, found in marks.items()}


def _posts(user_ids: Iterable[int], *, on: date) -> QuerySet[Membership]:
    still = Q(ends_on=None) | Q(ends_on__gt=on - REMEMBERED)
    return Membership.objects.filter(still, user__in=user_ids)


def _stands_in_for(user_ids: Collection[int], *, on: date) -> dict[int, set[int]]:
    """For each of these people those whose deputy they are that day, directly or through one who is away too."""
    found: dict[int, set[int]] = {}
    asked = {key: {key} for key in user_ids}  # deputy → for whom of ours this one was reached
    while asked:
        today = Absence.objects.filter(starts_on__lte=on, ends_on__gte=on, deputy__in=asked)
        following: dict[int, set[int]] = {}
        for away, deputy in today.values_list("user_id", "deputy_id"):
            for key in asked[deputy or 0]:
                if away != key and away not in found.setdefault(key, set()):
                    found[key].add(away)
                    following.setdefault(away, set()).add(key)
        asked = following
    return {key: away for key, away in found.items() if away}


def people_called(name: str, *, at: Agency | None) -> list[User]:
    """The officers with exactly this name, at the body if one is said. Never told to who asked: it only shields."""
    plain = " ".join(name.split())
    if not plain:
        return []
    found = User.objects.filter(is_officer=True, name__iexact=plain)
    if at is not None:
        found = found.filter(memberships__agency=at).distinct()
    return list(found[:20])
