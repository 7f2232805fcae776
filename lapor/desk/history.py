"""What happened to a report and which deadlines run, as lines that a person reads. Facts come from the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.accounts.models import User
from lapor.agencies.models import Agency, Unit
from lapor.deadlines.ladder import in_words
from lapor.deadlines.models import Step
from lapor.reports.actions import ARCHIVE_REASONS
from lapor.reports.case import Case

from .dates import Due, day_of, due, short

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
WHY = {
    "second_hand_back": _("pengembalian kedua"),
    "passed_back": _("diteruskan berputar"),
    "disconnected": _("instansinya tidak terhubung lagi"),
    "unit_closed": _("unitnya ditutup"),
    "lead_ended": _("laporan utamanya berakhir tanpa jawaban"),
    "incomplete": _("tidak dilengkapi"),
    "independence": _("agar diperiksa pihak yang tidak terkait"),
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


@dataclass(frozen=True)
class _Names:
    """What the keys in the history are called, each kind asked for once."""

    agencies: dict[int, str]
    units: dict[int, str]
    people: dict[int, str]


def lines(case: Case) -> list[Line]:
    """The history, oldest first."""
    names = _names([event.data for event in case.events])
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


def _names(facts: list[dict[str, Any]]) -> _Names:
    def keys(*names: str) -> set[int]:
        return {data[name] for data in facts for name in names if isinstance(data.get(name), int)}

    return _Names(
        agencies=dict(Agency.objects.filter(pk__in=keys("to")).values_list("pk", "name")),
        units=dict(Unit.objects.filter(pk__in=keys("unit")).values_list("pk", "name")),
        people=dict(User.objects.filter(pk__in=keys("officer", "person")).values_list("pk", "name")),
    )


def _who(actor: str, user: str, agency: str) -> str:
    if actor != "officer":
        return str(ACTORS.get(actor, ""))
    return f"{user}, {agency}" if user and agency else user or agency


def _detail(data: dict[str, Any], names: _Names) -> str:
    """The facts of an event in words. Data hold keys and codes only."""
    parts = [
        names.agencies.get(data.get("to", 0), ""),
        names.units.get(data.get("unit") or 0, ""),
        names.people.get(data.get("officer") or data.get("person") or 0, ""),
        ", ".join(str(FIELDS.get(name, name)) for name in data.get("fields", ())),
        str(ARCHIVE_REASONS.get(data.get("reason", ""), "")),
        str(Step(data["step"]).label) if data.get("step") in Step.values else "",
        str(WHY.get(data.get("why", ""), "")),
        gettext("siap diperiksa") if data.get("is_ready") else "",
        _lateness(data),
    ]
    if data.get("due") and not data.get("step"):  # of a recommendation; the due day of a step stands with its clock
        parts.append(gettext("tenggat %(day)s") % {"day": short(_day(data["due"]))})
    if "was" in data and "now" in data:
        was, now = (short(datetime.fromisoformat(data[name]).date()) for name in ("was", "now"))
        parts.append(gettext("dari %(was)s menjadi %(now)s") % {"was": was, "now": now})
    return " · ".join(part for part in parts if part)


def _lateness(data: dict[str, Any]) -> str:
    """Which office must decide or decided what, which were passed over, and when it climbs on."""
    parts = in_words(data.get("office", ""), decision=data.get("decision", ""), skipped=data.get("skipped"))
    if parts:
        day = short(_day(data["next"]))
        parts.append(gettext("naik lagi bila belum selesai pada %(day)s") % {"day": day})
    return " · ".join(parts)


def _day(moment: str) -> date:
    return timezone.localdate(datetime.fromisoformat(moment))


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
            stopped_on=day_of(clock.stopped_at, region) if clock.stopped_at else None,
            was_late=clock.stopped_at is not None and clock.stopped_at > clock.due_at,
        )
        for clock in case.clocks
    ]
    return sorted(found, key=lambda limit: (not limit.is_running, limit.due.at))
