"""Pages about officers: the list with open work, and one person with posts, absences, account and history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lapor.accounts import second_factor
from lapor.accounts.models import User
from lapor.agencies.models import Absence, Membership, Role, Training
from lapor.agencies.people import stands_in_for
from lapor.audit.trail import of_subject
from lapor.reports.staff import open_work

from . import access, words
from .access import Right
from .session import Manager, for_managers

PAGE = 30


@dataclass(kw_only=True)
class Row:
    """One officer with the posts that concern us, the open reports in hand, and until when they are away."""

    user: User
    work: int
    away: Absence | None
    posts: list[Membership] = field(default_factory=list)


def rows_of(posts: Iterable[Membership], manager: Manager) -> list[Row]:
    """One row per person, in the order of the posts."""
    posts = list(posts)
    keys = {post.user_id for post in posts}
    on, work = manager.today, open_work(keys, reader=manager.actor)
    today = Absence.objects.filter(user__in=keys, starts_on__lte=on, ends_on__gte=on).select_related("deputy")
    away = {absence.user_id: absence for absence in today}
    rows: dict[int, Row] = {}
    for post in posts:
        row = rows.setdefault(
            post.user_id, Row(user=post.user, work=work.get(post.user_id, 0), away=away.get(post.user_id))
        )
        row.posts.append(post)
    return list(rows.values())


@require_safe
@for_managers(Right.SEE)
def people(request: HttpRequest, manager: Manager) -> HttpResponse:
    """Officers of all bodies within reach, by name."""
    asked = request.GET.get("q", "").strip()[:80]
    cursor = request.GET.get("cursor", "")
    mine = access.bodies(manager.actor, Right.SEE, on=manager.today)
    here = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gt=manager.today), agency__in=mine)
    users = User.objects.filter(pk__in=here.values("user"))
    if asked:
        users = users.filter(Q(name__icontains=asked) | Q(email__icontains=asked))
    name, _sep, key = cursor.rpartition("~")
    if key.isdecimal() and len(key) < 10:
        users = users.filter(Q(name__gt=name) | Q(name=name, pk__gt=int(key)))
    page = list(users.order_by("name", "pk")[: PAGE + 1])
    posts = (
        here.filter(user__in=page[:PAGE]).select_related("user", "unit", "agency").order_by("user__name", "user", "pk")
    )
    following = f"{page[PAGE - 1].name}~{page[PAGE - 1].pk}" if len(page) > PAGE else ""
    return render(
        request,
        "backoffice/people.html",
        {
            "rows": rows_of(posts, manager),
            "q": asked,
            "next_url": _address(q=asked, cursor=following) if following else "",
            "first_url": _address(q=asked) if cursor else "",
        },
    )


def _address(**query: str) -> str:
    kept = {name: value for name, value in query.items() if value}
    return reverse("backoffice:people") + (f"?{urlencode(kept)}" if kept else "")


@require_safe
@for_managers(Right.SEE)
def person(request: HttpRequest, manager: Manager, user_id: int) -> HttpResponse:
    """Everything about one officer, with the ways to change it."""
    today = manager.today
    user = access.person(manager.actor, user_id, on=today)
    posts = list(
        Membership.objects.filter(user=user, agency__in=access.bodies(manager.actor, Right.SEE, on=today))
        .select_related("agency", "unit", "heir")
        .order_by("-ends_on", "starts_on", "pk")
    )
    within = {
        right.value: access.manages(manager.actor, user, right, on=today) for right in (Right.OFFICERS, Right.ACCOUNTS)
    }
    is_self = user.pk == manager.user.pk
    return render(
        request,
        "backoffice/person.html",
        {
            "person": user,
            "is_self": is_self,
            "posts": [(post, _standing(post, today), _may_end(manager, post)) for post in posts],
            "trainings": Training.objects.filter(
                user=user, agency__in=access.bodies(manager.actor, Right.SEE, on=today)
            )
            .select_related("agency", "by")
            .order_by("-done_on", "pk"),
            "work": open_work([user.pk], reader=manager.actor).get(user.pk, 0),
            "absences": Absence.objects.filter(user=user, ends_on__gte=today).select_related("deputy"),
            "covers": User.objects.filter(pk__in=stands_in_for(user, on=today)).order_by("name"),
            "has_factor": second_factor.has_one(user),
            "has_password": user.has_usable_password(),
            "within": within,
            "may_note_absence": is_self or within["officers"],
            "may_give_posts": not is_self and user.is_active,
            "trail": [(entry, words.done(entry.act)) for entry in of_subject(f"user:{user.pk}", limit=10)],
        },
    )


def _standing(post: Membership, today: date) -> str:
    if post.holds_on(today):
        return "now"
    return "later" if post.starts_on > today else "past"


def _may_end(manager: Manager, post: Membership) -> bool:
    if post.ends_on is not None:
        return False
    there = access.bodies(manager.actor, Right.OFFICERS, on=manager.today).filter(pk=post.agency_id).exists()
    return there and Role(post.role) in access.grants(manager.actor, post.agency, on=manager.today)
