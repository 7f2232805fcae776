"""How sure a share or a mean from a sample is: intervals of 95 per cent."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, NamedTuple

Z: Final = 1.959964  # of the normal distribution, two-sided 95 per cent


class Estimate(NamedTuple):
    """A value with the ends of its interval, in the unit of the value."""

    value: float
    low: float
    high: float


class Stratum(NamedTuple):
    """One part of what a sample was drawn from: how many there are, and the values of those that were drawn."""

    size: int
    values: tuple[float, ...]


def share(good: int, total: int) -> Estimate:
    """The share of good ones with Wilson's score interval (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927), which holds for
    small numbers and at 0 and 1 too. `ValueError` for none or for more good ones than there are.
    """
    if not 0 <= good <= total or total == 0:
        raise ValueError("no share of nothing")
    p, z2 = good / total, Z * Z
    middle = (p + z2 / (2 * total)) / (1 + z2 / total)
    half = Z * math.sqrt(p * (1 - p) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    return Estimate(p, max(0.0, min(p, middle - half)), min(1.0, max(p, middle + half)))


def stratified_mean(strata: Iterable[Stratum], *, least: float, most: float) -> Estimate:
    """The mean of all from a stratified sample without replacement, with its interval, cut to [least, most].

    W. G. Cochran, Sampling Techniques (3rd ed., 1977), ch. 5: weights by size, the finite population counted in. A
    stratum of which one alone was drawn takes the variance within all strata together; when no stratum has two, that of
    all values. Strata without values are left out, so the mean is that of the others. `ValueError` for no values.
    """
    read = [one for one in strata if one.values]
    if not read:
        raise ValueError("no mean of nothing")
    total = sum(one.size for one in read)
    pooled = _pooled(read)
    value = sum(one.size / total * _mean(one.values) for one in read)
    variance = 0.0
    for one in read:
        n = len(one.values)
        within = _variance(one.values) if n > 1 else pooled
        variance += (one.size / total) ** 2 * (1 - n / max(one.size, n)) * within / n
    half = Z * math.sqrt(variance)
    return Estimate(value, max(least, value - half), min(most, value + half))


def _mean(values: tuple[float, ...]) -> float:
    return sum(values) / len(values)


def _variance(values: tuple[float, ...]) -> float:
    mean = _mean(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)


def _pooled(read: list[Stratum]) -> float:
    several = [one for one in read if len(one.values) > 1]
    if several:
        freedom = sum(len(one.values) - 1 for one in several)
        return sum((len(one.values) - 1) * _variance(one.values) for one in several) / freedom
    every = tuple(value for one in read for value in one.values)
    return _variance(every) if len(every) > 1 else 0.0
