"""Which tables have a map, and which map: provinces as tiles, regencies as dots."""

from __future__ import annotations

from lapor.agencies.models import Region
from lapor.lib.drawing import Drawing

from . import charts, dots
from .board import Board
from .values import Table

# The name of a picture → the table that it is drawn from.
PICTURES = {"peta": "wilayah", "peta-kabupaten": "kabupaten"}
# What the page shows of all regencies: what their map can be coloured by. The files have every column.
SHORT = ("name", *charts.COLOURED.values())


def of_regencies(board: Board, table: Table) -> list[str]:
    """The codes of the rows of a table of regencies; of any other table none."""
    if table.name == "kabupaten":
        return [code for code, _name, _sums, _row in board.regencies.rows]
    if table.name == "wilayah" and board.region is not None and board.region.level == Region.Level.PROVINCE:
        return [region.code for region in board.children]
    return []


def whole(board: Board, table: Table, *, by: str) -> Drawing | None:
    """The map of a table as one picture; None where the table has none."""
    if table.name == "wilayah" and board.region is None and board.agency is None:
        return charts.provinces(table, [region.code for region in board.children], by=by)
    if not (codes := of_regencies(board, table)):
        return None
    made = charts.regencies(table, codes, by=by)
    if table.name == "kabupaten":
        return dots.whole(made.title, made.tiles, made.legend, hidden=made.hidden)
    names = {region.code: region.name.removeprefix("Kabupaten ") for region in board.children}
    return dots.province(made.title, made.tiles, names, made.legend, hidden=made.hidden)


def drawings(board: Board, table: Table, *, by: str) -> list[tuple[str, Drawing]]:
    """What the page shows above a table, each with the name above it or "": its map or its chart. The regencies of the
    nation come in panels, with what the colours mean at the end.
    """
    if table.name != "kabupaten":
        drawing = whole(board, table, by=by) or charts.of_table(table)
        return [("", drawing)] if drawing else []
    made = charts.regencies(table, of_regencies(board, table), by=by)
    legend = dots.legend_alone(made.title, made.legend, hidden=made.hidden)
    return [*((panel.title, panel) for panel in dots.panels(made.tiles)), ("", legend)]
