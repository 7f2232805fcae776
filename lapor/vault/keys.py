"""Keys by purpose, for digests and small records: all come from the service's own keys, which `wrapping` unwraps.

They do not change when the key-encryption key does: PINs and blind indexes of before go on fitting (docs/vault.md).
"""

from __future__ import annotations

from pathlib import Path

from . import wrapping
from .custody.files import KEY_BYTES, path_of
from .trouble import KeyTrouble, MissingKey, WrongKey


def key_path() -> Path:
    """The file of the first version."""
    return path_of(1)


def ensure() -> None:
    """Sees to it that the key is there and fits the database; made (0600) on the very first start.

    Raises `MissingKey`, `WrongKey` or `KeyServerSilent`.
    """
    wrapping.version_key(wrapping.current())
    wrapping.service_key(wrapping.INDEX)


def derived(purpose: str) -> bytes:
    """A 32-byte key for one purpose (RFC 5869); kept in memory of this process only."""
    root = wrapping.service_key(wrapping.INDEX)
    kept = _derived.get(purpose)
    if kept is None or kept[0] is not root:
        kept = _derived[purpose] = (root, wrapping.derive(root, purpose))
    return kept[1]


_derived: dict[str, tuple[bytes, bytes]] = {}


def forget() -> None:
    """Drops keys from memory (after a change of key, and in tests)."""
    wrapping.forget()
    _derived.clear()


__all__ = ["KEY_BYTES", "KeyTrouble", "MissingKey", "WrongKey", "derived", "ensure", "forget", "key_path"]
