"""One point for each regency and city, for dots on a map: made from GeoNames (`data/NOTICE`); no centres of law."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "points.csv"


@dataclass(frozen=True)
class Point:
    """Degrees by WGS 84. `basis` is seat, place, middle or hand: how the point was found."""

    latitude: float
    longitude: float
    basis: str


@cache
def points() -> dict[str, Point]:
    """The points by the code of the regency."""
    with DATA.open(encoding="ascii", newline="") as file:
        return {
            row["code"]: Point(float(row["latitude"]), float(row["longitude"]), row["basis"])
            for row in csv.DictReader(file)
        }
