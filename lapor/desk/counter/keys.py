"""Which entries are whose: the form carries its key signed for one officer, and what is kept names that officer. A
colleague at the same computer opens nothing of it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.core import signing

from lapor.reports import pending
from lapor.reports.actors import Officer

_SIGNER = signing.Signer(salt="desk.counter")


def token(key: UUID, actor: Officer) -> str:
    """The key as it stands in the form of this officer."""
    return _SIGNER.sign(f"{key}.{actor.user_id}")


def read(text: str, actor: Officer) -> UUID:
    """The key in a form that was sent; a new one where it is no key of this officer, or was sent already."""
    try:
        key, _dot, owner = _SIGNER.unsign(text).partition(".")
    except signing.BadSignature:
        return uuid4()
    if owner != str(actor.user_id):
        return uuid4()
    written = pending.load(UUID(key))
    return uuid4() if written is not None and (written.sent_code or not _is_of(written, actor)) else UUID(key)


def kept(key: UUID, actor: Officer) -> pending.Kept | None:
    """What this officer wrote under the key; None for a key of anybody else."""
    found = pending.load(key)
    return found if found is not None and _is_of(found, actor) else None


def _is_of(found: pending.Kept, actor: Officer) -> bool:
    content: dict[str, Any] = found.content
    return content.get("officer") == actor.user_id
