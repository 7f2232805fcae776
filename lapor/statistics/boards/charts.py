"""The charts of a dashboard, each drawn from the table that stands beneath it: what that hides is not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lapor.lib.drawing import Drawing, bars, columns
from lapor.lib.durations import Range

from . import tiles
from .values import Missing, Share, Table, Value, text

# What the map may be coloured by: key in the address → column of the table of places.
COLOURED = {
    "laporan": "received",
    "selesai": "percent_done",
    "terlambat": "percent_late",
    "waktu": "median_days_to_answer",
}


def of_table(table: Table) -> Drawing | None:
    """The chart of a table by its name; None where a table alone says it best."""
    match table.name:
        case "langkah":
            return bars(table.title, [_bar(row, with_share=True) for row in table.rows])
        case "sebaran":
            return columns(table.title, [_short(row[0]) for row in table.rows], [("", _numbers(table, 1))])
        case "bulan":
            names = [text(row[0]) for row in table.rows]
            series = [(str(table.heads[place]), _numbers(table, place)) for place in (1, 2)]
            return columns(table.title, names, series)
        case "usia":
            return bars(table.title, [_bar(row) for row in table.rows], colour="two")
    return None


def coloured_by() -> dict[str, str]:
    """What the map may be coloured by, in words."""
    return {
        "laporan": _("Jumlah laporan"),
        "selesai": _("Bagian yang selesai"),
        "terlambat": _("Jawaban terlambat"),
        "waktu": _("Setengahnya dijawab dalam"),
    }


@dataclass(frozen=True)
class Coloured:
    """What a map shows of each place, by its code, and what its colours mean."""

    title: str
    tiles: dict[str, tiles.Tile]
    legend: list[str]

    @property
    def hidden(self) -> str:
        return _("ditahan atau terlalu sedikit")


def provinces(table: Table, codes: Sequence[str], *, by: str) -> Drawing:
    """The map of provinces, coloured by one column of their table; `codes` are those of its rows."""
    found = coloured(table, codes, _("Provinsi menurut: %(what)s"), by=by)
    return tiles.draw(found.title, found.tiles, found.legend, hidden=found.hidden)


def regencies(table: Table, codes: Sequence[str], *, by: str) -> Coloured:
    """The regencies for a map of dots, coloured by one column of their table."""
    return coloured(table, codes, _("Kabupaten dan kota menurut: %(what)s"), by=by)


def coloured(table: Table, codes: Sequence[str], title: str, *, by: str) -> Coloured:
    """Each row of a table with the step of the scale that its figure falls into; what it hides has none."""
    place = table.keys.index(COLOURED[by])
    values = {code: row[place] for code, row in zip(codes, table.rows, strict=False)}
    known = {code: number for code, value in values.items() if (number := _number(value)) is not None}
    bounds = tiles.scale(list(known.values()))
    drawn = {}
    for code, row, link in zip(codes, table.rows, table.links, strict=False):
        step = tiles.step_of(known[code], bounds) if code in known else None
        drawn[code] = tiles.Tile(says=f"{row[0]}: {text(values[code])}", link=link, step=step)
    return Coloured(title % {"what": coloured_by()[by]}, drawn, _legend(sorted(known.values()), bounds, by=by))


def _legend(found: Sequence[float], bounds: Sequence[float], *, by: str) -> list[str]:
    if not found:
        return []
    unit = {"laporan": "", "waktu": " " + _("hari")}.get(by, "%")
    edges = [found[0], *bounds]
    lines = []
    for place, low in enumerate(edges):
        inside = [n for n in found if n >= low and (place + 1 == len(edges) or n < edges[place + 1])]
        first, last = (f"{n:,.0f}".replace(",", ".") for n in (inside[0], inside[-1]))
        lines.append(f"{first}{unit}" if first == last else f"{first}–{last}{unit}")
    return lines


def _number(value: Value) -> float | None:
    match value:
        case Missing() | str():
            return None
        case Share():
            return value.percent
        case Range():
            return value.first
        case int() | float():
            return value
    return None


def _numbers(table: Table, place: int) -> list[int | None]:
    return [row[place] if isinstance(row[place], int) else None for row in table.rows]  # type: ignore[misc]


def _bar(row: Sequence[Value], *, with_share: bool = False) -> tuple[str, int, str]:
    n = row[1] if isinstance(row[1], int) else 0
    words = text(row[1])
    if with_share and isinstance(row[2], Share):
        words = f"{words} ({text(row[2])})"
    return str(row[0]), n, words


def _short(value: Value) -> str:
    """The range alone: its unit stands in the title."""
    assert isinstance(value, Range)
    if value.last is None:
        return f">{value.first - 1}"
    return str(value.first) if value.is_exact else f"{value.first}–{value.last}"
