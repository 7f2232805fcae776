"""What is measured on: an own PostgreSQL with LAPOR's own settings, and databases of two sizes in it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import psycopg

from config import postgres
from config.place import BASE_DIR
from config.say import say

from .side import Side

BASE = "base"
FILLED = "filled"  # the comment on a database that is complete
WORTH_TWO = 50_000  # reports
# As if another worker were training the model of routing: ours would take a processor for a minute.
NO_TRAINING = """
    INSERT INTO pulse_beat (name, at, failures, last_error_class) VALUES ('begun:training', now(), 0, '')
    ON CONFLICT (name) DO UPDATE SET at = excluded.at
"""
STEPS = ("static", "migrate", "reference", "calendar")


@dataclass(frozen=True)
class Ground:
    """A running server whose data are below `data`."""

    data: Path

    def environment(self, database: str, *, user: str = "lapor") -> dict[str, str]:
        """What a process needs to work on one of the databases; nothing of the caller's own settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LAPOR_", "DJANGO_"))}
        socket = quote(str(postgres.socket_folder(self.data)), safe="")
        return kept | {
            "LAPOR_DATA": str(self.data),
            "LAPOR_WEB_WORKERS": "2",
            "DATABASE_URL": f"postgresql://{user}@/{database}?host={socket}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }

    def dsn(self, database: str) -> str:
        return postgres.dsn(self.data, database=database)

    @contextlib.contextmanager
    def side(self, database: str, *, user: str = "lapor") -> Iterator[Side]:
        side = Side(self.environment(database, user=user))
        try:
            yield side
        finally:
            side.end()

    def sized(self, rows: int, *, adopting: int) -> str:
        """The name of a database with so many reports; made when it is not there yet."""
        name = f"rows_{rows}"
        if self._state(name) == FILLED:
            _prepare(self, name)
            return name
        if self._state(BASE) != FILLED:
            self._make(BASE)
            _prepare(self, BASE)
            with self.side(BASE) as side:
                side.ask("build", adopting=adopting)
            self._say_filled(BASE)
        self._make(name, template=BASE)
        began = time.monotonic()
        count = _fill(self, name, rows)
        self._say_filled(name)
        say(f"{rows:,} reports ({count:,} rows of all tables) in {time.monotonic() - began:.0f} s")
        return name

    def _state(self, name: str) -> str | None:
        """None for a database that is not there."""
        with self._admin() as connection:
            found = connection.execute(
                "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = %s", [name]
            ).fetchone()
        return found[0] if found else None

    def _make(self, name: str, template: str = "template1") -> None:
        with self._admin() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER lapor')

    def _say_filled(self, name: str) -> None:
        with self._admin() as connection:
            connection.execute(f"COMMENT ON DATABASE \"{name}\" IS '{FILLED}'")

    def _admin(self) -> psycopg.Connection:
        return psycopg.connect(postgres.dsn(self.data, user="postgres", database="postgres"), autocommit=True)


@contextlib.contextmanager
def ground(keep: Path | None) -> Iterator[Ground]:
    """The server, ended afterwards. Its folder goes too, unless `keep` names one to be used again."""
    data = keep or Path(tempfile.mkdtemp(prefix="lapor-bench-"))
    data.mkdir(parents=True, exist_ok=True)
    if keep is None:
        data.chmod(0o755)  # the database's user walks through it
    try:
        postgres.start(data, progress=say)
        yield Ground(data.resolve())
    finally:
        postgres.stop(data)
        if keep is None:
            shutil.rmtree(postgres.socket_folder(data), ignore_errors=True)
            shutil.rmtree(data, ignore_errors=True)


def _prepare(ground: Ground, database: str) -> None:
    """The steps of a start that are due: tables, regions, agencies, holidays."""
    command = [sys.executable, "-m", "config.prepare", *STEPS]
    subprocess.run(command, cwd=BASE_DIR, env=ground.environment(database), stdout=subprocess.DEVNULL, check=True)


def _fill(ground: Ground, database: str, rows: int) -> int:
    """Loads without indexes, a large table from two sides at once; then makes what follows from the rows."""
    now = datetime.now(UTC).isoformat()
    shares = [(1, rows // 2), (rows // 2 + 1, rows)] if rows >= WORTH_TWO else [(1, rows)]
    with contextlib.ExitStack() as stack:
        sides = [stack.enter_context(ground.side(database, user="postgres")) for _ in shares]
        for side in sides:
            side.ask("lenient")
        indexes = sides[0].ask("strip")
        for side, (first, last) in zip(sides, shares, strict=True):
            side.order("fill", first=first, last=last, of=rows, now=now)
        count = sum(int(side.answer()) for side in sides)
        for place, side in enumerate(sides):
            side.order("dress", definitions=indexes[place :: len(sides)])
        for side in sides:
            side.answer()
        sides[0].ask("settle")
        sides[0].ask("tidy")
    return count
