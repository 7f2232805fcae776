"""Reads a file with columns record by record, without holding it: separators, quotes, encodings, and what is broken.

A record that does not come out right is given up at its first line only; reading goes on at the next line, so that one
stray quote never swallows the rows behind it.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

from django.utils.translation import gettext as _

from .columns import ID, TEXT, TITLE, column_of

MOST_LINES = 200  # of one record
MOST_LETTERS = 200_000
_SEPARATORS = (",", ";")


class NotOpenData(Exception):
    """The file has not the columns without which nothing can be taken over; the text says which."""


@dataclass(frozen=True)
class Record:
    """One row by column; `line` is where it begins in the file, from 1."""

    line: int
    cells: dict[str, str] = field(repr=False)


@dataclass(frozen=True)
class Broken:
    """One row that was left out, and why; never what it holds."""

    line: int
    reason: str


class _Runaway(Exception):
    """A record does not end: a quote was opened and not closed."""


class _Lines:
    """The lines of a file one by one; those read for the record in hand can be put back."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._waiting: deque[str] = deque()
        self.in_hand: list[str] = []
        self.number = 0  # lines before the record in hand
        self.read = 0  # bytes
        self.is_cut = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.in_hand) >= MOST_LINES or sum(map(len, self.in_hand)) > MOST_LETTERS:
            raise _Runaway
        line = self._waiting.popleft() if self._waiting else self._next()
        if not line:
            self.is_cut = bool(self.in_hand)
            raise StopIteration
        self.in_hand.append(line)
        return line

    def begin(self) -> None:
        self.number += len(self.in_hand)
        self.in_hand, self.is_cut = [], False

    def put_back(self) -> None:
        """All lines in hand but the first."""
        self._waiting.extendleft(reversed(self.in_hand[1:]))
        del self.in_hand[1:]

    def _next(self) -> str:
        raw = self._file.readline(MOST_LETTERS)
        self.read += len(raw)
        return _decoded(raw.encode("latin-1"))


def _decoded(line: bytes) -> str:
    """Line by line, since files were put together from several: UTF-8 where it is, else Windows-1252."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("cp1252", errors="ignore")
    return text.replace("\0", "")


class Table:
    """The rows of a file, opened as Latin-1 with `newline=""` so that every byte comes through.

    Refuses with `NotOpenData` one without an identifier or without words.
    """

    def __init__(self, file: TextIO) -> None:
        self._lines = _Lines(file)
        heading = next(self._lines, "").removeprefix("\ufeff")
        if heading.lower().startswith("sep="):  # what Excel writes above the heading
            heading = next(self._lines, "")
        self._separator = max(_SEPARATORS, key=lambda separator: len(_known(heading, separator)))
        self._headings = next(csv.reader([heading], delimiter=self._separator), [])
        self.columns = [column_of(name) for name in self._headings]
        self._choose()

    @property
    def read(self) -> int:
        """Bytes read so far."""
        return self._lines.read

    @property
    def unknown(self) -> list[str]:
        """Headings that are none of the published columns."""
        return [
            name for name, column in zip(self._headings, self.columns, strict=True) if column is None and name.strip()
        ]

    def _choose(self) -> None:
        """Where both `TrackingID` and `id` stand, the full name counts."""
        if self.columns.count(ID) > 1:
            for place, name in enumerate(self._headings):
                if self.columns[place] == ID and name.strip().casefold() == "id":
                    self.columns[place] = None
        known = [column for column in self.columns if column is not None]
        twice = {column for column in known if known.count(column) > 1}
        if twice:
            raise NotOpenData(_("Kolom %(names)s ada dua kali.") % {"names": ", ".join(sorted(twice))})
        if ID not in known:
            raise NotOpenData(_("Baris pertama tidak memuat kolom TrackingID atau id."))
        if not {TEXT, TITLE} & set(known):
            raise NotOpenData(_("Baris pertama tidak memuat kolom IsiLaporan atau JudulLaporan."))

    def __iter__(self) -> Iterator[Record | Broken]:
        rows = self._rows()
        while True:
            self._lines.begin()
            row: list[str] = []
            try:
                row = next(rows)
                problem = self._problem(row)
            except StopIteration:
                return
            except _Runaway:
                problem = _("tanda kutip tidak ditutup")
            except csv.Error:
                problem = _("tidak dapat dibaca")
            line = self._lines.number + 1
            if problem:
                self._lines.put_back()
                rows = self._rows()
                yield Broken(line, problem)
            elif any(cell.strip() for cell in row):
                yield Record(line, {column: cell for column, cell in zip(self.columns, row, strict=False) if column})

    def _rows(self) -> Iterator[list[str]]:
        return csv.reader(self._lines, delimiter=self._separator)

    def _problem(self, row: list[str]) -> str:
        if self._lines.is_cut:
            return _("tanda kutip tidak ditutup")
        width, filled = len(self.columns), any(cell.strip() for cell in row)
        if filled and (len(row) < width or any(cell.strip() for cell in row[width:])):
            return _("ada %(found)d kolom, seharusnya %(wanted)d") % {"found": len(row), "wanted": width}
        return ""


def _known(heading: str, separator: str) -> set[str]:
    cells = next(csv.reader([heading], delimiter=separator), [])
    return {column for cell in cells if (column := column_of(cell))}
