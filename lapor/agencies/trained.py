"""Who was trained for which post: by a certificate of the site for practice, or by the word of an administrator with a
reason. Nothing is ever struck out: what was wrong is withdrawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lapor.accounts.models import User
from lapor.agencies.certificates import CertificateRefused, Claims, person_of, read
from lapor.agencies.models import Agency, Membership, Role, Training
from lapor.agencies.people import held_on

# The roles that the site for practice has exercises for; who holds another is not counted as untrained.
PRACTISED = frozenset({
    Role.ADMIN, Role.NATIONAL, Role.LIAISON, Role.PPID, Role.OPERATOR, Role.COUNTER, Role.CUSTODIAN, Role.INVESTIGATOR,
    Role.OVERSEER,
})  # fmt: skip


class TrainingRefused(Exception):
    """It cannot be noted; `reason` is a stable key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


Key = tuple[int, int, str]  # person, body, role


def trained(agency_ids: Iterable[int]) -> set[Key]:
    """Everybody who was trained for a role at one of these bodies, whether they still hold it or not."""
    rows = Training.objects.filter(agency__in=list(agency_ids), withdrawn_at=None)
    return set(rows.values_list("user_id", "agency_id", "role"))


def untrained(agencies: Collection[Agency], *, on: date) -> list[Membership]:
    """The posts held that day, with exercises of their own, for which nothing is noted; by body and name."""
    done = trained(agency.pk for agency in agencies)
    posts = held_on(on).filter(agency__in=[agency.pk for agency in agencies], role__in=PRACTISED)
    found: dict[Key, Membership] = {}
    for post in posts.select_related("user", "agency", "unit").order_by("agency__name", "user__name", "id"):
        key = (post.user_id, post.agency_id, post.role)
        if key not in done:
            found.setdefault(key, post)
    return list(found.values())


def note(post: Membership, *, done_on: date, reason: str, by: User, today: date, now: datetime) -> Training:
    """Takes the word of an administrator. Refuses a day to come, no reason, oneself, and what is noted already."""
    if post.user_id == by.pk:
        raise TrainingRefused("own_training")
    if not reason.strip():
        raise TrainingRefused("no_reason")
    return _note(post, done_on=done_on, number="", reason=reason.strip(), by=by, today=today, now=now)


@dataclass(frozen=True)
class Proof:
    """A certificate and the post that it is for. `is_known` when that somebody was trained for it is noted already."""

    claims: Claims
    post: Membership
    is_known: bool


def match(code: str, *, agencies: Collection[Agency], today: date) -> Proof:
    """Whose post at these bodies a certificate is for; notes nothing.

    Refuses with `TrainingRefused` what nobody signed, and what belongs to another person, body or role.
    """
    try:
        claims = read(code)
    except CertificateRefused as refused:
        raise TrainingRefused(refused.reason) from None
    if claims.done_on > today:
        raise TrainingRefused("training_to_come")
    posts = held_on(today).filter(agency__in=[agency.pk for agency in agencies]).select_related("user", "agency")
    theirs = [post for post in posts if person_of(post.user.email) == claims.person]
    if not theirs:
        raise TrainingRefused("certificate_of_another")
    there = [post for post in theirs if post.agency.slug == claims.agency]
    if not there:
        raise TrainingRefused("certificate_of_another_body")
    post = next((post for post in there if post.role == claims.role), None)
    if post is None:
        raise TrainingRefused("certificate_of_another_role")
    return Proof(claims, post, (post.user_id, post.agency_id, post.role) in trained([post.agency_id]))


def note_certificate(proof: Proof, *, by: User, today: date, now: datetime) -> Training:
    """Takes a certificate that was matched with a post."""
    claims = proof.claims
    return _note(proof.post, done_on=claims.done_on, number=claims.number, reason="", by=by, today=today, now=now)


@transaction.atomic
def withdraw(row: Training, *, by: User, now: datetime) -> Training:
    """What was noted wrongly no longer counts; it stays to be read. Refuses what is withdrawn already."""
    found = Training.objects.select_for_update().get(pk=row.pk)
    if found.withdrawn_at is not None:
        raise TrainingRefused("withdrawn_already")
    found.withdrawn_at, found.withdrawn_by = now, by
    found.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return found


@transaction.atomic
def _note(
    post: Membership, *, done_on: date, number: str, reason: str, by: User, today: date, now: datetime
) -> Training:
    if done_on > today:
        raise TrainingRefused("training_to_come")
    User.objects.select_for_update().get(pk=post.user_id)
    same = {"user": post.user_id, "agency": post.agency_id, "role": post.role, "withdrawn_at": None}
    if Training.objects.filter(**same).exists():
        raise TrainingRefused("trained_already")
    return Training.objects.create(
        user_id=post.user_id,
        agency_id=post.agency_id,
        role=post.role,
        done_on=done_on,
        number=number,
        reason=reason,
        by=by,
        noted_at=now,
    )
