"""The recovery key: its public half closes an envelope of every sealed report, its private half takes two custodians.

The private half is stored once for each ordered pair of them, one box inside the other, so that either may begin. It is
in memory only while the second one confirms. Who may, and why, is decided and recorded above.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import permutations

from django.db import transaction
from django.db.models import Q

from . import marks
from .keys import WrongKey, derived
from .models import Envelope, Holder, RecoveryKey, RecoveryLayer, RecoveryRequest, RecoveryShare, SealingKey
from .sealing import Private, lock_under, new_pair, open_with, seal_for, unlock_under

BATCH = 500


class NoShare(Exception):
    """This custodian has no part of the recovery key."""


def current() -> RecoveryKey | None:
    """The key that new reports are closed for; None before the custodians have made one.

    `WrongKey` when its public half is not the one that was made here.
    """
    row = RecoveryKey.objects.filter(retired_at=None).first()
    return marks.checked_recovery(row) if row else None


@transaction.atomic
def renew(keys: Sequence[SealingKey], *, old: Private | None, now: datetime) -> int:
    """Makes a new recovery key for every pair of these custodians' keys; how many reports were closed for it anew.

    `old` is the private half of the present one; without it the envelopes of the present one cannot be opened and stay
    as they are, until investigators hand on what they can open.
    """
    pair, present = new_pair(), current()
    if present is not None:
        present.retired_at = now
        present.save(update_fields=["retired_at"])
    mark = marks.mark_of(marks.RECOVERY, pair.public)
    row = RecoveryKey.objects.create(public=pair.public, mark=mark, made_at=now)
    RecoveryShare.objects.bulk_create(
        RecoveryShare(recovery=row, first=first, second=second, wrapped=_nested(pair.private, first, second))
        for first, second in permutations([marks.checked(key) for key in keys], 2)
    )
    if present is None or old is None:
        return 0
    moved = _close_anew(present, old, row)
    RecoveryShare.objects.filter(recovery=present).delete()
    return moved


def _nested(private: Private, first: SealingKey, second: SealingKey) -> bytes:
    return seal_for(bytes(first.public), seal_for(bytes(second.public), private.content))


def _close_anew(present: RecoveryKey, old: Private, following: RecoveryKey) -> int:
    moved = 0
    while rows := list(Envelope.objects.filter(recovery=present).order_by("id")[:BATCH]):
        for row in rows:
            row.wrapped = seal_for(bytes(following.public), open_with(old, bytes(row.wrapped)))
            row.recovery = following
        Envelope.objects.bulk_update(rows, ["wrapped", "recovery"])
        moved += len(rows)
    return moved


def peel(request: RecoveryRequest, *, key: SealingKey, private: Private) -> int:
    """Opens the first custodian's part and keeps the rest with the request, closed for each other one, and under the
    key outside the database; for how many. `NoShare` when there is no such part.
    """
    shares = RecoveryShare.objects.filter(recovery=request.recovery_id, first=key)
    layers = [
        RecoveryLayer(
            request=request,
            second_id=share.second_id,
            box=lock_under(derived("recovery"), open_with(private, bytes(share.wrapped)), place=_place(request)),
        )
        for share in shares
    ]
    if not layers:
        raise NoShare
    RecoveryLayer.objects.bulk_create(layers)
    return len(layers)


def joined(request: RecoveryRequest, *, key: SealingKey, private: Private) -> Private:
    """The recovery key's private half, by the second custodian's own. `NoShare` when no layer is theirs."""
    layer = RecoveryLayer.objects.filter(request=request, second=key).first()
    if layer is None or request.recovery is None:
        raise NoShare
    inner = unlock_under(derived("recovery"), bytes(layer.box), place=_place(request))
    found = Private(open_with(private, inner))
    if found.public != bytes(request.recovery.public):
        raise WrongKey("what was opened is not the recovery key")
    return found


def hand(
    private: Private, *, recovery: RecoveryKey, sealed_ids: Collection[uuid.UUID], key: SealingKey, body_id: int
) -> int:
    """Closes these reports' keys for an investigator at a body; how many were new. Twice gives nothing more."""
    held = Envelope.objects.filter(key=key, body_id=body_id, sealed_id__in=sealed_ids)
    missing = set(sealed_ids) - set(held.values_list("sealed_id", flat=True))
    public = bytes(marks.checked(key).public)
    made = [
        Envelope(
            sealed_id=row.sealed_id,
            holder=Holder.INVESTIGATOR,
            key=key,
            body_id=body_id,
            wrapped=seal_for(public, open_with(private, bytes(row.wrapped))),
        )
        for row in Envelope.objects.filter(recovery=recovery, sealed_id__in=missing)
    ]
    Envelope.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def drop(owner_id: int) -> int:
    """Destroys every part of the recovery key that this person could open; how many there were."""
    theirs = Q(first__owner_id=owner_id) | Q(second__owner_id=owner_id)
    RecoveryLayer.objects.filter(second__owner_id=owner_id).delete()
    return RecoveryShare.objects.filter(theirs).delete()[0]


def holders() -> frozenset[int]:
    """The people who hold a part of the present recovery key."""
    rows = RecoveryShare.objects.filter(recovery__retired_at=None)
    return frozenset(rows.values_list("first__owner_id", flat=True))


def _place(request: RecoveryRequest) -> str:
    return f"recovery:{request.pk}"
