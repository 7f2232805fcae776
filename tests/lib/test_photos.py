"""Photos for the public: small, bare of metadata, and nothing to be made out where somebody hid a part."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from lapor.lib.photos import CELLS, COLUMNS, LONGEST, ROWS, Unreadable, for_public


def picture(width: int, height: int) -> bytes:
    """Black and white columns of eight pixels, with a note inside the file."""
    image = Image.new("RGB", (width, height))
    for x in range(0, width, 16):
        image.paste("white", (x, 0, x + 8, height))
    exif = Image.Exif()
    exif[0x010E] = "difoto di rumah Bu Kenari"
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95, exif=exif, comment=b"Kenari")
    return out.getvalue()


def contrast(part: Image.Image) -> int:
    shades = part.tobytes()
    return max(shades) - min(shades)


def test_it_is_small_and_bare() -> None:
    made = for_public(picture(3000, 2000))
    seen = Image.open(io.BytesIO(made.data))
    assert (made.width, made.height) == seen.size == (LONGEST, LONGEST * 2 // 3)
    assert b"Kenari" not in made.data and not seen.getexif() and "comment" not in seen.info


def test_a_hidden_cell_tells_nothing_finer_than_four_colours_and_the_rest_stays() -> None:
    hidden = COLUMNS * 3 + 4
    seen = Image.open(io.BytesIO(for_public(picture(800, 640), hidden=[hidden]).data)).convert("L")
    assert contrast(seen.crop((330, 250, 390, 310))) < 60, "the columns are gone"
    assert contrast(seen.crop((10, 10, 70, 70))) > 200, "beside it they are there"


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (5000, 2)])
def test_any_shape_can_be_hidden_as_a_whole(size: tuple[int, int]) -> None:
    made = for_public(picture(*size), hidden=range(CELLS))
    assert made.width >= 1 and made.height >= 1


@pytest.mark.parametrize("cell", [-1, CELLS, COLUMNS * ROWS + 5])
def test_a_cell_that_is_none_is_refused(cell: int) -> None:
    with pytest.raises(ValueError, match="no such cell"):
        for_public(picture(20, 20), hidden=[cell])


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"\xff\xd8\xff garbage", picture(64, 64)[:200]])
def test_what_cannot_be_drawn_is_not_published(data: bytes) -> None:
    with pytest.raises(Unreadable):
        for_public(data)
