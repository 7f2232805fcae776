"""One dashboard: what is asked, whether it may be shown at all, and its tables.

What a table above hides stays hidden on the page of its own: a place or a slice that the table of the place above holds
back has no figures here either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from lapor.agencies.models import Agency, Category, Region
from lapor.agencies.picker import agencies_of
from lapor.agencies.places import children_of
from lapor.lib.months import shifted
from lapor.lib.suppression import Row, Shown, hide, is_small
from lapor.reports.models import Channel, Cursor, Kind

from ..count import CONSUMER
from ..models import Facet, Scope, Succession
from ..sums import Asked, Limits, Period, Sums, by_key, by_month, by_value, limits, total

PARTS = ("belum", "proses", "selesai")
OF_LEVEL = {
    Region.Level.PROVINCE: Scope.PROVINCE,
    Region.Level.REGENCY: Scope.REGENCY,
    Region.Level.DISTRICT: Scope.DISTRICT,
    Region.Level.VILLAGE: Scope.VILLAGE,
}
BEGIN = date(2011, 1, 1)  # before the first report that can be taken over
ROW = ("received", *PARTS, "resolve_ended", "resolve_late", "answered", "answered_waiting")
ANSWERED_BINS = tuple(f"answered_bin_{place}" for place in range(16))


@dataclass(frozen=True)
class Divided:
    """Rows of a table with what may be shown of each: (key, name, figures, what of its counts is shown)."""

    rows: list[tuple[str, str, Sums, Row]]
    rest: int | None


@dataclass
class Board:
    """The figures of a nation, place or body in a period. `today` decides what is late."""

    asked: Asked
    today: date
    region: Region | None = None
    agency: Agency | None = None

    @cached_property
    def sums(self) -> Sums:
        return total(self.asked)

    @cached_property
    def is_withheld(self) -> bool:
        """Whether nothing may be shown: too few, or a number that a table above holds back."""
        if is_small(self.sums["received"]):
            return True
        if self.asked.facet != Facet.ALL:
            if self.plain.is_withheld:
                return True
            found = {key: row for key, _name, _sums, row in self.plain.slices(self.asked.facet).rows}
            if (row := found.get(self.asked.value)) is not None and row.total is None:
                return True
        if self.region is None:
            return False
        above = self.above
        if above.is_withheld:
            return True
        rows = {key: row for key, _name, _sums, row in above.places.rows}
        return rows[self.region.code].total is None if self.region.code in rows else False

    @cached_property
    def plain(self) -> Board:
        """The same without what it is narrowed by; above it stands that of the place above."""
        plain = replace(self, asked=replace(self.asked, facet=Facet.ALL, value=""))
        if self.region is not None and self.asked.facet != Facet.ALL:
            plain.above = self.above.plain  # asked once, whichever way it is come to
        return plain

    @cached_property
    def above(self) -> Board:
        """The same figures of the place above; of the nation for a province."""
        assert self.region is not None
        place = self.region.parent
        scope = OF_LEVEL[Region.Level(place.level)] if place else Scope.ALL
        asked = replace(self.asked, scope=scope, key=place.code if place else "")
        if self.asked.scope == Scope.VILLAGE:
            asked = replace(asked, period=asked.period.whole_years())
        return Board(asked=asked, today=self.today, region=place)

    @cached_property
    def whole(self) -> Row:
        """The three buckets."""
        parts = self.sums.parts
        return Row(sum(parts), None if any(map(is_small, parts)) else parts)

    @cached_property
    def children(self) -> list[Region]:
        return list(children_of(self.region.code if self.region else None)) if self.agency is None else []

    @cached_property
    def places(self) -> Divided:
        """The places directly below; villages by whole years."""
        if not self.children:
            return Divided([], None)
        scope = OF_LEVEL[Region.Level(self.children[0].level)]
        asked = self.asked
        if scope == Scope.VILLAGE:
            asked = replace(asked, period=asked.period.whole_years())
        whole = self.sums if asked is self.asked else total(asked)
        found = by_key(asked, scope, [place.code for place in self.children], [*ROW, *ANSWERED_BINS])
        return _divided([(place.code, place.name) for place in self.children], found, whole)

    @cached_property
    def regencies(self) -> Divided:
        """All regencies of the nation, each as the table of its own province shows it; not where it is narrowed."""
        if self.region is not None or self.agency is not None or self.asked.facet != Facet.ALL:
            return Divided([], None)
        every: dict[str, list[tuple[str, str]]] = {}
        regencies = Region.objects.filter(parent__in=[province.code for province in self.children]).order_by("name")
        for code, name in regencies.values_list("code", "name"):
            every.setdefault(code[:2], []).append((code, name))
        keys = [code for below in every.values() for code, _name in below]
        found = by_key(self.asked, Scope.REGENCY, keys, [*ROW, *ANSWERED_BINS])
        rows: list[tuple[str, str, Sums, Row]] = []
        for province, name, sums, row in self.places.rows:
            below = [(code, f"{own}, {name}") for code, own in every.get(province, [])]
            if self.is_withheld or row.total is None:
                rows += [(code, words, found[code], Row(None, None)) for code, words in below]
            else:
                rows += _divided(below, found, sums).rows
        return Divided(rows, None)

    @cached_property
    def bodies(self) -> Divided:
        """The bodies of this place, of the nation the central ones; each by its own figures."""
        if self.agency is not None or self.asked.scope in {Scope.DISTRICT, Scope.VILLAGE}:
            return Divided([], None)
        if self.region is not None:
            every = list(agencies_of(self.region.code))
        else:
            every = list(Agency.objects.filter(is_active=True, level=Agency.Level.CENTRAL).order_by("name"))
        found = by_key(self.asked, Scope.AGENCY, [str(body.pk) for body in every], [*ROW, *ANSWERED_BINS])
        rows = []
        for body in every:
            sums = found[str(body.pk)]
            n = sums["received"]
            parts = None if any(map(is_small, sums.parts)) else sums.parts
            if n:
                rows.append((body.slug, body.name, sums, Row(None if is_small(n) else n, parts)))
        return Divided(rows, None)

    def slices(self, facet: str) -> Divided:
        """Divided by kind, channel or category."""
        found = by_value(self.asked, facet, [*ROW, *ANSWERED_BINS])
        names = self._names(facet)
        rows = [
            (value, names.get(value, value)) for value in [*names, *sorted(set(found) - set(names))] if value in found
        ]
        return _divided(rows, found, self.sums)

    @cached_property
    def months(self) -> Divided:
        """By month of receipt, with what ended in that month whenever it had come in."""
        if self.asked.scope == Scope.VILLAGE:
            return Divided([], None)
        found = by_month(self.asked, [*ROW, "ended_in_month"])
        rows = [(month.isoformat(), month) for month in self.asked.period.months]
        by_text = {month.isoformat(): sums for month, sums in found.items()}
        table = [(by_text.get(key, Sums())["received"],) for key, _month in rows]
        shown = hide(table, [sum(n for (n,) in table)], has_rest=False)
        return Divided(
            [(key, key[:7], by_text.get(key, Sums()), row) for (key, _m), row in zip(rows, shown.rows, strict=True)],
            None,
        )

    @cached_property
    def ever(self) -> dict[date, Sums]:
        """What is open now by month of receipt, and what came and went, from the first month to this one."""
        names = ["received", "belum", "proses", "ended_in_month", "awaits_objection"]
        return by_month(self.asked, names, period=Period(BEGIN, self.today.replace(day=1)))

    @property
    def open_now(self) -> int:
        return sum(sums.open for sums in self.ever.values())

    @property
    def flow(self) -> tuple[float, float]:
        """(received, ended) a month, on average of the last three whole months."""
        months = [shifted(self.today, -back) for back in (1, 2, 3)]
        found = [self.ever.get(month, Sums()) for month in months]
        return sum(sums["received"] for sums in found) / 3, sum(sums["ended_in_month"] for sums in found) / 3

    @cached_property
    def limits(self) -> Limits | None:
        """What is late now and soon; not where it is narrowed, nor in places below the regency."""
        if self.asked.facet != Facet.ALL or self.asked.scope in {Scope.DISTRICT, Scope.VILLAGE}:
            return None
        return limits(self.asked.scope, self.asked.key, today=self.today, series=self.asked.series)

    @cached_property
    def successions(self) -> list[Succession]:
        """What went over to this place or body, and to whom it went over."""
        if self.region is not None:
            mine, what = self.region.code, Succession.What.REGION
        elif self.agency is not None:
            mine, what = self.agency.slug, Succession.What.AGENCY
        else:
            return []
        return [row for row in Succession.objects.filter(what=what).order_by("since") if mine in {row.old, row.new}]

    @cached_property
    def read_at(self) -> object:
        """When the consumer last read something."""
        return Cursor.objects.filter(consumer=CONSUMER).values_list("moved_at", flat=True).first()

    @staticmethod
    def _names(facet: str) -> dict[str, str]:
        match facet:
            case Facet.KIND:
                return {key: str(words) for key, words in Kind.choices}
            case Facet.CHANNEL:
                return {key: str(words) for key, words in Channel.choices}
        return {category.slug: str(category) for category in Category.objects.all()}


def _divided(rows: Sequence[tuple[str, str]], found: dict[str, Sums], whole: Sums) -> Divided:
    """What may be shown of each row. Where a place came over from another one the rows may exceed the whole of old."""
    table = [found.get(key, Sums()).parts for key, _name in rows]
    sums = [max(n, sum(row[place] for row in table)) for place, n in enumerate(whole.parts)]
    shown: Shown = hide(table, sums, has_rest=True)
    return Divided(
        [(key, name, found.get(key, Sums()), row) for (key, name), row in zip(rows, shown.rows, strict=True)],
        shown.rest,
    )
