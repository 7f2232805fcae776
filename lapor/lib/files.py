"""Files that citizens and officers send: accepted by content, never by name; made anew or bare of metadata."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zlib
from dataclasses import dataclass, field
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from . import pdfs
from .films import bare, film_type

MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 5
MAX_PIXELS = 40_000_000
MAX_PIXELS_SCALED = 250_000_000
MAX_SIDE = 4000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_QUALITY = 85
# What a browser may take for a page, and where archives are told by: their end.
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|svg|iframe|\?xml)", re.IGNORECASE)
_HEAD = 2048
_ARCHIVE_END, _ARCHIVE_TAIL = b"PK\x05\x06", 65_535 + 22


class Refused(Exception):
    """The file is not taken; `reason` is a stable key (empty, too_large, too_many_pixels, unknown, broken, encrypted,
    bomb, mixed; from `reports.files` too_many and infected).
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
    return _film(data, declared_name) or _image(data, declared_name)


def safe_name(declared: str, extension: str) -> str:
    """A short name for people, with the true extension; never used as a path."""
    stem = re.split(r"[/\\]", declared)[-1].rsplit(".", 1)[0]
    stem = re.sub(r"[^\w \-]+", "", stem).strip()[:60]
    return f"{stem or 'berkas'}{extension}"


def _pdf(data: bytes, declared_name: str) -> Accepted:
    """Written anew: what stood before, behind or between its parts is gone, and so is what acts by itself."""
    try:
        clean = pdfs.clean(data)
    except pdfs.Unfit as unfit:
        raise Refused(unfit.reason) from None
    if len(clean) > MAX_BYTES:
        raise Refused("too_large")
    return Accepted("pdf", "application/pdf", ".pdf", safe_name(declared_name, ".pdf"), clean)


def _film(data: bytes, declared_name: str) -> Accepted | None:
    """A film keeps its bytes, so one that is a page, an archive or a paper as well is not taken."""
    try:
        film = film_type(data)
        if film is None:
            return None
        clean = bare(data)
    except ValueError:
        raise Refused("broken") from None
    if _MARKUP.search(clean, 0, _HEAD) or b"%PDF-" in clean[:_HEAD] or _ARCHIVE_END in clean[-_ARCHIVE_TAIL:]:
        raise Refused("mixed")
    content_type, extension = film
    return Accepted("video", content_type, extension, safe_name(declared_name, extension), clean)


def _image(data: bytes, declared_name: str) -> Accepted:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on large images (our own limit, below, is lower) and damaged EXIF
            picture = Image.open(io.BytesIO(data), formats=_FORMATS)
            _fit_memory(picture)
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


def _fit_memory(picture: Image.Image) -> None:
    """A large JPEG is unpacked at a fraction of its size, as telephones with a hundred megapixels need; whatever else
    has too many pixels is refused before it is unpacked.
    """
    pixels = picture.width * picture.height
    if picture.format == "JPEG" and not picture.info.get("progressive") and pixels <= MAX_PIXELS_SCALED:
        picture.draft("RGB", (MAX_SIDE, MAX_SIDE))
    elif pixels > MAX_PIXELS:
        raise Refused("too_many_pixels")


def _on_white(picture: Image.Image) -> Image.Image:
    """The pixels alone, in a new image: no EXIF, no place, no profile, no comment, no second frame."""
    clean = Image.new("RGB", picture.size, "white")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        clean.paste(layer, mask=layer)
    else:
        clean.paste(picture.convert("RGB"))
    return clean
