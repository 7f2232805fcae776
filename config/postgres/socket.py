"""Where the embedded server listens: a folder beside the data, or a short one when that path is too long."""

from __future__ import annotations

import hashlib
from pathlib import Path

# The kernel keeps the path of a Unix socket in 108 bytes (104 on macOS), the closing zero included.
LONGEST = 103
NAME = ".s.PGSQL.5432"


def socket_folder(data: Path) -> Path:
    """The folder of the socket for this data folder; the same answer in every process, nothing is created."""
    beside = data.resolve() / "run"
    # PostgreSQL writes a lock file beside the socket, five bytes longer in name than the socket itself.
    if len(str(beside / NAME).encode()) + len(".lock") <= LONGEST:
        return beside
    name = hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:16]
    # Not tempfile.gettempdir(): two processes with another TMPDIR must find the same folder.
    return Path("/tmp") / f"lapor-{name}"  # noqa: S108 - made with mode 0700 and its owner is checked
