from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.lib.zones import index, rounded
from lapor.statistics.zones import formula

NAMES = {"received", *(part[key] for part in formula()["parts"] for key in ("good", "bad", "of") if key in part)}


def counts(**given: int) -> dict[str, int]:
    return dict.fromkeys(NAMES, 0) | given


def test_too_few_reports_have_no_index() -> None:
    assert index(counts(received=25, resolve_ended=25), formula()) is None
    assert index(counts(received=100), formula()) is None


def test_a_part_with_too_few_cases_is_left_out() -> None:
    found = index(counts(received=100, resolve_ended=100, resolve_late=20, rated=5), formula())
    assert found is not None and [part.key for part in found.parts] == ["jawab"]
    assert (found.score, found.zone, found.next_zone) == (80.0, "hijau", None)


def test_fewer_cases_are_less_sure() -> None:
    few = index(counts(received=40, resolve_ended=40, resolve_late=10), formula())
    many = index(counts(received=4000, resolve_ended=4000, resolve_late=1000), formula())
    assert few is not None and many is not None and few.score == many.score
    assert few.high - few.low > 5 * (many.high - many.low)
    assert (few.surely, many.surely) == (None, "kuning")


@given(data=st.data())
def test_what_lifts_a_body_brings_it_to_the_next_zone(data: st.DataObject) -> None:
    given: dict[str, int] = {}
    for part in formula()["parts"]:
        of = given.setdefault(part["of"], data.draw(st.integers(0, 60)) * 5)
        given[part.get("bad") or part["good"]] = data.draw(st.integers(0, of // 5)) * 5
    found = index(counts(received=500, **given), formula())
    if found is None:
        return
    assert 0 <= found.low <= found.score <= found.high <= 100
    for lift in found.lifts:
        lifted: dict[str, Any] = next(one for one in formula()["parts"] if one["key"] == lift.key)
        better = dict(given)
        if "good" in lifted:
            better[lifted["good"]] += lift.cases
        else:
            better[lifted["bad"]] -= lift.cases
        after = index(counts(received=500, **better), formula())
        assert (
            after is not None
            and after.score >= next(zone["from"] for zone in formula()["zones"] if zone["key"] == found.next_zone) - 0.1
        )


@pytest.mark.parametrize(("n", "shown"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10)])
def test_counts_are_rounded_so_that_none_points_at_a_person(n: int, shown: int) -> None:
    assert rounded({"received": n}, formula()) == {"received": shown}
