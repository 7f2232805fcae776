"""What must be done before the site can start, and whether it was: one table of steps, and marks that remember.

A mark is a digest of the files that the step reads. Marks of the database live in the database, so they go
when it goes; marks of files live beside those files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from config.place import BASE_DIR


@dataclass(frozen=True)
class Step:
    """One management command, and the files whose change makes it due again."""

    name: str
    says: str
    command: tuple[str, ...]
    sources: tuple[str, ...]
    in_database: bool = True


STEPS = (
    Step(
        "static",
        "collecting style sheets and scripts",
        ("collectstatic", "--no-input", "-v0"),
        ("lapor/static/**/*", "lapor/*/static/**/*", "requirements.lock", "config/settings.py"),
        in_database=False,
    ),
    Step(
        "migrate",
        "preparing the tables",
        ("migrate", "--no-input", "-v0"),
        ("lapor/*/migrations/*.py", "requirements.lock"),
    ),
    Step(
        "reference",
        "loading regions, agencies and categories",
        ("load_reference",),
        (
            "lapor/*/data/**/*",
            "lapor/*/reference/**/*",
            "lapor/*/management/commands/load_reference.py",
            "requirements.lock",
        ),
    ),
    Step(
        "calendar",
        "loading promises and days off",
        ("load_calendar",),
        ("lapor/deadlines/data/**/*", "lapor/deadlines/*.py", "requirements.lock"),
    ),
    Step(
        "rules",
        "loading the rules of competence",
        ("load_rules",),
        ("lapor/routing/data/competence.csv", "lapor/routing/rules/*.py"),
    ),
    Step(
        "grounds",
        "loading legal grounds for disclosure",
        ("load_grounds",),
        ("lapor/disclosure/data/**/*", "lapor/disclosure/grounds.py"),
    ),
    Step(
        "terms",
        "loading retention terms",
        ("load_terms",),
        ("lapor/privacy/data/**/*", "lapor/privacy/terms.py"),
    ),
    Step(
        "demonstration",
        "loading the demonstration",
        ("demonstration",),
        ("lapor/**/demonstration/**/*", "lapor/**/demonstration*", "lapor/**/demo/**/*"),
    ),
)

TABLE = "create table if not exists lapor_step (name text primary key, mark text not null, output text not null)"


def mark_of(step: Step) -> str:
    """The digest of everything the step reads."""
    digest = hashlib.sha256(repr(step.command).encode())
    for path in sorted({p for pattern in step.sources for p in BASE_DIR.glob(pattern) if p.is_file()}):
        if path.suffix not in {".pyc", ".mo"}:
            digest.update(str(path.relative_to(BASE_DIR)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def due(steps: Iterable[Step], connection: psycopg.Connection, data: Path) -> list[Step]:
    """The steps whose files changed since they were last done here."""
    done = _file_marks(data) | {name: mark for name, mark, _ in _rows(connection)}
    return [step for step in steps if done.get(step.name) != mark_of(step)]


def done(step: Step, output: str, connection: psycopg.Connection, data: Path) -> None:
    """Remembers that the step was done, and what it had to say."""
    if step.in_database:
        connection.execute(TABLE)
        connection.execute(
            "insert into lapor_step (name, mark, output) values (%s, %s, %s)"
            " on conflict (name) do update set mark = excluded.mark, output = excluded.output",
            (step.name, mark_of(step), output),
        )
    else:
        marks = _file_marks(data) | {step.name: mark_of(step)}
        (data / "steps.json").write_text(json.dumps(marks))


def output_of(name: str, connection: psycopg.Connection) -> str:
    """What the step said when it was last done: the demonstration's accounts, say."""
    return next((output for step, _, output in _rows(connection) if step == name), "")


def _rows(connection: psycopg.Connection) -> list[tuple[str, str, str]]:
    found = connection.execute("select to_regclass('lapor_step') is not null").fetchone()
    if not (found and found[0]):
        return []
    return connection.execute("select name, mark, output from lapor_step").fetchall()


def _file_marks(data: Path) -> dict[str, str]:
    path = data / "steps.json"
    marks: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    # The files of a step belong to this folder of the code; another clone with the same data makes its own.
    return marks if (data / "static").exists() else {}
