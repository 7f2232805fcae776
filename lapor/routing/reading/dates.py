"""When something happened, as people say it: "kemarin", "tgl 3 kmrn", "sejak lebaran", "3 bulan", "awal Maret".

The answer is a range of days before or on a given day, never after it; None where no time is told. Feasts come from the
`holidays` library. Days of birth and the date at the head of a letter are no dates of the matter.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from lapor.routing.reading.time_words import MONTH, NUMBER, PARTS, SHORT, UNITS, WEEKDAY
from lapor.routing.words import MAX_READ, read_table

OLDEST = 1945  # no report tells of anything earlier
LONGEST = 50  # years that a matter can have lasted


@dataclass(frozen=True)
class DateReading:
    """The first and last day that it can have been, and the words that say so."""

    earliest: date
    latest: date
    words: str

    @property
    def is_exact(self) -> bool:
        return self.earliest == self.latest


# The longest first, so that "mart" is not read as "mar".
_M = "|".join(sorted(MONTH, key=len, reverse=True))
_W = "|".join(sorted(WEEKDAY, key=len, reverse=True))
_N = r"\d{1,2}|" + "|".join(sorted(NUMBER, key=len, reverse=True))
_BORN = re.compile(r"(?:lahir|kelahiran|ttl|umur|usia|berusia|berumur)\W+(?:\w+\W+){0,3}$")
_HEAD = re.compile(r"^[a-z .]{3,40}, $")

_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/])")
_WRITTEN = re.compile(
    rf"\b(\d{{1,2}})(?:\s*(?:-|–|sampai|sd|s/d|dan|,)\s*(\d{{1,2}}))?\s+({_M})\b\.?(?:\s+(\d{{4}})\b)?"
)
_ON_DAY = re.compile(r"\b(?:tanggal|tgl)\s*(\d{1,2})\b(?:\s+(bulan lalu|bulan kemarin|bulan ini|kemarin))?")
_IN_MONTH = re.compile(
    rf"(?:\b(awal|pertengahan|tengah|akhir)\s+(?:bulan\s+)?|\b(?:bulan|sejak|dari|pada|semenjak|mulai|sampai)\s+)"
    rf"({_M})\b(?:\s+(?:tahun\s+)?(\d{{4}})\b)?"
)
_MONTH_YEAR = re.compile(rf"(?<!\d )(?<!\d)\b({_M})\s+(?:tahun\s+)?((?:19|20)\d\d)\b")
_WEEKDAY_SAID = re.compile(
    rf"(?:\bhari\s+({_W})\b|\b(?!minggu)({_W})\b(?=\s+(?:lalu|kemarin|pagi|siang|sore|malam|subuh|dini|tadi))|"
    rf"\b({_W})\b(?=\s+(?:pagi|siang|sore|subuh)))(?:\s+(depan|besok))?"
)
_AGO = re.compile(
    r"(\b(?:sudah|selama|sejak|hampir|lebih dari|dari|kurang lebih|su|wis|sekitar|baru|jalan)\s+"
    r"(?:hampir\s+|lebih\s+dari\s+)?)?"
    rf"\b({_N})(?:\s+(belas|puluh))?\s*(hari|minggu|pekan|bulan|tahun)(?:an)?\b"
    rf"(\s+(?:yang\s+)?lalu|\s+silam|\s+(?:lebih\s+)?(?:ini|belum|tidak|lebih)\b)?"
)
_NOT_AGO = re.compile(
    r"(?:umur|usia|berusia|berumur|bayi|anak|kontrak|garansi|penjara|setiap|tiap|per|dalam|masa|kelas|sekali|jadwal|cuti)\W+$"
)
_SINGLE = re.compile(r"\bse(hari|minggu|pekan|bulan|tahun)\b(?:an)?(\s+(?:yang\s+)?(?:lalu|lebih|penuh|ini))?")
_LAST = re.compile(r"\b(minggu|pekan|bulan|tahun)\s+(lalu|kemarin|ini)\b")
_NEAR = re.compile(
    r"\b(kemarin lusa|kemarin dulu|dua hari lalu|kemarin|tadi malam|semalam|malam tadi|malam kemarin|hari ini|tadi|"
    r"barusan|baru saja|malam ini|pagi ini|siang ini|sore ini|sekarang juga)\b"
)
_COUNTED = re.compile(rf"\b(?:{_N}|belas|puluh|beberapa|berapa)\s+$")
_FEAST_BEFORE = re.compile(
    r"(?:lebaran|fitri|adha|natal|puasa|rama[dh]+an|imlek|nyepi|paskah|waisak|tahun baru|agustusan)\s+$"
)
_YEAR = re.compile(r"\b(?:tahun|sejak|dari|semenjak|tahun anggaran|ta|pada)\s+((?:19|20)\d\d)\b")

_TOKEN = re.compile(r"[a-z']+|\d+")
_GLUED = re.compile(r"\b(\d{1,2})(hari|hr|minggu|mgg|bulan|bln|tahun|thn|th)\b")


def read_date(text: str, *, on: date) -> DateReading | None:
    """When the matter of a text happened or began; where several times are told, the most exact and then the first."""
    plain = _plain(text)
    found = [(rank, reading) for rank, reading in _all(plain, on) if reading is not None]
    return min(found, key=lambda each: each[0])[1] if found else None


def _plain(text: str) -> str:
    bare = text[:MAX_READ].lower()
    if not bare.isascii():
        bare = unicodedata.normalize("NFKD", bare.replace("–", "-").replace("—", "-").replace("’", "'"))
    bare = _GLUED.sub(r"\1 \2", bare)
    return _TOKEN.sub(lambda match: SHORT.get(match.group(), match.group()), bare)


Found = Iterator[tuple[int, DateReading | None]]


def _all(text: str, on: date) -> Found:
    for rank, (pattern, read) in enumerate(_READERS):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 40) : match.start()]
            if _BORN.search(before):
                continue
            later = 20 if rank < 3 and _HEAD.match(text[text.rfind("\n", 0, match.start()) + 1 : match.start()]) else 0
            yield rank + later, read(match, on, before)


def _day(year: int, month: int, day: int) -> date | None:
    if not (OLDEST <= year <= date.max.year and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def _range(first: date | None, last: date | None, on: date, words: str) -> DateReading | None:
    """Cut at the given day; None for what lies wholly after it."""
    if first is None or last is None or first > on:
        return None
    return DateReading(first, min(max(first, last), on), " ".join(words.split()))


def _iso(match: re.Match[str], on: date, _before: str) -> DateReading | None:
    day = _day(int(match[1]), int(match[2]), int(match[3]))
    return _range(day, day, on, match[0])


def _numeric(match: re.Match[str], on: date, _before: str) -> DateReading | None:
    year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    day = _day(year, int(match[3]), int(match[1]))
    return _range(day, day, on, match[0])


def _written(match: re.Match[str], on: date, _before: str) -> DateReading | None:
    month = MONTH[match[3]]
    for year in [int(match[4])] if match[4] else [on.year, on.year - 1]:
        first = _day(year, month, int(match[1]))
        if first is not None and first <= on:
            return _range(first, _day(year, month, int(match[2])) if match[2] else first, on, match[0])
    return None


def _on_day(match: re.Match[str], on: date, _before: str) -> DateReading | None:
    """ "tanggal 3": the last one before, "bulan lalu" the one of last month."""
    year, month = (on.year, on.month)
    if match[2] in ("bulan lalu", "bulan kemarin"):
        year, month = _months_back(on, 1)
    for back in range(3):
        at = _months_back(date(year, month, 1), back)
        day = _day(at[0], at[1], int(match[1]))
        if day is not None and day <= on:
            return _range(day, day, on, match[0])
    return None


def _months_back(day: date, months: int) -> tuple[int, int]:
    count = day.year * 12 + day.month - 1 - months
    return count // 12, count % 12 + 1


def _of_month(year: int, month: int, part: str | None) -> tuple[date | None, date | None]:
    if not OLDEST <= year < date.max.year:
        return None, None
    first, last = PARTS.get(part or "", (1, 31))
    return date(year, month, first), date(year, month, min(last, calendar.monthrange(year, month)[1]))


def _in_month(match: re.Match[str], on: date, _before: str) -> DateReading | None:
    month = MONTH[match[2]]
    for year in [int(match[3])] if match[3] else [on.year, on.year - 1]:
        first, last = _of_month(year, month, match[1])
        if first is not None and first <= on:
            return _range(first, last, on, match[0])
    return None


def _month_year(match: re.Match[str], on: date, _before: str) -> DateReading | None:
    first, last = _of_month(int(match[2]), MONTH[match[1]], None)
    return _range(first, last, on, match[0])


def _weekday(match: re.Match[str], on: date, _before: str) -> DateReading | None:
    if match[4]:
        return None
    back = (on.weekday() - WEEKDAY[match[1] or match[2] or match[3]]) % 7
    day = on - timedelta(days=back)
    return _range(day, day, on, match[0])


def _near(match: re.Match[str], on: date, before: str) -> DateReading | None:
    if match[1] == "kemarin" and _FEAST_BEFORE.search(before):  # "lebaran kemarin" is not yesterday
        return None
    back = {"kemarin lusa": 2, "kemarin dulu": 2, "dua hari lalu": 2, "kemarin": 1, "tadi malam": 1, "semalam": 1}
    back |= {"malam tadi": 1, "malam kemarin": 1}
    day = on - timedelta(days=back.get(match[1], 0))
    return _range(day, day, on, match[0])


def _last(match: re.Match[str], on: date, before: str) -> DateReading | None:
    if _COUNTED.search(before):  # "5 tahun lalu"
        return None
    unit, which = match[1], match[2]
    if unit in ("minggu", "pekan"):
        monday = on - timedelta(days=on.weekday() + (0 if which == "ini" else 7))
        return _range(monday, monday + timedelta(days=6), on, match[0])
    if unit == "bulan":
        first, last = _of_month(*_months_back(on, 0 if which == "ini" else 1), None)
        return _range(first, last, on, match[0])
    year = on.year - (0 if which == "ini" else 1)
    return _range(date(year, 1, 1), date(year, 12, 31), on, match[0])


def _ago(match: re.Match[str], on: date, before: str) -> DateReading | None:
    """ "sudah 3 bulan", "dua minggu lalu": so long before, give or take a tenth; "umur 3 bulan" is none."""
    if not (match[1] or match[5]) or _NOT_AGO.search(before):
        return None
    number = NUMBER.get(match[2]) or float(match[2])
    number += 10 if match[3] == "belas" else 0
    number *= 10 if match[3] == "puluh" else 1
    return _before(number, match[4], on, match[0])


def _single(match: re.Match[str], on: date, before: str) -> DateReading | None:
    if not match[2] and not re.search(r"(?:sudah|hampir|selama|lebih|sejak|su|dari)\W+$", before):
        return None
    return _before(1, match[1], on, match[0])


def _before(number: float, unit: str, on: date, words: str) -> DateReading | None:
    days = number * UNITS[unit]
    if number <= 0 or days > LONGEST * 366:
        return None
    slack = 0 if unit == "hari" else max(UNITS[unit] / 2, days / 10)
    middle = on - timedelta(days=round(days))
    return _range(middle - timedelta(days=round(slack)), middle + timedelta(days=round(slack)), on, words)


def _year(match: re.Match[str], on: date, _before: str) -> DateReading | None:
    year = int(match[1])
    return _range(date(year, 1, 1), date(year, 12, 31), on, match[0]) if year >= OLDEST else None


@lru_cache(maxsize=1)
def _feasts() -> dict[str, tuple[str, int, int]]:
    """What people call a feast → its name in the library, and the days before and after that belong to it."""
    rows = read_table("feasts.csv")
    return {row["said"]: (row["holiday"], int(row["before"]), int(row["after"])) for row in rows}


@lru_cache(maxsize=64)
def _days_of(year: int) -> dict[str, date]:
    named: dict[str, date] = {}
    for day, name in sorted(holidays.country_holidays("ID", years=year, language="en_US").items()):
        for one in name.split("; "):
            named.setdefault(one.replace(" (estimated)", ""), day)
    return named


@lru_cache(maxsize=1)
def _feast_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _feasts()), key=len, reverse=True))
    return re.compile(
        rf"(?<!menjelang )(?<!sebelum )\b({names})\b(?:\s+((?:19|20)\d\d))?(?!\s+(?:nanti|depan|besok|mendatang))"
    )


def _feast(match: re.Match[str], on: date, _before: str) -> DateReading | None:
    name, before, after = _feasts()[match[1]]
    for year in [int(match[2])] if match[2] else [on.year, on.year - 1]:
        day = _days_of(year).get(name) if OLDEST <= year < date.max.year else None
        if day is not None and day - timedelta(days=before) <= on:
            return _range(day - timedelta(days=before), day + timedelta(days=after), on, match[0])
    return None


_Reader = Callable[[re.Match[str], date, str], DateReading | None]
# The most exact first: where a text tells several times, the first kind that it has is taken.
_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (_ISO, _iso),
    (_NUMERIC, _numeric),
    (_WRITTEN, _written),
    (_ON_DAY, _on_day),
    (_WEEKDAY_SAID, _weekday),
    (_NEAR, _near),
    (_LAST, _last),
    (_IN_MONTH, _in_month),
    (_MONTH_YEAR, _month_year),
    (_feast_pattern(), _feast),
    (_AGO, _ago),
    (_SINGLE, _single),
    (_YEAR, _year),
)
