"""Files that a citizen sends: every good one is kept, and what was wrong with each other one is said."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext

from lapor.lib.files import Refused
from lapor.reports import files, pending


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


def file_error(name: str, reason: str) -> str:
    """Why a file was not taken, in the reader's language."""
    words = {
        "too_large": gettext("%(name)s lebih besar dari 10 MB."),
        "too_many": gettext("%(name)s tidak disimpan: paling banyak lima berkas."),
        "empty": gettext("%(name)s kosong."),
        "too_many_pixels": gettext("%(name)s terlalu besar ukurannya (lebih dari 40 juta piksel)."),
        "encrypted": gettext("%(name)s terkunci dengan kata sandi. Simpan tanpa kata sandi, lalu kirim lagi."),
        "bomb": gettext("%(name)s terlalu besar setelah dibuka. Simpan ulang sebagai PDF biasa, atau kirim fotonya."),
        "infected": gettext(
            "%(name)s mengandung virus dan tidak disimpan. Foto layar atau foto dokumennya dapat Anda kirim."
        ),
    }
    return words.get(
        reason, gettext("%(name)s tidak dapat dibaca. Kirim foto (JPG, PNG), dokumen PDF, atau video pendek (MP4).")
    ) % {"name": name}
