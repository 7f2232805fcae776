"""Reckons the compliance index anew from what is published: `python tools/recompute_zones.py rumus.json instansi.csv`.

Both files stand at /statistik/indeks/. Needs Python alone, nothing of LAPOR. Prints each body with its score and zone,
and ends with 1 where the file says something else.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any


def score_of(row: dict[str, str], formula: dict[str, Any]) -> float | None:
    """The mean of the good shares by weight, in points of 100; None with too few reports."""
    if int(row["received"]) < formula["least_reports"]:
        return None
    points = weights = 0.0
    for part in formula["parts"]:
        of = int(row[part["of"]])
        if of < formula["least_of_part"]:
            continue
        good = int(row[part["good"]]) if "good" in part else of - int(row[part["bad"]])
        points += part["weight"] * min(max(good, 0), of) / of
        weights += part["weight"]
    return round(100 * points / weights, 1) if weights else None


def zone_of(score: float | None, formula: dict[str, Any]) -> str:
    if score is None:
        return ""
    return str(next(zone["key"] for zone in formula["zones"] if score >= zone["from"]))


def main(formula_file: str, figures_file: str) -> int:
    formula = json.loads(Path(formula_file).read_text())
    wrong = 0
    with Path(figures_file).open(newline="") as file:
        for row in csv.DictReader(file):
            score = score_of(row, formula)
            zone = zone_of(score, formula)
            said = (row["score"], row["zone"])
            agrees = said == ("" if score is None else str(score), zone)
            wrong += not agrees
            published = "" if agrees else f" (published: {said})"
            sys.stdout.write(f"{row['agency']}: {'too few' if score is None else score} {zone}{published}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
