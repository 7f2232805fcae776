"""Small counts that could point at a person are not shown, and neither is what they could be subtracted from.

A table has rows of parts (say: not handled, in process, done), each row with a total, and a whole above them with parts
and a total of its own. What the rows lack of the whole is the rest: it has no row, and where it may exist nobody knows
how large it is. Counts from 1 to `K` - 1 are hidden; then as much more as it takes until no hidden number follows
from the others (complementary suppression; Willenborg and de Waal, "Elements of Statistical Disclosure Control",
2001, chapter 6). Zeros are shown: nobody stands behind them. This holds within one table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

K = 5

Parts = tuple[int, ...]


def is_small(n: int, *, k: int = K) -> bool:
    return 0 < n < k


@dataclass(frozen=True)
class Row:
    """What may be shown of a row; None is hidden. The parts are shown together or not at all."""

    total: int | None
    parts: Parts | None


@dataclass(frozen=True)
class Shown:
    """What may be shown of a table. `rest` is what the whole has besides the rows shown, hidden rows included."""

    whole: Row
    rows: list[Row]
    rest: int | None


def hide(rows: Sequence[Sequence[int]], whole: Sequence[int], *, has_rest: bool, k: int = K) -> Shown:
    """What may be shown. Without `has_rest` everybody knows that the rows add up to the whole.

    Refuses rows that add up to more than the whole with `ValueError`.
    """
    table = [tuple(row) for row in rows]
    rest = tuple(n - sum(column) for n, column in zip(whole, _columns(table, len(whole)), strict=True))
    if min(rest, default=0) < 0 or (not has_rest and any(rest)):
        raise ValueError("the rows do not add up to the whole")
    totals = _hidden_totals([sum(row) for row in table], sum(rest), has_rest=has_rest, k=k)
    if totals is None or is_small(sum(whole), k=k):
        return Shown(Row(None, None), [Row(None, None) for _row in table], None)
    whole_parts = not any(is_small(n, k=k) for n in whole)
    parts, whole_parts = _hidden_parts(table, rest, totals, whole_parts=whole_parts, k=k)
    shown = [
        Row(None if place in totals else sum(row), None if place in parts else row) for place, row in enumerate(table)
    ]
    left = sum(whole) - sum(row.total for row in shown if row.total is not None)
    return Shown(Row(sum(whole), tuple(whole) if whole_parts else None), shown, left)


def coarsen(counts: Sequence[int], *, k: int = K) -> list[tuple[int, int, int]]:
    """(first place, last place, count) of runs of neighbouring bins, each empty or of at least `k`.

    Nothing is left out; with fewer than `k` in all there are no runs.
    """
    if sum(counts) < k:
        return []
    runs: list[tuple[int, int, int]] = []
    first, so_far = 0, 0
    for place, n in enumerate(counts):
        so_far += n
        if so_far == 0 or so_far >= k:
            runs.append((first, place, so_far))
            first, so_far = place + 1, 0
    while so_far and runs:  # too few at the end join what is before
        begins, _ends, n = runs.pop()
        first, so_far = begins, so_far + n
        if so_far >= k:
            runs.append((first, len(counts) - 1, so_far))
            break
    return runs


def _columns(table: Sequence[Parts], width: int) -> list[list[int]]:
    return [[row[place] for row in table] for place in range(width)]


def _hidden_totals(totals: Sequence[int], rest: int, *, has_rest: bool, k: int) -> set[int] | None:
    """The rows without a total: all small ones, and the next larger until what is hidden could be shared out in two
    ways; None where it never could. Whoever subtracts knows that each hidden row has at least one, and the rest perhaps
    none.
    """
    hidden = {place for place, n in enumerate(totals) if is_small(n, k=k)}
    if not hidden and not is_small(rest, k=k):
        return hidden
    others = sorted((n, place) for place, n in enumerate(totals) if n and place not in hidden)
    least = 1 if has_rest else 2
    while others and (len(hidden) < least or sum(totals[place] for place in hidden) + rest <= len(hidden)):
        hidden.add(others.pop(0)[1])
    if len(hidden) < least or sum(totals[place] for place in hidden) + rest <= len(hidden):
        return None
    return hidden


def _hidden_parts(
    table: Sequence[Parts], rest: Parts, totals: set[int], *, whole_parts: bool, k: int
) -> tuple[set[int], bool]:
    """The rows without parts, and whether those of the whole may be shown beside them."""
    hidden = {place for place, row in enumerate(table) if place in totals or any(is_small(n, k=k) for n in row)}
    if not whole_parts:
        return hidden, False  # nothing to subtract from
    if not hidden and not any(is_small(n, k=k) for n in rest):
        return hidden, True
    for _n, place in sorted((sum(row), place) for place, row in enumerate(table) if sum(row) and place not in hidden):
        if _are_open([table[place] for place in hidden], rest):
            return hidden, True
        hidden.add(place)
    if _are_open([table[place] for place in hidden], rest):
        return hidden, True
    return hidden, False


def _are_open(rows: Sequence[Parts], rest: Parts) -> bool:
    """Whether each part of each row could be another number with all sums the same: one moves from part to part in this
    row and back in another.
    """
    every = [*rows, rest]
    return all(
        any(
            other is not row and ((row[one] and other[two]) or (row[two] and other[one]))
            for other in every
            for two in range(len(row))
            if two != one
        )
        for row in rows
        for one in range(len(row))
    )
