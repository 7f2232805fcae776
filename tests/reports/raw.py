"""What a thief of the database and the media folder has: every row of every table as text, every file as bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection


def rows() -> Iterator[tuple[str, str]]:
    """(table, row) of all tables, the framework's own included; bytes as they stand, so that plain words are seen."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, " ".join(_text(value) for value in row)


def files() -> Iterator[tuple[str, bytes]]:
    """(name, content) of every stored file."""
    root = Path(settings.MEDIA_ROOT)
    for path in root.rglob("*"):
        if path.is_file():
            yield str(path.relative_to(root)), path.read_bytes()


def where(secret: str) -> list[str]:
    """The places in which these words can be read."""
    found = [table for table, row in rows() if secret in row]
    return found + [name for name, content in files() if secret in name or secret.encode() in content]


def _text(value: object) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
