"""Who sits where secrets are opened: what an investigator or a custodian can open ends with the post."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from lapor.audit.record import record
from lapor.vault import investigators, recovery

from .models import Membership, Role
from .people import held_on

_ROLES = (Role.INVESTIGATOR, Role.CUSTODIAN)
Seat = tuple[int, str, int]  # person, role, agency


def of(user_ids: Iterable[int], *, on: date) -> set[Seat]:
    """The seats these people hold that day."""
    held = held_on(on).filter(user__in=user_ids, role__in=_ROLES, agency__is_active=True)
    return set(held.values_list("user", "role", "agency"))


@transaction.atomic
def clear(user_id: int, *, on: date, by: int | None, now: datetime) -> int:
    """Deletes everything the person opens without still holding a post for it; how many envelopes and parts there were.

    Belongs into the transaction that ends the post, so that a leaver never keeps a key for a moment.
    """
    seats = of([user_id], on=on)
    bodies = [agency for _user, role, agency in seats if role == Role.INVESTIGATOR]
    envelopes = investigators.drop(owner_id=user_id, keeps=bodies)
    parts = 0 if any(role == Role.CUSTODIAN for _user, role, _agency in seats) else recovery.drop(user_id)
    if not seats:
        investigators.lock_everywhere(owner_id=user_id)
    if envelopes or parts:
        data = {"envelopes": envelopes, "parts": parts}
        record(user_id=by, act="sealing.left", subject=f"user:{user_id}", now=now, data=data)
    return envelopes + parts


def settle(*, on: date, now: datetime) -> int:
    """The same for posts that ended by their date, and for bodies that were closed; how many people lost something."""
    ever = set(Membership.objects.filter(role__in=_ROLES).values_list("user", "role", "agency"))
    lost = ever - of({user for user, _role, _agency in ever}, on=on)
    return sum(clear(user, on=on, by=None, now=now) > 0 for user in sorted({user for user, _role, _agency in lost}))
