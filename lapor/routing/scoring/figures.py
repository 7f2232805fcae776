"""One figure with its interval and the number of cases it rests on, as it is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lapor.routing.scoring.shares import bootstrap, interval_of

Figure = dict[str, Any]
NOTHING: Figure = {"value": None, "low": None, "high": None, "n": 0}


def share(right: Sequence[bool]) -> Figure:
    """The share of right ones, with its interval after Wilson."""
    n, hits = len(right), sum(right)
    if n == 0:
        return dict(NOTHING)
    low, high = interval_of(hits, n)
    return {"value": rounded(hits / n), "low": rounded(low), "high": rounded(high), "n": n}


def found(name: str, pairs: Sequence[tuple[bool, bool]]) -> Iterator[tuple[str, Figure]]:
    """Precision, recall and F1 of what was said (first) against what is true (second)."""
    rows = np.array([(told and true, told and not true, true and not told) for told, true in pairs], np.float64)
    yield from of_counts(name, rows.reshape(len(pairs), 3))


def of_counts(name: str, rows: NDArray[np.float64]) -> Iterator[tuple[str, Figure]]:
    """From rows of (right, too much, missed)."""
    right, extra, missed = (int(count) for count in rows.sum(axis=0)) if len(rows) else (0, 0, 0)
    for figure, n in (("precision", right + extra), ("recall", right + missed)):
        yield f"{name}_{figure}", share([True] * right + [False] * (n - right))
    if not len(rows) or right + extra + missed == 0:
        yield f"{name}_f1", dict(NOTHING)
        return
    low, high = bootstrap(rows, _f1)
    value = _f1(rows.sum(axis=0))
    n = right + extra + missed
    yield f"{name}_f1", {"value": rounded(value), "low": rounded(low), "high": rounded(high), "n": n}


def _f1(sums: NDArray[np.float64]) -> float:
    right, extra, missed = sums
    return float(2 * right / max(2 * right + extra + missed, 1))


def rounded(value: float) -> float:
    return round(float(value), 4)
