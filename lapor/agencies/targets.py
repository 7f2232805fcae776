"""How many places of each level shall have a body that works here, and by when: data/targets.csv, a proposal of this
project. The service's own aim was districts and villages by 2019; whoever decides a new one changes the file.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .connection import works_here
from .models import Agency, Region

_FILE = Path(__file__).parent / "data" / "targets.csv"
_NAMES: dict[str, str | Promise] = {
    "central": _("Instansi pusat"),
    "province": _("Provinsi"),
    "regency": _("Kabupaten dan kota"),
    "district": _("Kecamatan"),
    "village": _("Desa dan kelurahan"),
}
_LEVELS = {
    "province": Region.Level.PROVINCE,
    "regency": Region.Level.REGENCY,
    "district": Region.Level.DISTRICT,
    "village": Region.Level.VILLAGE,
}


@dataclass(frozen=True)
class Target:
    """Per cent of a level (`scope`), to be reached by the end of a day."""

    scope: str
    share: int
    by: date


@dataclass(frozen=True)
class Standing:
    """Where a level stands that day: `connected` of `total`, how many are wanted, and how many a month from now on."""

    name: str | Promise
    connected: int
    total: int
    target: Target
    wanted: int
    a_month: int | None  # None where it is reached, or the day is past

    @property
    def left(self) -> int:
        """How many are missing."""
        return max(0, self.wanted - self.connected)

    @property
    def is_late(self) -> bool:
        return self.left > 0 and self.a_month is None


@cache
def targets() -> tuple[Target, ...]:
    """Every line of the file, the centre first."""
    with _FILE.open(encoding="utf-8", newline="") as rows:
        return tuple(
            Target(row["scope"], int(row["share"]), date.fromisoformat(row["by"])) for row in csv.DictReader(rows)
        )


def standings(*, on: date) -> list[Standing]:
    """Each level against its target. A place counts once one body of its own works here."""
    return [standing(target, *_counted(target.scope, on=on), on=on) for target in targets()]


def standing(target: Target, connected: int, total: int, *, on: date) -> Standing:
    """What follows from the counts of one level."""
    wanted = -(-total * target.share // 100)
    left = max(0, wanted - connected)
    months = max(1, (target.by.year - on.year) * 12 + target.by.month - on.month)
    a_month = -(-left // months) if left and on <= target.by else None
    return Standing(_NAMES[target.scope], connected, total, target, wanted, a_month)


def _counted(scope: str, *, on: date) -> tuple[int, int]:
    """How many work here, of how many."""
    here = Agency.objects.filter(works_here(on), is_active=True)
    if scope == "central":
        return (
            here.filter(level=Agency.Level.CENTRAL).count(),
            Agency.objects.filter(level=Agency.Level.CENTRAL, is_active=True).count(),
        )
    level = _LEVELS[scope]
    places = here.filter(region__level=level).order_by().values("region").distinct().count()
    return places, Region.objects.filter(level=level).count()
