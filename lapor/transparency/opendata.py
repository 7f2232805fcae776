"""The published copies as open data: the service's own columns, row by row, never held in memory.

`TrackingID` is the code, `Pelapor` the label that the public sees, times are those of the service's clock with their
distance from UTC. Archived reports have no content and are left out. Our own keys (code of the region, short names of
agency and category) stand in the columns for numbers, so that another LAPOR knows surely what is meant.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from django.utils import timezone

from lapor.channels.opendata.columns import COLUMNS, harmless
from lapor.reports.models import State
from lapor.statistics.buckets import Bucket

from .models import PublicReport

PAGE = 2000
NAMELESS = "Anonim"
STATUS = {Bucket.BELUM: "Belum", Bucket.PROSES: "Proses", Bucket.SELESAI: "Selesai"}


class Out(Protocol):
    """Anything that takes text, such as an open file."""

    def write(self, text: str, /) -> object: ...


def export(out: Out) -> int:
    """Writes the heading and every copy that has content, in the order in which they came; returns how many."""
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    done = 0
    for copy in _copies():
        writer.writerow([harmless(cell) for cell in row(copy)])
        done += 1
    return done


def _copies() -> Iterator[PublicReport]:
    shown = PublicReport.objects.exclude(state=State.ARCHIVED).select_related("region", "agency", "category")
    after = 0
    while True:
        page = list(shown.filter(pk__gt=after).defer("words", "search").order_by("pk")[:PAGE])
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1].pk


def row(copy: PublicReport) -> tuple[str, ...]:
    """The cells in the order of `COLUMNS`."""
    agency, category, region = copy.agency, copy.category, copy.region
    return (
        copy.code,
        copy.reporter_label or NAMELESS,
        copy.title,
        copy.text,
        agency.name if agency else copy.agency_text,
        agency.slug if agency else "",
        category.name if category else copy.category_text,
        category.slug if category else "",
        STATUS[Bucket(copy.bucket)],
        str(region) if region else copy.place,
        region.code if region else "",
        _time(copy.received_at),
        _time(copy.assigned_at),
        _time(copy.active_at),
        _time(copy.closed_at) if copy.bucket == Bucket.SELESAI else "",
    )


def _time(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""
