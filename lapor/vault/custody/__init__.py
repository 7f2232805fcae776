"""Who keeps the key-encryption keys: files beside the database, or a key server. One small interface for all of them.

A custody makes the key of a version and hands it out again. What it needs for that beside its own secret (the key as
the server wrapped it) is the token, kept in the database and useless without the custody.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from django.conf import settings

from ..trouble import WrongKey
from .files import FileCustody
from .transit import TransitCustody


class Custody(Protocol):
    name: str
    kept_for: timedelta | None  # how long a key stays in the memory of a process; None: as long as the process

    def make(self, number: int) -> bytes:
        """Makes the key of this version, unless it was made before; returns its token."""

    def fetch(self, number: int, token: bytes) -> bytes:
        """The 32 bytes of this version. Raises `MissingKey`, `WrongKey` or `KeyServerSilent`, naming nothing secret."""

    def place(self, number: int) -> str:
        """Where it lies, for an operator."""


_KNOWN: dict[str, Custody] = {one.name: one for one in (FileCustody(), TransitCustody())}


def chosen() -> Custody:
    """The custody that makes new versions: the setting `LAPOR_KEYS`."""
    return named(settings.LAPOR_KEYS)


def named(name: str) -> Custody:
    """The custody that a version lies with. Older versions may lie with another than new ones."""
    if name not in _KNOWN:
        raise WrongKey(f"no such custody of keys: {name!r}; there are {', '.join(_KNOWN)}")
    return _KNOWN[name]


__all__ = ["Custody", "chosen", "named"]
