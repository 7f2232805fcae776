"""One line of the queue, ready to read: what it is, where, who has it, until when, and what to do next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext

from lapor.agencies.models import Agency
from lapor.lib.codes import show_code
from lapor.reports.queue import Page
from lapor.routing.explain import danger_of
from lapor.routing.guess import GENERAL

from . import words
from .dates import Due, due


@dataclass(frozen=True, kw_only=True)
class Row:
    code: str
    code_shown: str
    mark: str
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
    danger: str  # with the number to ring; empty where nothing is urgent or nothing may be read
    secrecy: str
    is_anonymous: bool
    same: int  # how many reports the row stands for; 0 for one alone


# The three buckets of the public figures, so that colours mean the same on both sides.
BUCKETS = {"received": "belum", "verified": "belum", "closed": "selesai", "archived": "selesai", "withdrawn": "selesai"}


def rows_of(page: Page, *, own: Collection[int], may_send: bool, now: datetime) -> list[Row]:
    """The rows of one page. `own` are the reader's bodies, which need not be named; `may_send` says whether the
    reader is one who approves answers.
    """
    return [
        Row(
            code=report.code,
            code_shown=show_code(report.code),
            mark=f"{report.code}.{report.version}",
            title=gettext("Laporan tersegel") if report.sealed_id else report.title or Truncator(report.text).words(14),
            kind=report.get_kind_display(),
            place=report.region.name if report.region else report.place,
            state=report.get_state_display(),
            bucket=BUCKETS.get(report.state, "proses"),
            holder=_name(report.holder) if report.holder_id not in own else "",
            agency=_name(report.agency) if report.agency_id not in own and report.agency_id != report.holder_id else "",
            person=" · ".join(str(part) for part in (report.unit, report.officer) if part),
            due=due(report.due_at, report.region_id, now=now),
            todo=words.next_step(report.state, is_draft_ready=report.pk in page.ready, may_send=may_send),
            is_urgent=report.is_urgent,
            danger=_danger(report),
            secrecy=report.get_visibility_display() if report.visibility != "public" else "",
            is_anonymous=report.is_anonymous and report.sealed_id is None,
            same=page.same.get(report.pk, 0),
        )
        for report in page.rows
    ]


def _danger(report: Any) -> str:
    if not report.is_urgent or not report.is_open or report.sealed_id is not None:
        return ""
    return words.danger(danger_of(text=report.text, title=report.title) or GENERAL)


def _name(agency: Agency | None) -> str:
    return (agency.short or agency.name) if agency else ""


def todo(state: str, limit: Due, *, is_draft_ready: bool, may_send: bool) -> str:
    """Such as "Verifikasi sebelum Kam 27 Nov"; empty for a report that has ended."""
    step = words.next_step(state, is_draft_ready=is_draft_ready, may_send=may_send)
    if not step or limit.level == "none":
        return step
    if limit.level == "late":
        return gettext("%(step)s — tenggatnya %(day)s") % {"step": step, "day": limit.day}
    if limit.level == "today":
        return gettext("%(step)s hari ini") % {"step": step}
    if state in {"on_hold", "answered"}:
        return gettext("%(step)s sampai %(day)s") % {"step": step, "day": limit.day}
    return gettext("%(step)s sebelum %(day)s") % {"step": step, "day": limit.day}
