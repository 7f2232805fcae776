"""A client that files reports as fast as the server takes them: one process, several connections, no library."""

from __future__ import annotations

import json
import selectors
import socket
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Tally:
    """What came of it: answers by status, and how long each took."""

    seconds: float
    statuses: Counter[int] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return self.statuses[201] / self.seconds


class _Line:
    """One connection: sends a report, takes the answer, sends the next."""

    def __init__(self, port: int, body: bytes) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = (
            "POST /api/v1/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nIdempotency-Key: "
        ).encode()
        self._tail = b"\r\n\r\n" + body
        self._got = b""
        self._sent_at = 0.0

    def send(self) -> None:
        self._sent_at = time.perf_counter()
        self.socket.sendall(self._head + uuid.uuid4().hex.encode() + self._tail)

    def take(self, tally: Tally) -> bool:
        """Reads what is there; True when an answer is complete."""
        piece = self.socket.recv(65536)
        if not piece:
            raise ConnectionError("the server closed a connection")
        self._got += piece
        head, blank, rest = self._got.partition(b"\r\n\r\n")
        if not blank:
            return False
        length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        if len(rest) < length:
            return False
        self._got = rest[length:]
        tally.statuses[int(head[9:12])] += 1
        tally.waits.append(time.perf_counter() - self._sent_at)
        return True


def file_reports(port: int, report: dict[str, Any], *, connections: int, seconds: float) -> Tally:
    """Files this report again and again, each time under another Idempotency-Key."""
    body = json.dumps(report).encode()
    lines = [_Line(port, body) for _ in range(connections)]
    tally = Tally(0.0)
    began = time.perf_counter()
    with selectors.DefaultSelector() as ready:
        for line in lines:
            ready.register(line.socket, selectors.EVENT_READ, line)
            line.send()
        while ready.get_map():
            for key, _events in ready.select(10):
                if not key.data.take(tally):
                    continue
                if time.perf_counter() - began < seconds:
                    key.data.send()
                else:
                    ready.unregister(key.fileobj)
    tally.seconds = time.perf_counter() - began
    for line in lines:
        line.socket.close()
    return tally
