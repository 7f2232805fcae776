"""Files that citizens and officers send: accepted by content, never by name; images are made anew without metadata."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zlib
from dataclasses import dataclass, field
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from .films import film_type, without_place

MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 5
MAX_PIXELS = 40_000_000
MAX_SIDE = 4000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_QUALITY = 85
# Of a PDF: names that start something or bring another file along. A name may be written with #xx for a letter.
_PDF_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia)\b")
_PDF_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_PDF_PACKED = re.compile(rb"/ObjStm\b.{0,400}?\bstream\r?\n", re.DOTALL)
_UNPACKED_LIMIT = 4 * 1024 * 1024


class Refused(Exception):
    """The file is not taken; `reason` is a stable key (empty, too_large, too_many_pixels, unknown, broken,
    active, too_many).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Accepted:
    """A file fit to store: its bytes (of an image: new ones), what it is, and a name safe to show."""

    kind: str
    content_type: str
    extension: str
    name: str
    data: bytes = field(repr=False)
    width: int | None = None
    height: int | None = None

    @property
    def size(self) -> int:
        return len(self.data)


def inspect(upload: BinaryIO, *, declared_name: str) -> Accepted:
    """The file as it may be stored. Raises `Refused`; reads at most 10 MB and a byte."""
    upload.seek(0)
    data = upload.read(MAX_BYTES + 1)
    if not data:
        raise Refused("empty")
    if len(data) > MAX_BYTES:
        raise Refused("too_large")
    if data.startswith(b"%PDF-"):
        return _pdf(data, declared_name)
    try:
        film = film_type(data)
    except ValueError:
        raise Refused("broken") from None
    if film is not None:
        content_type, extension = film
        return Accepted("video", content_type, extension, safe_name(declared_name, extension), without_place(data))
    return _image(data, declared_name)


def safe_name(declared: str, extension: str) -> str:
    """A short name for people, with the true extension; never used as a path."""
    stem = re.split(r"[/\\]", declared)[-1].rsplit(".", 1)[0]
    stem = re.sub(r"[^\w \-]+", "", stem).strip()[:60]
    return f"{stem or 'berkas'}{extension}"


def _pdf(data: bytes, declared_name: str) -> Accepted:
    if b"%%EOF" not in data[-2048:]:
        raise Refused("broken")
    if any(_PDF_ACTIVE.search(_PDF_ESCAPE.sub(_letter, part)) for part in (data, *_unpacked(data))):
        raise Refused("active")
    return Accepted("pdf", "application/pdf", ".pdf", safe_name(declared_name, ".pdf"), data)


def _letter(escape: re.Match[bytes]) -> bytes:
    return bytes([int(escape[1], 16)])


def _unpacked(data: bytes) -> list[bytes]:
    """What stands in the object streams of a PDF, where dictionaries hide from a plain search."""
    parts, left = [], _UNPACKED_LIMIT
    for start in _PDF_PACKED.finditer(data):
        try:
            part = zlib.decompressobj().decompress(data[start.end() :], left) if left else b""
        except zlib.error:
            continue  # packed in another way, or encrypted: nobody's viewer runs it unasked
        parts.append(part)
        left -= len(part)
    return parts


def _image(data: bytes, declared_name: str) -> Accepted:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on large images (our own limit, below, is lower) and damaged EXIF
            picture = Image.open(io.BytesIO(data), formats=_FORMATS)
            if picture.width * picture.height > MAX_PIXELS:
                raise Refused("too_many_pixels")
            picture.load()
            upright = ImageOps.exif_transpose(picture)
    except UnidentifiedImageError:
        raise Refused("unknown") from None
    except Image.DecompressionBombError:
        raise Refused("too_many_pixels") from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error):
        raise Refused("broken") from None  # the decoders raise all of these on damaged files
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    clean = _on_white(upright)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=_QUALITY)
    name = safe_name(declared_name, ".jpg")
    return Accepted("image", "image/jpeg", ".jpg", name, out.getvalue(), clean.width, clean.height)


def _on_white(picture: Image.Image) -> Image.Image:
    """The pixels alone, in a new image: no EXIF, no place, no profile, no comment, no second frame."""
    clean = Image.new("RGB", picture.size, "white")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        clean.paste(layer, mask=layer)
    else:
        clean.paste(picture.convert("RGB"))
    return clean
