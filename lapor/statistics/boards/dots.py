"""Regencies as dots where they lie: of the nation in six panels, so that a dot can be seen and touched on a phone;
of one province with their names. No outlines: none with a licence that was checked show the provinces of 2022.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapor.agencies.points import Point, points
from lapor.lib.drawing import Dot, Drawing, Words, lines_of, width_of

from .tiles import STEPS, Tile, with_legend

# Name of the panel → the first digits of its provinces' codes.
PANELS: dict[str | Promise, tuple[str, ...]] = {
    _("Sumatera"): ("1", "2"),
    _("Jawa"): ("3",),
    _("Bali dan Nusa Tenggara"): ("5",),
    _("Kalimantan"): ("6",),
    _("Sulawesi"): ("7",),
    _("Maluku dan Papua"): ("8", "9"),
}
WIDE, TALL, EDGE = 400, 340, 16  # the room for dots, and what is left free around it
SMALL, LARGE, MANY = 4.5, 7.0, 15  # radius of a dot: of the nation and provinces of many regencies, of others
NAMES = 11.5  # size of names


@dataclass
class Ground:
    """Where points fall on the drawing, and what is taken already by dots and names."""

    west: float
    north: float
    scale: float  # units for a degree
    left: float
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def at(self, point: Point) -> tuple[float, float]:
        return (
            self.left + (point.longitude - self.west) * self.scale,
            EDGE + (self.north - point.latitude) * self.scale,
        )

    def is_free(self, box: tuple[float, float, float, float]) -> bool:
        x1, y1, x2, y2 = box
        return all(x2 < left or right < x1 or y2 < top or bottom < y1 for left, top, right, bottom in self.taken)


def panels(tiles: Mapping[str, Tile]) -> list[Drawing]:
    """The nation's regencies by island; the names of provinces stand in the words of each dot."""
    drawn = []
    for name, begins in PANELS.items():
        mine = {code: tile for code, tile in tiles.items() if code.startswith(begins)}
        if mine:
            drawn.append(_draw(str(name), mine, radius=SMALL))
    return drawn


def whole(title: str, tiles: Mapping[str, Tile], legend: Sequence[str], *, hidden: str) -> Drawing:
    """All of them in one picture, for a file."""
    drawing = _draw(title, tiles, radius=2)
    return with_legend(drawing, legend, hidden=hidden)


def province(
    title: str, tiles: Mapping[str, Tile], names: Mapping[str, str], legend: Sequence[str], *, hidden: str
) -> Drawing:
    """The regencies of one province, named where there is room."""
    radius = SMALL if len(tiles) > MANY else LARGE
    return with_legend(_draw(title, tiles, radius=radius, names=names), legend, hidden=hidden)


def legend_alone(title: str, legend: Sequence[str], *, hidden: str) -> Drawing:
    """What the colours mean, for several panels together."""
    return with_legend(Drawing(WIDE, 0, title), legend, hidden=hidden)


def _draw(title: str, tiles: Mapping[str, Tile], *, radius: float, names: Mapping[str, str] | None = None) -> Drawing:
    here = {code: points()[code] for code in tiles if code in points()}
    ground, height = _ground(list(here.values()), side=70 if names else EDGE)
    drawing = Drawing(WIDE, height, title)
    for code, point in here.items():
        x, y = ground.at(point)
        ground.taken.append((x - radius, y - radius, x + radius, y + radius))
        tile = tiles[code]
        colour = "none" if tile.step is None else STEPS[tile.step]
        drawing.shapes.append(Dot(x, y, radius, colour, says=tile.says, link=tile.link))
    for code, point in here.items():
        if names and code in names and (words := _named(ground, point, names[code], radius, height)):
            drawing.shapes.append(words)
    return drawing


def _ground(here: Sequence[Point], *, side: float) -> tuple[Ground, float]:
    """As large as fits; one place alone stands in the middle. Near the equator a degree is as long either way."""
    west, east = min(one.longitude for one in here), max(one.longitude for one in here)
    south, north = min(one.latitude for one in here), max(one.latitude for one in here)
    room = WIDE - 2 * side
    scale = min(room / max(east - west, 0.2), (TALL - 2 * EDGE) / max(north - south, 0.2))
    left = (WIDE - (east - west) * scale) / 2
    return Ground(west, north, scale, left), (north - south) * scale + 2 * EDGE


def _named(ground: Ground, point: Point, name: str, radius: float, height: float) -> Words | None:
    """The name to the right, to the left, above or below of its dot, wherever it covers nothing; else none."""
    line = lines_of(name, size=NAMES, width=WIDE / 2, most=1)[0]
    x, y = ground.at(point)
    wide, gap = width_of(line, NAMES), radius + 3
    for anchor, at_x, at_y in (
        ("start", x + gap, y + 4),
        ("end", x - gap, y + 4),
        ("middle", x, y - gap),
        ("middle", x, y + gap + 8),
    ):
        left = {"start": at_x, "end": at_x - wide, "middle": at_x - wide / 2}[anchor]
        box = (left - 2, at_y - 10, left + wide + 2, at_y + 3)
        if left >= 0 and left + wide <= WIDE and box[1] >= 0 and box[3] <= height and ground.is_free(box):
            ground.taken.append(box)
            return Words(at_x, at_y, line, NAMES, anchor, "soft")
    return None
