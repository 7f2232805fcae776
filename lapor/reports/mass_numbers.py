"""The numbers of mass reports, from a table that a person can read and correct (`data/mass_reports.csv`)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "mass_reports.csv"


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """From how many reports on, within how many days and how alike (0 to 1), a mass report is offered; how alike others
    must be in their words to be shown as similar; from how many people on the public reads a number.
    """

    least: int
    within: timedelta
    alike: float
    shown: float
    counted_publicly: int


@lru_cache(maxsize=1)
def numbers() -> Numbers:
    """The table as it was when the process began."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        found = {row["name"]: int(row["value"]) for row in csv.DictReader(file)}
    return Numbers(
        least=found["least"],
        within=timedelta(days=found["days"]),
        alike=found["alike"] / 100,
        shown=found["shown"] / 100,
        counted_publicly=found["counted_publicly"],
    )
