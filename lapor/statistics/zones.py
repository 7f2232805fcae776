"""The counts of bodies that the compliance index is made from, and its formula."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import connection

from lapor.agencies.models import Agency
from lapor.agencies.picker import agencies_of
from lapor.lib import zones
from lapor.lib.months import shifted

from .boards.asking import span, today_of
from .models import Due, Scope, Series
from .sums import Asked, Period, by_key

FILE = Path(__file__).parent / "data" / "zones.json"
_MEASURES = (
    "received", "answered", "with_objections", "rated", "dealt_with",
    "respond_ended", "respond_late", "resolve_ended", "resolve_late",
)  # fmt: skip
COLUMNS = (*_MEASURES, "open_with_limit", "open_late")


@dataclass(frozen=True)
class Standing:
    """One body with its rounded counts and its index; no index where there is too little to say."""

    agency: Agency
    counts: dict[str, int]
    index: zones.Index | None


@lru_cache(maxsize=1)
def formula() -> dict[str, Any]:
    """The formula as it is published."""
    found: dict[str, Any] = json.loads(FILE.read_text())
    return found


def period(series: str, *, today: date) -> Period:
    """The months that the index is of: so many up to this one; of a synthetic year its own."""
    this = today.replace(day=1)
    if series == Series.SYNTHETIC:
        return span(series, today=today)
    return Period(shifted(this, 1 - formula()["months"]), this)


def bodies(region: str = "") -> list[Agency]:
    """The bodies of a place by name; without one the central ones."""
    if region:
        return list(agencies_of(region))
    return list(Agency.objects.filter(is_active=True, level=Agency.Level.CENTRAL).order_by("name"))


def standings(agencies: Sequence[Agency], *, today: date, series: str = Series.REAL) -> list[Standing]:
    """The standing of each of these bodies that has reports, in the order given."""
    keys = [str(agency.pk) for agency in agencies]
    found = by_key(Asked(period=period(series, today=today), series=series), Scope.AGENCY, keys, _MEASURES)
    open_now = _limits(keys, today=today_of(series, today=today), series=series)
    made = []
    for agency in agencies:
        sums, (with_limit, late) = found[str(agency.pk)], open_now.get(str(agency.pk), (0, 0))
        exact = {name: sums[name] for name in _MEASURES} | {"open_with_limit": with_limit, "open_late": late}
        counts = zones.rounded(exact, formula())
        if counts["received"]:
            made.append(Standing(agency, counts, zones.index(counts, formula())))
    return made


def _limits(keys: Collection[str], *, today: date, series: str) -> dict[str, tuple[int, int]]:
    """(open with a limit of an office, past it) of each body."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, sum(n), coalesce(sum(n) FILTER (WHERE due_on < %s), 0)"  # noqa: S608 -- a name of ours
            f" FROM {connection.ops.quote_name(Due._meta.db_table)}"
            " WHERE series = %s AND scope = %s AND key = ANY(%s) GROUP BY 1",
            [today, series, Scope.AGENCY, list(keys)],
        )
        return {key: (int(n), int(late)) for key, n, late in cursor.fetchall()}
