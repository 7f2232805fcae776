"""Files sealed for one key pair: a key of its own for each file, and pieces that cannot be left out, swapped or cut.

Layout: version · length of the box · box with the file's key · header · pieces (libsodium's secretstream, whose last
piece says that it is the last). Names and types of files are the business of whoever stores them.
"""

from __future__ import annotations

import struct

from nacl import bindings as sodium

from .keys import WrongKey
from .sealing import VERSION, Private, checked, open_with, seal_for

PIECE = 64 * 1024
_EXTRA = sodium.crypto_secretstream_xchacha20poly1305_ABYTES
_HEADER = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_FINAL = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_MORE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_LENGTH = struct.Struct(">H")


def seal_file(public: bytes, data: bytes) -> bytes:
    """The file as it may be stored; only the other half of `public` opens it. An empty file is a file too."""
    key = sodium.crypto_secretstream_xchacha20poly1305_keygen()
    box = seal_for(public, key)
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    found = [bytes([VERSION]), _LENGTH.pack(len(box)), box]
    found.append(sodium.crypto_secretstream_xchacha20poly1305_init_push(state, key))
    pieces = range(0, max(len(data), 1), PIECE)
    for start in pieces:
        tag = _FINAL if start == pieces[-1] else _MORE
        piece = data[start : start + PIECE]
        found.append(sodium.crypto_secretstream_xchacha20poly1305_push(state, piece, tag=tag))
    return b"".join(found)


def open_file(private: Private, blob: bytes) -> bytes:
    """The file again; `WrongKey` when the key does not fit, or a bit was changed, or the end is missing."""
    body = checked(blob)
    if len(body) < _LENGTH.size:
        raise WrongKey("what is stored was cut short")
    cut = _LENGTH.size + _LENGTH.unpack_from(body)[0]
    key = open_with(private, body[_LENGTH.size : cut])
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    try:
        sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, body[cut : cut + _HEADER], key)
        return _joined(state, body[cut + _HEADER :])
    except (ValueError, RuntimeError):  # what libsodium's bindings raise for a piece that does not fit
        raise WrongKey("the file does not fit its key") from None


def _joined(state: sodium.crypto_secretstream_xchacha20poly1305_state, body: bytes) -> bytes:
    found, tag = [], None
    for start in range(0, len(body), PIECE + _EXTRA):
        if tag == _FINAL:
            raise WrongKey("something follows the end of the file")
        piece = body[start : start + PIECE + _EXTRA]
        content, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, piece)
        found.append(content)
    if tag != _FINAL:
        raise WrongKey("the end of the file is missing")
    return b"".join(found)
