"""Shares with their intervals: Wilson for a share of cases, the bootstrap for what is made of several counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from lapor.lib.intervals import share

ROUNDS = 1_000
_SEED = 7


def interval_of(right: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share after Wilson; the whole range when nothing was counted."""
    if n <= 0:
        return 0.0, 1.0
    _share, low, high = share(right, n)
    return low, high


def bootstrap(rows: NDArray[np.float64], figure: Callable[[NDArray[np.float64]], float]) -> tuple[float, float]:
    """The 95 % interval of a figure made of the column sums of `rows`, one row for each message; always the same."""
    if len(rows) == 0:
        return 0.0, 1.0
    dice = np.random.default_rng(_SEED)
    drawn = sorted(figure(rows[dice.integers(len(rows), size=len(rows))].sum(axis=0)) for _ in range(ROUNDS))
    return drawn[int(0.025 * ROUNDS)], drawn[int(0.975 * ROUNDS) - 1]


def accuracy_at(said: Sequence[tuple[bool, float]], coverage: float) -> float:
    """The share of right answers among the surest part of all; each one is (right?, sureness)."""
    kept = sorted(said, key=lambda one: -one[1])[: max(1, round(coverage * len(said)))]
    return sum(is_right for is_right, _sureness in kept) / len(kept) if said else 0.0
