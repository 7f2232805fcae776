"""Files of a report: accepted by content, stored under random names, served only after a check of access."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, BinaryIO

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from lapor.lib.files import MAX_FILES, Refused, inspect

from .models import Attachment


def keep(upload: BinaryIO, *, name: str, pending: uuid.UUID, now: datetime) -> Attachment:
    """Checks the file by its content, cleans it and lets it wait under `pending` until an action claims it.

    Raises `lib.files.Refused` with a reason key for a file that is not an image, PDF or short video, is too
    large, or is
    the sixth one.
    """
    if Attachment.objects.filter(pending=pending, report=None).count() >= MAX_FILES:
        raise Refused("too_many")
    accepted = inspect(upload, declared_name=name)
    key = uuid.uuid4()
    stored_as = default_storage.save(f"{now:%Y/%m}/{key.hex}{accepted.extension}", ContentFile(accepted.data))
    return Attachment.objects.create(
        key=key,
        pending=pending,
        stored_as=stored_as,
        kind=accepted.kind,
        content_type=accepted.content_type,
        name=accepted.name,
        size=accepted.size,
        width=accepted.width,
        height=accepted.height,
        added_at=now,
    )


def read(attachment: Attachment) -> File[Any]:
    """The stored bytes, open for reading."""
    return default_storage.open(attachment.stored_as, "rb")
