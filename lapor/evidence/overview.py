"""The operator's view, in numbers only: how far the tree has come, and what became of the heads on their way out."""

from __future__ import annotations

from dataclasses import dataclass

from . import heads, outbox, places, tree
from .models import Delivery, Head, Progress
from .sources import TABLES


@dataclass(frozen=True, kw_only=True)
class Overview:
    """`lag` counts rows that wait for their leaf; `places` is how many there are outside."""

    size: int
    lag: int
    head: Head | None
    places: int
    deliveries: list[Delivery]


def overview() -> Overview:
    """Counts along the indexes that the log itself reads by."""
    done = {row.source: row for row in Progress.objects.all()}
    return Overview(
        size=tree.size(),
        lag=sum(table.lag(done.get(table.source) or Progress(source=table.source)) for table in TABLES),
        head=heads.latest(),
        places=len(places.configured()),
        deliveries=outbox.recent(),
    )
