"""Whether the worker lives: since when nothing was heard of it, and which of its jobs fail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from .models import Beat

WORKER = "worker"
SILENT_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Signs:
    """`heard_at` is None where no worker ever ran; `failing` are the jobs whose last run ended badly."""

    heard_at: datetime | None
    silent_for: timedelta | None
    failing: list[Beat]

    @property
    def is_silent(self) -> bool:
        return self.silent_for is None or self.silent_for > SILENT_AFTER


def read(*, now: datetime) -> Signs:
    """The signs of life as they are now."""
    heard_at = Beat.objects.filter(name=WORKER).values_list("at", flat=True).first()
    return Signs(
        heard_at=heard_at,
        silent_for=now - heard_at if heard_at else None,
        failing=list(Beat.objects.filter(failures__gt=0).order_by("name")),
    )
