"""How far somebody is: which goals of an exercise are reached, which exercises of a role are done, and the certificate.

What was done is read from the history of the report, or from the audit trail where history does not say who: nobody
ticks anything off.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lapor.accounts.models import User
from lapor.agencies.models import Agency, Membership
from lapor.agencies.people import held_on
from lapor.audit.models import Entry
from lapor.reports.models import Event, Report

from .exercises import ACT, BY_SLUG, Exercise, Goal, of_role
from .models import Attempt, Certificate

_NUMBER_BYTES = 9  # twelve letters of an address: 72 bits


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One exercise of one person. `attempt` is the latest, `done_at` when it was first done."""

    exercise: Exercise
    attempt: Attempt | None
    reached: tuple[bool, ...]
    done_at: datetime | None

    @property
    def steps(self) -> list[tuple[Goal, bool]]:
        return list(zip(self.exercise.goals, self.reached, strict=True))


@dataclass(frozen=True, kw_only=True)
class Person:
    """A colleague in the list of who directs the training of a body."""

    user: User
    role: str
    done: int
    of: int
    certificate: Certificate | None


class NotAllDone(Exception):
    """Exercises of the role are still open."""


def posts_of(user: User, *, on: date) -> list[Membership]:
    """The posts in which somebody can practise, the first held first."""
    held = held_on(on).filter(user=user).select_related("agency", "unit", "user").order_by("starts_on", "id")
    return [post for post in held if of_role(post.role)]


def standings(post: Membership, *, now: datetime) -> list[Standing]:
    """Every exercise of the post; what was reached since the last look is noted."""
    attempts: dict[str, list[Attempt]] = defaultdict(list)
    slugs = [one.slug for one in of_role(post.role)]
    mine = Attempt.objects.filter(user=post.user_id, agency=post.agency_id, exercise__in=slugs)
    for attempt in mine.select_related("report").order_by("-started_at", "-pk"):
        attempts[attempt.exercise].append(attempt)
    return [_standing(BY_SLUG[slug], attempts[slug], now=now) for slug in slugs]


def standing_of(attempt: Attempt, *, now: datetime) -> Standing:
    """One attempt alone."""
    return _standing(BY_SLUG[attempt.exercise], [attempt], now=now)


def certify(post: Membership, *, now: datetime) -> Certificate:
    """The certificate of this post, the same one when asked again. `NotAllDone` before every exercise is done."""
    if any(one.done_at is None for one in standings(post, now=now)):
        raise NotAllDone
    made, _is_new = Certificate.objects.get_or_create(
        user=post.user,
        agency=post.agency,
        role=post.role,
        defaults={
            "number": secrets.token_urlsafe(_NUMBER_BYTES).replace("-", "x").replace("_", "y"),
            "name": post.user.name,
            "agency_name": post.agency.name,
            "made_at": now,
        },
    )
    return made


def certificate_of(post: Membership) -> Certificate | None:
    return Certificate.objects.filter(user=post.user_id, agency=post.agency_id, role=post.role).first()


def people_of(agency: Agency, *, on: date) -> list[Person]:
    """How far everybody in this body is, by name."""
    posts = [post for post in held_on(on).filter(agency=agency).select_related("user") if of_role(post.role)]
    done: dict[int, set[str]] = defaultdict(set)
    found = Attempt.objects.filter(agency=agency).exclude(done_at=None).values_list("user_id", "exercise")
    for user, exercise in found:
        done[user].add(exercise)
    certificates = {(one.user_id, one.role): one for one in Certificate.objects.filter(agency=agency)}
    return [
        Person(
            user=post.user,
            role=post.get_role_display(),
            done=len(done[post.user_id] & {one.slug for one in of_role(post.role)}),
            of=len(of_role(post.role)),
            certificate=certificates.get((post.user_id, post.role)),
        )
        for post in sorted(posts, key=lambda post: (post.user.name, post.pk))
    ]


def _standing(exercise: Exercise, attempts: Sequence[Attempt], *, now: datetime) -> Standing:
    latest = attempts[0] if attempts else None
    done_at = min((one.done_at for one in attempts if one.done_at), default=None)
    reached = _reached(exercise, latest) if latest else tuple(False for _goal in exercise.goals)
    if latest is not None and latest.done_at is None and all(reached):
        latest.done_at = now
        latest.save(update_fields=["done_at"])
        done_at = done_at or now
    return Standing(exercise=exercise, attempt=latest, reached=reached, done_at=done_at)


def _reached(exercise: Exercise, attempt: Attempt) -> tuple[bool, ...]:
    """By what the trainee did to the report of the attempt; at the counter, by a report entered since it began."""
    if attempt.report_id is None:
        entered = Report.objects.filter(entered_by=attempt.user_id, received_at__gte=attempt.started_at)
        return (entered.exists(),)
    mine = Event.objects.filter(report=attempt.report_id, user=attempt.user_id)
    done = set(mine.values_list("kind", flat=True))
    if any(name.startswith(ACT) for goal in exercise.goals for name in goal.done_by):
        acts = Entry.objects.filter(subject=f"report:{attempt.report_id}", user=attempt.user_id)
        done |= {ACT + act for act in acts.values_list("act", flat=True)}
    return tuple(bool(goal.done_by & done) for goal in exercise.goals)
