"""Days off of one region as a person types them, several at once; reads and refuses, changes nothing.

A day that is over is refused: it would move deadlines that people were told, and some that have run out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext

from lapor.agencies.places import ancestors

from .models import Holiday

LONGEST_SPAN = 14
LONGEST_NAME = 120
YEARS_AHEAD = 2


@dataclass(frozen=True)
class Typed:
    """One row as it was typed. `until` may be empty: then it is one day."""

    since: str
    until: str
    name: str

    def is_empty(self) -> bool:
        return not (self.since or self.until or self.name)


class DaysRefused(Exception):
    """The rows cannot be entered; `problems` says what is wrong, row by row."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read_days(rows: Sequence[Typed], *, region_code: str, today: date) -> list[tuple[date, str]]:
    """Every day with its name, in order. All or nothing: one row in doubt, and `DaysRefused` names every such row.

    Refuses days that are over or far ahead, an end before its start, a day without a name, and what is a day off there
    already. Rows are counted as they stand, empty ones included.
    """
    taken = _off_already(region_code)
    found: dict[date, str] = {}
    problems = []
    for number, row in enumerate(rows, start=1):
        if row.is_empty():
            continue
        days = _days(row, today=today)
        problem = days if isinstance(days, str) else _clash(days, found, taken)
        if problem or isinstance(days, str):
            problems.append(gettext("Baris %(line)d: %(problem)s.") % {"line": number, "problem": problem})
        else:
            found |= dict.fromkeys(days, row.name)
    if not problems and not found:
        problems = [gettext("Isi paling sedikit satu hari libur.")]
    if problems:
        raise DaysRefused(problems)
    return sorted(found.items())


def coming(region_code: str, *, today: date) -> list[Holiday]:
    """The days off of this region alone from today on, by date."""
    return list(Holiday.objects.filter(region_code=region_code, day__gte=today, removed_at=None).order_by("day"))


def _off_already(region_code: str) -> Mapping[date, str]:
    """Every day that is off there, with its name: of the nation, of the region and of the regions above it."""
    codes = ["", region_code, *ancestors(region_code)]
    return dict(Holiday.objects.filter(region_code__in=codes, removed_at=None).values_list("day", "name"))


def _days(row: Typed, *, today: date) -> list[date] | str:
    try:
        since = date.fromisoformat(row.since)
        until = date.fromisoformat(row.until) if row.until else since
    except ValueError:
        return gettext("tanggal ditulis seperti 2027-03-10")
    if until < since:
        return gettext("tanggal akhir mendahului tanggal awal")
    if since < today:
        return gettext(
            "%(day)s sudah lewat. Libur yang berlaku surut mengubah tenggat yang sudah diberitahukan; bila memang "
            "perlu, masukkan lewat Kalender"
        ) % {"day": date_format(since, "j F Y")}
    if until.year > today.year + YEARS_AHEAD:
        return gettext("paling jauh tahun %(year)d") % {"year": today.year + YEARS_AHEAD}
    span = (until - since).days + 1
    if span > LONGEST_SPAN:
        return gettext("paling lama %(most)d hari berturut-turut") % {"most": LONGEST_SPAN}
    if not 0 < len(row.name) <= LONGEST_NAME:
        return gettext("nama hari libur kosong atau terlalu panjang")
    return [since + timedelta(days=number) for number in range(span)]


def _clash(days: Sequence[date], found: Mapping[date, str], taken: Mapping[date, str]) -> str:
    """What else stands on one of these days; nothing when they are free."""
    for day in days:
        if day in found:
            return gettext("%(day)s sudah disebut di atas") % {"day": date_format(day, "j F Y")}
        if day in taken:
            return gettext("%(day)s sudah libur: %(name)s") % {"day": date_format(day, "j F Y"), "name": taken[day]}
    return ""
