"""The history of the own report as lines to read: what happened, when, by which body and to which one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from lapor.agencies.models import Agency
from lapor.deadlines.ladder import in_words
from lapor.reports.own import OwnView


@dataclass(frozen=True)
class Line:
    """One thing that happened. `to` and `by` are names of bodies, empty where there is none to tell."""

    what: str
    at: datetime
    to: str
    by: str
    more: str = ""  # of lateness: which office, what it decided, and when it climbs on; of a recommendation its due day


def lines(view: OwnView) -> list[Line]:
    """The reporter's history, oldest first; the names of all bodies in one query."""
    goals = [event.data.get("to") for event in view.events]
    names = dict(Agency.objects.filter(pk__in=filter(None, goals)).values_list("pk", "name"))
    return [
        Line(
            what=event.get_kind_display(),
            at=event.at,
            to=names.get(goal, ""),
            by=event.agency.name if event.agency else "",
            more=_more(event.data),
        )
        for event, goal in zip(view.events, goals, strict=True)
    ]


def _more(data: dict[str, Any]) -> str:
    if data.get("due") and not data.get("step"):
        return gettext("tenggat %(day)s") % {"day": _day(data["due"])}
    said = in_words(data.get("office", ""), decision=data.get("decision", ""), skipped=data.get("skipped"))
    if said:
        said.append(gettext("naik lagi bila belum selesai pada %(day)s") % {"day": _day(data["next"])})
    return " · ".join(said)


def _day(moment: str) -> str:
    return date_format(timezone.localdate(datetime.fromisoformat(moment)), "DATE_FORMAT")
