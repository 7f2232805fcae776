"""The embedded PostgreSQL (placeholder: the launcher is being built)."""

from __future__ import annotations

from pathlib import Path


def socket_folder(data: Path) -> Path:
    """Where the embedded server of this data folder listens."""
    return data / "run"
