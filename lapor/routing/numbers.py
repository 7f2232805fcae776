"""How often the proposals were right, from what officers decided: by body, category, channel and language.

Figures come as counts with an interval (Wilson, 95%); whoever shows them leaves out what rests on too few decisions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from lapor.accounts.models import User
from lapor.agencies.models import Agency, Category
from lapor.routing import thresholds
from lapor.routing.models import Suggestion, Version
from lapor.routing.scoring.shares import interval_of
from lapor.routing.thresholds import ThresholdRefused

__all__ = ["ThresholdRefused"]

By = Literal["agency", "category", "channel", "language"]
ENOUGH = 30  # decisions; of fewer no share is told
_KEYS: dict[By, str] = {
    "agency": "decided_agency_id",
    "category": "decided_category",
    "channel": "channel",
    "language": "language",
}


@dataclass(frozen=True)
class Row:
    """Of `n` decided reports, `covered` had a sure proposal; of those `right` were kept and `overridden` changed.

    By category it is the category that was right or changed, else the body. `low` and `high` bound the share that was
    right; `drift` is its change against the period before, None if unknown.
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


@dataclass
class _Count:
    n: int = 0
    covered: int = 0
    right: int = 0

    @property
    def share(self) -> float | None:
        return self.right / self.covered if self.covered else None


def summary(since: date, until: date, by: By) -> list[Row]:
    """One row for each value, the most frequent first; both days are within. Nothing for days in the wrong order."""
    now = _counted(since, until, by)
    before = _counted(since - (until - since) - (date.resolution), since - date.resolution, by)
    labels = _labels(by, now)
    rows = []
    for key, count in now.items():
        low, high = interval_of(count.right, count.covered)
        earlier = before[key].share if key in before and before[key].covered >= ENOUGH else None
        drift = count.share - earlier if count.share is not None and earlier is not None else None
        rows.append(
            Row(
                key=key,
                label=labels.get(key, key),
                n=count.n,
                covered=count.covered,
                right=count.right,
                overridden=count.covered - count.right,
                low=low,
                high=high,
                drift=drift,
            )
        )
    return sorted(rows, key=lambda row: (-row.n, row.label))


def whole(rows: Sequence[Row], label: str) -> Row:
    """All rows of one summary as one; its drift is not known from theirs."""
    n, covered, right = (sum(getattr(row, name) for row in rows) for name in ("n", "covered", "right"))
    low, high = interval_of(right, covered)
    return Row("", label, n, covered, right, covered - right, low, high, drift=None)


def costliest_confusions(since: date, until: date, limit: int) -> list[Confusion]:
    """The overrides of a proposed body that happen most often."""
    rows = _decided(since, until).exclude(agency_id=None).exclude(decided_agency_id=None)
    pairs = Counter(
        (given, decided)
        for given, decided in rows.values_list("agency_id", "decided_agency_id").iterator()
        if given != decided
    )
    most = pairs.most_common(limit)
    names = _agencies({key for pair, _n in most for key in pair})
    total = sum(pairs.values())
    return [
        Confusion(names.get(given, str(given)), names.get(decided, str(decided)), n, n / total)
        for (given, decided), n in most
    ]


def current_model() -> ModelInfo | None:
    """The model in use; None while the rules decide alone."""
    row = Version.objects.filter(is_current=True).first()
    if row is None:
        return None
    unseen: dict[str, dict[str, Any]] = row.figures.get("unseen", {})
    figures = {name: float(figure["value"]) for name, figure in unseen.items()}
    return ModelInfo(row.version, row.trained_at, row.shipped_rows + row.decided_rows, figures)


def threshold() -> float:
    """The probability below which a proposal is not made."""
    return thresholds.newest()


def set_threshold(value: float, by: User, now: datetime) -> None:
    """Another threshold from now on. Refuses with `ThresholdRefused` what is no probability."""
    thresholds.set_to(value, by=by, now=now)


def _decided(since: date, until: date) -> Any:
    return Suggestion.objects.filter(suggested_on__range=(since, until), decided_at__isnull=False)


def _counted(since: date, until: date, by: By) -> dict[str, _Count]:
    found: dict[str, _Count] = {}
    rows = _decided(since, until).values_list(
        _KEYS[by], "abstained", "category", "decided_category", "agency_id", "decided_agency_id"
    )
    for key, abstained, category, decided_category, agency, decided_agency in rows.iterator():
        if decided_agency is None:
            continue  # verified, but not yet with a body
        count = found.setdefault(str(key), _Count())
        count.n += 1
        is_covered = bool(category) and not abstained if by == "category" else agency is not None
        is_right = category == decided_category if by == "category" else agency == decided_agency
        count.covered += is_covered
        count.right += is_covered and is_right
    return found


def _labels(by: By, keys: Iterable[str]) -> dict[str, str]:
    if by == "agency":
        return {str(key): name for key, name in _agencies({int(key) for key in keys}).items()}
    if by == "category":
        return dict(Category.objects.filter(slug__in=list(keys)).values_list("slug", "name"))
    return {}


def _agencies(keys: set[int]) -> dict[int, str]:
    return dict(Agency.objects.filter(pk__in=keys).values_list("pk", "name"))
