"""Indonesia as a grid of equal tiles, one for each province, about where it lies: small islands can be read and touched
like large ones, and no area looks important because it is large. Letters after ISO 3166-2:ID.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lapor.lib.drawing import Box, Drawing, Words

# code of the province → (column, row, letters)
PLACES: dict[str, tuple[int, int, str]] = {
    "11": (0, 0, "AC"), "12": (1, 1, "SU"), "13": (1, 2, "SB"), "14": (2, 2, "RI"), "15": (2, 3, "JA"),
    "16": (2, 4, "SS"), "17": (1, 3, "BE"), "18": (3, 4, "LA"), "19": (3, 3, "BB"), "21": (3, 1, "KR"),
    "31": (3, 5, "JK"), "32": (4, 5, "JB"), "33": (5, 5, "JT"), "34": (5, 6, "YO"), "35": (6, 5, "JI"),
    "36": (2, 5, "BT"), "51": (7, 5, "BA"), "52": (8, 5, "NB"), "53": (9, 5, "NT"), "61": (4, 2, "KB"),
    "62": (5, 2, "KT"), "63": (5, 3, "KS"), "64": (6, 2, "KI"), "65": (6, 1, "KU"), "71": (9, 1, "SA"),
    "72": (8, 2, "ST"), "73": (7, 3, "SN"), "74": (8, 3, "SG"), "75": (8, 1, "GO"), "76": (7, 2, "SR"),
    "81": (10, 3, "MA"), "82": (10, 1, "MU"), "91": (13, 2, "PA"), "92": (12, 1, "PB"), "93": (13, 4, "PS"),
    "94": (12, 2, "PT"), "95": (13, 3, "PE"), "96": (11, 1, "PD"),
}  # fmt: skip
_SIZE, _GAP = 28, 2
STEPS = ("step1", "step2", "step3", "step4", "step5")


@dataclass(frozen=True)
class Tile:
    """What one province shows: its name and figure in words, where it leads, the step of the scale (None: hidden)."""

    says: str
    link: str
    step: int | None


def draw(title: str, tiles: Mapping[str, Tile], legend: Sequence[str], *, hidden: str, says: str = "") -> Drawing:
    """The map: `legend` says what each step of the scale means, `hidden` what a grey tile does."""
    drawing = Drawing(14 * _SIZE, 7 * _SIZE + 4, title, says)
    for code, tile in tiles.items():
        if code in PLACES:
            column, row, letters = PLACES[code]
            colour = "none" if tile.step is None else STEPS[tile.step]
            size = _SIZE - _GAP
            drawing.shapes.append(
                Box(column * _SIZE, row * _SIZE, size, size, colour, says=tile.says, link=tile.link, label=letters)
            )
    return with_legend(drawing, legend, hidden=hidden)


def with_legend(drawing: Drawing, legend: Sequence[str], *, hidden: str) -> Drawing:
    """The drawing with what each step of the scale means beneath it, and what grey does."""
    top = drawing.height
    for place, words in enumerate([*legend, hidden]):
        x, y = (place % 2) * (drawing.width / 2), top + 6 + (place // 2) * 20
        drawing.shapes.append(Box(x, y, 13, 13, "none" if place == len(legend) else STEPS[place]))
        drawing.shapes.append(Words(x + 19, y + 11, words, 11.5))
    drawing.height = top + 10 + (len(legend) + 2) // 2 * 20
    return drawing


def scale(values: Sequence[float]) -> list[float]:
    """Up to four bounds between five steps, each with about as many provinces; fewer where values are alike."""
    found = sorted(values)
    bounds = {found[len(found) * part // 5] for part in range(1, 5)} if found else set()
    return sorted(bounds - {found[0]} if found else bounds)


def step_of(value: float, bounds: Sequence[float]) -> int:
    return sum(value >= bound for bound in bounds)
