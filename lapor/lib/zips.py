"""Archives that are written while they are sent, so that they never lie on a disk."""

from __future__ import annotations

import io
from typing import Any


class Pipe(io.RawIOBase):
    """What an archive writes, until it is taken out."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken, self._parts = b"".join(self._parts), []
        return taken
