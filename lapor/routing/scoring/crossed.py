"""The same figures on the shipped messages themselves: each judged by a model that learned from the others.

Messages of one matter fall into one fold. Those held out (`examples.is_held_out`) are learned from only by the model
that a running system begins with. Nobody ever learns from the blind ones.
"""

from __future__ import annotations

from typing import Any

from lapor.routing.learning.examples import (
    BLIND,
    PRACTICE,
    SAMPLE,
    Example,
    is_held_out,
    of_sample,
    read_rows,
    rows_of,
    shipped,
)
from lapor.routing.learning.fit import FOLDS, fit, folds_of
from lapor.routing.learning.model import Asker
from lapor.routing.scoring.evaluate import Report, evaluate


def on_sample() -> Report:
    """The sample, each fold judged by a model of the other folds and all practice messages that are not held out."""
    rows, _broken = read_rows(SAMPLE)
    examples = of_sample()
    folds = dict(
        zip((one.id for one in examples), folds_of([one.group for one in examples], count=FOLDS).tolist(), strict=True)
    )
    practice = shipped(without=frozenset(one.digest for one in examples), holds_out=True)
    askers = {
        fold: Asker(fit([one for one in examples if folds[one.id] != fold] + practice).model) for fold in range(FOLDS)
    }
    return evaluate(rows, lambda example: askers[folds[example.id]])


def on_held_out() -> Report:
    """The practice messages that nobody learned from, judged by the model from all others."""
    rows = [row for row in rows_of(PRACTICE) if is_held_out(str(row.get("id", "")))]
    return _judged(rows, shipped(holds_out=True))


def on_blind() -> Report:
    """The messages that were written without sight of tables or model, judged by what a running system begins with."""
    return _judged(rows_of(BLIND), shipped())


def _judged(rows: list[dict[str, Any]], learned: list[Example]) -> Report:
    asker = Asker(fit(learned).model)

    def same(_example: Example) -> Asker:
        return asker

    return evaluate(rows, same)
