"""A person's own data as a ZIP: JSON for machines, an HTML page to read, and the files (UU 27/2022 art. 7, 13).

It is written while it is sent, so that it never lies on a disk.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from lapor.lib.zips import Pipe
from lapor.reports import files
from lapor.reports.models import Attachment
from lapor.vault.sealing import Private

from .subject import path_of

CHUNK = 256 * 1024
ABOUT = "UU 27/2022: pasal 7 (akses dan salinan), pasal 13 (bentuk yang dapat dibaca mesin)"


@dataclass(frozen=True)
class Part:
    """One report in the package: its data and its files. `folder` ends with a slash, or is empty for one alone; `key`
    opens the files of a sealed report.
    """

    folder: str
    data: Mapping[str, Any]
    files: Sequence[Attachment]
    key: Private | None = field(default=None, repr=False)


def stream(parts: Sequence[Part], *, account: Mapping[str, Any] | None, now: datetime) -> Iterator[bytes]:
    """The bytes of the archive, piece by piece."""
    pipe = Pipe()
    content = {"about": ABOUT, "made_at": now, "account": account, "reports": [part.data for part in parts]}
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        page = render_to_string("privacy/data.html", {"account": account, "parts": parts, "now": now, "about": ABOUT})
        archive.writestr("baca.html", page)
        yield pipe.take()
        for part in parts:
            for file in part.files:
                yield from _copy(archive, pipe, f"{part.folder}{path_of(file)}", file, part.key)
    yield pipe.take()


def _copy(archive: zipfile.ZipFile, pipe: Pipe, path: str, file: Attachment, key: Private | None) -> Iterator[bytes]:
    with files.read(file, key) as source, archive.open(path, "w") as target:
        while chunk := source.read(CHUNK):
            target.write(chunk)
            yield pipe.take()
