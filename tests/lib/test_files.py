"""Files: what they are is told by their content; nothing about the sender travels along in an image or a film."""

from __future__ import annotations

import io
import re
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from lapor.lib.files import MAX_BYTES, MAX_SIDE, Accepted, Refused, inspect, safe_name

PLACE = b"-00.5022+117.1536+012.000/"


def _picture(*, mode: str = "RGB", size: tuple[int, int] = (40, 20), form: str = "JPEG", **saved: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, form, **saved)
    return out.getvalue()


def _pdf(content: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + content + b"\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def _box(kind: bytes, content: bytes = b"") -> bytes:
    return (8 + len(content)).to_bytes(4) + kind + content


def _film(brand: bytes = b"isom", moov: bytes = b"", mdat: bytes = bytes(50)) -> bytes:
    return _box(b"ftyp", brand + bytes(4)) + _box(b"moov", moov) + _box(b"mdat", mdat)


def _take(data: bytes, name: str = "foto.jpg") -> Accepted:
    return inspect(io.BytesIO(data), declared_name=name)


def _reason(data: bytes, name: str = "foto.jpg") -> str:
    with pytest.raises(Refused) as refused:
        _take(data, name)
    return refused.value.reason


def _with_exif(orientation: int = 6) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Contoh"
    exif.get_ifd(0x8825)[2] = (0.0, 30.0, 7.92)
    return _picture(exif=exif, icc_profile=b"profile of a camera", comment=b"who took it")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_images_are_taken_whatever_they_are_called(form: str) -> None:
    taken = _take(_picture(form=form), "surat.pdf")
    assert (taken.kind, taken.content_type, taken.name) == ("image", "image/jpeg", "surat.jpg")
    assert Image.open(io.BytesIO(taken.data)).size == (taken.width, taken.height) == (40, 20)
    assert taken.size == len(taken.data)


def test_a_photo_loses_place_camera_and_comment_and_stands_upright() -> None:
    taken = _take(_with_exif())
    made = Image.open(io.BytesIO(taken.data))
    assert dict(made.getexif()) == {} and "icc_profile" not in made.info and "comment" not in made.info
    assert (taken.width, taken.height) == (20, 40)
    assert b"Contoh" not in taken.data and b"who took it" not in taken.data


def test_what_is_hidden_behind_an_image_is_gone() -> None:
    assert b"<script>" not in _take(_picture() + b"<script>alert(1)</script>").data


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_pixel_is_taken(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (9, 9)).save(out, "PNG")
    assert _take(out.getvalue()).content_type == "image/jpeg"


def test_a_see_through_image_is_laid_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    pixel = Image.open(io.BytesIO(_take(out.getvalue()).data)).getpixel((4, 4))
    assert isinstance(pixel, tuple) and min(pixel) > 250


def test_a_large_photo_is_made_smaller() -> None:
    taken = _take(_picture(size=(MAX_SIDE + 1000, 50)))
    assert taken.width == MAX_SIDE


def _png_of(width: int, height: int) -> bytes:
    """A PNG that promises this many pixels in a few bytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [6_400, 12_000, 60_000])
def test_a_bomb_is_refused_before_it_is_unpacked(side: int) -> None:
    assert _reason(_png_of(side, side)) == "too_many_pixels"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (bytes(MAX_BYTES + 1), "too_large"),
        (b"\x00", "unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "unknown"),
        (b"<!doctype html><script>alert(1)</script>", "unknown"),
        (b"MZ\x90\x00 a program", "unknown"),
        (b"PK\x03\x04 an archive", "unknown"),
        (b"\x1a\x45\xdf\xa3 some matroska", "unknown"),
        (_box(b"ftyp", b"heic" + bytes(4)) + _box(b"moov"), "unknown"),
        (b"<!--ftypisom--><script>alert(1)</script>", "broken"),
        (_film()[:-1], "broken"),
        (_box(b"ftyp", b"isom" + bytes(4)), "broken"),
        (b"%PDF-1.7\nno end", "broken"),
        (_picture()[:-200], "broken"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    assert _reason(data) == reason


def _outcome(data: bytes) -> str:
    try:
        return _take(data).kind
    except Refused as refused:
        return refused.reason


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]), st.data())
def test_a_damaged_image_is_taken_or_refused_but_never_an_error(form: str, chosen: st.DataObject) -> None:
    whole = _with_exif() if form == "JPEG" else _picture(form=form)
    at = chosen.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:at] + chosen.draw(st.binary(max_size=8)) + whole[at + chosen.draw(st.integers(0, 9)) :]
    assert _outcome(damaged) in {"image", "unknown", "broken", "empty", "too_many_pixels"}


@given(st.sampled_from([b"", b"%PDF-", b"\x00\x00\x00\x10ftypisom", b"\x1a\x45\xdf\xa3", b"GIF89a"]), st.binary())
def test_any_bytes_are_taken_or_refused_but_never_an_error(start: bytes, data: bytes) -> None:
    assert _outcome(start + data) in {
        "image",
        "pdf",
        "video",
        "unknown",
        "broken",
        "empty",
        "active",
        "too_many_pixels",
    }


def test_a_plain_pdf_is_taken_as_it_is() -> None:
    taken = _take(_pdf(), "bukti.exe")
    assert (taken.kind, taken.content_type, taken.name, taken.data) == (
        "pdf",
        "application/pdf",
        "bukti.pdf",
        _pdf(),
    )


def test_a_pdf_is_not_refused_for_chance_bytes_in_its_images() -> None:
    assert _take(_pdf(b"stream\n\x93/JS \x01/AA\x00\nendstream")).kind == "pdf"


@pytest.mark.parametrize(
    "action",
    [
        b"<< /S /JavaScript /JS (app.alert(1)) >>",
        b"<< /S /J#61vaScript /JS (x) >>",
        b"<< /S /Launch /F (a.exe) >>",
        b"<< /Type /EmbeddedFile >>",
        b"<< /Subtype /RichMedia >>",
        b"<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n" + zlib.compress(b"<< /S /JavaScript >>") + b"\nendstream",
    ],
)
def test_a_pdf_that_does_something_by_itself_is_refused(action: bytes) -> None:
    assert _reason(_pdf(action)) == "active"


@pytest.mark.parametrize(
    ("brand", "content_type", "extension"),
    [
        (b"isom", "video/mp4", ".mp4"),
        (b"mp42", "video/mp4", ".mp4"),
        (b"3gp4", "video/3gpp", ".3gp"),
        (b"qt  ", "video/quicktime", ".mov"),
    ],
)
def test_films_are_told_by_their_structure(brand: bytes, content_type: str, extension: str) -> None:
    taken = _take(_film(brand), "gambar.jpg")
    assert (taken.kind, taken.content_type, taken.extension) == ("video", content_type, extension)


def test_webm_is_taken() -> None:
    assert _take(b"\x1a\x45\xdf\xa3\x9fB\x82\x84webm" + bytes(40)).content_type == "video/webm"


def test_a_film_no_longer_says_where_it_was_taken() -> None:
    told = _box(b"udta", _box(b"\xa9xyz", b"\x00\x1a\x15\xc7" + PLACE))
    binary = _box(b"loci", bytes(4) + b"\x15\xc7Rumah\x00\x00\x00\x75\x27\x52\xff\xff\x7f\x6e")
    film = _film(moov=told + binary)
    taken = _take(film).data
    assert len(taken) == len(film) and b"moov" in taken
    assert re.search(rb"0\.5022|117\.15|Rumah|loci", taken) is None


@pytest.mark.parametrize(
    ("declared", "shown"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\saya\\foto jalan.PNG", "foto jalan.jpg"),
        ("a\u202egpj.exe", "agpj.jpg"),
        ("\x00", "berkas.jpg"),
        ("", "berkas.jpg"),
        ("<b>x</b>.png", "b.jpg"),
        ("a" * 300, "a" * 60 + ".jpg"),
    ],
)
def test_a_name_is_safe_to_show(declared: str, shown: str) -> None:
    assert safe_name(declared, ".jpg") == shown


def test_the_bytes_of_a_file_do_not_show_in_its_repr() -> None:
    assert "data" not in repr(_take(_picture()))
