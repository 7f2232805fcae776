"""Whoever subtracts learns nothing: every hidden number could be another one, with all shown numbers the same."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lapor.lib.suppression import Shown, coarsen, hide

K = 3  # as the rule for 5, with few enough tables to try them all

small = st.integers(0, 4)
rows = st.lists(st.tuples(small, small), min_size=1, max_size=3)


def possible(shown: Shown, width: int, most: int) -> list[list[tuple[int, ...]]]:
    """Every table, rest at the end, that agrees with what is shown. A hidden row is known to have at least one."""
    every = list(product(range(most + 1), repeat=width))
    choices = []
    for row in shown.rows:
        if row.parts is not None:
            choices.append([row.parts])
        elif row.total is not None:
            choices.append([parts for parts in every if sum(parts) == row.total])
        else:
            choices.append([parts for parts in every if sum(parts) >= 1])
    found = []
    for table in product(*choices):
        if shown.whole.parts is not None:
            rest = tuple(n - sum(column) for n, column in zip(shown.whole.parts, zip(*table, strict=True), strict=True))
            if min(rest) >= 0:
                found.append([*table, rest])
        else:
            assert shown.whole.total is not None
            left = shown.whole.total - sum(map(sum, table))
            found += [[*table, last] for last in every if sum(last) == left]
    return found


@settings(max_examples=120)
@given(table=rows, rest=st.tuples(small, small), has_rest=st.booleans())
def test_no_hidden_number_follows_from_the_shown_ones(
    table: list[tuple[int, int]], rest: tuple[int, int], has_rest: bool
) -> None:
    rest = rest if has_rest else (0, 0)
    whole = [sum(column) for column in zip(*table, rest, strict=True)]
    shown = hide(table, whole, has_rest=has_rest, k=K)
    if shown.whole.total is None:
        assert all(row.total is None for row in shown.rows)
        return
    worlds = possible(shown, 2, most=min(sum(whole), 12))
    if not has_rest:
        worlds = [world for world in worlds if not any(world[-1])]
    assert [*table, rest] in worlds
    for place, row in enumerate(shown.rows):
        assert row.total is None or not 0 < row.total < K
        if row.total is None:
            assert len({sum(world[place]) for world in worlds}) > 1
        if row.parts is None and any(table[place]):
            for part in range(2):
                assert len({world[place][part] for world in worlds}) > 1
        elif row.parts is not None:
            assert not any(0 < n < K for n in row.parts)


@settings(max_examples=120)
@given(table=rows, rest=st.tuples(small, small))
def test_the_rest_itself_cannot_be_pointed_at(table: list[tuple[int, int]], rest: tuple[int, int]) -> None:
    whole = [sum(column) for column in zip(*table, rest, strict=True)]
    shown = hide(table, whole, has_rest=True, k=K)
    if shown.whole.total is not None and 0 < sum(rest) < K:
        worlds = possible(shown, 2, most=min(sum(whole), 12))
        assert len({sum(world[-1]) for world in worlds}) > 1


def test_a_small_row_takes_the_next_larger_one_with_it() -> None:
    shown = hide([(3, 0, 0), (9, 0, 0), (50, 20, 10)], [62, 20, 10], has_rest=False)
    assert [row.total for row in shown.rows] == [None, None, 80]
    assert shown.rest == 12


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    shown = hide([(5, 0, 7), (0, 0, 0)], [5, 0, 7], has_rest=True)
    assert [row.parts for row in shown.rows] == [(5, 0, 7), (0, 0, 0)]


def test_rows_that_exceed_the_whole_are_refused() -> None:
    with pytest.raises(ValueError, match="add up"):
        hide([(5, 5)], [4, 6], has_rest=True)


@given(st.lists(st.integers(0, 9), max_size=16))
def test_bins_join_until_none_is_small(counts: list[int]) -> None:
    runs = coarsen(counts)
    assert all(n == 0 or n >= 5 for _first, _last, n in runs)
    if sum(counts) >= 5:
        assert sum(n for *_places, n in runs) == sum(counts)
        assert [place for first, last, _n in runs for place in range(first, last + 1)] == list(range(len(counts)))
    else:
        assert runs == []
