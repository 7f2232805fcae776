"""Signatures (Ed25519, RFC 8032) and the files that private signing keys lie in, each under the name of its key.

A private half is a file of its own (0600) beside the vault's key and never in the database: who can rewrite every table
cannot sign. A file that is gone or another's fails closed and says so; nothing is made anew in silence.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from .keys import MissingKey, WrongKey

_SEED = 32


@dataclass(frozen=True)
class Signer:
    """A key ready to sign. Its repr shows the name alone."""

    key_id: str
    public: bytes = field(repr=False)
    _private: Ed25519PrivateKey = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)


def make() -> Signer:
    """A new key whose private half is on disk when this returns."""
    seed = secrets.token_bytes(_SEED)
    made = _signer(seed)
    _write(path_of(made.key_id), seed)
    return made


def load(key_id: str) -> Signer:
    """The key of this name. Raises `MissingKey` when its file is gone, `WrongKey` when it holds something else."""
    path = path_of(key_id)
    try:
        seed = path.read_bytes()
    except FileNotFoundError:
        raise MissingKey(f"{path} is gone; put back the copy that was kept apart") from None
    if len(seed) != _SEED:
        raise WrongKey(f"{path} does not hold {_SEED} bytes")
    found = _signer(seed)
    if found.key_id != key_id:
        raise WrongKey(f"{path} is not the key of this name")
    return found


def destroy(key_id: str) -> None:
    """Takes away the private half: nothing can be signed in this name any more. The public half stays good."""
    path_of(key_id).unlink(missing_ok=True)


def verify(*, public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of this public key signed exactly this."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def name_of(public: bytes) -> str:
    """What a key is called: the beginning of its digest."""
    return hashlib.sha256(public).hexdigest()[:16]


def path_of(key_id: str) -> Path:
    return Path(settings.LAPOR_DATA) / "keys" / "signing" / key_id


def _signer(seed: bytes) -> Signer:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes_raw()
    return Signer(name_of(public), public, private)


def _write(path: Path, seed: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with contextlib.closing(os.fdopen(descriptor, "wb")) as handle:
        handle.write(seed)
        handle.flush()
        os.fsync(handle.fileno())
