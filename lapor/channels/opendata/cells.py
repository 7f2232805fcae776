"""What one cell says: a time, a stage, an identifier, a name, a text.

`Unreadable` says what is wrong with one, never what it holds.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from lapor.lib.text import normalise, shorten
from lapor.reports.taken import Stage

from .columns import original

FIRST_YEAR = 2000  # the service began in 2011; what is older is a counter's zero, not a date
LONGEST_TEXT = 40_000
LONGEST_ID = 60

_BLANK = {"", "-", "--", "null", "\\n", "n/a", "na", "nan", "none", "nil", "#n/a"}
_NAMELESS = {"anonim", "anonymous", "anonimus", "rahasia", "dirahasiakan", "disamarkan", "tanpa nama", "no name"}
_TIME = r"(?:[T ,]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,6})?)?)?"
_WRITTEN = (
    re.compile(rf"(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-](?P<year>\d{{4}}){_TIME}(?:\s*WIB)?", re.ASCII),
    re.compile(
        rf"(?P<year>\d{{4}})[/-](?P<month>\d{{1,2}})[/-](?P<day>\d{{1,2}}){_TIME}"
        r"(?:\s*(?P<offset>Z|[+-]\d{2}:?\d{2})|\s*WIB)?",
        re.ASCII,
    ),
)
_NO_DATE = re.compile(r"0{4}-00-00|00/00/0{4}")  # how databases write that there is none
_ID = re.compile(r"(?=.*\d)[0-9A-Za-z][0-9A-Za-z._/-]*", re.ASCII)
_WHOLE = re.compile(r"(\d+)\.0", re.ASCII)
_ROUNDED = re.compile(r"\d+[.,]\d+E\+?\d+", re.IGNORECASE | re.ASCII)


class Unreadable(Exception):
    """The cell says something impossible; the text says what, without quoting it."""


def words(cell: str, *, longest: int | None = None) -> str:
    """The text of a cell; empty where it only says that there is none."""
    text = normalise(original(cell))
    if text.casefold() in _BLANK:
        return ""
    return shorten(text, longest) if longest is not None and len(text) > longest else text


def text(cell: str) -> str:
    """A report's own words. Refuses what is too long to be one."""
    found = words(cell)
    if len(found) > LONGEST_TEXT:
        raise Unreadable(_("isi terlalu panjang"))
    return found


def name(cell: str) -> str:
    """Who told it; empty where the file hides it."""
    found = words(cell, longest=150)
    return "" if found.casefold() in _NAMELESS else found


def identifier(cell: str) -> str:
    """A tracking number. Refuses what cannot be one: a cell that slipped over from another column could be a name."""
    found = words(cell).removeprefix("#").strip()
    if whole := _WHOLE.fullmatch(found):  # a spreadsheet took it for a quantity
        found = whole[1]
    if not found:
        raise Unreadable(_("nomor laporan kosong"))
    if _ROUNDED.fullmatch(found):
        raise Unreadable(_("nomor laporan dibulatkan oleh lembar kerja"))
    if len(found) > LONGEST_ID or not _ID.fullmatch(found):
        raise Unreadable(_("nomor laporan tidak dapat dibaca"))
    return found


def stage(cell: str) -> Stage | None:
    """Belum, Proses or Selesai; None where nothing is said."""
    found = words(cell).casefold()
    if not found:
        return None
    try:
        return Stage(found)
    except ValueError:
        raise Unreadable(_("status bukan Belum, Proses, atau Selesai")) from None


def moment(cell: str, *, now: datetime) -> datetime | None:
    """A time on the clock of the service, unless it names another; None where nothing is said.

    Reads day/month/year and ISO 8601. Refuses days that the calendar has not, and times no report can have.
    """
    found = cell.strip()
    if found.casefold() in _BLANK or _NO_DATE.match(found):
        return None
    match = next((match for pattern in _WRITTEN if (match := pattern.fullmatch(found))), None)
    if match is None:
        raise Unreadable(_("bukan tanggal"))
    parts = match.groupdict(default="")
    year, month, day = (int(parts[part]) for part in ("year", "month", "day"))
    hour, minute, second = (int(parts[part] or 0) for part in ("hour", "minute", "second"))
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=_zone(parts.get("offset", "")))
        is_possible = at.year >= FIRST_YEAR and at <= now + timedelta(days=1)
    except (ValueError, OverflowError):
        raise Unreadable(_("tanggal yang tidak ada di kalender")) from None
    if not is_possible:
        raise Unreadable(_("tanggal yang tidak mungkin"))
    return at


def names_its_offset(cell: str) -> bool:
    """Whether a time says how far its clock is from UTC, as only exports of LAPOR do."""
    match = _WRITTEN[1].fullmatch(cell.strip())
    return match is not None and bool(match["offset"])


def _zone(offset: str) -> tzinfo:
    if not offset:
        return get_default_timezone()
    if offset == "Z":
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    return timezone(timedelta(hours=hours, minutes=minutes) * (-1 if offset[0] == "-" else 1))
