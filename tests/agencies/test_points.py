"""The points of regencies: one for each, in Indonesia, beside those of the same province, and no two alike."""

from __future__ import annotations

import math

import pytest

from lapor.agencies.points import Point, points
from lapor.agencies.reference import read_regions

# What an atlas says, to a quarter of a degree.
KNOWN = {
    "11.71": (5.55, 95.32), "12.71": (3.59, 98.67), "13.09": (-2.04, 99.59), "21.03": (3.94, 108.39), "31.01": (-5.74, 106.61),
    "32.73": (-6.91, 107.61), "34.03": (-7.97, 110.60), "35.78": (-7.25, 112.75), "51.08": (-8.11, 115.09), "53.10": (-8.61, 120.46),
    "61.06": (0.83, 112.93), "64.03": (2.15, 117.50), "64.72": (-0.50, 117.15), "71.03": (3.61, 125.49), "73.71": (-5.14, 119.42),
    "81.08": (-8.15, 127.80), "91.71": (-2.53, 140.72), "93.01": (-8.49, 140.40), "94.04": (-4.55, 136.89), "95.01": (-4.09, 138.94),
}  # fmt: skip


def degrees(one: Point, other: Point) -> float:
    return math.hypot(one.latitude - other.latitude, one.longitude - other.longitude)


def test_each_regency_has_one_point_within_indonesia() -> None:
    regencies = {code for code, _name, _kind in read_regions() if code.count(".") == 1}
    assert set(points()) == regencies and len(regencies) == 514
    assert all(-11.1 < point.latitude < 6.1 and 95 < point.longitude < 141.1 for point in points().values())
    assert {point.basis for point in points().values()} == {"seat", "place", "middle", "hand"}
    assert len({(point.latitude, point.longitude) for point in points().values()}) == 514


def test_no_point_lies_far_from_its_province() -> None:
    """Four degrees: as far as the islands in the south-west of Maluku are from the next regency of theirs."""
    for code, point in points().items():
        beside = [other for key, other in points().items() if key[:2] == code[:2] and key != code]
        assert min(degrees(point, other) for other in beside) < 4, code


@pytest.mark.parametrize("code", sorted(KNOWN))
def test_points_are_where_an_atlas_has_them(code: str) -> None:
    assert degrees(points()[code], Point(*KNOWN[code], "")) < 0.25
