"""What the case page shows: the facts, what may be done now, and a form that could not be carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lapor.agencies.places import timezone_of
from lapor.disclosure import asking
from lapor.lib.codes import show_code
from lapor.notify import reach
from lapor.reports import access, actions, on_paper
from lapor.reports.lifecycle import Move
from lapor.reports.similar import candidates
from lapor.routing.explain import danger_of
from lapor.routing.guess import GENERAL, Danger

from . import history, photos, words
from .acts import ACTS, Act, offered, opens
from .dates import due
from .forms.base import ActForm
from .rows import BUCKETS, todo
from .sitting import Sitting

DISPOSING = ("assign", "direct")  # by which a report goes to a body; the suggestion fills in the first one offered


@dataclass(frozen=True, kw_only=True)
class Drawer:
    """One act on the page with its form; the first ones, and the one being corrected, stand open."""

    name: str
    act: Act
    form: ActForm
    is_first: bool
    is_open: bool


def show(
    request: HttpRequest,
    sitting: Sitting,
    *,
    form: ActForm | None = None,
    changed: bool = False,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, by the clock of the place. `form` is one that could not be carried out; `changed` says that others
    were faster.
    """
    names = offered(sitting)
    told = history.lines(sitting.case)
    kept: list[tuple[str, str]] = []
    meanwhile: list[history.Line] = []
    if form is not None and (changed or refusal):
        meanwhile = _meanwhile(form, told, sitting)
        kept = form.texts() if form.name not in names else []
        form = form.renewed(sitting)
    with timezone.override(timezone_of(sitting.case.report.region_id)):
        return render(
            request,
            "desk/case.html",
            {
                "case": sitting.case,
                "report": sitting.case.report,
                "code_shown": show_code(sitting.case.report.code),
                "moment": "DATE_FORMAT" if sitting.case.report.sealed_id else "DATETIME_FORMAT",
                "short_moment": "SHORT_DATE_FORMAT" if sitting.case.report.sealed_id else "SHORT_DATETIME_FORMAT",
                "drawers": _drawers(sitting, names, form),
                "problem": form if form is not None and form.name in names else None,
                "is_unreached": reach.is_unreached(sitting.case.report.pk),
                "changed": changed,
                "refusal": refusal,
                "meanwhile": meanwhile,
                "kept": kept,
                "told": told[::-1],
                "photos_waiting": photos.waiting(sitting),
                "limits": history.limits(sitting.case, now=sitting.now),
                **_facts(sitting),
            },
            status=status,
        )


def _meanwhile(form: ActForm, told: list[history.Line], sitting: Sitting) -> list[history.Line]:
    """What others did since the officer opened the form."""
    seen = str(form.data.get("seen", ""))
    after = told[int(seen) :] if seen.isdecimal() and len(seen) < 10 else told[-1:]
    return [line for line in after if line.user_id != sitting.actor.user_id]


def _drawers(sitting: Sitting, names: list[str], problem: ActForm | None) -> list[Drawer]:
    """The offered acts. The one that could not be carried out keeps its form and stands open."""
    first = opens(sitting.case.report.state, names)
    drawers = []
    for name in names:
        comes_back = problem is not None and problem.name == name
        is_sought = name in DISPOSING and bool(sitting.looked_for or sitting.chosen)
        asked = is_sought or (name == "draft" and bool(sitting.template))
        drawers.append(
            Drawer(
                name=name,
                act=ACTS[name],
                form=problem if problem is not None and comes_back else ACTS[name].form(name=name, sitting=sitting),
                is_first=name in first,
                is_open=comes_back or asked or (name in first and problem is None),
            )
        )
    return drawers


def _danger(sitting: Sitting) -> Danger | None:
    """What danger an open report speaks of that may be read here."""
    report = sitting.case.report
    if not report.is_open or report.visibility == "sealed" or sitting.case.is_locked:
        return None
    danger = danger_of(text=report.text, title=report.title)
    return danger or (GENERAL if report.is_urgent else None)


def _facts(sitting: Sitting) -> dict[str, Any]:
    """What the page says besides the case itself."""
    case, report = sitting.case, sitting.case.report
    limit = due(report.due_at, report.region_id, now=sitting.now)
    is_ready = case.draft is not None and case.draft.is_ready
    is_own = case.draft is not None and case.draft.author_id == sitting.actor.user_id
    is_blocked = is_own and case.draft and actions.needs_four_eyes(report, on=sitting.today)
    danger = _danger(sitting)
    may_send = Move.SEND_ANSWER in case.moves and not is_blocked
    return {
        "due": limit,
        "is_mine": report.holder_id in sitting.actor.agency_ids,
        "suggestion": sitting.suggestion,
        "on_paper": on_paper.answers(sitting.actor, case),
        "missing": words.missing(sitting.suggestion.missing) if sitting.suggestion else [],
        "disposes_by": next((name for name in DISPOSING if ACTS[name].move in case.moves), ""),
        "danger": words.danger(danger) if danger else "",
        "is_danger_new": danger is not None and not report.is_urgent,
        "todo": todo(report.state, limit, is_draft_ready=is_ready, may_send=may_send),
        "bucket": BUCKETS.get(report.state, "proses"),
        "archive_reason": actions.ARCHIVE_REASONS.get(report.archive_reason, ""),
        "is_blocked": is_blocked,
        "candidates": candidates(sitting.actor, report) if Move.MERGE in case.moves else [],
        "gathers": access.could(sitting.actor, Move.DECIDE_MASS),
        "looked_for": sitting.looked_for,
        "asked": sitting.asked,
        "is_asked_visible": sitting.asked is not None and asking.is_visible(sitting.asked, now=sitting.now),
    }
