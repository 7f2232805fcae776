"""Adds up cells: one question of a few rows for each table of a dashboard, whatever the number of reports."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db import connection

from lapor.agencies.models import Agency
from lapor.lib.durations import BINS, Range, median
from lapor.lib.months import shifted

from .measures import MEASURES, PLACE
from .models import Cell, Due, Facet, Scope, Series, Succession

SOON = timedelta(days=7)
_REGIONS = frozenset({Scope.PROVINCE, Scope.REGENCY, Scope.DISTRICT, Scope.VILLAGE})


@dataclass(frozen=True)
class Period:
    """Months of receipt, first and last included, each by its first day."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("the period ends before it begins")

    @property
    def months(self) -> list[date]:
        found, month = [], self.first
        while month <= self.last:
            found.append(month)
            month = shifted(month, 1)
        return found

    def whole_years(self) -> Period:
        return Period(self.first.replace(month=1), self.last.replace(month=12))


@dataclass(frozen=True)
class Asked:
    """What is to be counted: one scope, narrowed by at most one facet, in a period."""

    period: Period
    scope: str = Scope.ALL
    key: str = ""
    facet: str = Facet.ALL
    value: str = ""
    series: str = Series.REAL

    @cached_property
    def keys(self) -> list[str]:
        """The key and those whose figures went over to it."""
        return with_predecessors(self.scope, [self.key])[self.key] if self.key else [""]

    @property
    def counted_period(self) -> Period:
        """Of a village by whole years."""
        return self.period.whole_years() if self.scope == Scope.VILLAGE else self.period


@dataclass(frozen=True)
class Sums:
    """The measures of what was asked, by name; what was not counted is zero."""

    n: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> int:
        return self.n.get(name, 0)

    @property
    def parts(self) -> tuple[int, int, int]:
        return self["belum"], self["proses"], self["selesai"]

    @property
    def open(self) -> int:
        return self["belum"] + self["proses"]

    def bins(self, step: str) -> list[int]:
        return [self[f"{step}_bin_{place}"] for place in range(len(BINS))]

    def waiting(self, step: str) -> int:
        """Those that may still reach the step."""
        return self.open if step == "ended" else self[f"{step}_waiting"]

    def median(self, step: str, *, least: int) -> Range | None:
        """In how many days half of all had reached the step, those that still wait included; None with fewer than
        `least` or while fewer than half have.
        """
        bins, waiting = self.bins(step), self.waiting(step)
        return median(bins, waiting=waiting) if sum(bins) + waiting >= least else None


def total(asked: Asked) -> Sums:
    """All measures of what was asked."""
    return _grouped(asked, "''", list(PLACE)).get("", Sums())


def by_month(asked: Asked, names: Collection[str], *, period: Period | None = None) -> dict[date, Sums]:
    """Month by month, of another period where one is given."""
    found: dict[Any, Sums] = _grouped(replace(asked, period=period or asked.period), "month", names, keys=asked.keys)
    return found


def by_value(asked: Asked, facet: str, names: Collection[str]) -> dict[str, Sums]:
    """What was asked, divided by a facet. Nothing where it was narrowed by one already."""
    if asked.facet != Facet.ALL or asked.scope in {Scope.DISTRICT, Scope.VILLAGE}:
        return {}
    return _grouped(replace(asked, facet=facet), "value", names, keys=asked.keys, any_value=True)


def by_key(asked: Asked, scope: str, keys: Collection[str], names: Collection[str]) -> dict[str, Sums]:
    """The same of several keys of another scope, each with what went over to it."""
    old = with_predecessors(scope, keys)
    found = _grouped(replace(asked, scope=scope), "key", names, keys=[key for some in old.values() for key in some])
    return {key: _added([found[one] for one in some if one in found]) for key, some in old.items()}


@dataclass(frozen=True)
class Limits:
    """Of what is open now: how much is past its limit, and how much comes to it within a week."""

    late: int
    soon: int


def limits(scope: str, key: str, *, today: date, series: str = Series.REAL) -> Limits:
    """Counted from the days of the limits: it moves with the calendar, without an event."""
    keys = with_predecessors(scope, [key])[key] if key else [""]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(n) FILTER (WHERE due_on < %s), 0), coalesce(sum(n) FILTER (WHERE due_on >= %s), 0)"  # noqa: S608
            f" FROM {connection.ops.quote_name(Due._meta.db_table)}"
            " WHERE series = %s AND scope = %s AND key = ANY(%s) AND due_on <= %s",
            [today, today, series, scope, keys, today + SOON],
        )
        late, soon = cursor.fetchone()
    return Limits(int(late), int(soon))


def with_predecessors(scope: str, keys: Collection[str]) -> dict[str, list[str]]:
    """Each key with the old ones that have it as their one successor: merged regions and bodies, however often."""
    found = {key: [key] for key in keys}
    if scope in _REGIONS:
        merged = _merged(Succession.What.REGION)
    elif scope == Scope.AGENCY and (by_slug := _merged(Succession.What.AGENCY)):
        pks = dict(Agency.objects.filter(slug__in=[*by_slug, *by_slug.values()]).values_list("slug", "pk"))
        merged = {str(pks[old]): str(pks[new]) for old, new in by_slug.items() if old in pks and new in pks}
    else:
        merged = {}
    for old, new in merged.items():
        if new in found:
            found[new].append(old)
    return found


def _merged(what: str) -> dict[str, str]:
    """Every old key with the last one that it went over to; none that was split on the way."""
    successors: dict[str, list[str]] = {}
    for old, new in Succession.objects.filter(what=what).values_list("old", "new"):
        successors.setdefault(old, []).append(new)
    merged = {}
    for old in successors:
        last, seen = old, {old}
        while len(following := successors.get(last, [])) == 1 and following[0] not in seen:
            last = following[0]
            seen.add(last)
        if last != old and len(following) <= 1:
            merged[old] = last
    return merged


def _grouped(
    asked: Asked,
    group: str,
    names: Collection[str],
    *,
    keys: Collection[str] = (),
    any_value: bool = False,
) -> dict[str, Sums]:
    period = asked.counted_period
    sums = ", ".join(f"sum(coalesce(n[{PLACE[name] + 1}], 0))" for name in names)
    where = "series = %s AND scope = %s AND key = ANY(%s) AND facet = %s"
    given: list[Any] = [asked.series, asked.scope, list(keys) or asked.keys, asked.facet]
    if not any_value:
        where, given = f"{where} AND value = %s", [*given, asked.value]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {group}, {sums} FROM {connection.ops.quote_name(Cell._meta.db_table)}"  # noqa: S608 -- names of ours
            f" WHERE {where} AND month BETWEEN %s AND %s GROUP BY 1",
            [*given, period.first, period.last],
        )
        return {row[0]: Sums(dict(zip(names, map(int, row[1:]), strict=True))) for row in cursor.fetchall()}


def _added(several: Collection[Sums]) -> Sums:
    names = {name for sums in several for name in sums.n}
    return Sums({name: sum(sums[name] for sums in several) for name in names})


assert len(PLACE) == len(MEASURES)
