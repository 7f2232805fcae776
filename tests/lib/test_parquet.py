"""Parquet as it is written here, read by a reader that is not ours."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.lib import parquet

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


def read(data: bytes, folder: Path) -> tuple[list[str], list[list[str]]]:
    path = folder / "some.parquet"
    path.write_bytes(data)
    found = duckdb.read_parquet(str(path))
    return list(found.columns), [list(row) for row in found.fetchall()]


@given(rows=st.lists(st.lists(TEXTS, min_size=3, max_size=3), max_size=30))
def test_any_texts_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    names = ["satu", "dua", "tiga é"]
    assert read(parquet.table(names, rows), tmp_path_factory.mktemp("parquet")) == (names, rows)


@pytest.mark.parametrize("columns", [1, 14, 15, 40])
def test_tables_of_many_columns_and_rows_come_back(tmp_path: Path, columns: int) -> None:
    names = [f"kolom{place}" for place in range(columns)]
    rows = [[f"{row}-{name}" * (row % 5) for name in names] for row in range(700)]
    assert read(parquet.table(names, rows), tmp_path) == (names, rows)


def test_a_row_with_another_number_of_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        parquet.table(["satu", "dua"], [["a", "b"], ["a"]])
    with pytest.raises(ValueError, match="zip"):
        parquet.table(["satu"], [["a", "b"]])
