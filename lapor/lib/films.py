"""Short videos: MP4, 3GP, QuickTime and WebM told by their structure, and the place they were taken removed."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TYPES = {
    b"3g": ("video/3gpp", ".3gp"),
    b"qt": ("video/quicktime", ".mov"),
}
_MP4 = ("video/mp4", ".mp4")
_MP4_BRANDS = frozenset(
    [b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash"]
)
_EBML = b"\x1a\x45\xdf\xa3"
# ISO 6709, as telephones write it: +01.2345+117.5678+012.3/ . Long enough not to occur by chance.
_PLACE = re.compile(rb"[+-]\d{2}\.\d{3,8}[+-]\d{3}\.\d{3,8}(?:[+-]\d{1,5}(?:\.\d{1,5})?)?/?")
# 3GPP TS 26.244 keeps them in binary, in a small box of their own.
_PLACE_BOX = re.compile(rb"\x00\x00([\x00-\x03].)loci\x00\x00\x00\x00", re.DOTALL)


def film_type(data: bytes) -> tuple[str, str] | None:
    """Content type and extension; None when it is no video. Raises ValueError for one that is cut short."""
    if data.startswith(_EBML):
        return ("video/webm", ".webm") if b"webm" in data[:64] else None
    if data[4:8] != b"ftyp":
        return None
    brand = data[8:12]
    found = _TYPES.get(brand[:2]) or (_MP4 if brand in _MP4_BRANDS else None)
    if found is not None and b"moov" not in set(_boxes(data)):
        raise ValueError("no film in it")
    return found


def without_place(data: bytes) -> bytes:
    """The same video, as long to the byte, its coordinates overwritten."""
    blank = bytearray(_PLACE.sub(lambda place: re.sub(rb"\d", b"0", place[0]), data))
    for box in _PLACE_BOX.finditer(data):
        end = min(box.start() + int.from_bytes(box[1]), len(data))
        blank[box.start() + 4 : end] = b"free" + bytes(max(0, end - box.start() - 8))
    return bytes(blank)


def _boxes(data: bytes) -> Iterator[bytes]:
    """The kinds of the boxes a file consists of (ISO 14496-12); ValueError when they do not fill it."""
    at = 0
    while at < len(data):
        size, kind, head = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16]), 16
        elif size == 0:
            size = len(data) - at
        if size < head or at + size > len(data):
            raise ValueError("cut short")
        yield kind
        at += size
