"""Speaks with a virus scanner (clamd's INSTREAM, clamd(8)): one connection, one file from memory, one answer in time.

Whatever goes wrong is "not scanned", never "clean": no scanner, no answer in time, too large for it, an odd answer.
"""

from __future__ import annotations

import re
import socket
import struct
import time
from enum import StrEnum

from django.conf import settings

PATIENCE = 8.0  # seconds for one file, all in all
_PIECE = 64 * 1024
_ANSWER = re.compile(rb"^stream: (?:(OK)|(.{1,200}) (FOUND))$")
_LONGEST_ANSWER = 512


class Verdict(StrEnum):
    """What is known of a file."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"


def is_configured() -> bool:
    """Whether this installation has a scanner at all."""
    return bool(settings.LAPOR_CLAMD)


def scan(data: bytes, *, patience: float = PATIENCE) -> Verdict:
    """What the scanner says of these bytes. Never raises."""
    if not is_configured():
        return Verdict.NOT_SCANNED
    try:
        answer = _ask(data, until=time.monotonic() + patience)
    except OSError:  # time-outs are of this kind too
        return Verdict.NOT_SCANNED
    return _verdict(answer)


def answers(*, patience: float = 2.0) -> bool:
    """Whether a scanner is there and well."""
    try:
        with _connect(until=time.monotonic() + patience) as line:
            line.sendall(b"zPING\0")
            return line.recv(16).rstrip(b"\0\n") == b"PONG"
    except OSError:
        return False


def _verdict(answer: bytes) -> Verdict:
    found = _ANSWER.match(answer)
    if found is None:
        return Verdict.NOT_SCANNED
    return Verdict.CLEAN if found[1] else Verdict.INFECTED


def _ask(data: bytes, *, until: float) -> bytes:
    with _connect(until=until) as line:
        try:
            line.sendall(b"zINSTREAM\0")
            for at in range(0, len(data), _PIECE):
                piece = data[at : at + _PIECE]
                line.settimeout(_left(until))
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
        except BrokenPipeError:
            pass  # it stops listening to what is too large for it, and says so
        return _read(line, until=until)


def _read(line: socket.socket, *, until: float) -> bytes:
    answer = b""
    while len(answer) < _LONGEST_ANSWER and not answer.endswith(b"\0"):
        line.settimeout(_left(until))
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n")


def _connect(*, until: float) -> socket.socket:
    """`LAPOR_CLAMD` is the path of a socket or host:port."""
    where = str(settings.LAPOR_CLAMD)
    if not where.startswith("/"):
        host, _sep, port = where.rpartition(":")
        if not port.isdecimal():
            raise OSError("LAPOR_CLAMD is neither a path nor host:port")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=_left(until))
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        line.settimeout(_left(until))
        line.connect(where)
    except OSError:
        line.close()
        raise
    return line


def _left(until: float) -> float:
    """Seconds that are left; `TimeoutError` when none is."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
