"""From when on silence is an alarm: `data/alarms.csv`, which a person can read and correct."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "alarms.csv"


@dataclass(frozen=True)
class Threshold:
    """One line: how much of which unit, and what is measured, in words for the page."""

    kind: str
    amount: int
    unit: str
    why: str


@lru_cache(maxsize=1)
def table() -> dict[str, Threshold]:
    """The file as it was when the process began."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = [Threshold(row["kind"], int(row["threshold"]), row["unit"], row["why"]) for row in csv.DictReader(file)]
    return {row.kind: row for row in rows}


def amount(kind: str) -> int:
    return table()[kind].amount
