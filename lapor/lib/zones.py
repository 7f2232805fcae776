"""A compliance index from counts, by a formula that is data: score, how sure it is, zone, and what would lift it.

The score is the mean of the good shares by their weights, 0 to 100. A part with too few cases is left out. The
interval is that of a sum of shares (Agresti and Coull 1998 for each, 95 per cent): two bodies whose intervals overlap
cannot be told apart, which is why nobody is ranked by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any

Formula = Mapping[str, Any]
Counts = Mapping[str, int]


@dataclass(frozen=True)
class Part:
    """One part of the score: `good` of `of` cases, with a share in 0..1."""

    key: str
    weight: int
    good: int
    of: int

    @property
    def share(self) -> float:
        return self.good / self.of


@dataclass(frozen=True)
class Lift:
    """What alone would bring the next zone: so many more good cases of one part."""

    key: str
    cases: int
    of: int


@dataclass(frozen=True)
class Index:
    """The index of one body; `surely` is the zone in which the whole interval lies, if it does."""

    score: float
    low: float
    high: float
    zone: str
    surely: str | None
    parts: tuple[Part, ...]
    next_zone: str | None
    lifts: tuple[Lift, ...]


def rounded(counts: Counts, formula: Formula) -> dict[str, int]:
    """The counts as they are published and reckoned with: to the nearest multiple, halves up."""
    base = formula["rounding"]
    return {name: (n + base // 2) // base * base for name, n in counts.items()}


def index(counts: Counts, formula: Formula) -> Index | None:
    """The index from rounded counts; None with fewer reports than the formula asks for, or no part to reckon with."""
    parts = _parts(counts, formula)
    if counts["received"] < formula["least_reports"] or not parts:
        return None
    weight = sum(part.weight for part in parts)
    score = round(100 * sum(part.weight * part.share for part in parts) / weight, 1)
    spread = 196 * sqrt(sum(_variance(part) * part.weight**2 for part in parts)) / weight
    low, high = round(max(score - spread, 0), 1), round(min(score + spread, 100), 1)
    zone = zone_of(score, formula)
    above = _next(zone, formula)
    return Index(
        score=score,
        low=low,
        high=high,
        zone=zone,
        surely=zone if zone_of(low, formula) == zone_of(high, formula) else None,
        parts=parts,
        next_zone=above["key"] if above else None,
        lifts=_lifts(parts, weight, above["from"] - score) if above else (),
    )


def zone_of(score: float, formula: Formula) -> str:
    """The zone with the highest bound that the score reaches."""
    found: str = next(zone["key"] for zone in formula["zones"] if score >= zone["from"])
    return found


def _parts(counts: Counts, formula: Formula) -> tuple[Part, ...]:
    made = []
    for part in formula["parts"]:
        of = counts[part["of"]]
        good = counts[part["good"]] if "good" in part else of - counts[part["bad"]]
        if of >= formula["least_of_part"]:
            made.append(Part(part["key"], part["weight"], min(max(good, 0), of), of))
    return tuple(made)


def _variance(part: Part) -> float:
    share = (part.good + 2) / (part.of + 4)
    return share * (1 - share) / (part.of + 4)


def _next(zone: str, formula: Formula) -> Mapping[str, Any] | None:
    better = [found for found in formula["zones"] if found["key"] != zone]
    own = next(found for found in formula["zones"] if found["key"] == zone)
    higher = [found for found in better if found["from"] > own["from"]]
    return min(higher, key=lambda found: found["from"], default=None)


def _lifts(parts: tuple[Part, ...], weight: int, missing: float) -> tuple[Lift, ...]:
    """Each part that alone could bring so many points, with how many cases that takes; the heaviest part first."""
    found = []
    for part in parts:
        cases = ceil(missing / 100 * weight / part.weight * part.of - 1e-9)
        if 0 < cases <= part.of - part.good:
            found.append(Lift(part.key, cases, part.of))
    return tuple(found)
