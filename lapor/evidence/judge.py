"""Judges each leaf by the row it stands for: whether it is there, says the same as it said, and says when it came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from lapor.audit.models import Entry
from lapor.reports import receipts
from lapor.reports.models import Event, Report, Visibility

from .findings import Finding, Found, Tally
from .models import Leaf, Source
from .sources import Row

# Rows are written a moment after the time they say; a long transaction may be in between.
SLACK = timedelta(hours=1)
ERASES = "erase"


class Judge:
    """Counts what it sees in `tally`."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self._arrivals: dict[int, tuple[Leaf, str]] = {}
        self._boxes: dict[int, str] = {}

    def of(self, leaf: Leaf, row: Row | None, *, not_before: datetime | None) -> Iterator[Finding]:
        """The faults of one leaf. Everything before `not_before` had its leaf when a head was signed then."""
        if row is None:
            yield self._finding(Found.DELETED, leaf, leaf.report_id, leaf.kind)
            return
        says = f"says {row.at:%Y-%m-%d %H:%M}"
        is_late = not self.tally.times_left_out and not_before is not None and _latest(row.at) < not_before - SLACK
        if not row.fits(leaf):
            found = Found.BACKDATED if is_late else Found.CHANGED
            yield self._finding(found, leaf, row.report_id, row.kind, says)
        elif is_late:
            note = f"{says}, came after {not_before:%Y-%m-%d %H:%M}"
            yield self._finding(Found.BACKDATED, leaf, row.report_id, row.kind, note)
        elif row.is_erased and not _is_recorded(row.report_id):
            yield self._finding(Found.WORDS_GONE, leaf, row.report_id, row.kind)
        if row.is_erased:
            self.tally.erased += 1
        if leaf.source == Source.EVENT and "text" in row.fields["data"]:
            self._arrivals[row.fields["report_id"]] = (leaf, row.fields["data"]["text"])
        if leaf.source == Source.EVENT and "sealed" in row.fields["data"]:
            self._boxes[row.fields["report_id"]] = row.fields["data"]["sealed"]

    def words(self) -> Iterator[Finding]:
        """The texts of the reports that arrived in the batch, and boxes, against the digest in the event of that."""
        rows = Report.objects.filter(pk__in=self._arrivals).values_list("pk", "receipt_salt", "text")
        texts = {key: (salt, text) for key, salt, text in rows}
        for key, (leaf, digest) in self._arrivals.items():
            if key not in texts:
                yield Finding(Found.DELETED, "report", str(key))
                continue
            salt, text = texts[key]
            if salt is None:  # erased, or with the reporter's name taken out: either is on record
                self.tally.erased += 1
                if not _is_recorded(key):
                    yield self._finding(Found.WORDS_GONE, leaf, key, "text")
            elif receipts.text_digest(bytes(salt), text) != digest:
                yield Finding(Found.WORDS_CHANGED, "report", str(key), code_of(key), "text")
        self._arrivals.clear()
        boxes = dict(Report.objects.filter(pk__in=self._boxes).values_list("pk", "sealed"))
        for key, digest in self._boxes.items():
            if key not in boxes:
                yield Finding(Found.DELETED, "report", str(key))
            elif receipts.box_digest(bytes(boxes[key] or b"")) != digest:
                yield Finding(Found.WORDS_CHANGED, "report", str(key), code_of(key), "sealed")
        self._boxes.clear()

    @staticmethod
    def _finding(found: Found, leaf: Leaf, report_id: int | None, kind: str, note: str = "") -> Finding:
        table = Source(leaf.source).name.lower()
        return Finding(found, table, str(leaf.row_id), code_of(report_id), kind, note)


def _latest(at: datetime) -> datetime:
    """The last moment that a time may mean: midnight stands for its whole day, in sealed reports."""
    local = timezone.localtime(at)
    return at + timedelta(days=1) if (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0) else at


def _is_recorded(report_id: int | None) -> bool:
    """Whether history says why words are gone: an act of erasing, or the report was sealed."""
    if Entry.objects.filter(subject=f"report:{report_id}", act__contains=ERASES).exists():
        return True
    events = Event.objects.filter(report=report_id)
    return events.filter(Q(kind__contains=ERASES) | Q(data__visibility=Visibility.SEALED)).exists()


def code_of(report_id: int | None) -> str:
    """The code of a report, for naming it; empty when there is none."""
    return Report.objects.filter(pk=report_id).values_list("code", flat=True).first() or "" if report_id else ""
