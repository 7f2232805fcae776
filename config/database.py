"""Which database: DATABASE_URL when set, else the embedded PostgreSQL that `lapor run` starts below LAPOR_DATA."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from config import postgres


def dsn(data: Path) -> str:
    """How psycopg reaches the database, without Django."""
    return os.environ.get("DATABASE_URL") or postgres.dsn(data)


def settings(data: Path) -> dict[str, Any]:
    """Django's settings for the one connection. Refuses any scheme but PostgreSQL's."""
    common: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
    url = os.environ.get("DATABASE_URL")
    if not url:
        return common | {"NAME": "lapor", "USER": "lapor", "HOST": str(postgres.socket_folder(data))}
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must begin with postgresql://")
    options = dict(parse_qsl(parts.query))
    return common | {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or (parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
