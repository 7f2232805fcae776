"""Texts as they were written, where the column that shows them holds them without the reporter's own name or contact.

They lie under the data key of the reporter's identity: whoever erases the identity erases them.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db import transaction

from .envelope import open_under, seal_under
from .identities import data_key_of
from .models import Identity, Original


def sealed(identity: Identity, texts: Mapping[str, str]) -> list[Original]:
    """These texts (place → text) sealed but not stored yet."""
    if not texts:
        return []
    key = data_key_of(identity)
    return [
        Original(identity=identity, place=place, sealed=seal_under(key, {"text": text}, aad=_aad(identity, place)))
        for place, text in texts.items()
    ]


@transaction.atomic
def keep(identity_id: uuid.UUID, texts: Mapping[str, str | None]) -> None:
    """Keeps the text of each place in the place of an older one; forgets those that are None. Nothing once erased."""
    gone = [place for place, text in texts.items() if text is None]
    if gone:
        Original.objects.filter(identity=identity_id, place__in=gone).delete()
    kept = {place: text for place, text in texts.items() if text is not None}
    identity = Identity.objects.select_for_update().filter(pk=identity_id, erased_at=None).first() if kept else None
    if identity is not None:
        Original.objects.bulk_create(
            sealed(identity, kept),
            update_conflicts=True,
            unique_fields=["identity", "place"],
            update_fields=["sealed"],
        )


def read(identity_id: uuid.UUID) -> dict[str, str]:
    """place → text as it was written; empty once erased."""
    rows = list(Original.objects.filter(identity=identity_id, identity__erased_at=None).select_related("identity"))
    if not rows:
        return {}
    key = data_key_of(rows[0].identity)
    return {row.place: open_under(key, bytes(row.sealed), aad=_aad(row.identity, row.place))["text"] for row in rows}


def _aad(identity: Identity, place: str) -> str:
    return f"original:{identity.pk}:{place}"
