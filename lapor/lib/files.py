"""Files that citizens and officers send: accepted by content, never by name; images are made anew without metadata."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass, field
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 5
MAX_PIXELS = 40_000_000
MAX_SIDE = 4000
_PDF_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
_MP4_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash")


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
    video = _video_type(data)
    if video is not None:
        content_type, extension = video
        return Accepted("video", content_type, extension, safe_name(declared_name, extension), data)
    return _image(data, declared_name)


def safe_name(declared: str, extension: str) -> str:
    """A short name for people, with the true extension; never used as a path."""
    stem = re.split(r"[/\\]", declared)[-1].rsplit(".", 1)[0]
    stem = re.sub(r"[^\w \-]+", "", stem).strip()[:60]
    return f"{stem or 'berkas'}{extension}"


def _pdf(data: bytes, declared_name: str) -> Accepted:
    if b"%%EOF" not in data[-2048:]:
        raise Refused("broken")
    if _PDF_ACTIVE.search(data):
        raise Refused("active")
    return Accepted("pdf", "application/pdf", ".pdf", safe_name(declared_name, ".pdf"), data)


def _video_type(data: bytes) -> tuple[str, str] | None:
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        if brand.startswith(b"3g"):
            return "video/3gpp", ".3gp"
        if brand in _MP4_BRANDS:
            return "video/mp4", ".mp4"
    if data.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in data[:64]:
        return "video/webm", ".webm"
    return None


def _image(data: bytes, declared_name: str) -> Accepted:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF"))
            if picture.width * picture.height > MAX_PIXELS:
                raise Refused("too_many_pixels")
            picture.load()
    except UnidentifiedImageError:
        raise Refused("unknown") from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refused("too_many_pixels") from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise Refused("broken") from None
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    has_alpha = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
    clean = Image.new("RGBA" if has_alpha else "RGB", upright.size)
    clean.paste(upright.convert(clean.mode))
    out = io.BytesIO()
    if has_alpha:
        clean.save(out, "PNG", optimize=True)
        kind, extension = "image/png", ".png"
    else:
        clean.save(out, "JPEG", quality=85)
        kind, extension = "image/jpeg", ".jpg"
    return Accepted(
        "image", kind, extension, safe_name(declared_name, extension), out.getvalue(), clean.width, clean.height
    )
