"""Draws the icons of the app from the shapes of lapor.svg: `python docs/screenshots/draw_icons.py FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw

GREEN, GOLD, WHITE, CLEAR = (10, 74, 69, 255), (227, 169, 43, 255), (255, 255, 255, 255), (0, 0, 0, 0)
UNITS = 32  # of the drawing's own grid
SMOOTH = 4  # drawn so many times larger, then made small


def icon(size: int, *, margin: float = 0, round_corners: bool = True) -> Image.Image:
    """The sign on its ground; with a margin (in units of the grid) and a full square it may be cut to any shape."""
    sheet, scale = _sheet(size, CLEAR if round_corners else GREEN)
    if round_corners:
        ImageDraw.Draw(sheet).rounded_rectangle((0, 0, sheet.width - 1, sheet.height - 1), 6 * scale, GREEN)
    _sign(sheet, scale, margin, GOLD, GREEN)
    return sheet.resize((size, size), Image.Resampling.LANCZOS)


def badge(size: int) -> Image.Image:
    """White on nothing: what a telephone shows in its bar of notices."""
    sheet, scale = _sheet(size, CLEAR)
    _sign(sheet, scale, -3, WHITE, CLEAR)
    return sheet.resize((size, size), Image.Resampling.LANCZOS)


def _sheet(size: int, ground: tuple[int, ...]) -> tuple[Image.Image, float]:
    return Image.new("RGBA", (size * SMOOTH, size * SMOOTH), ground), size * SMOOTH / UNITS


def _sign(sheet: Image.Image, scale: float, margin: float, fill: tuple[int, ...], mark: tuple[int, ...]) -> None:
    """A bubble with its tail, and a mark of exclamation in it."""
    pen, part = ImageDraw.Draw(sheet), (UNITS - 2 * margin) / UNITS

    def at(*places: float) -> list[float]:
        return [(place * part + margin) * scale for place in places]

    pen.rounded_rectangle(at(5, 6, 27, 22), 2 * part * scale, fill)
    pen.polygon(at(9, 21.5, 15.5, 21.5, 9, 27), fill)
    pen.polygon(at(14.4, 8.5, 17.6, 8.5, 17.1, 15.5, 14.9, 15.5), mark)
    pen.ellipse(at(14.4, 16.8, 17.6, 20), mark)


def main(folder: Path) -> None:
    icon(192).save(folder / "icon-192.png", optimize=True)
    icon(512).save(folder / "icon-512.png", optimize=True)
    icon(512, margin=5, round_corners=False).save(folder / "maskable-512.png", optimize=True)
    icon(180, margin=2, round_corners=False).convert("RGB").save(folder / "touch-180.png", optimize=True)
    badge(96).save(folder / "badge-96.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
