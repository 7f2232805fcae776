"""Where a fact counts: in which scopes, divided by what, in which month. One table for Python and SQL alike.

A sealed report counts in the whole only: a small cell would point at it. A confidential one counts in the nation, the
province, the regency and the body, but not in what the last three are divided into and not in a district or village:
there, what is counted less what is published would point at it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lapor.reports.models import Visibility

from .models import Facet, Fact, Scope

Line = tuple[str, str, str, str, date]  # scope, key, facet, value, month


@dataclass(frozen=True)
class Where:
    """One way in which facts are counted. `key` and `value` are columns of a fact ("" for none)."""

    scope: Scope
    key: str
    facet: Facet = Facet.ALL
    value: str = ""
    is_open_only: bool = False  # not the confidential ones
    is_yearly: bool = False

    @property
    def sql_condition(self) -> str:
        """Which facts count here."""
        sealed, confidential = f"visibility <> '{Visibility.SEALED}'", f"visibility = '{Visibility.PUBLIC}'"
        parts = [] if self.is_whole else [confidential if self.is_open_only else sealed]
        parts += [f"{self._text(self.key)} <> ''"] if self.key else []
        parts += [f"{self.value} <> ''"] if self.value else []
        return " AND ".join(parts) or "true"

    @property
    def sql_key(self) -> str:
        return self._text(self.key)

    @property
    def sql_value(self) -> str:
        return self.value or "''"

    def sql_month(self, day: str) -> str:
        return f"date_trunc('{'year' if self.is_yearly else 'month'}', {day})::date"

    @property
    def is_whole(self) -> bool:
        return self.scope == Scope.ALL and self.facet == Facet.ALL

    @staticmethod
    def _text(column: str) -> str:
        return f"coalesce({column}::text, '')" if column.endswith("_id") else column or "''"


_DIVIDED = ((Facet.KIND, "kind"), (Facet.CHANNEL, "channel"), (Facet.CATEGORY, "category"))
_SCOPES = (
    (Scope.ALL, ""),
    (Scope.PROVINCE, "province"),
    (Scope.REGENCY, "regency"),
    (Scope.AGENCY, "agency_id"),
)
TABLE: tuple[Where, ...] = (
    *(Where(scope, key) for scope, key in _SCOPES),
    *(
        Where(scope, key, facet, value, is_open_only=scope != Scope.ALL)
        for scope, key in _SCOPES
        for facet, value in _DIVIDED
    ),
    Where(Scope.DISTRICT, "district", is_open_only=True),
    Where(Scope.VILLAGE, "village", is_open_only=True, is_yearly=True),
)
DUE_TABLE: tuple[Where, ...] = tuple(Where(scope, key) for scope, key in _SCOPES)


def places(fact: Fact, table: tuple[Where, ...] = TABLE) -> Iterator[tuple[Where, str, str]]:
    """(where, key, value) of every line that the fact counts in."""
    for where in table:
        if not where.is_whole and not _is_counted(fact, where):
            continue
        key = str(_column(fact, where.key))
        value = str(_column(fact, where.value))
        if (key or not where.key) and (value or not where.value):
            yield where, key, value


def lines(fact: Fact, day: date) -> Iterator[Line]:
    """The cells of one fact for what belongs to the month of `day`."""
    month, year = day.replace(day=1), day.replace(month=1, day=1)
    for where, key, value in places(fact):
        yield where.scope.value, key, where.facet.value, value, year if where.is_yearly else month


def _is_counted(fact: Fact, where: Where) -> bool:
    if where.is_open_only:
        return fact.visibility == Visibility.PUBLIC
    return fact.visibility != Visibility.SEALED


def _column(fact: Fact, name: str) -> object:
    found = getattr(fact, name) if name else ""
    return "" if found is None else found
