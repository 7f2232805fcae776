"""`python -m bench.tree`: what the tree over all history costs: leaves and rows a second, heads and proofs by size."""

from __future__ import annotations

import argparse
from typing import Any

from config.say import say

from .ground import ground
from .table import Compared, comparison

REPORTS = 1_000  # only so that there is a site


def main() -> None:
    given = _arguments()
    with ground(None) as place, place.side(place.sized(REPORTS, adopting=4)) as side:
        costs: list[dict[str, float]] = []
        for size in (given.small, given.leaves):
            grown: dict[str, Any] = side.ask("grow_tree", to=size)
            say(f"{grown['leaves']:,} leaves in {grown['seconds']:.1f} s: {grown['leaves'] / grown['seconds']:,.0f}/s")
            costs.append(side.ask("tree_costs", rounds=given.rounds))
        compared = [Compared(name, costs[0][name], costs[1][name]) for name in costs[0]]
        say("\nMilliseconds, median:\n")
        say(comparison(compared, small=given.small, large=given.leaves))
        seconds = side.ask("verify_tree")
        say(f"\nVerified {given.leaves:,} rows in {seconds:.1f} s: {given.leaves / seconds:,.0f}/s")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.tree", description=__doc__)
    parser.add_argument("--leaves", type=int, default=1_000_000, help="leaves of the large tree (1000000)")
    parser.add_argument("--small", type=int, default=10_000, help="leaves of the small tree (10000)")
    parser.add_argument("--rounds", type=int, default=51, help="how often each thing is measured (51)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
