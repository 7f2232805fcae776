"""The report of a month as PDF, in Indonesian and English, from the published copies: made by a job, once each.

It counts what everybody can count in the published copies, so it tells nothing that they do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import ExtractDay
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from lapor.agencies.models import Category, Region
from lapor.lib.months import shifted
from lapor.statistics.buckets import Bucket
from lapor.transparency.models import PublicReport

from .models import Monthly
from .paper import Paper
from .shelf import monthly_folder
from .writing import digest

LANGUAGES: Final = ("id", "en")
MOST: Final = 10

Rows = list[tuple[str, int]]


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What one month's published reports come to; keys are buckets, slugs, codes and days."""

    total: int
    answered: int
    buckets: dict[str, int]
    categories: Rows
    provinces: Rows
    days: dict[int, int]


def make_due(*, now: datetime) -> int:
    """Makes the report of the last complete month in the languages that it is still missing in; returns how many."""
    month = shifted(timezone.localdate(now), -1)
    there = set(Monthly.objects.filter(month=month).values_list("language", flat=True))
    missing = [language for language in LANGUAGES if language not in there]
    if not missing:
        return 0
    numbers = count(month)
    for language in missing:
        _make(month, language, numbers, now=now)
    return len(missing)


def count(month: date) -> Numbers:
    """Counts the copies of reports that came in this month, along the index of when they came."""
    zone = timezone.get_default_timezone()
    end = shifted(month, 1)
    came = PublicReport.objects.filter(
        received_at__gte=datetime(month.year, month.month, 1, tzinfo=zone),
        received_at__lt=datetime(end.year, end.month, 1, tzinfo=zone),
    )
    return Numbers(
        total=came.count(),
        answered=came.filter(answered_at__isnull=False).count(),
        buckets=dict(_by(came, "bucket")),
        categories=[(key, n) for key, n in _by(came, "category") if key][:MOST],
        provinces=[(key, n) for key, n in _by(came, "province") if key][:MOST],
        days=dict(came.values_list(ExtractDay("received_at")).annotate(n=Count("pk")).order_by()),
    )


def _by(copies: Any, name: str) -> Rows:
    return list(copies.values_list(name).annotate(n=Count("pk")).order_by("-n", name))


def _make(month: date, language: str, numbers: Numbers, *, now: datetime) -> None:
    """Written beside and moved into place, so that nobody fetches half a file."""
    row = Monthly(month=month, language=language, made_at=now)
    place = monthly_folder() / row.name
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_suffix(".part")
    with translation.override(language):
        half.write_bytes(draw(month, language, numbers, now=now))
    half.replace(place)
    row.size, row.sha256 = place.stat().st_size, digest(place)
    row.save()


def draw(month: date, language: str, numbers: Numbers, *, now: datetime) -> bytes:
    """The pages, in the language that is in force."""
    name = date_format(month, "F Y")
    title = gettext("Laporan bulanan LAPOR!: %(month)s") % {"month": name}
    paper = Paper(title=title, language=language, foot=f"{settings.LAPOR_NAME} · {name}", made_at=now)
    paper.heading(title)
    if settings.LAPOR_DEMO:
        paper.paragraph(gettext("Peragaan: semua laporan di sini rekaan."))
    paper.paragraph(
        gettext("%(total)s laporan terbuka masuk bulan ini; %(answered)s di antaranya sudah dijawab pada %(day)s.")
        % {
            "total": numbers.total,
            "answered": numbers.answered,
            "day": date_format(timezone.localdate(now), "DATE_FORMAT"),
        }
    )
    labels = {bucket.value: str(bucket.label) for bucket in Bucket}
    _part(paper, gettext("Sampai di mana"), [(labels[key], numbers.buckets.get(key, 0)) for key in labels])
    categories = Category.objects.in_bulk([key for key, _n in numbers.categories])
    _part(
        paper,
        gettext("Paling sering dilaporkan"),
        [(str(categories[key]) if key in categories else key, n) for key, n in numbers.categories],
    )
    places = dict(Region.objects.filter(level=1).values_list("code", "name"))
    _part(paper, gettext("Dari provinsi mana"), [(places.get(key, key), n) for key, n in numbers.provinces])
    _picture(paper, gettext("Laporan per pekan"), _weeks(numbers.days))
    paper.heading(gettext("Bagaimana ini dihitung"), 2)
    address = f"{settings.LAPOR_PUBLIC_URL}/data-terbuka/"
    paper.points(
        [
            gettext(
                "Hanya laporan yang terbit untuk publik yang dihitung. Laporan rahasia dan tersegel tidak termasuk."
            ),
            gettext("Jumlah laporan bukan ukuran mutu layanan: yang mudah melapor tampak lebih banyak."),
            gettext("Data lengkap: %(address)s (CC BY 4.0).") % {"address": address},
        ]
    )
    return paper.written()


def _part(paper: Paper, title: str, rows: Rows) -> None:
    """A heading with its table."""
    paper.heading(title, 2)
    if any(n for _name, n in rows):
        paper.numbers((gettext("Nama"), gettext("Laporan")), rows)
    else:
        paper.paragraph(gettext("Tidak ada."))


def _picture(paper: Paper, title: str, rows: Rows) -> None:
    """A heading with its picture; the words for the picture say all of its numbers."""
    paper.heading(title, 2)
    if any(n for _name, n in rows):
        paper.columns(rows, says=f"{title}. {'; '.join(f'{name}: {n}' for name, n in rows)}.")
    else:
        paper.paragraph(gettext("Tidak ada."))


def _weeks(days: dict[int, int]) -> Rows:
    """By days 1 to 7, 8 to 14 and so on, so that months can be compared."""
    weeks = [(1, 7), (8, 14), (15, 21), (22, 28), (29, 31)]
    return [
        (
            gettext("tanggal %(first)s-%(last)s") % {"first": first, "last": last},
            sum(n for day, n in days.items() if first <= day <= last),
        )
        for first, last in weeks
    ]
