"""The scores that are shown: of closed samples only, to the public from `LEAST` read answers of a body on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from .models import Sample, Score
from .scoring import agreement

LEAST: Final = 10
SHOWN: Final = 40


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A closed sample with what may be shown of it. `kappa` is None where too few answers were read by two."""

    sample: Sample
    scores: list[Score]
    hidden: int
    by_two: int
    kappa: float | None


def closed() -> list[Sample]:
    """Samples whose reading has ended, newest first."""
    return list(Sample.objects.filter(closed_at__isnull=False).select_related("agency").order_by("-closed_at")[:SHOWN])


def shown(key: int) -> Shown | None:
    """One closed sample for the public; None for one that is not there or still read."""
    sample = Sample.objects.select_related("agency").filter(pk=key, closed_at__isnull=False).first()
    if sample is None:
        return None
    scores = list(sample.scores.select_related("agency").order_by("agency__name"))
    visible = [score for score in scores if score.read >= LEAST]
    by_two, kappa = agreement(sample)
    return Shown(
        sample=sample,
        scores=visible,
        hidden=len(scores) - len(visible),
        by_two=by_two,
        kappa=kappa if by_two >= LEAST else None,
    )


def of_bodies(agency_ids: Collection[int]) -> list[Score]:
    """Every score of these bodies, newest first, for their own people: it tells of answers that they gave."""
    rows = Score.objects.filter(agency__in=list(agency_ids)).select_related("agency", "sample__agency")
    return list(rows.order_by("-sample__closed_at")[:SHOWN])
