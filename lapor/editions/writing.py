"""The nightly edition, made by a job in small steps: each step adds five thousand reports to one ZIP and is noted.

Memory stays what one step needs, however many reports there are, and other work of the worker goes on in between. After
a crash the step is found unfinished and its ZIP begun anew. An edition is served once all of its files are whole; the
one before is deleted only then. What was made secret in between is gone with the next edition.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import logging
import shutil
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.text import slugify

from lapor.agencies.models import Region
from lapor.channels.opendata.columns import COLUMNS, harmless
from lapor.lib import parquet
from lapor.reports.models import State
from lapor.transparency.models import PublicReport
from lapor.transparency.opendata import row

from . import regencies
from .models import Edition, Part

log = logging.getLogger(__name__)
CHUNK: Final = 5_000
KINDS: Final = 3  # files of each chunk: CSV, JSON Lines, Parquet
BLOCK: Final = 1 << 20
EVERYTHING: Final = "lapor-semua"
NOWHERE: Final = "00"
SUMS: Final = "SHA256SUMS"
DATA: Final = Path(__file__).parent / "data"
EXTRAS: Final = (("BACA-SAYA.txt", "README.txt"), ("kamus-data.csv", "dictionary.csv"))


def folder(edition: Edition) -> Path:
    """Where the files of an edition lie."""
    return Path(settings.LAPOR_DATA) / "opendata" / edition.day.isoformat()


def step(*, now: datetime) -> int:
    """The next piece of today's edition; 0 when there is nothing left to do. Two workers never write at once."""
    with transaction.atomic():
        edition = _edition_of(timezone.localdate(now), now=now)
        locked = Edition.objects.select_for_update(skip_locked=True).filter(pk=edition.pk, whole_at=None).first()
        if locked is None:
            return 0
        part = locked.parts.filter(sha256="").order_by("pk").first()
        if part is None:
            _make_whole(locked, now=now)
        else:
            _write(part, folder(locked) / f"{part.name}.zip")
    return 1


def _edition_of(day: date, *, now: datetime) -> Edition:
    """That of the day, planned when it is not there; what an earlier day left unfinished is dropped."""
    edition = Edition.objects.filter(day=day).first()
    if edition is None:
        # Never that of the day: another worker may have begun it since we looked.
        for unfinished in Edition.objects.filter(whole_at=None).exclude(day=day):
            _drop(unfinished)
        edition, is_new = Edition.objects.get_or_create(day=day, defaults={"begun_at": now})
        if is_new:
            _plan(edition)
    return edition


def _plan(edition: Edition) -> None:
    """One part for everything, one for each province and year that has reports."""
    shutil.rmtree(folder(edition), ignore_errors=True)
    folder(edition).mkdir(parents=True)
    names = dict(Region.objects.filter(level=1).values_list("code", "name"))
    found = _shown().values_list("province", ExtractYear("received_at")).order_by().distinct()
    parts = [Part(edition=edition, name=EVERYTHING)]
    for province, year in sorted(found):
        place = f"{province}-{slugify(names.get(province, ''))}" if province else f"{NOWHERE}-tanpa-wilayah"
        parts.append(Part(edition=edition, name=f"lapor-{place[:24]}-{year}", province=province, year=year))
    Part.objects.bulk_create(parts)


def _write(part: Part, path: Path) -> None:
    """The next chunk of one part, and its end when there is no more."""
    if not _is_as_noted(part, path):
        log.warning("a file of the open data was left unfinished and is begun anew: %s", part.name)
        path.unlink(missing_ok=True)
        part.cursor, part.members, part.rows = None, 0, 0
    copies = _next(part)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, allowZip64=True) as target:
        if copies or part.members == 0:
            part.members += 1
            _add(target, part.members, copies)
            part.rows += len(copies)
        if len(copies) < CHUNK:
            for name, source in EXTRAS:
                target.writestr(name, (DATA / source).read_bytes())
    if copies:
        part.cursor = [copies[-1].received_at.isoformat(), copies[-1].code]
    if len(copies) < CHUNK:
        part.size, part.sha256 = path.stat().st_size, digest(path)
    part.save()


def _is_as_noted(part: Part, path: Path) -> bool:
    """Whether the file holds what was noted of it, no less and no more."""
    if not path.exists():
        return part.members == 0
    try:
        with zipfile.ZipFile(path) as target:
            return len(target.namelist()) == part.members * KINDS
    except zipfile.BadZipFile:
        return False


def _next(part: Part) -> list[PublicReport]:
    """The copies after the cursor in the order in which they came, along an index."""
    copies = _shown().select_related("region", "agency", "category").defer("words", "search")
    if part.year is not None:
        zone = timezone.get_default_timezone()
        begin, end = (datetime(part.year + by, 1, 1, tzinfo=zone) for by in (0, 1))
        copies = copies.filter(province=part.province, received_at__gte=begin, received_at__lt=end)
    if part.cursor:
        at, code = datetime.fromisoformat(part.cursor[0]), part.cursor[1]
        copies = copies.filter(Q(received_at__gt=at) | Q(code__gt=code), received_at__gte=at)
    return list(copies.order_by("received_at", "code")[:CHUNK])


def _shown() -> Any:
    return PublicReport.objects.exclude(state=State.ARCHIVED)


def _add(target: zipfile.ZipFile, number: int, copies: Sequence[PublicReport]) -> None:
    table, lines = io.StringIO(newline=""), io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    every = [row(copy) for copy in copies]
    for cells in every:
        writer.writerow([harmless(cell) for cell in cells])
        lines.write(json.dumps(dict(zip(COLUMNS, cells, strict=True)), ensure_ascii=False) + "\n")
    target.writestr(f"laporan-{number:04}.csv", table.getvalue())
    target.writestr(f"laporan-{number:04}.jsonl", lines.getvalue())
    packed = parquet.table(COLUMNS, [[str(cell) for cell in cells] for cells in every])
    target.writestr(f"laporan-{number:04}.parquet", packed, zipfile.ZIP_STORED)


def _make_whole(edition: Edition, *, now: datetime) -> None:
    """From now on it is the one that is served; the earlier ones go."""
    sums = "".join(
        f"{sha256}  {name}.zip\n" for name, sha256 in edition.parts.order_by("pk").values_list("name", "sha256")
    )
    places = folder(edition) / regencies.NAME
    places.write_bytes(regencies.draw(now=now))
    sums += f"{digest(places)}  {places.name}\n"
    (folder(edition) / SUMS).write_text(sums, encoding="ascii")
    edition.whole_at = now
    edition.save(update_fields=["whole_at"])
    for old in Edition.objects.filter(day__lt=edition.day):
        _drop(old)


def _drop(edition: Edition) -> None:
    place = folder(edition)
    edition.delete()
    transaction.on_commit(lambda: shutil.rmtree(place, ignore_errors=True))


def digest(path: Path) -> str:
    """SHA-256 of a file, read in blocks."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            found.update(block)
    return found.hexdigest()
