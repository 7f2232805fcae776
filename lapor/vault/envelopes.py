"""Who holds the key of which sealed report: one envelope for each, closed with the holder's public half.

An envelope of an investigator names the body it was given for: when the post there ends, those envelopes go, and no
question about reports needs to be asked.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from . import recovery as recoveries
from .keys import WrongKey
from .models import Envelope, Holder, SealingKey
from .sealing import Private, open_with, seal_for


class NotForYou(Exception):
    """This key opens no envelope of this report."""


def wrap(
    *,
    sealed_id: uuid.UUID,
    private: Private,
    for_keys: Iterable[tuple[int, SealingKey]],
    reporter_public: bytes | None,
    with_recovery: bool,
) -> list[Envelope]:
    """The envelopes, unsaved, of one report's private key.

    `for_keys` are pairs of (key of the body, key of the investigator there). No envelope for recovery is made before
    the custodians have made the recovery key; it is added when an investigator next unlocks.
    """
    content = private.content
    found = [
        Envelope(
            sealed_id=sealed_id,
            holder=Holder.INVESTIGATOR,
            key=key,
            body_id=body,
            wrapped=seal_for(bytes(key.public), content),
        )
        for body, key in for_keys
    ]
    if reporter_public is not None:
        found.append(Envelope(sealed_id=sealed_id, holder=Holder.REPORTER, wrapped=seal_for(reporter_public, content)))
    recovery = recoveries.current() if with_recovery else None
    if recovery is not None:
        wrapped = seal_for(bytes(recovery.public), content)
        found.append(Envelope(sealed_id=sealed_id, holder=Holder.RECOVERY, recovery=recovery, wrapped=wrapped))
    return found


def report_key(*, sealed_id: uuid.UUID, private: Private, holder: str, key_id: int | None = None) -> Private:
    """The private key of the report; `NotForYou` when this key opens none of its envelopes."""
    rows = _of(private, holder).filter(sealed_id=sealed_id)
    if key_id is not None:
        rows = rows.filter(key=key_id)
    row = rows.first()
    if row is None:
        raise NotForYou(str(sealed_id))
    return _opened(row, private)


def report_keys(*, sealed_ids: Collection[uuid.UUID], private: Private) -> dict[uuid.UUID, Private]:
    """The keys of many reports for an investigator, in one question; without those this key does not open."""
    found: dict[uuid.UUID, Private] = {}
    for row in _of(private, Holder.INVESTIGATOR).filter(sealed_id__in=sealed_ids):
        if row.sealed_id not in found:
            found[row.sealed_id] = _opened(row, private)
    return found


def _of(private: Private, holder: str) -> QuerySet[Envelope]:
    rows = Envelope.objects.filter(holder=holder).order_by("id")
    match holder:
        case Holder.INVESTIGATOR:
            return rows.filter(key__public=private.public)
        case Holder.RECOVERY:
            return rows.filter(recovery__public=private.public)
        case _:
            return rows


def _opened(row: Envelope, private: Private) -> Private:
    try:
        return Private(open_with(private, bytes(row.wrapped)))
    except WrongKey:
        raise NotForYou(str(row.sealed_id)) from None
