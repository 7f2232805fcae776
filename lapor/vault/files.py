"""Files at rest: each under a key of its own, which lies wrapped in the database; destroying it erases every copy.

Whoever takes the folder of files has bytes; whoever takes the database too has wrapped keys.
"""

from __future__ import annotations

import base64
import os
import uuid
from collections.abc import Collection

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .envelope import open_sealed, seal
from .keys import KEY_BYTES, WrongKey
from .models import FileKey

VERSION = 1
_NONCE = 12


def lock(file_id: uuid.UUID, data: bytes) -> bytes:
    """The bytes as they may lie in a folder; keeps their key. The same file may be locked anew, under a new key."""
    key, nonce = os.urandom(KEY_BYTES), os.urandom(_NONCE)
    sealed = seal({"key": base64.b64encode(key).decode()}, aad=f"file:{file_id}")
    FileKey.objects.update_or_create(pk=file_id, defaults={"sealed": sealed})
    return bytes([VERSION]) + nonce + AESGCM(key).encrypt(nonce, data, file_id.bytes)


def unlock(file_id: uuid.UUID, blob: bytes) -> bytes:
    """The bytes again. `WrongKey` when the key was destroyed or does not fit, or a bit was changed."""
    row = FileKey.objects.filter(pk=file_id).first()
    if row is None:
        raise WrongKey("the key of this file is gone")
    if blob[:1] != bytes([VERSION]):
        raise WrongKey("a file of an unknown version")
    key = base64.b64decode(open_sealed(bytes(row.sealed), aad=f"file:{file_id}")["key"])
    try:
        return AESGCM(key).decrypt(blob[1 : 1 + _NONCE], blob[1 + _NONCE :], file_id.bytes)
    except (InvalidTag, ValueError):
        raise WrongKey("the key does not fit the file") from None


def forget(file_id: uuid.UUID) -> None:
    """Destroys the key: no copy of the file, in no backup of the folder, can be read again."""
    forget_many([file_id])


def forget_many(file_ids: Collection[uuid.UUID]) -> None:
    """Destroys several keys."""
    FileKey.objects.filter(pk__in=file_ids).delete()
