"""Files of a report: accepted by content, scanned, kept encrypted under random names, served only after a check."""

from __future__ import annotations

import io
import uuid
from datetime import datetime
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext

from lapor.lib.files import MAX_FILES, Accepted, Refused, inspect
from lapor.scanning import clamd
from lapor.vault import files as vault

from .models import Attachment, Scan


class Quarantined(Exception):
    """A virus was found in this file; nobody is given it."""


def keep(upload: BinaryIO, *, name: str, pending: uuid.UUID, now: datetime, keeps_name: bool = False) -> Attachment:
    """Checks the file by its content, cleans it and lets it wait under `pending` until an action claims it.

    Its name is replaced, since people call files by what they should not tell, unless `keeps_name`. Raises
    `lib.files.Refused` with a reason key for a file that is not an image, PDF or short video, is too large, holds a
    virus or is the sixth one. A scanner that does not answer keeps nobody from reporting: the file is scanned later.
    """
    waiting = Attachment.objects.filter(pending=pending, report=None).count()
    if waiting >= MAX_FILES:
        raise Refused("too_many")
    accepted = inspect(upload, declared_name=name)
    verdict = clamd.scan(accepted.data)
    if verdict == clamd.Verdict.INFECTED:
        raise Refused("infected")
    key = uuid.uuid4()
    return Attachment.objects.create(
        key=key,
        pending=pending,
        stored_as=store(key, accepted.data, now=now),
        is_locked=True,
        kind=accepted.kind,
        content_type=accepted.content_type,
        name=accepted.name if keeps_name else _plain_name(accepted, waiting + 1),
        size=accepted.size,
        width=accepted.width,
        height=accepted.height,
        scan=Scan(verdict.value),
        scan_tried_at=now,
        added_at=now,
    )


def _plain_name(accepted: Accepted, number: int) -> str:
    words = {"image": gettext("foto"), "pdf": gettext("dokumen"), "video": gettext("video")}
    return f"{words[accepted.kind]}-{number}{accepted.extension}"


def store(key: uuid.UUID, data: bytes, *, now: datetime) -> str:
    """Puts the bytes, encrypted, into the folder of files under the random name that it returns."""
    return default_storage.save(f"{now:%Y/%m}/{uuid.uuid4().hex}", ContentFile(vault.lock(key, data)))


def content(attachment: Attachment) -> bytes:
    """The bytes in clear, for checks. Raises `vault.keys.WrongKey` or, when they are gone, `OSError`."""
    with default_storage.open(attachment.stored_as, "rb") as kept:
        data: bytes = kept.read()
    return vault.unlock(attachment.key, data) if attachment.is_locked else data


def read(attachment: Attachment) -> BinaryIO:
    """The bytes in clear for somebody who may have them. Refuses with `Quarantined` what holds a virus."""
    if attachment.scan == Scan.INFECTED:
        raise Quarantined
    return io.BytesIO(content(attachment))


def delete(attachment: Attachment) -> None:
    """Destroys the key and the bytes of a file whose row is gone."""
    vault.forget(attachment.key)
    default_storage.delete(attachment.stored_as)
