"""A photo made fit for the public: small, bare of metadata, and without what a person chose to hide.

What is hidden is chosen as cells of a grid over the picture, which works with a keyboard, a finger and without scripts.
A cell keeps the mean colours of its four quarters, nothing finer: no face and no plate can be made out of that again.
"""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import dataclass, field

from PIL import Image, UnidentifiedImageError

COLUMNS, ROWS = 10, 8
CELLS = COLUMNS * ROWS
LONGEST = 1280  # pixels of the longer side
MOST_PIXELS = 40_000_000
_QUALITY = 80


class Unreadable(Exception):
    """These bytes are no picture that can be drawn."""


@dataclass(frozen=True)
class Photo:
    """A JPEG and its measures in pixels."""

    data: bytes = field(repr=False)
    width: int
    height: int


def for_public(picture: bytes, *, hidden: Collection[int] = ()) -> Photo:
    """The picture (JPEG, PNG or WebP) anew, with the `hidden` cells blurred, counted from 0 line by line.

    Raises `Unreadable`, and ValueError for a cell that is none.
    """
    if not all(0 <= cell < CELLS for cell in hidden):
        raise ValueError("no such cell")
    try:
        opened = Image.open(io.BytesIO(picture), formats=("JPEG", "PNG", "WEBP"))
        if opened.width * opened.height > MOST_PIXELS:
            raise Unreadable
        given = opened.convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise Unreadable from None
    given.thumbnail((LONGEST, LONGEST))
    drawn = Image.new("RGB", given.size)
    drawn.paste(given)
    for cell in hidden:
        _hide(drawn, cell)
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=_QUALITY)
    return Photo(out.getvalue(), drawn.width, drawn.height)


def _hide(picture: Image.Image, cell: int) -> None:
    row, column = divmod(cell, COLUMNS)
    left, right = (picture.width * edge // COLUMNS for edge in (column, column + 1))
    top, bottom = (picture.height * edge // ROWS for edge in (row, row + 1))
    if right <= left or bottom <= top:
        return
    part = picture.crop((left, top, right, bottom))
    coarse = part.resize((2, 2), Image.Resampling.BOX)
    picture.paste(coarse.resize(part.size, Image.Resampling.BILINEAR), (left, top))
