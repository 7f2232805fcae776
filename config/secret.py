"""The Django secret key: from LAPOR_SECRET_KEY, else a file beside the data that is made once (0600)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def django_secret_key(data: Path) -> str:
    """The key; creates `data/keys/django` with mode 0600 when neither it nor the variable is there."""
    if key := os.environ.get("LAPOR_SECRET_KEY"):
        return key
    path = data / "keys" / "django"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text()
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(64))
    return path.read_text()
