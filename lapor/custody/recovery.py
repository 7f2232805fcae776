"""Recovery by two custodians: one begins and says why, another confirms within a day; neither can do it alone.

What may be handed over is what the rules of access let the named investigator see; recovery gives no more than that.
Beginning, confirming, refusing and expiring leave entries in the audit trail.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lapor.accounts.models import User
from lapor.agencies.models import Agency, Membership, Role
from lapor.agencies.people import held_on
from lapor.audit.record import record
from lapor.reports.access import visible
from lapor.reports.actors import Officer, officer
from lapor.vault import investigators, recovery
from lapor.vault.models import RecoveryRequest, SealingKey
from lapor.vault.recovery import NoShare
from lapor.vault.sealing import Private

TERM = timedelta(hours=24)
LISTED = 50
_BATCH = 500
Kind = RecoveryRequest.Kind
State = RecoveryRequest.State


class RecoveryRefused(Exception):
    """It cannot be begun or confirmed like this; `reason` is a stable key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How recovery stands: who guards, who has a key, who holds a part, and since when there is a recovery key."""

    custodians: tuple[User, ...]
    with_key: frozenset[int]
    with_part: frozenset[int]
    made_at: datetime | None

    @property
    def works(self) -> bool:
        """Whether two people could do it today."""
        return len(self.with_part) > 1

    @property
    def is_whole(self) -> bool:
        """Whether every custodian has a part; otherwise the recovery key is to be renewed."""
        return self.works and {person.pk for person in self.custodians} == self.with_part


def standing(*, on: date) -> Standing:
    """How it stands that day."""
    people = {post.user: None for post in _posts(on).select_related("user").order_by("starts_on", "id")}
    keys = investigators.holders_with_keys([person.pk for person in people])
    present = recovery.current()
    return Standing(
        custodians=tuple(people),
        with_key=frozenset(keys),
        with_part=recovery.holders(),
        made_at=present.made_at if present else None,
    )


def listed() -> Sequence[RecoveryRequest]:
    """The last requests, those that wait first."""
    return sorted(RecoveryRequest.objects.order_by("-pk")[:LISTED], key=lambda one: one.state != State.OPEN)


@transaction.atomic
def begin_handing(
    custodian: Officer, *, to: User, body: Agency, code: str, reason: str, ground: str, now: datetime
) -> RecoveryRequest:
    """Begins to hand an investigator the reports that the body has in hand, or the one with this code.

    Refuses (`RecoveryRefused`) whoever is no custodian or locked, an investigator without key or post there, oneself,
    and what is no report that the investigator may see.
    """
    private, key = _opened(custodian, now)
    if to.pk == custodian.user_id:
        raise RecoveryRefused("for_oneself")
    if not investigators.holders_with_keys([to.pk]):
        raise RecoveryRefused("has_no_key")
    found = _within_reach(to, body, on=timezone.localdate(now))
    if code:
        found = [(sealed_id, its_code) for sealed_id, its_code in found if its_code == code]
    if not found:
        raise RecoveryRefused("nothing_there")
    request = _begin(
        custodian,
        now,
        kind=Kind.HAND,
        recovery=recovery.current(),
        for_owner=to.pk,
        body_id=body.pk,
        sealed_id=found[0][0] if code else None,
        reason=reason,
        ground=ground,
    )
    _peel(request, key, private)
    return request


@transaction.atomic
def begin_renewal(custodian: Officer, *, now: datetime) -> RecoveryRequest:
    """Begins to make the recovery key, or to make it anew for today's custodians.

    Where two still hold parts of the present one, the first opens theirs: reports are closed for the new key at once.
    """
    private, key = _opened(custodian, now)
    state = standing(on=timezone.localdate(now))
    if len(state.with_key) < 2:
        raise RecoveryRefused("too_few")
    request = _begin(custodian, now, kind=Kind.RENEW, recovery=recovery.current() if state.works else None)
    if state.works:
        _peel(request, key, private)
    return request


@transaction.atomic
def confirm(request_id: int, *, custodian: Officer, now: datetime) -> RecoveryRequest:
    """The second custodian's own unlocked key completes it; how many reports were reached is in `done`.

    Refuses the one who began, the investigator who is to get the keys, and what is not open any more.
    """
    private, key = _opened(custodian, now)
    request = _still_open(request_id, now)
    if custodian.user_id == request.opened_by:
        raise RecoveryRefused("same_person")
    if custodian.user_id == request.for_owner:
        raise RecoveryRefused("for_oneself")
    if not _is_custodian(request.opened_by, on=timezone.localdate(now)):
        raise RecoveryRefused("first_left")
    try:
        opened = recovery.joined(request, key=key, private=private) if request.recovery else None
    except NoShare:
        raise RecoveryRefused("no_part") from None
    request.done = _renew(opened, now) if request.kind == Kind.RENEW else _hand(request, opened, now)
    return _decide(request, State.CONFIRMED, by=custodian.user_id, now=now)


@transaction.atomic
def refuse(request_id: int, *, custodian: Officer, reason: str, now: datetime) -> RecoveryRequest:
    """Ends it without effect; whoever began it withdraws it. What was opened is destroyed."""
    _require(custodian.user_id, on=timezone.localdate(now))
    request = _still_open(request_id, now)
    state = State.WITHDRAWN if custodian.user_id == request.opened_by else State.REFUSED
    return _decide(request, state, by=custodian.user_id, now=now, reason=reason)


def expire(*, now: datetime) -> int:
    """Ends what nobody decided in time; how many."""
    late = list(RecoveryRequest.objects.filter(state=State.OPEN, ends_at__lte=now).values_list("pk", flat=True))
    return sum(_expire(pk, now) for pk in late)


@transaction.atomic
def _expire(pk: int, now: datetime) -> bool:
    request = RecoveryRequest.objects.select_for_update().get(pk=pk)
    if request.state == State.OPEN:
        _decide(request, State.EXPIRED, by=None, now=now)
    return request.state == State.EXPIRED


def _posts(on: date) -> QuerySet[Membership]:
    return held_on(on).filter(role=Role.CUSTODIAN, agency__is_active=True)


def _is_custodian(user_id: int, *, on: date) -> bool:
    return _posts(on).filter(user=user_id).exists()


def _require(user_id: int, *, on: date) -> None:
    if not _is_custodian(user_id, on=on):
        raise RecoveryRefused("no_custodian")


def _opened(custodian: Officer, now: datetime) -> tuple[Private, SealingKey]:
    _require(custodian.user_id, on=timezone.localdate(now))
    key = investigators.current(custodian.user_id)
    if custodian.keys is None or key is None:
        raise RecoveryRefused("locked")
    return custodian.keys, key


def _begin(custodian: Officer, now: datetime, **said: object) -> RecoveryRequest:
    if said["kind"] == Kind.HAND and said["recovery"] is None:
        raise RecoveryRefused("no_recovery_key")
    request = RecoveryRequest.objects.create(opened_by=custodian.user_id, opened_at=now, ends_at=now + TERM, **said)
    _note(request, "begun", by=custodian.user_id, now=now, reason=request.reason)
    return request


def _peel(request: RecoveryRequest, key: SealingKey, private: Private) -> None:
    try:
        recovery.peel(request, key=key, private=private)
    except NoShare:
        raise RecoveryRefused("no_part") from None


def _still_open(request_id: int, now: datetime) -> RecoveryRequest:
    request = RecoveryRequest.objects.select_for_update(of=("self",)).filter(pk=request_id).first()
    if request is None or request.state != State.OPEN or now >= request.ends_at:
        raise RecoveryRefused("not_open")
    return request


def _within_reach(to: User, body: Agency, *, on: date) -> list[tuple[uuid.UUID, str]]:
    """The sealed reports that this investigator may see by the post at this body."""
    whole = officer(to, on=on)
    there = tuple(post for post in whole.posts if post.agency_id == body.pk and post.role == Role.INVESTIGATOR)
    found = visible(replace(whole, posts=there)).filter(sealed_id__isnull=False)
    return [(sealed_id, code) for sealed_id, code in found.values_list("sealed_id", "code") if sealed_id]


def _hand(request: RecoveryRequest, opened: Private | None, now: datetime) -> int:
    if opened is None or request.recovery is None or request.for_owner is None or request.body_id is None:
        raise RecoveryRefused("no_recovery_key")
    key = investigators.holders_with_keys([request.for_owner]).get(request.for_owner)
    to, body = User.objects.get(pk=request.for_owner), Agency.objects.get(pk=request.body_id)
    if key is None:
        raise RecoveryRefused("has_no_key")
    found = [one for one, _code in _within_reach(to, body, on=timezone.localdate(now))]
    if request.sealed_id is not None:
        found = [one for one in found if one == request.sealed_id]
    if not found:
        raise RecoveryRefused("nothing_there")
    return sum(
        recovery.hand(opened, recovery=request.recovery, sealed_ids=found[at : at + _BATCH], key=key, body_id=body.pk)
        for at in range(0, len(found), _BATCH)
    )


def _renew(opened: Private | None, now: datetime) -> int:
    people = [post.user_id for post in _posts(timezone.localdate(now))]
    keys = investigators.holders_with_keys(people)
    if len(keys) < 2:
        raise RecoveryRefused("too_few")
    return recovery.renew(list(keys.values()), old=opened, now=now)


def _decide(
    request: RecoveryRequest, state: RecoveryRequest.State, *, by: int | None, now: datetime, reason: str = ""
) -> RecoveryRequest:
    request.layers.all().delete()
    request.state, request.decided_by, request.decided_at = state, by, now
    request.save()
    _note(request, state, by=by, now=now, reason=reason)
    return request


def _note(request: RecoveryRequest, what: str, *, by: int | None, now: datetime, reason: str) -> None:
    data = {"kind": request.kind, "for": request.for_owner, "body": request.body_id, "done": request.done}
    record(user_id=by, act=f"recovery.{what}", subject=f"recovery:{request.pk}", now=now, reason=reason, data=data)
