"""Whatever the core refuses, the desk says in a sentence of its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import override

from lapor import reports
from lapor.desk import words
from lapor.desk.history import FIELDS
from lapor.lib.files import inspect
from lapor.reports.models import Report, State

CORE = Path(next(iter(reports.__path__)))


def raised(error: str, *, place: int, under: Path = CORE) -> set[str]:
    """The stable keys with which this error is raised, read from the source."""
    files = [under] if under.is_file() else sorted(under.rglob("*.py"))
    return {key for source in files for key in _keys(ast.parse(source.read_text()), error, place)}


def _keys(tree: ast.Module, error: str, place: int) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == error and len(node.args) > place:
            for part in ast.walk(node.args[place]):  # "a" if … else "b" are two
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def test_every_reason_to_refuse_a_move_has_a_sentence() -> None:
    keys = raised("MoveRefused", place=1)
    assert {"own_draft", "not_from_here"} <= keys
    assert keys - {"nobody_above"} <= set(words.REFUSED), "nobody_above is told to the reporter only"


def test_every_lack_has_a_sentence() -> None:
    keys = raised("Incomplete", place=1)
    assert {"empty", "too_short"} <= keys
    assert keys <= set(words.INCOMPLETE)


def test_every_reason_to_refuse_a_file_has_a_sentence() -> None:
    keys = raised("Refused", place=0, under=Path(inspect.__code__.co_filename))
    assert {"broken", "mixed"} <= keys
    assert keys | {"too_many"} <= set(words.FILE_REFUSED)
    for key in keys:
        assert "foto.jpg" in words.file_refused(key, "foto.jpg")


def test_every_open_state_has_a_next_step_and_no_ended_one() -> None:
    for state in State:
        step = words.next_step(state, is_draft_ready=False, may_send=True)
        assert bool(step) == Report(state=state).is_open, state


def test_a_reason_that_nobody_foresaw_still_gets_a_sentence() -> None:
    with override("id"):
        assert words.refused("baru") == "Langkah ini tidak dapat dilakukan saat ini."
        assert words.incomplete("baru") == "Periksa kembali bagian ini."


def test_every_column_that_is_corrected_has_a_name() -> None:
    corrected = {"title", "kind", "category", "region", "has_oversight", "place", "occurred_on", "is_urgent"}
    assert corrected == set(FIELDS)
