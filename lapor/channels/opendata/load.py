"""Takes over a whole file batch by batch. Each is one transaction, so a run cut short is completed by the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from lapor.reports.actions.imported import take_over
from lapor.reports.taken import Taken

from .cells import Unreadable
from .columns import TIMES
from .lines import Broken, NotOpenData, Table
from .match import Matcher
from .read import Reader

BATCH = 1000
LOCK = 710_241_002


class AlreadyLoading(Exception):
    """Another load is under way; two at once would wait for each other."""


class NotStored(Exception):
    """The database refused a batch. The text names lines and kind of error, never what the rows hold."""


@dataclass
class Progress:
    """What became of the rows so far; `read` counts bytes."""

    new: int = 0
    renewed: int = 0
    known: int = 0
    kept: int = 0
    broken: int = 0
    read: int = 0

    @property
    def rows(self) -> int:
        return self.new + self.renewed + self.known + self.kept + self.broken


@dataclass(frozen=True, kw_only=True)
class Ear:
    """Who is told while it goes on: of columns not known, of each broken row, of progress."""

    unknown: Callable[[list[str]], object]
    broken: Callable[[Broken], object]
    progress: Callable[[Progress], object]


def load(path: Path, *, ear: Ear, now: datetime, received_on: date | None = None, size: int = BATCH) -> Progress:
    """Takes over every row that can be read and tells of the others.

    Raises `NotOpenData`, `AlreadyLoading`, `NotStored` or OSError; batches that were done before stay.
    """
    with path.open(encoding="latin-1", newline="") as file, _alone():
        table = Table(file)
        if received_on is None and not set(TIMES) & set(table.columns):
            raise NotOpenData(_("Berkas ini tidak memuat kolom tanggal. Sebutkan harinya dengan --received-on."))
        ear.unknown(table.unknown)
        reader = Reader(Matcher(), now=now, received_on=received_on)
        progress = Progress()
        for lines, rows in _batches(_rows(table, reader, progress, ear=ear), size=size):
            _store(lines, rows, progress, now=now)
            progress.read = table.read
            ear.progress(progress)
        return progress


def _rows(table: Table, reader: Reader, progress: Progress, *, ear: Ear) -> Iterator[tuple[int, Taken]]:
    for record in table:
        if isinstance(record, Broken):
            problem = record
        else:
            try:
                yield record.line, reader.read(record.cells)
                continue
            except Unreadable as reason:
                problem = Broken(record.line, str(reason))
        progress.broken += 1
        ear.broken(problem)


def _batches(rows: Iterator[tuple[int, Taken]], *, size: int) -> Iterator[tuple[range, list[Taken]]]:
    """The lines that each batch spans, and its rows; the same identifier never twice in one."""
    first = last = 0
    batch: dict[str, Taken] = {}
    for line, row in rows:
        if len(batch) >= size or row.external_id in batch:
            yield range(first, last + 1), list(batch.values())
            batch = {}
        first, last = first if batch else line, line
        batch[row.external_id] = row
    if batch:
        yield range(first, last + 1), list(batch.values())


def _store(lines: range, rows: list[Taken], progress: Progress, *, now: datetime) -> None:
    try:
        done = take_over(rows, now=now)
    except DatabaseError as refused:
        # Its text would quote the row.
        raise NotStored(
            _("Baris %(first)d sampai %(last)d tidak dapat disimpan (%(kind)s).")
            % {"first": lines[0], "last": lines[-1], "kind": type(refused).__name__}
        ) from None
    progress.new += done.new
    progress.renewed += done.renewed
    progress.known += done.known
    progress.kept += done.kept


@contextmanager
def _alone() -> Iterator[None]:
    """The lock belongs to the connection: it goes with it, however the process ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise AlreadyLoading(_("Impor lain sedang berjalan."))
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
