"""The house keeps its plan: rooms import downwards, modules say what they answer for, nothing hides in a function."""

from __future__ import annotations

import ast
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from config.place import BASE_DIR
from config.prepare import missing_tables

MODULES = sorted(
    path
    for folder in ("lapor", "config")
    for path in (BASE_DIR / folder).rglob("*.py")
    if "migrations" not in path.parts
)
VAGUE = {"core", "common", "utils", "util", "helpers", "helper", "services", "managers", "misc"}


def _name(path: Path) -> str:
    return path.relative_to(BASE_DIR).as_posix()


def test_rooms_import_downwards_only() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-cache"]
    done = subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "0 broken" in done.stdout


def test_every_table_of_a_page_has_a_caption() -> None:
    """Whoever goes from table to table by ear hears what each is of. That of the library is filled by the library."""
    pages = [path for path in (BASE_DIR / "lapor").rglob("*.html") if "allauth" not in path.parts]
    tables = [(path, after) for path in pages for after in path.read_text().split("<table")[1:]]
    assert tables
    assert [_name(path) for path, after in tables if not after.partition(">")[2].lstrip().startswith("<caption")] == []


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", "--check", "--dry-run", "-v", "1", stdout=StringIO())


def test_django_finds_nothing_to_complain_about() -> None:
    call_command("check", "--fail-level", "WARNING")


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [_name(path) for path in MODULES if VAGUE & {path.stem, *path.relative_to(BASE_DIR).parts}]
    assert vague == []


@pytest.mark.parametrize("path", [p for p in MODULES if p.stem not in {"__init__", "apps"}], ids=_name)
def test_a_module_opens_with_a_sentence_on_what_it_answers_for(path: Path) -> None:
    opening = (ast.get_docstring(ast.parse(path.read_text())) or "").split("\n\n")[0].strip()
    assert opening.endswith((".", ":", "?")), "the first paragraph of a module is a sentence"


def test_no_import_hides_inside_a_function() -> None:
    hidden = [
        f"{_name(path)}:{inner.lineno}"
        for path in MODULES
        for outer in ast.walk(ast.parse(path.read_text()))
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_nothing_swallows_every_exception_outside_the_worker() -> None:
    swallowing = [
        f"{_name(path)}:{node.lineno}"
        for path in MODULES
        if "worker" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
    ]
    assert swallowing == []


@pytest.mark.django_db
def test_tables_that_an_older_database_lacks_are_named() -> None:
    assert missing_tables() == []
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE alarms_alarm CASCADE")
    assert missing_tables() == ["alarms_alarm"]
