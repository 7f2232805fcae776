"""A report as it comes over the wire: JSON alone, or a form with the JSON in `report` and its photos in `files`.

Report and files are one request, so that there is never one without the other, and a retry repeats both.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from uuid import uuid4

import msgspec
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext

from lapor.lib.files import Refused
from lapor.reports import files, pending
from lapor.reports.file_words import file_error
from lapor.reports.submission import Seal, new_seal

from .problem import Refusal, from_validation
from .schemas import FieldError, NewReport

_decoder = msgspec.json.Decoder(NewReport)
SEALED_KIND = "whistleblowing"


@dataclass(frozen=True)
class Parcel:
    """What was sent; nothing of it is kept yet."""

    report: NewReport
    uploads: list[UploadedFile] = field(default_factory=list)


@dataclass(frozen=True)
class Kept:
    """Files that wait for the report, and the seal they are under when it is to be sealed."""

    attachment_ids: tuple[int, ...] = ()
    seal: Seal | None = None


def unpack(request: HttpRequest) -> Parcel:
    """The report and its files. Refuses what is neither JSON nor a form, and JSON that is no report."""
    try:
        match request.content_type:
            case "application/json":
                return Parcel(_decoder.decode(request.body))
            case "multipart/form-data" if "report" in request.POST:
                return Parcel(_decoder.decode(request.POST["report"]), request.FILES.getlist("files"))
            case "multipart/form-data":
                raise Refusal(400, gettext("Kirim laporan sebagai JSON dalam bagian “report”."))
            case _:
                raise Refusal(415, gettext("Kirim isi sebagai application/json."))
    except RequestDataTooBig:
        raise Refusal(413, gettext("Isi permintaan terlalu besar.")) from None
    except msgspec.ValidationError as error:
        raise from_validation(error) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refusal(400, gettext("Isi permintaan bukan JSON yang benar.")) from None
    except (MultiPartParserError, TooManyFieldsSent, TooManyFilesSent):
        raise Refusal(400, gettext("Isi permintaan tidak dapat dibaca.")) from None


@contextmanager
def kept(parcel: Parcel, *, now: datetime) -> Iterator[Kept]:
    """Keeps the files while the report is filed; those that no report took are gone afterwards.

    A file that is not accepted refuses the whole: the sender is there no more to be asked, and nothing of it is filed
    without its evidence.
    """
    if not parcel.uploads:
        yield Kept()
        return
    key, seal = uuid4(), new_seal() if parcel.report.kind == SEALED_KIND else None
    try:
        wrong = []
        for place, upload in enumerate(parcel.uploads):
            try:
                public = seal.pair.public if seal else None
                files.keep(cast("Any", upload), name=upload.name or "", pending=key, now=now, public=public)
            except Refused as refused:
                detail = file_error(upload.name or gettext("Berkas"), refused.reason)
                wrong.append(FieldError(pointer=f"/files/{place}", detail=detail))
        if wrong:
            raise Refusal(422, gettext("Periksa berkas yang disebutkan."), wrong)
        yield Kept(tuple(file.pk for file in pending.files(key)), seal)
    finally:
        pending.drop_files(key)
