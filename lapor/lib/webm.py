"""WebM (EBML, RFC 8794; Matroska, RFC 9559): told by its head; titles, dates, programs and tags blanked."""

from __future__ import annotations

_EBML = b"\x1a\x45\xdf\xa3"
_VOID = 0xEC
# Elements that are walked into: segment, information, tracks, one track. A cluster only where its length is not told.
_ENTERED = frozenset([0x18538067, 0x1549A966, 0x1654AE6B, 0xAE])
_CLUSTER = 0x1F43B675
# Title, date, muxing and writing program, names and identifiers of files, name of a track; tags, attachments, chapters.
_BLANKED = frozenset(
    [0x7BA9, 0x4461, 0x4D80, 0x5741, 0x73A4, 0x7384, 0x3CB923, 0x3C83AB, 0x3EB923, 0x3E83BB, 0x536E,
     0x1254C367, 0x1941A469, 0x1043A770, _VOID]
)  # fmt: skip
_TRACK, _TRACK_KIND, _SEEN_OR_HEARD = 0xAE, 0x83, {1, 2}


def is_webm(data: bytes) -> bool:
    """Whether it begins as one; other Matroska is none."""
    return data.startswith(_EBML) and b"webm" in data[:64]


def bare(data: bytes) -> bytes:
    """The same film, as long to the byte. Raises ValueError when its elements do not fill it, or for a track of words
    or measurements, which would have to be taken out of every cluster.
    """
    blank, at = bytearray(data), _past_head(data)
    while at < len(data):
        kind, content, size = _element(data, at)
        is_open = size is None
        end = len(data) if size is None else content + size
        if end > len(data):
            raise ValueError("cut short")
        if kind == _TRACK and not is_open:
            _refuse_other_tracks(data, content, end)
        if kind in _BLANKED and not is_open:
            _void(blank, at, end)
        elif is_open and kind not in _ENTERED and kind != _CLUSTER:
            raise ValueError("no length")
        at = content if kind in _ENTERED or is_open else end
    return bytes(blank)


def _past_head(data: bytes) -> int:
    _kind, content, size = _element(data, 0)
    if size is None:
        raise ValueError("no length")
    return content + size


def _refuse_other_tracks(data: bytes, at: int, end: int) -> None:
    while at < end:
        kind, content, size = _element(data, at)
        if size is None:
            raise ValueError("no length")
        if kind == _TRACK_KIND and int.from_bytes(data[content : content + size]) not in _SEEN_OR_HEARD:
            raise ValueError("neither picture nor sound")
        at = content + size


def _element(data: bytes, at: int) -> tuple[int, int, int | None]:
    """Kind, where the content starts, how long it is: None where the length is left open."""
    kind, at = _number(data, at, keep_mark=True, most=4)
    start = at
    size, at = _number(data, at, keep_mark=False, most=8)
    is_open = size == (1 << 7 * (at - start)) - 1
    return kind, at, None if is_open else size


def _number(data: bytes, at: int, *, keep_mark: bool, most: int) -> tuple[int, int]:
    """A number that says its own length by its leading zeros, and where the next one is."""
    first = data[at] if at < len(data) else 0
    width = 9 - first.bit_length()
    if not first or width > most or at + width > len(data):
        raise ValueError("no number")
    value = int.from_bytes(data[at : at + width])
    return (value if keep_mark else value & ((1 << 7 * width) - 1)), at + width


def _void(blank: bytearray, at: int, end: int) -> None:
    """An empty element of the same length in its place."""
    room = end - at
    width = 1 if room < 128 else 8
    blank[at] = _VOID
    mark = 1 << 7 * width
    blank[at + 1 : at + 1 + width] = (mark | (room - 1 - width)).to_bytes(width)
    blank[at + 1 + width : end] = bytes(room - 1 - width)
