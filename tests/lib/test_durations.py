from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lapor.lib.durations import BINS, Range, bin_of, median, range_of


@given(st.integers(-5, 5000))
def test_every_number_of_days_lies_in_its_bin(days: int) -> None:
    found = range_of(bin_of(days))
    assert found.first <= max(days, 0) and (found.last is None or max(days, 0) <= found.last)


@given(st.lists(st.integers(0, 400), min_size=1), st.integers(0, 50))
def test_the_median_lies_in_the_bin_that_is_said(days: list[int], waiting: int) -> None:
    counts = [0] * len(BINS)
    for n in days:
        counts[bin_of(n)] += 1
    every = sorted(days) + [10_000] * waiting
    exact = every[(len(every) - 1) // 2]
    found = median(counts, waiting=waiting)
    assert found == (None if exact == 10_000 else range_of(bin_of(exact)))


def test_what_still_waits_makes_the_median_later() -> None:
    counts = [10] + [0] * (len(BINS) - 1)
    assert median(counts) == Range(0, 0)
    assert median(counts, waiting=11) is None
