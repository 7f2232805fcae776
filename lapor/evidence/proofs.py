"""Proofs for whoever asks: that a receipt is in a signed tree, and that one tree begins with another."""

from __future__ import annotations

from typing import Any

from lapor.lib import merkle

from . import heads, tree
from .models import Head, Leaf, Source


class NotThere(Exception):
    """No such leaf or head; or it is not in a signed tree yet."""


def inclusion(leaf_hash: bytes, *, size: int | None = None) -> dict[str, Any]:
    """The path from a receipt's leaf to the root of a signed tree: the first that holds it, or the one of this size.

    Only who has the receipt can make the hash, so nothing else need be shown to ask. `NotThere` otherwise.
    """
    index = Leaf.objects.filter(hash=leaf_hash, source=Source.RECEIPT).values_list("index", flat=True).first()
    if index is None:
        raise NotThere
    head = heads.covering(index) if size is None else Head.objects.filter(size=size).first()
    if head is None or head.size <= index:
        raise NotThere
    path = merkle.inclusion(index, head.size, tree.Stored())
    return {"index": index, "path": [step.hex() for step in path], "head": heads.shown(head)}


def consistency(old: int, new: int) -> dict[str, Any]:
    """The proof that the tree of `new` leaves begins with the tree of `old`; between heads only, else `NotThere`."""
    if not 0 < old <= new or not all(Head.objects.filter(size=size).exists() for size in {old, new}):
        raise NotThere
    path = merkle.consistency(old, new, tree.Stored())
    return {"old": old, "new": new, "path": [step.hex() for step in path]}
