"""What is counted of a fact, each measure once in Python and once in SQL: the consumer moves counts by the first, a
rebuild and `verify` count all facts by the second. A test holds them together.

The place of a measure is its place in `Cell.n`, so new ones are only added at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from lapor.lib.durations import BINS, bin_of
from lapor.reports.models import Outcome, State

from .buckets import Bucket
from .models import Fact


@dataclass(frozen=True)
class Measure:
    """`sql` is a condition on a fact, or a number where `is_sum`."""

    name: str
    sql: str
    of: Callable[[Fact], int | bool]
    is_sum: bool = False

    @property
    def aggregate(self) -> str:
        return f"coalesce(sum({self.sql}), 0)" if self.is_sum else f"count(*) FILTER (WHERE {self.sql})"


OPEN = f"bucket <> '{Bucket.SELESAI}'"
STEPS = ("verified", "assigned", "answered")  # reached once and for all; `ended` may be undone
LIMITS = ("verify", "respond", "resolve")
TIMES = (*STEPS, "ended")


def _in_bucket(bucket: Bucket) -> Measure:
    return Measure(bucket.value, f"bucket = '{bucket.value}'", lambda fact: fact.bucket == bucket)


def _reached(step: str) -> Measure:
    return Measure(step, f"{step}_on IS NOT NULL", lambda fact: getattr(fact, f"{step}_on") is not None)


def _waits(step: str) -> Measure:
    def of(fact: Fact) -> bool:
        return fact.bucket != Bucket.SELESAI and getattr(fact, f"{step}_on") is None

    return Measure(f"{step}_waiting", f"{step}_on IS NULL AND {OPEN}", of)


def _ended_as(outcome: Outcome) -> Measure:
    return Measure(f"outcome_{outcome.value}", f"outcome = '{outcome.value}'", lambda fact: fact.outcome == outcome)


def _some(name: str) -> tuple[Measure, Measure]:
    """How many reports had any, and how many there were."""
    return (
        Measure(f"with_{name}", f"{name} > 0", lambda fact: getattr(fact, name) > 0),
        Measure(name, name, lambda fact: int(getattr(fact, name)), is_sum=True),
    )


def _limit(step: str) -> tuple[Measure, Measure]:
    return (
        Measure(f"{step}_ended", f"{step}_late IS NOT NULL", lambda fact: getattr(fact, f"{step}_late") is not None),
        Measure(f"{step}_late", f"{step}_late > 0", lambda fact: (getattr(fact, f"{step}_late") or 0) > 0),
    )


def _took(step: str, place: int) -> Measure:
    def of(fact: Fact) -> bool:
        days = took(fact, step)
        return days is not None and bin_of(days) == place

    days = f"greatest({step}_on - received_on, 0)"
    upper = f" AND {days} < {BINS[place + 1]}" if place + 1 < len(BINS) else ""
    return Measure(f"{step}_bin_{place}", f"{days} >= {BINS[place]}{upper} AND {step}_on IS NOT NULL", of)


def took(fact: Fact, step: str) -> int | None:
    """Calendar days from receipt to the step; None while it was not reached."""
    on: date | None = getattr(fact, f"{step}_on")
    return None if on is None else max((on - fact.received_on).days, 0)


# The one measure that counts in the month in which reports ended, not in that of their receipt.
FLOW = "ended_in_month"

MEASURES: tuple[Measure, ...] = (
    Measure("received", "true", lambda fact: True),
    *map(_in_bucket, Bucket),
    *map(_reached, STEPS),
    *map(_waits, STEPS),
    *map(_ended_as, Outcome),
    *_some("hand_backs"),
    *_some("objections"),
    *_some("reopenings"),
    Measure("awaits_objection", f"state = '{State.OBJECTED}'", lambda fact: fact.state == State.OBJECTED),
    Measure("rated", "stars IS NOT NULL", lambda fact: fact.stars is not None),
    Measure("stars", "coalesce(stars, 0)", lambda fact: fact.stars or 0, is_sum=True),
    Measure("dealt_with", "dealt_with", lambda fact: bool(fact.dealt_with)),
    *(measure for step in LIMITS for measure in _limit(step)),
    Measure("users", "is_new_user", lambda fact: fact.is_new_user),
    Measure(FLOW, "false", lambda fact: False),
    *(_took(step, place) for step in TIMES for place in range(len(BINS))),
)
PLACE = {measure.name: place for place, measure in enumerate(MEASURES)}
_SCALAR = MEASURES[: PLACE[f"{TIMES[0]}_bin_0"]]

Sparse = dict[int, int]  # place of a measure → number that is not zero


def counted(fact: Fact) -> Sparse:
    """The measures of one fact that are not zero."""
    found = {place: int(n) for place, measure in enumerate(_SCALAR) if (n := measure.of(fact))}
    for step in TIMES:
        if (days := took(fact, step)) is not None:
            found[PLACE[f"{step}_bin_{bin_of(days)}"]] = 1
    return found
