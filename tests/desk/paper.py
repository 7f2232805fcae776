"""Files that officers send: a photo, a paper, and one that is neither."""

from __future__ import annotations

import io
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.samples import pdf


def a_photo() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (120, 80, 40)).save(out, "JPEG")
    return out


def photo(name: str = "aspal.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, a_photo().getvalue(), content_type="image/jpeg")


def not_a_photo(name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"MZ this is a program", content_type="image/jpeg")


def a_paper(name: str = "berita acara.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf(), content_type="application/pdf")


def pending_key() -> UUID:
    return uuid4()
