"""Charts as a few plain shapes, which can be written as SVG for pages and as PNG for reports and slides.

Colours are names of `PALETTE`: in a page a stylesheet may redefine them by class (dark screens), in a file they are
fixed. No library draws these: what is needed are boxes, lines and words, which Pillow, here for photos, can lay down.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from html import escape

from PIL import Image, ImageDraw, ImageFont

from .fonts import FONT_BOLD, FONT_REGULAR

PALETTE = {
    "paper": "#ffffff",
    "ink": "#1d2b2a",
    "soft": "#5a6665",
    "line": "#c9cfc9",
    "one": "#0f5e57",
    "two": "#b5720a",
    "none": "#e4e4de",
    "step1": "#d8ebe7",
    "step2": "#a5d0c8",
    "step3": "#5fa89d",
    "step4": "#1f7a70",
    "step5": "#0b4a44",
}
MARGIN = 16  # around a chart that stands alone
ON_DARK = frozenset({"one", "two", "step4", "step5"})


@dataclass(frozen=True)
class Box:
    """A filled rectangle; with `link` it can be followed, `says` is what is read out and shown on pointing."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    says: str = ""
    link: str = ""
    label: str = ""


@dataclass(frozen=True)
class Dot:
    """A filled circle around a point, with an edge that keeps it apart from its neighbours."""

    x: float
    y: float
    radius: float
    colour: str
    says: str = ""
    link: str = ""


@dataclass(frozen=True)
class Words:
    """One line of text; `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    size: float = 12
    anchor: str = "start"
    colour: str = "ink"
    bold: bool = False


@dataclass(frozen=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    colour: str = "line"


Shape = Box | Dot | Words | Line


@dataclass
class Drawing:
    """Shapes in the order in which they are laid down. `says` tells who cannot see it what it shows."""

    width: float
    height: float
    title: str
    says: str = ""
    shapes: list[Shape] = field(default_factory=list)

    @property
    def is_map(self) -> bool:
        return any(isinstance(shape, Box | Dot) and shape.link for shape in self.shapes)

    def svg(self, *, standalone: bool = False) -> str:
        """As SVG. Standing alone it brings its colours, its ground and its title along."""
        if not standalone:
            return self._svg(self.shapes, self.width, self.height)
        return self._svg(*self._titled(), standalone=True)

    def _svg(self, shapes: Sequence[Shape], width: float, height: float, *, standalone: bool = False) -> str:
        parts = [_svg(shape) for shape in shapes]
        role = "group" if self.is_map else "img"
        name = escape(f"{self.title}. {self.says}" if self.says else self.title)
        open_tag = f'<svg viewBox="0 0 {width:g} {height:g}" class="chart" role="{role}" aria-label="{name}"'
        if not standalone:
            return f"{open_tag}>{''.join(parts)}</svg>"
        size = f'xmlns="http://www.w3.org/2000/svg" width="{width * 2:g}" height="{height * 2:g}"'
        ground = f'<rect width="100%" height="100%" fill="{PALETTE["paper"]}"/>'
        title = f"<title>{escape(self.title)}</title>"
        return f'{open_tag} {size} font-family="sans-serif">{title}{ground}{"".join(parts)}</svg>'

    def png(self, *, scale: float = 2.5) -> bytes:
        """As PNG, on white, the title above."""
        shapes, width, height = self._titled()
        picture = Image.new("RGB", (round(width * scale), round(height * scale)), PALETTE["paper"])
        pen = ImageDraw.Draw(picture)
        for shape in shapes:
            _draw(pen, shape, scale)
        out = io.BytesIO()
        picture.save(out, "PNG", optimize=True)
        return out.getvalue()

    def _titled(self) -> tuple[list[Shape], float, float]:
        """The shapes below the title, within a margin, and how wide and high all is."""
        lines = lines_of(self.title, size=13, width=self.width, most=4)
        head = MARGIN + 10 + 17 * len(lines)
        title = [Words(MARGIN, MARGIN + 12 + 17 * at, line, size=13, bold=True) for at, line in enumerate(lines)]
        shapes = [*title, *(_moved(shape, MARGIN, head) for shape in self.shapes)]
        return shapes, self.width + 2 * MARGIN, self.height + head + MARGIN


def width_of(text: str, size: float) -> float:
    """About how wide the text will be."""
    return len(text) * size * 0.56


def lines_of(text: str, *, size: float, width: float, most: int = 2) -> list[str]:
    """The text in lines of at most `width`; what does not fit ends in an ellipsis."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, size) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip(",.") + "…"]
    return lines


def _svg(shape: Shape) -> str:
    match shape:
        case Box():
            title = f"<title>{escape(shape.says)}</title>" if shape.says else ""
            drawn = (
                f'<rect x="{shape.x:g}" y="{shape.y:g}" width="{max(shape.width, 0):g}"'
                f' height="{max(shape.height, 0):g}" rx="2"'
                f' class="c-{shape.colour}" fill="{PALETTE[shape.colour]}">{title}</rect>'
            )
            if shape.label:
                drawn += _svg(_label(shape))
            return _linked(shape, drawn)
        case Dot():
            title = f"<title>{escape(shape.says)}</title>" if shape.says else ""
            drawn = (
                f'<circle cx="{shape.x:.1f}" cy="{shape.y:.1f}" r="{shape.radius:g}"'
                f' class="c-{shape.colour} s-paper" fill="{PALETTE[shape.colour]}"'
                f' stroke="{PALETTE["paper"]}" stroke-width="0.6">{title}</circle>'
            )
            return _linked(shape, drawn)
        case Words():
            weight = ' font-weight="700"' if shape.bold else ""
            return (
                f'<text x="{shape.x:g}" y="{shape.y:g}" font-size="{shape.size:g}" text-anchor="{shape.anchor}"{weight}'
                f' class="c-{shape.colour}" fill="{PALETTE[shape.colour]}">{escape(shape.text)}</text>'
            )
        case Line():
            return (
                f'<line x1="{shape.x1:g}" y1="{shape.y1:g}" x2="{shape.x2:g}" y2="{shape.y2:g}"'
                f' class="s-{shape.colour}" stroke="{PALETTE[shape.colour]}"/>'
            )


def _linked(shape: Box | Dot, drawn: str) -> str:
    return f'<a href="{escape(shape.link)}" aria-label="{escape(shape.says)}">{drawn}</a>' if shape.link else drawn


def _label(box: Box) -> Words:
    colour = "paper" if box.colour in ON_DARK else "ink"
    return Words(box.x + box.width / 2, box.y + box.height / 2 + 4, box.label, 11, "middle", colour, bold=True)


def _moved(shape: Shape, right: float, down: float) -> Shape:
    """The shape elsewhere, without what only a page needs."""
    match shape:
        case Box():
            return replace(shape, x=shape.x + right, y=shape.y + down, says="", link="")
        case Dot():
            return replace(shape, x=shape.x + right, y=shape.y + down, says="", link="")
        case Words():
            return replace(shape, x=shape.x + right, y=shape.y + down)
        case Line():
            return Line(shape.x1 + right, shape.y1 + down, shape.x2 + right, shape.y2 + down, shape.colour)


@cache
def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT_BOLD if bold else FONT_REGULAR, size)


def _draw(pen: ImageDraw.ImageDraw, shape: Shape, scale: float) -> None:
    colour = PALETTE[shape.colour]
    match shape:
        case Box():
            if shape.width > 0 and shape.height > 0:
                corner = ((shape.x + shape.width) * scale, (shape.y + shape.height) * scale)
                pen.rectangle((shape.x * scale, shape.y * scale, *corner), fill=colour)
            if shape.label:
                _draw(pen, _label(shape), scale)
        case Dot():
            edges = [(at + by * shape.radius) * scale for by in (-1, 1) for at in (shape.x, shape.y)]
            pen.ellipse(edges, fill=colour, outline=PALETTE["paper"])
        case Words():
            anchor = {"start": "ls", "middle": "ms", "end": "rs"}[shape.anchor]
            font = _font(round(shape.size * scale), bold=shape.bold)
            pen.text((shape.x * scale, shape.y * scale), shape.text, fill=colour, font=font, anchor=anchor)
        case Line():
            ends = (shape.x1 * scale, shape.y1 * scale, shape.x2 * scale, shape.y2 * scale)
            pen.line(ends, fill=colour, width=round(scale))


def bars(title: str, rows: Sequence[tuple[str, int, str]], *, says: str = "", colour: str = "one") -> Drawing:
    """Lying bars, one below the other: (what, how many, how it is written)."""
    width, step = 400, 38
    drawing = Drawing(width, len(rows) * step + 4, title, says)
    most = max((n for _name, n, _text in rows), default=0) or 1
    for place, (name, n, text) in enumerate(rows):
        y = place * step
        drawing.shapes.append(Words(0, y + 13, lines_of(name, size=12, width=300, most=1)[0]))
        drawing.shapes.append(Words(width, y + 13, text, anchor="end", bold=True))
        drawing.shapes.append(Box(0, y + 18, width, 12, "none"))
        drawing.shapes.append(Box(0, y + 18, width * n / most, 12, colour, says=f"{name}: {text}"))
    return drawing


def columns(
    title: str, names: Sequence[str], series: Sequence[tuple[str, Sequence[int | None]]], *, says: str = ""
) -> Drawing:
    """Standing columns side by side, up to two series with a legend; None is not shown and marked by a dash."""
    width, top, low, left = 400, 34 if len(series) > 1 else 16, 170, 38
    drawing = Drawing(width, low + 24, title, says)
    most = max((n for _name, values in series for n in values if n is not None), default=0) or 1
    for share in (0, 0.5, 1):
        y = low - (low - top) * share
        drawing.shapes.append(Line(left, y, width, y))
        if most * share == int(most * share):
            drawing.shapes.append(Words(left - 4, y + 4, f"{int(most * share):,}".replace(",", "."), 10, "end", "soft"))
    slot = (width - left) / max(len(names), 1)
    thick = min(slot * 0.8 / len(series), 26)
    every = max(1, round(width_of("0000000", 10) / slot + 0.4)) if slot < 40 else 1
    for place, name in enumerate(names):
        middle = left + slot * (place + 0.5)
        if place % every == 0:
            drawing.shapes.append(Words(middle, low + 15, name, 10, "middle", "soft"))
        for number, (what, values) in enumerate(series):
            x, n = middle + (number - len(series) / 2) * thick, values[place]
            if n is None:
                drawing.shapes.append(Words(x + thick / 2, low - 3, "–", 10, "middle", "soft"))
                continue
            tall = (low - top) * n / most
            says_one = f"{name}, {what}: {n}"
            drawing.shapes.append(Box(x, low - tall, thick - 1, tall, ("one", "two")[number], says=says_one))
    if len(series) > 1:
        for number, (what, _values) in enumerate(series):
            drawing.shapes.append(Box(left + number * 160, 4, 12, 12, ("one", "two")[number]))
            drawing.shapes.append(Words(left + number * 160 + 18, 14, what))
    return drawing
