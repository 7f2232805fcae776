"""Files that a citizen sends: every good one is kept, and what was wrong with each other one is said."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext

from lapor.lib.files import Refused
from lapor.reports import files, pending
from lapor.reports.file_words import file_error


def take_files(uploads: list[UploadedFile], *, key: UUID, public: bytes | None = None) -> list[str]:
    """Keeps every good file under the key, sealed for `public`; says what was wrong with each other one."""
    problems = []
    for upload in uploads:
        try:
            files.keep(cast("Any", upload), name=upload.name or "", pending=key, now=timezone.now(), public=public)
        except Refused as refused:
            problems.append(file_error(upload.name or gettext("Berkas"), refused.reason))
    return problems


def drop_file(key: UUID, attachment: str) -> None:
    """Takes one waiting file out again."""
    try:
        pending.drop_file(key, attachment=str(UUID(attachment)))
    except ValueError:  # no name of a file: nothing to drop
        return
