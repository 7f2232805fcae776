"""Reads the days off of an official decree from a CSV file (day, name, kind) that a person typed; changes nothing."""

from __future__ import annotations

import csv
from datetime import date

from django.utils.translation import gettext

from .models import Holiday

COLUMNS = ("day", "name", "kind")
KINDS = (Holiday.Kind.NATIONAL, Holiday.Kind.CUTI_BERSAMA)
LONGEST_NAME = 120
DecreeDay = tuple[date, str, str]


class DecreeRefused(Exception):
    """The file is not a decree for this year; `problems` says what is wrong, line by line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read_decree(text: str, *, year: int, has_title: bool = True) -> list[DecreeDay]:
    """The days off, in order; columns stand between commas or semicolons.

    All or nothing: one line in doubt, and `DecreeRefused` names every such line. Lines are counted with the line of
    titles, or without it where a person does not see one.
    """
    lines = text.splitlines()
    rows = csv.DictReader(lines, delimiter=";" if lines and ";" in lines[0] else ",")
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise DecreeRefused([gettext("Baris pertama tidak memuat kolom %(names)s.") % {"names": ", ".join(missing)}])
    found: dict[tuple[date, str], str] = {}
    problems = []
    for row in rows:
        fields = {column: (row[column] or "").strip() for column in COLUMNS}
        day = _day(fields["day"])
        problem = _problem(day, fields["name"], fields["kind"], year=year)
        if day is not None and (day, fields["name"]) in found:
            problem = gettext("hari ini sudah disebut di atas")
        if problem or day is None:
            problems.append(
                gettext("Baris %(line)d: %(problem)s.") % {"line": rows.line_num - (not has_title), "problem": problem}
            )
        else:
            found[day, fields["name"]] = fields["kind"]
    if not problems and not found:
        problems = [gettext("Berkas ini tidak memuat satu hari libur pun.")]
    if problems:
        raise DecreeRefused(problems)
    return sorted((day, name, kind) for (day, name), kind in found.items())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _problem(day: date | None, name: str, kind: str, *, year: int) -> str:
    if day is None:
        return gettext("tanggal ditulis seperti 2027-03-10")
    if day.year != year:
        return gettext("tanggal ini bukan tahun %(year)s") % {"year": year}
    if not 0 < len(name) <= LONGEST_NAME:
        return gettext("nama hari libur kosong atau terlalu panjang")
    if kind not in KINDS:
        return gettext("jenisnya harus national atau cuti_bersama")
    return ""
