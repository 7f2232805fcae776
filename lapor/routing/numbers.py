"""How often the proposals were right, from what officers decided: by body, category, channel and language.

Figures come as counts with an interval (Wilson, 95%); whoever shows them leaves out what rests on too few decisions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from lapor.accounts.models import User

By = Literal["agency", "category", "channel", "language"]
ENOUGH = 30  # decisions; of fewer no share is told
THRESHOLD = 0.6


@dataclass(frozen=True)
class Row:
    """Of `n` decided reports, `covered` had a sure proposal; of those `right` were kept and `overridden` changed.

    `low` and `high` bound the share that was right; `drift` is its change against the period before, None if unknown.
    """

    key: str
    label: str
    n: int
    covered: int
    right: int
    overridden: int
    low: float
    high: float
    drift: float | None


@dataclass(frozen=True)
class Confusion:
    """A body that was proposed, the one that officers chose instead, how often, and the share of all overrides."""

    given: str
    decided: str
    n: int
    share: float


@dataclass(frozen=True)
class ModelInfo:
    """The model in use; `figures` are those of its evaluation, by name."""

    version: str
    trained_at: datetime
    rows: int
    figures: dict[str, float] = field(default_factory=dict)


class ThresholdRefused(Exception):
    """Not a probability from 0 to 1; `reason` is a stable key."""

    reason = "no_such_threshold"


def summary(since: date, until: date, by: By) -> list[Row]:
    """One row for each value, the most frequent first."""
    return []


def costliest_confusions(since: date, until: date, limit: int) -> list[Confusion]:
    """The overrides that happen most often."""
    return []


def current_model() -> ModelInfo | None:
    """The model in use; None while the rules decide alone."""
    return None


def threshold() -> float:
    """The probability below which a proposal is not made."""
    return THRESHOLD


def set_threshold(value: float, by: User, now: datetime) -> None:
    """Another threshold from now on. Refuses with `ThresholdRefused` what is no probability."""
    if not 0 <= value <= 1:
        raise ThresholdRefused
