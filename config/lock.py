"""One `lapor run` per data folder: the second one is told about the first."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


class AlreadyRunning(Exception):
    """Another LAPOR uses this data folder; the text says which."""


@contextlib.contextmanager
def alone(data: Path, *, note: str = "") -> Iterator[None]:
    """Holds the data folder for one run. The kernel lets go of it however the run ends, kill -9 included."""
    data.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(data / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            other = handle.read().strip()
            raise AlreadyRunning(
                f"LAPOR already runs with the data in {data}" + (f": {other}" if other else "")
            ) from None
        handle.truncate(0)
        handle.write(f"process {os.getpid()}{', ' + note if note else ''}\n")
        handle.flush()
        yield
