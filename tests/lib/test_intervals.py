from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.lib.intervals import Stratum, share, stratified_mean
from lapor.lib.small import shown

SCORES = st.lists(st.integers(0, 10).map(float), min_size=0, max_size=6).map(tuple)


def test_the_share_has_wilsons_interval() -> None:
    found = share(8, 10)  # figures of the textbook example: Brown, Cai, DasGupta 2001
    assert (round(found.value, 2), round(found.low, 3), round(found.high, 3)) == (0.8, 0.49, 0.943)
    assert share(0, 5).low == 0 and share(5, 5).high == 1


@given(st.lists(st.tuples(SCORES, st.integers(0, 20)), min_size=1, max_size=5))
def test_the_mean_lies_in_its_interval_which_vanishes_when_all_were_read(
    drawn: list[tuple[tuple[float, ...], int]],
) -> None:
    strata = [Stratum(len(values) + more, values) for values, more in drawn]
    if not any(one.values for one in strata):
        with pytest.raises(ValueError, match="mean"):
            stratified_mean(strata, least=0, most=10)
        return
    found = stratified_mean(strata, least=0, most=10)
    assert found.low <= found.value + 1e-9 and found.value - 1e-9 <= found.high
    whole = stratified_mean([Stratum(len(one.values), one.values) for one in strata], least=0, most=10)
    assert whole.high - whole.low < 1e-9


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 40), max_size=8), st.integers(2, 12))
def test_the_total_tells_nothing_of_hidden_cells(counts: dict[int, int], least: int) -> None:
    found = shown(counts, least=least)
    assert all(counts[key] >= least for key in found)
    hidden = [counts[key] for key in counts if key not in found]
    assert not any(hidden) or not found or (sum(hidden) >= least and sum(map(bool, hidden)) > 1)
