"""What each overseeing body may look into: `data/remits.csv`, with the law that says so. An overseer without a line
sees nothing; one who sits at the national administrator sees what that sees.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.db.models import Q

from lapor.agencies.models import Agency
from lapor.agencies.people import Post

_TABLE = Path(__file__).parent / "data" / "remits.csv"


@dataclass(frozen=True)
class Remit:
    """Reports of these kinds, about these bodies and those below them, in this region; empty means any."""

    kinds: tuple[str, ...]
    bodies: tuple[str, ...]
    region: str
    law: str

    @property
    def is_everything(self) -> bool:
        return not (self.kinds or self.bodies or self.region)

    def condition(self) -> Q:
        """The rows in this remit, as one condition of the table of reports."""
        found = Q()
        if self.kinds:
            found &= Q(kind__in=self.kinds)
        if self.bodies:
            within = Agency.objects.filter(Q(slug__in=self.bodies) | Q(parent__slug__in=self.bodies))
            found &= Q(agency__in=within.values("pk"))
        if self.region:
            found &= Q(region=self.region) | Q(region__code__startswith=f"{self.region}.")
        return found


EVERYTHING = Remit((), (), "", "")


@lru_cache(maxsize=1)
def table() -> dict[str, Remit]:
    """By the field of the overseeing body, as the file was when the process began."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {
            row["field"]: Remit(tuple(row["kinds"].split()), tuple(row["bodies"].split()), row["region"], row["law"])
            for row in csv.DictReader(file)
        }


def of_post(post: Post) -> Remit | None:
    """The remit of an overseer's post; None where it has none."""
    if post.agency_kind == Agency.Kind.NATIONAL_ADMIN:
        return EVERYTHING
    return table().get(post.agency_field)
