"""`python -m bench`: fills two databases of different size and prints how many times more the larger one takes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from config.say import say

from . import intake, sms
from .ground import Ground, ground
from .side import Side
from .table import Compared, comparison

AIM_INTAKE = 0.15
AIM_SMS = 100
PARTS = ("pages", "sweep", "worker", "identity", "intake", "sms", "sealing", "figures")


def main() -> None:
    given = _arguments()
    words = [word for word in given.only if word not in PARTS]
    parts = [part for part in PARTS if not given.only or part in given.only or (words and part == "pages")]
    with ground(given.keep) as place:
        small, large = (place.sized(rows, adopting=given.cities) for rows in (given.small, given.rows))
        with place.side(small) as one, place.side(large) as other:
            sides = (one, other)
            compared: list[Compared] = []
            if "pages" in parts:
                names = [name for name in one.ask("names") if not words or any(word in name for word in words)]
                compared += pages(sides, names, rounds=given.rounds)
            if "sweep" in parts:
                compared.append(sweep(sides, rounds=given.rounds))
            if "worker" in parts:
                compared += worker(sides, rounds=given.rounds, back=min(2_000, given.small))
            if compared:
                say("\nMilliseconds (in the database), median:\n")
                say(comparison(compared, small=given.small, large=given.rows))
            if "identity" in parts:
                _say_identity(other.ask("identity", rounds=given.rounds * 20))
            if "intake" in parts:
                _say_intake(place, large, sides, given)
            if "sms" in parts:
                _say_sms(sms.measure(place, large, count=min(1_000, given.rows)), rows=given.rows)
            if "figures" in parts:
                _say_figures(sides, facts=given.facts, small=given.small, rounds=given.rounds)
            if "sealing" in parts:
                _say_sealing(one.ask("sealing", rounds=given.rounds))


def _say_sms(found: sms.Sustained, *, rows: int) -> None:
    say(
        f"\nSMS at {rows:,} reports: {found.count:,} messages, {found.taken:,.0f}/s taken from the gateway, "
        f"{found.answered:,.0f}/s answered (aim: {AIM_SMS}/s)."
    )


def _say_figures(sides: Sequence[Side], *, facts: int, small: int, rounds: int) -> None:
    """The small side with as many facts as it has reports, the large one with so many."""
    few, many = sides
    for side, rows in ((few, small), (many, facts)):
        side.ask("grow_facts", rows=rows)
    sizes = many.ask("fact_sizes")
    say("\nFigures at " + ", ".join(f"{n:,} {name}" for name, n in sizes.items()) + ":\n")
    one, other = (side.ask("dashboards", rounds=rounds) for side in sides)
    compared = [
        Compared(name, one[name]["all"], found["all"], one[name]["database"], found["database"])
        for name, found in other.items()
    ]
    say(comparison(compared, small=small, large=facts))
    slowest = max(found["slowest"] for found in other.values())
    say(f"\nThe slowest question of any dashboard: {slowest * 1000:.1f} ms (aim: 50 ms).")
    counted = [side.ask("count_events", batches=rounds) for side in sides]
    say(
        f"Consumer: {counted[1]['rate']:,.0f} events/s at {facts:,} facts, {counted[0]['rate']:,.0f}/s at {small:,} "
        f"(aim: 200/s); a batch of {counted[1]['events']:.0f} takes {counted[1]['batch']:.2f} s (aim: 2 s behind)."
    )


def _say_sealing(found: dict[str, float]) -> None:
    """Of no size: it touches no table."""
    say("\nSealed reports, milliseconds of one core, median:\n\n|  | ms |\n|---|---:|")
    for name, seconds in found.items():
        say(f"| {name} | {seconds * 1000:.2f} |")


def _say_identity(found: dict[str, float]) -> None:
    for name, says in (("told", "with name and contact"), ("signed", "and signed in the text")):
        seal, file = found[f"seal {name}"], found[f"file {name}"]
        say(
            f"Sealing, {says}: {seal * 1000:.2f} ms of the {file * 1000:.2f} ms that filing takes ({seal / file:.1%}; "
            f"nobody named: {found['file nobody'] * 1000:.2f} ms)."
        )


def _say_intake(place: Ground, database: str, sides: Sequence[Side], given: argparse.Namespace) -> None:
    """Measured on the large side."""
    small, large = sides
    rounds, seconds = max(1, given.rounds // 3), given.seconds
    with intake.web(place, database) as port:
        found = intake.measure(place, database, port, large, small, rounds=rounds, seconds=seconds)
        following = intake.follow(place, database, port, large, seconds=seconds)
    say(
        f"\nIntake at {given.rows:,} reports: {found.http:,.0f}/s through HTTP, {found.pgbench:,.0f}/s by pgbench "
        f"({found.statements} statements in a transaction): {found.share:.1%} (aim: {AIM_INTAKE:.0%}). "
        f"Wait {found.wait_50 * 1000:.1f} ms, 99% below {found.wait_99 * 1000:.1f} ms."
    )
    say(
        f"With one worker beside: {following.events_per_second:,.0f}/s filed; {following.left:,} events unread after "
        f"{seconds:g} s, all read {following.caught_up_after:.1f} s later."
    )


def pages(sides: Sequence[Side], names: Sequence[str], *, rounds: int) -> list[Compared]:
    """Every page on both sides in turn, round after round; of several rounds the first only warms."""
    found: dict[str, tuple[list[list[float]], list[list[float]]]] = {name: ([], []) for name in names}
    for number in range(rounds + (rounds > 1)):
        for name in names:
            for place in (0, 1) if number % 2 else (1, 0):
                seconds = sides[place].ask("page", name=name)
                if number or rounds == 1:
                    found[name][place].append(seconds)
    return [
        Compared(
            name, *(median(one[0] for one in side) for side in both), *(median(one[1] for one in side) for side in both)
        )
        for name, both in found.items()
    ]


def sweep(sides: Sequence[Side], *, rounds: int, due: int = 100) -> Compared:
    """The same number of alarms among few and among many running clocks, one on each report."""
    for side in sides:
        side.ask("run_all_clocks")
    return _in_turn(f"sweep, {due} alarms, every report with a running clock", sides, "sweep", rounds, due=due)


def worker(sides: Sequence[Side], *, rounds: int, back: int) -> list[Compared]:
    """How long each consumer takes for the same number of events."""
    return [
        _in_turn(f"worker, {back:,} events: {name}", sides, "read_events", rounds, consumer=name, back=back)
        for name in sides[0].ask("consumers")
    ]


def _in_turn(name: str, sides: Sequence[Side], task: str, rounds: int, **given: object) -> Compared:
    took: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + (rounds > 1)):
        for place in (0, 1) if number % 2 else (1, 0):
            seconds = sides[place].ask(task, **given)
            if number or rounds == 1:
                took[place].append(seconds)
    return Compared(name, *(median(times) for times in took))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="reports in the large database (1000000)")
    parser.add_argument("--small", type=int, default=10_000, help="reports in the small database (10000)")
    parser.add_argument("--facts", type=int, default=10_000_000, help="facts in the large database (10000000)")
    parser.add_argument("--quick", action="store_true", help="100000 reports instead, and fewer rounds")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="PART", help=f"{', '.join(PARTS)}, or words from the names of pages"
    )
    parser.add_argument("--rounds", type=int, default=15, help="how often each thing is measured (15)")
    parser.add_argument("--seconds", type=float, default=8, help="how long each round of intake lasts (8)")
    parser.add_argument("--cities", type=int, default=40, help=argparse.SUPPRESS)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the databases there and use them again")
    given = parser.parse_args()
    if given.quick:
        given.facts = min(given.facts, given.rows, 100_000)
        given.rows, given.rounds, given.seconds = min(given.rows, 100_000), min(given.rounds, 7), min(given.seconds, 4)
    return given


if __name__ == "__main__":
    main()
