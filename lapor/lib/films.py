"""Short videos: MP4, 3GP, QuickTime and WebM told by their structure, and what they say besides picture and sound gone.

Place, times, device, names, private boxes and tracks of measurements are blanked in place, so that the film stays as
long to the byte and every offset in it still holds.
"""

from __future__ import annotations

import re

from . import webm

_TYPES = {
    b"3g": ("video/3gpp", ".3gp"),
    b"qt": ("video/quicktime", ".mov"),
}
_MP4 = ("video/mp4", ".mp4")
_MP4_BRANDS = frozenset(
    [b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash"]
)
# ISO 6709, as telephones write it: +01.2345+117.5678+012.3/ . Long enough not to occur by chance.
_PLACE = re.compile(rb"[+-]\d{2}\.\d{3,8}[+-]\d{3}\.\d{3,8}(?:[+-]\d{1,5}(?:\.\d{1,5})?)?/?")
# ISO 14496-12: boxes that hold boxes, those that picture and sound need, and those that hold two times.
_HOLDERS = frozenset(
    [b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl", b"edts", b"mvex", b"moof", b"traf", b"mfra", b"tapt"]
)
_NEEDED = frozenset(
    [b"ftyp", b"styp", b"mdat", b"mvhd", b"iods", b"tkhd", b"elst", b"mdhd", b"hdlr", b"vmhd", b"smhd", b"gmhd",
     b"dref", b"stsd", b"stts", b"ctts", b"cslg", b"stss", b"stsz", b"stz2", b"stsc", b"stco", b"co64", b"sdtp",
     b"sgpd", b"sbgp", b"stps", b"mehd", b"trex", b"mfhd", b"tfhd", b"tfdt", b"trun", b"sidx", b"mfro", b"tfra",
     b"clef", b"prof", b"enof", b"nmhd"]
)  # fmt: skip
_DATED = frozenset([b"mvhd", b"tkhd", b"mdhd"])
_KEPT_TRACKS = frozenset([b"vide", b"soun"])
_DEEP = 12

Box = tuple[bytes, int, int, int]  # kind, where it starts, where its content starts, where it ends


def film_type(data: bytes) -> tuple[str, str] | None:
    """Content type and extension; None when it is no video. Raises ValueError for one that is cut short."""
    if webm.is_webm(data):
        return "video/webm", ".webm"
    if data[4:8] != b"ftyp":
        return None
    brand = data[8:12]
    found = _TYPES.get(brand[:2]) or (_MP4 if brand in _MP4_BRANDS else None)
    if found is not None and b"moov" not in {kind for kind, *_where in _boxes(data, 0, len(data))}:
        raise ValueError("no film in it")
    return found


def bare(data: bytes) -> bytes:
    """The same video, as long to the byte, with picture and sound alone. Raises ValueError for a broken one."""
    if webm.is_webm(data):
        return webm.bare(data)
    blank = bytearray(data)
    is_cut = any(kind == b"moof" for kind, *_where in _boxes(data, 0, len(data)))
    _bare_boxes(blank, data, 0, len(data), is_cut=is_cut, depth=0)
    return _PLACE.sub(lambda place: re.sub(rb"\d", b"0", place[0]), bytes(blank))


def _boxes(data: bytes, at: int, end: int) -> list[Box]:
    """The boxes from `at` to `end` (ISO 14496-12); ValueError when they do not fill it."""
    found = []
    while at < end:
        size, kind, head = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16]), 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            raise ValueError("cut short")
        found.append((kind, at, at + head, at + size))
        at += size
    return found


def _bare_boxes(blank: bytearray, data: bytes, at: int, end: int, *, is_cut: bool, depth: int) -> None:
    if depth > _DEEP:
        raise ValueError("too deep")
    for kind, start, content, stop in _boxes(data, at, end):
        if kind == b"trak" and _handler(data, content, stop) not in _KEPT_TRACKS:
            if is_cut:
                raise ValueError("measurements that cannot be found")  # their samples lie in fragments
            for first, last in _samples(data, content, stop):
                blank[first:last] = bytes(last - first)
            _free(blank, start, content, stop)
        elif kind in _HOLDERS:
            _bare_boxes(blank, data, content, stop, is_cut=is_cut, depth=depth + 1)
        elif kind not in _NEEDED:
            _free(blank, start, content, stop)
        elif kind in _DATED:
            times = 16 if data[content : content + 1] == b"\x01" else 8
            blank[content + 4 : min(content + 4 + times, stop)] = bytes(max(0, min(times, stop - content - 4)))
        elif kind == b"hdlr":
            keep = content + 12  # version, a number, the handler; then the maker and a name
            blank[keep:stop] = bytes(max(0, stop - keep))
        elif kind == b"stsd":
            _bare_descriptions(blank, data, content + 8, stop)


def _free(blank: bytearray, start: int, content: int, stop: int) -> None:
    blank[start + 4 : start + 8] = b"free"
    blank[content:stop] = bytes(stop - content)


def _bare_descriptions(blank: bytearray, data: bytes, at: int, end: int) -> None:
    """The name of the encoder, in descriptions of pictures."""
    for kind, start, _content, stop in _boxes(data, at, end) if at <= end else []:
        if kind in {b"avc1", b"avc3", b"hvc1", b"hev1", b"mp4v", b"s263", b"h263", b"av01", b"vp09", b"jpeg"}:
            first, last = start + 50, min(start + 82, stop)
            blank[first:last] = bytes(max(0, last - first))


def _inside(data: bytes, way: tuple[bytes, ...], at: int, end: int) -> tuple[int, int] | None:
    """Content of the box that is reached by this way through the boxes."""
    for kind, _start, content, stop in _boxes(data, at, end):
        if kind == way[0]:
            return _inside(data, way[1:], content, stop) if way[1:] else (content, stop)
    return None


def _handler(data: bytes, at: int, end: int) -> bytes:
    found = _inside(data, (b"mdia", b"hdlr"), at, end)
    return data[found[0] + 8 : found[0] + 12] if found else b""


def _samples(data: bytes, at: int, end: int) -> list[tuple[int, int]]:
    """Where the samples of a track lie, chunk by chunk (stsc, stsz, stco or co64). ValueError when they would be more
    than the file holds.
    """
    sizes, runs = (_table(data, kind, at, end) for kind in (b"stsz", b"stsc"))
    short, long = _table(data, b"stco", at, end), _table(data, b"co64", at, end)
    offsets = _numbers(short[8:], 4) if short else _numbers(long[8:], 8)
    same, each = int.from_bytes(sizes[4:8]), _numbers(sizes[12:], 4)
    rows = _numbers(runs[8:], 4)
    found: list[tuple[int, int]] = []
    sample = row = total = 0
    for number, offset in enumerate(offsets, start=1):
        while row + 3 < len(rows) - 2 and rows[row + 3] <= number:
            row += 3
        per_chunk = rows[row + 1] if row + 1 < len(rows) else 1
        length = same * per_chunk if same else sum(each[sample : sample + per_chunk])
        sample += per_chunk
        total += length
        if total > len(data) or offset > len(data):
            raise ValueError("more samples than bytes")
        found.append((offset, min(offset + length, len(data))))
    return found


def _table(data: bytes, kind: bytes, at: int, end: int) -> bytes:
    found = _inside(data, (b"mdia", b"minf", b"stbl", kind), at, end)
    return data[found[0] : found[1]] if found else b""


def _numbers(packed: bytes, width: int) -> list[int]:
    return [int.from_bytes(packed[i : i + width]) for i in range(0, len(packed) - width + 1, width)]
