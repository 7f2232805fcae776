"""What the worker would have read by now, and many reports of one matter."""

from __future__ import annotations

from datetime import timedelta

from lapor.reports import actions, mass, postings
from lapor.reports.models import Event, Report
from tests.cast import MONDAY, Stage, file_report

TOLD = (
    "PJU di Gang Kenari Lempake padam sejak minggu lalu, gelap sekali",
    "lampu jalan gang kenari lempake mati smua pak, rawan begal",
    "Mohon penerangan jalan Gang Kenari Lempake diperbaiki, sudah seminggu gelap.",
    "gang kenari lempake peteng, pju mati 7 hr tlg dinyalakan",
    "Tiang lampu di Gang Kenari, Lempake, tidak menyala; anak saya takut mengaji malam.",
    "GANG KENARI LEMPAKE GELAP GULITA, LAMPU JALAN MATI!!",
)


def look_at_all() -> None:
    """Hands every event to the consumer of terms: transactions of a test are never settled."""
    postings.consume(list(Event.objects.select_related("report").order_by("id")))


def offer_all() -> None:
    """Then to the one that offers mass reports."""
    look_at_all()
    mass.consume(list(Event.objects.select_related("report").order_by("id")))


def many(n: int = len(TOLD), **changes: object) -> list[Report]:
    """So many reports of one matter, told by different people an hour apart, the oldest first."""
    return [
        file_report(text=TOLD[place % len(TOLD)], title="", now=MONDAY + timedelta(hours=place), **changes)[0]
        for place in range(n)
    ]


def gathered(stage: Stage, n: int, **changes: object) -> tuple[Report, list[Report]]:
    """A lead and so many that joined it."""
    lead, *others = many(n + 1, **changes)
    for other in others:
        actions.merge(report_id=other.pk, into=lead, actor=stage.officer("admin"), now=MONDAY + timedelta(days=1))
    return lead, others
