"""Which custodians may decide on a request: neither who asks, nor anybody of the asking or the accused bodies.

A custodian at a body of a place decides for that place and those below it, one at a central body for all.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from lapor.accounts.models import User
from lapor.agencies.models import Role
from lapor.agencies.people import Post, held_on
from lapor.agencies.places import ancestors
from lapor.reports.accused import absent_user_ids
from lapor.reports.actors import Officer
from lapor.reports.models import Report, Visibility

from .models import Request


def concerned(report: Report, actor: Officer) -> list[int]:
    """The bodies whose people may not decide: those the officer works for, and those that the report is about."""
    return sorted(filter(None, {*actor.agency_ids, *accused(report)}))


def accused(report: Report) -> set[int]:
    """The bodies that the report is about: the one reported, and the one that answers in its place."""
    return {key for key in (report.agency_id, report.responsible_id) if key is not None}


def eligible(report: Report, *, bodies: list[int], requester_id: int, on: date) -> list[User]:
    """The custodians who may decide, by name."""
    near = Q(agency__region=None)
    if report.region_id is not None:
        near |= Q(agency__region__in=[report.region_id, *ancestors(report.region_id)])
    posts = held_on(on).filter(near, role=Role.CUSTODIAN, agency__is_active=True).exclude(user=requester_id)
    involved = held_on(on).filter(agency__in=bodies)
    found = User.objects.filter(pk__in=posts.values("user")).exclude(pk__in=involved.values("user")).order_by("name")
    if not report.is_shielded:
        return list(found)
    absent = absent_user_ids(report_id=report.pk, among=[user.pk for user in found], on=on)
    return [user for user in found if user.pk not in absent]


def deciders_of(key: str, *, on: date) -> list[User]:
    """The custodians who may still decide on an open request; nobody once it has ended or its report is sealed."""
    request = (
        Request.objects.filter(pk=key, ended_at=None)
        .exclude(report__visibility=Visibility.SEALED)
        .select_related("report")
        .first()
    )
    if request is None:
        return []
    bodies = [*request.bodies, *accused(request.report)]
    people = eligible(request.report, bodies=bodies, requester_id=request.requester_id, on=on)
    done = set(request.decisions.values_list("custodian_id", flat=True))
    return [person for person in people if person.pk not in done]


def is_custodian(actor: Officer) -> bool:
    return bool(_posts(actor))


def only(actor: Officer) -> bool:
    """Whether the person has no other work, so that the list of requests is their desk."""
    return bool(actor.posts) and all(post.role == Role.CUSTODIAN for post in actor.posts)


def before(actor: Officer) -> QuerySet[Request]:
    """The requests on which this person may decide or decided; those about others, and never of sealed reports."""
    reach = Q(pk__in=[])
    for post in _posts(actor):
        reach |= _reach(post)
    return (
        Request.objects.filter(reach)
        .exclude(requester=actor.user_id)
        .exclude(bodies__overlap=sorted(actor.agency_ids))
        .exclude(report__visibility=Visibility.SEALED)
        .exclude(report__agency__in=actor.agency_ids)
        .exclude(report__responsible__in=actor.agency_ids)
        .select_related("report", "requester", "agency", "ground")
    )


def body_for(actor: Officer, request: Request) -> int:
    """The body in whose name the custodian decides."""
    return next(post.agency_id for post in _posts(actor) if before_post(post, request))


def before_post(post: Post, request: Request) -> bool:
    region = request.report.region_id
    return post.region_code is None or (region is not None and post.region_code in {region, *ancestors(region)})


def _posts(actor: Officer) -> list[Post]:
    return [post for post in actor.posts if post.role == Role.CUSTODIAN]


def _reach(post: Post) -> Q:
    if post.region_code is None:
        return Q(pk__isnull=False)
    return Q(report__region=post.region_code) | Q(report__region__code__startswith=f"{post.region_code}.")
