"""Files of a report: accepted by content, scanned, kept encrypted under random names, served only after a check.

Those of a sealed report are encrypted for its own key before they touch the disk; a row then tells neither name nor
type nor size.
"""

from __future__ import annotations

import contextlib
import io
import os
import uuid
from datetime import datetime
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext

from lapor.lib.files import MAX_FILES, Accepted, Refused, inspect
from lapor.scanning import clamd
from lapor.vault import files as vault
from lapor.vault.keys import WrongKey
from lapor.vault.sealed_files import open_file, seal_file
from lapor.vault.sealing import Private

from .days import to_the_day
from .models import Attachment, Scan
from .opening import unbox
from .sealing import box

# What of a file is told by its row alone while it is not sealed.
TELLS = ("name", "kind", "content_type", "size", "width", "height")
_TOLD_NOTHING = {"name": "", "kind": "", "content_type": "", "size": 0, "width": None, "height": None}


class Quarantined(Exception):
    """A virus was found in this file; nobody is given it."""


def keep(
    upload: BinaryIO,
    *,
    name: str,
    pending: uuid.UUID,
    now: datetime,
    keeps_name: bool = False,
    public: bytes | None = None,
) -> Attachment:
    """Checks the file by its content, cleans it and lets it wait under `pending` until an action claims it; sealed for
    `public`, where that is given.

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
    file = Attachment(
        key=uuid.uuid4(),
        pending=pending,
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
    if public is None:
        file.stored_as, file.is_locked = store(file.key, accepted.data, now=now), True
    else:
        _put_sealed(file, accepted.data, public, now=now)
    file.save(force_insert=True)
    return file


def _plain_name(accepted: Accepted, number: int) -> str:
    words = {"image": gettext("foto"), "pdf": gettext("dokumen"), "video": gettext("video")}
    return f"{words[accepted.kind]}-{number}{accepted.extension}"


def store(key: uuid.UUID, data: bytes, *, now: datetime) -> str:
    """Puts the bytes, encrypted, into the folder of files under the random name that it returns."""
    return default_storage.save(f"{now:%Y/%m}/{uuid.uuid4().hex}", ContentFile(vault.lock(key, data)))


def content(attachment: Attachment, private: Private | None = None) -> bytes:
    """The bytes in clear, for checks; of a sealed file for whoever has the report's key. Raises `vault.keys.WrongKey`
    or, when they are gone, `OSError`.
    """
    with default_storage.open(attachment.stored_as, "rb") as kept:
        data: bytes = kept.read()
    if attachment.sealed is not None:
        if private is None:
            raise WrongKey("a sealed file takes the key of its report")
        return open_file(private, data)
    return vault.unlock(attachment.key, data) if attachment.is_locked else data


def read(attachment: Attachment, private: Private | None = None) -> BinaryIO:
    """The bytes in clear for somebody who may have them. Refuses with `Quarantined` what holds a virus."""
    if attachment.scan == Scan.INFECTED:
        raise Quarantined
    return io.BytesIO(content(attachment, private))


def seal(file: Attachment, public: bytes, *, now: datetime) -> None:
    """Stores a file anew for this key that was not sealed; the old one is deleted, with its key, once this holds."""
    if file.sealed is not None:
        return
    before, key = file.stored_as, file.key
    _put_sealed(file, content(file), public, now=now)
    file.save()
    transaction.on_commit(lambda: vault.forget(key))
    transaction.on_commit(lambda: default_storage.delete(before))


def unseal(file: Attachment, private: Private, *, now: datetime) -> None:
    """Stores a waiting file as one that is not sealed: its writer chose another kind of report before sending."""
    if file.sealed is None:
        return
    before, data = file.stored_as, content(file, private)
    for name, value in unbox(private, bytes(file.sealed)).items():
        setattr(file, name, value)
    file.sealed, file.stored_as, file.is_locked = None, store(file.key, data, now=now), True
    file.save()
    transaction.on_commit(lambda: default_storage.delete(before))


def delete(attachment: Attachment) -> None:
    """Destroys the key and the bytes of a file whose row is gone."""
    vault.forget(attachment.key)
    default_storage.delete(attachment.stored_as)


def _put_sealed(file: Attachment, data: bytes, public: bytes, *, now: datetime) -> None:
    """Writes the box and moves what the row tells into it. The folder and the times of the file say no hour."""
    file.sealed = box(public, {name: getattr(file, name) for name in TELLS})
    for name, value in _TOLD_NOTHING.items():
        setattr(file, name, value)
    day = to_the_day(now, region_code=None)
    file.scan_tried_at, file.is_locked = day, False
    file.stored_as = default_storage.save(f"segel/{uuid.uuid4().hex}", ContentFile(seal_file(public, data)))
    with contextlib.suppress(NotImplementedError):  # a store that is no disk keeps its own times
        os.utime(default_storage.path(file.stored_as), (day.timestamp(), day.timestamp()))
