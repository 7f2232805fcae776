"""One line of the queue, ready to read: what it is, where, who has it, until when, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import Truncator
from django.utils.translation import gettext

from lapor.lib.codes import show_code
from lapor.reports.queue import Page

from . import words
from .dates import Due, due


@dataclass(frozen=True, kw_only=True)
class Row:
    code: str
    code_shown: str
    version: int
    title: str
    kind: str
    place: str
    state: str
    bucket: str
    holder: str
    agency: str
    person: str
    due: Due
    todo: str
    is_urgent: bool
    is_secret: bool
    is_anonymous: bool


# The three buckets of the public figures, so that colours mean the same on both sides.
BUCKETS = {"received": "belum", "verified": "belum", "closed": "selesai", "archived": "selesai", "withdrawn": "selesai"}


def rows_of(page: Page, *, now: datetime) -> list[Row]:
    """The rows of one page of the queue."""
    return [
        Row(
            code=report.code,
            code_shown=show_code(report.code),
            version=report.version,
            title=report.title or Truncator(report.text).words(14),
            kind=report.get_kind_display(),
            place=report.region.name if report.region else report.place,
            state=report.get_state_display(),
            bucket=BUCKETS.get(report.state, "proses"),
            holder=(report.holder.short or report.holder.name) if report.holder else "",
            agency=(report.agency.short or report.agency.name) if report.agency else "",
            person=" · ".join(str(part) for part in (report.unit, report.officer) if part),
            due=(limit := due(report.due_at, report.region_id, now=now)),
            todo=todo(report.state, limit, is_draft_ready=report.pk in page.ready),
            is_urgent=report.is_urgent,
            is_secret=report.visibility != "public",
            is_anonymous=report.is_anonymous,
        )
        for report in page.rows
    ]


def todo(state: str, limit: Due, *, is_draft_ready: bool) -> str:
    """Such as "Verifikasi sebelum Kam 27 Nov"; empty for a report that has ended."""
    step = words.next_step(state, is_draft_ready=is_draft_ready)
    if not step or limit.level == "none":
        return step
    if limit.level == "late":
        return gettext("%(step)s — tenggatnya %(day)s") % {"step": step, "day": limit.day}
    if limit.level == "today":
        return gettext("%(step)s hari ini") % {"step": step}
    if state in {"on_hold", "answered"}:
        return gettext("%(step)s sampai %(day)s") % {"step": step, "day": limit.day}
    return gettext("%(step)s sebelum %(day)s") % {"step": step, "day": limit.day}
