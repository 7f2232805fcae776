"""The figures that pages show: a handful of rows, whatever the number of reports."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from .buckets import Bucket
from .models import Scope, Tally


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How many reports are in each bucket."""

    belum: int = 0
    proses: int = 0
    selesai: int = 0

    @property
    def total(self) -> int:
        return self.belum + self.proses + self.selesai


def figures(scope: str = Scope.ALL, key: str | int = "") -> Figures:
    """The three buckets of one scope: all, or one province, regency (by code), agency (by id) or category (by slug)."""
    return figures_of(scope, [key])[str(key)]


def figures_of(scope: str, keys: Collection[str | int]) -> dict[str, Figures]:
    """The buckets of many keys of one scope in one query; a key without reports has zeros."""
    found: dict[str, dict[str, int]] = {str(key): {} for key in keys}
    rows = Tally.objects.filter(scope=scope, key__in=found, bucket__in=Bucket.values)
    for key, bucket, n in rows.values_list("key", "bucket", "n"):
        found[key][bucket] = n
    return {key: Figures(**counts) for key, counts in found.items()}
