"""How long things took, as counts in fixed bins of calendar days: they add up, and medians can be read from them.

A bin that is one day wide gives the median exactly; a wider one gives the range that it lies in, never a number
between that nobody counted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

# The first day of each bin; each ends before the next, the last has no end.
BINS = (0, 1, 2, 3, 4, 5, 6, 8, 11, 15, 22, 31, 61, 91, 181, 366)


@dataclass(frozen=True)
class Range:
    """From so many days to so many, both ends included; `last` is None where the bin has no end."""

    first: int
    last: int | None

    @property
    def is_exact(self) -> bool:
        return self.first == self.last


def bin_of(days: int) -> int:
    """The place of the bin for so many days; what ended before it began counts as the same day."""
    return bisect_right(BINS, max(days, 0)) - 1


def range_of(place: int) -> Range:
    return Range(BINS[place], BINS[place + 1] - 1 if place + 1 < len(BINS) else None)


def ranges() -> list[Range]:
    return [range_of(place) for place in range(len(BINS))]


def median(counts: Sequence[int], *, waiting: int = 0) -> Range | None:
    """The bin in which half of all have ended; None while fewer than half have, or nothing was counted.

    `waiting` are those that have not ended yet: they took longer than any that has. Leaving them out would flatter
    whoever lets the hard ones lie.
    """
    return quantile(counts, numerator=1, denominator=2, waiting=waiting)


def quantile(counts: Sequence[int], *, numerator: int, denominator: int, waiting: int = 0) -> Range | None:
    """The bin in which that share of all have ended."""
    total = sum(counts) + waiting
    if total <= 0:
        return None
    for place, so_far in enumerate(accumulate(counts)):
        if so_far * denominator >= total * numerator and so_far:
            return range_of(place)
    return None
