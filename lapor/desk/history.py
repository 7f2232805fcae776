"""What happened to a report and which deadlines run, as lines that a person reads. Facts come from the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Agency
from lapor.deadlines.models import Step
from lapor.reports.actions import ARCHIVE_REASONS
from lapor.reports.case import Case

from .dates import Due, due, short

FIELDS = {
    "title": _("judul"),
    "kind": _("jenis"),
    "category": _("kategori"),
    "region": _("wilayah"),
    "has_oversight": _("kadar pengawasan"),
    "place": _("tempat"),
    "occurred_on": _("tanggal kejadian"),
    "is_urgent": _("mendesak"),
}
ACTORS = {"reporter": _("Pelapor"), "clock": _("Sistem tenggat"), "system": _("Sistem")}


@dataclass(frozen=True, kw_only=True)
class Line:
    """Who did what, when; `detail` adds where to, why or which."""

    what: str
    who: str
    at: datetime
    detail: str
    user_id: int | None


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One deadline: what for, who must keep it, and how it stands."""

    step: str
    agency: str
    due: Due
    is_running: bool
    is_paused: bool
    stopped_on: date | None
    was_late: bool


def lines(case: Case) -> list[Line]:
    """The history, oldest first."""
    keys = {event.data["to"] for event in case.events if isinstance(event.data.get("to"), int)}
    names = {agency.pk: agency.name for agency in Agency.objects.filter(pk__in=keys)}
    return [
        Line(
            what=event.get_kind_display(),
            who=_who(event.actor, str(event.user or ""), str(event.agency or "")),
            at=event.at,
            detail=_detail(event.data, names),
            user_id=event.user_id,
        )
        for event in case.events
    ]


def _who(actor: str, user: str, agency: str) -> str:
    if actor != "officer":
        return str(ACTORS.get(actor, ""))
    return f"{user}, {agency}" if user and agency else user or agency


def _detail(data: dict[str, Any], names: dict[int, str]) -> str:
    """The facts of an event in words. Data hold keys and codes only."""
    parts: list[str] = []
    if data.get("to") in names:
        parts.append(names[data["to"]])
    if "fields" in data:
        parts.append(", ".join(str(FIELDS.get(name, name)) for name in data["fields"]))
    if data.get("reason") in ARCHIVE_REASONS:
        parts.append(str(ARCHIVE_REASONS[data["reason"]]))
    if data.get("step") in Step.values:
        parts.append(str(Step(data["step"]).label))
    if "was" in data and "now" in data:
        was, now = (short(datetime.fromisoformat(data[name]).date()) for name in ("was", "now"))
        parts.append(gettext("dari %(was)s menjadi %(now)s") % {"was": was, "now": now})
    if data.get("why") == "second_hand_back":
        parts.append(gettext("pengembalian kedua"))
    return " · ".join(parts)


def limits(case: Case, *, now: datetime) -> list[Limit]:
    """Every deadline of the report, running ones first."""
    region = case.report.region_id
    found = [
        Limit(
            step=str(Step(clock.step).label),
            agency=str(clock.agency or gettext("Pelapor")),
            due=due(clock.due_at, region, now=now),
            is_running=clock.stopped_at is None,
            is_paused=clock.is_paused,
            stopped_on=clock.stopped_at.date() if clock.stopped_at else None,
            was_late=clock.stopped_at is not None and clock.stopped_at > clock.due_at,
        )
        for clock in case.clocks
    ]
    return sorted(found, key=lambda limit: (not limit.is_running, limit.due.at))
