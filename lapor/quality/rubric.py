"""By what an answer is scored, as data (data/rubric.csv): five points of 0 to 2, so 0 to 10 in all.

A version is never changed; each sample keeps the one it was drawn with. Whether the answer was on time is counted from
the deadlines, not judged by a reader.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.translation import get_language

_FILE: Final = Path(__file__).parent / "data" / "rubric.csv"
HIGHEST: Final = 2  # of one point
ON_TIME: Final = "on_time"
WEAK: Final = 4.0  # a total up to this is weak: the reader is offered to send the answer back


@dataclass(frozen=True, kw_only=True)
class Point:
    """One line of the rubric. `by_reader` is False for what the service counts itself."""

    version: str
    since: date
    key: str
    by_reader: bool
    text_id: str
    text_en: str
    levels_id: tuple[str, str, str]
    levels_en: tuple[str, str, str]

    @property
    def text(self) -> str:
        return self.text_en if _is_english() else self.text_id

    @property
    def levels(self) -> tuple[str, str, str]:
        """What 0, 1 and 2 mean."""
        return self.levels_en if _is_english() else self.levels_id


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


@cache
def rubrics() -> dict[str, tuple[Point, ...]]:
    """Every version with its points in their order."""
    found: dict[str, list[Point]] = {}
    with _FILE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            point = Point(
                version=row["version"],
                since=date.fromisoformat(row["from"]),
                key=row["key"],
                by_reader=row["by"] == "reader",
                text_id=row["text_id"],
                text_en=row["text_en"],
                levels_id=(row["low_id"], row["middle_id"], row["high_id"]),
                levels_en=(row["low_en"], row["middle_en"], row["high_en"]),
            )
            found.setdefault(point.version, []).append(point)
    return {version: tuple(points) for version, points in found.items()}


def version_on(day: date) -> str:
    """The version in force on a day; the first one for days before any."""
    versions = [(points[0].since, version) for version, points in rubrics().items()]
    return max([pair for pair in versions if pair[0] <= day] or versions[:1])[1]


def total(points: Mapping[str, int]) -> float:
    return float(sum(points.values()))


def most(version: str) -> float:
    """The highest total."""
    return float(HIGHEST * len(rubrics()[version]))
