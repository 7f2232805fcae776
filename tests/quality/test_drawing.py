"""The draw as pure rules: any list, any seed."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from lapor.lib.agreement import weighted_kappa
from lapor.quality.drawing import LEAST_OF_STRATUM, LEVELS, Ticket, chosen, level_for, shares, strata_of

TICKETS = st.lists(
    st.builds(
        Ticket,
        report_id=st.integers(1),
        code=st.from_regex(r"[1-9][0-9]{9}", fullmatch=True),
        agency_id=st.integers(1, 4),
        unit_id=st.none() | st.integers(1, 2),
        category=st.sampled_from(["jalan", "air", ""]),
        month=st.sampled_from(["2026-08", "2026-09"]),
    ),
    unique_by=lambda ticket: ticket.code,
    max_size=40,
)


@given(TICKETS, st.integers(1, 50), st.text("0123456789abcdef", min_size=8), st.randoms())
def test_the_same_seed_draws_the_same_whatever_the_order(
    tickets: list[Ticket], size: int, seed: str, chance: random.Random
) -> None:
    by = level_for(tickets, size)
    first = chosen(tickets, by=by, size=size, seed=seed)
    chance.shuffle(tickets)
    assert chosen(tickets, by=by, size=size, seed=seed) == first
    assert len(set(first)) == len(first)


@given(TICKETS, st.integers(1, 50))
def test_every_stratum_has_two_or_all_and_none_more_than_it_has(tickets: list[Ticket], size: int) -> None:
    for by in LEVELS:
        sizes = {key: len(ones) for key, ones in strata_of(tickets, by).items()}
        given_out = shares(sizes, size)
        least = {key: min(count, LEAST_OF_STRATUM) for key, count in sizes.items()}
        assert all(least[key] <= given_out[key] <= sizes[key] for key in sizes)
        assert sum(given_out.values()) == max(min(size, len(tickets)), sum(least.values()))


def test_kappa_is_one_for_full_agreement_and_nought_for_chance() -> None:
    assert weighted_kappa([(0, 0), (1, 1), (2, 2)], levels=3) == 1
    assert weighted_kappa([(0, 0), (0, 2), (2, 0), (2, 2)], levels=3) == 0
    assert weighted_kappa([(1, 1)], levels=3) is None
