"""Papers, films and pictures as people send them, built byte by byte: what is in them is known, and all of it invented."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from fpdf import FPDF
from PIL import Image

PLACE = b"-00.5022+117.1536+012.000/"
DEVICE = b"Telepon Uji X1"
PICTURE_BYTES = b"\x00\x00\x00\x01\x65 gambar " * 4
TRACE = b"GPS -0.5022 117.1536 rumah pelapor"
# A test signature of our own matches this; it is the harmless string that every scanner knows (eicar.org).
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def picture(*, mode: str = "RGB", size: tuple[int, int] = (40, 20), form: str = "JPEG", **saved: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, form, **saved)
    return out.getvalue()


def pdf(*lines: str, image: bytes = b"") -> bytes:
    """One page with these lines, its author and program told as office programs do."""
    made = FPDF()
    made.set_author("Penulis Uji")
    made.set_creator("Program Uji")
    made.add_page()
    made.set_font("helvetica", size=12)
    for line in lines or ("Surat keterangan",):
        made.multi_cell(0, 8, line)
    if image:
        made.image(io.BytesIO(image), w=20)
    return bytes(made.output())


def changed_pdf(change: Callable[[pikepdf.Pdf], None], **saved: object) -> bytes:
    """A PDF after somebody did something to its structure."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as paper:
        change(paper)
        paper.save(out, **saved)  # type: ignore[arg-type]
    return out.getvalue()


def box(kind: bytes, content: bytes = b"") -> bytes:
    return (8 + len(content)).to_bytes(4) + kind + content


def _full(kind: bytes, content: bytes) -> bytes:
    return box(kind, bytes(4) + content)


def _numbers(*values: int) -> bytes:
    return b"".join(value.to_bytes(4) for value in values)


def _track(handler: bytes, *, description: bytes, at: int, size: int) -> bytes:
    times = _numbers(3_900_000_000, 3_900_000_001)
    table = (
        _full(b"stsd", _numbers(1) + description)
        + _full(b"stts", _numbers(1, 1, 1000))
        + _full(b"stsc", _numbers(1, 1, 1, 1))
        + _full(b"stsz", _numbers(0, 1, size))
        + _full(b"stco", _numbers(1, at))
    )
    media = (
        _full(b"mdhd", times + _numbers(1000, 1000) + bytes(4))
        + _full(b"hdlr", bytes(4) + handler + bytes(12) + DEVICE + b"\0")
        + box(b"minf", box(b"dinf", _full(b"dref", _numbers(0))) + box(b"stbl", table))
    )
    return box(b"trak", _full(b"tkhd", times + _numbers(1) + bytes(68)) + box(b"mdia", media))


def film(brand: bytes = b"isom", *, with_trace: bool = True) -> bytes:
    """A film as a telephone makes it: a track of pictures, a track of measurements, times, device and place."""
    coder = box(b"avc1", bytes(6) + b"\0\1" + bytes(34) + b"\x0eEnkoder Telepon"[:32].ljust(32, b"\0") + bytes(4))
    mark = box(b"mett", bytes(8) + b"application/gps\0")
    user = box(b"udta", box(b"\xa9xyz", b"\x00\x1a\x15\xc7" + PLACE) + box(b"\xa9mak", DEVICE))
    binary = _full(b"loci", b"\x15\xc7Rumah\x00\x00\x00\x75\x27\x52\xff\xff\x7f\x6e")
    begin = box(b"ftyp", brand + bytes(4) + brand)

    def moov(at: int) -> bytes:
        tracks = _track(b"vide", description=coder, at=at, size=len(PICTURE_BYTES))
        if with_trace:
            tracks += _track(b"meta", description=mark, at=at + len(PICTURE_BYTES), size=len(TRACE))
        head = _full(b"mvhd", _numbers(3_900_000_000, 3_900_000_001, 1000, 1000) + bytes(80))
        return box(b"moov", head + tracks + user + binary + box(b"uuid", bytes(16) + DEVICE))

    at = len(begin) + len(moov(0)) + 8
    return begin + moov(at) + box(b"mdat", PICTURE_BYTES + TRACE) + box(b"free", DEVICE)


def element(kind: int, content: bytes) -> bytes:
    width = (kind.bit_length() + 7) // 8
    return kind.to_bytes(width) + (0x0100000000000000 | len(content)).to_bytes(8) + content


def webm(*, open_ended: bool = False, track_kind: int = 1) -> bytes:
    """A WebM as browsers record it, with open ends, or as converters write it."""
    head = element(0x1A45DFA3, element(0x4282, b"webm"))
    told = element(0x7BA9, b"Judul Uji") + element(0x4461, bytes(8)) + element(0x5741, DEVICE) + element(0x4D80, b"Lib")
    track = element(0xAE, element(0xD7, b"\1") + element(0x83, bytes([track_kind])) + element(0x536E, DEVICE))
    block = element(0xE7, b"\0") + element(0xA3, b"\x81\0\0\x80" + PICTURE_BYTES)
    cluster = (0x1F43B675).to_bytes(4) + b"\x01" + b"\xff" * 7 + block if open_ended else element(0x1F43B675, block)
    tags = element(0x1254C367, element(0x7373, PLACE))
    inside = element(0x1549A966, told) + element(0x1654AE6B, track) + cluster + tags
    if open_ended:
        return head + (0x18538067).to_bytes(4) + b"\x01" + b"\xff" * 7 + inside
    return head + element(0x18538067, inside)
