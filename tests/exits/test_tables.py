"""What a thief of the whole database finds in its tables, table by table."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

from django.db import connection

from tests.exits.table import ROWS_OF
from tests.exits.world import CLASSES, Level, World, seen


def everything_in(table: str) -> str:
    """All rows of a table as text, bytes also as the text they would be if nobody had encrypted them."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT t::text FROM "{table}" AS t')
        rows = " ".join(row for (row,) in cursor.fetchall())
    return rows + " ".join(_readings(rows))


def _readings(rows: str) -> Iterator[str]:
    for found in re.findall(r"\\\\?x([0-9a-f]{16,})", rows):
        yield bytes.fromhex(found[: len(found) // 2 * 2]).decode("latin-1")
    for found in re.findall(r"[A-Za-z0-9+/_-]{24,}", rows):
        whole = found[: len(found) // 4 * 4].replace("+", "-").replace("/", "_")
        yield base64.urlsafe_b64decode(whole).decode("latin-1")


def tables() -> list[str]:
    with connection.cursor() as cursor:
        return [table for table in connection.introspection.table_names(cursor) if not table.startswith("pg_")]


def test_no_table_holds_more_than_its_row_says(world: World, db: None) -> None:
    wrong = []
    for table in tables():
        rows = everything_in(table)
        for kind in CLASSES:
            found = seen(kind, world.reports[kind], rows)
            if found > max(Level.CODE, ROWS_OF.get(table, {}).get(kind, Level.NOTHING)):
                wrong.append(f"{table} holds {found.name} of {kind}")
    assert not wrong


def test_content_is_found_where_it_may_be(world: World, db: None) -> None:
    """Else the test above would find nothing by looking in the wrong way."""
    for table, row in ROWS_OF.items():
        rows = everything_in(table)
        for kind, expected in row.items():
            assert seen(kind, world.reports[kind], rows) == expected, (table, kind)
