"""Signed tree heads: made while the tree grows and at least daily, kept for ever, given to whoever asks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from lapor.lib import canonical
from lapor.vault import signing

from . import keys, tree
from .models import Head

HEAD = "lapor-head-1"
EVERY = timedelta(minutes=1)
AT_LEAST = timedelta(days=1)
PAGE = 100


def keep(*, now: datetime) -> Head | None:
    """Signs a head if the tree grew and the last head is a minute old, or after a day in any case."""
    last = Head.objects.order_by("-pk").first()
    if last is not None and now - last.at < EVERY:
        return None
    size = tree.size()
    if last is not None and size == last.size and now - last.at < AT_LEAST:
        return None
    return sign(now=now) if size else None


def sign(*, now: datetime) -> Head:
    """Signs the tree as it stands."""
    signer = keys.current(now=now)
    size = tree.size()
    head = Head(size=size, root=tree.root(size), at=now, key_id=signer.key_id)
    head.signature = signer.sign(canonical.canonical(statement(head)))
    head.save(force_insert=True)
    return head


def statement(head: Head) -> dict[str, Any]:
    """What is signed."""
    return {"type": HEAD, "size": head.size, "root": bytes(head.root).hex(), "at": canonical.moment(head.at)}


def shown(head: Head) -> dict[str, Any]:
    """A head as it is published and sent."""
    return {"statement": statement(head), "key": head.key_id, "signature": bytes(head.signature).hex()}


def is_signed(shown: dict[str, Any], public: bytes) -> bool:
    """Whether the holder of this key signed what is shown."""
    message = canonical.canonical(shown["statement"])
    return signing.verify(public=public, message=message, signature=bytes.fromhex(shown["signature"]))


def latest() -> Head | None:
    return Head.objects.order_by("-pk").first()


def covering(index: int) -> Head | None:
    """The first head whose tree holds this leaf."""
    return Head.objects.filter(size__gt=index).order_by("size", "pk").first()


def page(*, before: int | None = None) -> list[Head]:
    """Heads, newest first; those older than the one with this key."""
    found = Head.objects.order_by("-pk")
    return list((found.filter(pk__lt=before) if before else found)[:PAGE])
