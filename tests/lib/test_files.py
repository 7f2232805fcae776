"""Files: what they are is told by their content; nothing about the sender travels along in an image or a film."""

from __future__ import annotations

import io
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from lapor.lib.files import MAX_BYTES, MAX_SIDE, Accepted, Refused, inspect, safe_name
from tests.samples import box, film, pdf, picture, webm

OUTCOMES = {"image", "pdf", "video", "unknown", "broken", "empty", "too_many_pixels", "encrypted", "bomb", "mixed"}


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
    return picture(exif=exif, icc_profile=b"profile of a camera", comment=b"who took it")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_images_are_taken_whatever_they_are_called(form: str) -> None:
    taken = _take(picture(form=form), "surat.pdf")
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
    assert b"<script>" not in _take(picture() + b"<script>alert(1)</script>").data


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
    taken = _take(picture(size=(MAX_SIDE + 1000, 50)))
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
        (box(b"ftyp", b"heic" + bytes(4)) + box(b"moov"), "unknown"),
        (b"<!--ftypisom--><script>alert(1)</script>", "broken"),
        (film()[:-1], "broken"),
        (webm()[:-1], "broken"),
        (box(b"ftyp", b"isom" + bytes(4)), "broken"),
        (b"\x1a\x45\xdf\xa3\x9fB\x82\x84webm" + bytes(40), "broken"),
        (b"%PDF-1.7\nno end", "broken"),
        (picture()[:-200], "broken"),
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
    whole = _with_exif() if form == "JPEG" else picture(form=form)
    assert _outcome(_damaged(whole, chosen)) in OUTCOMES


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([b"", b"\x00\x00\x00\x10ftypisom", b"\x1a\x45\xdf\xa3\x9fB\x82\x84webm", b"GIF89a"]), st.binary()
)
def test_any_bytes_are_taken_or_refused_but_never_an_error(start: bytes, data: bytes) -> None:
    assert _outcome(start + data) in OUTCOMES


@settings(max_examples=12, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_after_the_head_of_a_pdf_are_taken_or_refused(data: bytes) -> None:
    assert _outcome(b"%PDF-1.7\n" + data) in OUTCOMES


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([pdf(), pdf("dua", image=picture())]), st.data())
def test_a_damaged_pdf_is_taken_or_refused_but_never_an_error(whole: bytes, chosen: st.DataObject) -> None:
    assert _outcome(_damaged(whole, chosen)) in OUTCOMES


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([film(), film(b"qt  "), webm(), webm(open_ended=True)]), st.data())
def test_a_damaged_film_is_taken_or_refused_but_never_an_error(whole: bytes, chosen: st.DataObject) -> None:
    assert _outcome(_damaged(whole, chosen)) in OUTCOMES


def _damaged(whole: bytes, chosen: st.DataObject) -> bytes:
    at = chosen.draw(st.integers(0, len(whole) - 1))
    return whole[:at] + chosen.draw(st.binary(max_size=8)) + whole[at + chosen.draw(st.integers(0, 9)) :]


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
    taken = _take(film(brand), "gambar.jpg")
    assert (taken.kind, taken.content_type, taken.extension) == ("video", content_type, extension)


@pytest.mark.parametrize(
    "both",
    [
        pytest.param(film() + box(b"mdat", b"PK\x05\x06" + bytes(18)), id="an archive at its end"),
        pytest.param(box(b"ftyp", b"isom" + bytes(4) + b"<html><script>") + film()[20:], id="a page at its head"),
        pytest.param(film()[:20] + box(b"mdat", b"%PDF-1.7") + film()[20:], id="a paper in it"),
    ],
)
def test_a_film_that_is_something_else_as_well_is_refused(both: bytes) -> None:
    assert _reason(both) == "mixed"


def test_a_large_jpeg_is_unpacked_at_a_fraction_of_its_size() -> None:
    taken = _take(picture(mode="L", size=(10_400, 5_200)))
    assert taken.width is not None and taken.width <= MAX_SIDE


def test_a_large_jpeg_that_must_be_unpacked_whole_is_refused() -> None:
    assert _reason(picture(mode="L", size=(10_400, 5_200), progressive=True)) == "too_many_pixels"


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_of_many_frames_the_first_is_taken(form: str) -> None:
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "blue", "green")]
    out = io.BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:])
    taken = Image.open(io.BytesIO(_take(out.getvalue()).data))
    pixel = taken.getpixel((15, 15))
    assert getattr(taken, "n_frames", 1) == 1
    assert isinstance(pixel, tuple) and pixel[0] > 200


def test_a_tiff_is_not_taken() -> None:
    assert _reason(picture(form="TIFF")) == "unknown"


def test_what_stands_behind_a_jpeg_or_in_its_comment_is_gone() -> None:
    both = picture(comment=b"<script>alert(1)</script>") + b"PK\x05\x06" + bytes(18)
    taken = _take(both).data
    assert b"<script>" not in taken and b"PK\x05\x06" not in taken


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
    assert "data" not in repr(_take(picture()))
