"""The case page and everything done from it: one view for all acts, each calling one action of the core."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from lapor.lib.codes import show_code
from lapor.lib.files import Refused
from lapor.reports import actions, files, pending
from lapor.reports.access import NotFound, find
from lapor.reports.actors import Officer
from lapor.reports.case import here, open_case
from lapor.reports.change import ChangedMeanwhile, Incomplete
from lapor.reports.lifecycle import Move, MoveRefused
from lapor.reports.similar import candidates

from . import history, words
from .acts import ACTS, Act, offered, opens
from .dates import due
from .forms.base import ActForm, FilesForm
from .rows import BUCKETS, todo
from .session import for_officers
from .sitting import Sitting


@dataclass(frozen=True, kw_only=True)
class Drawer:
    """One act on the page with its form; the first ones, and the one being corrected, stand open."""

    name: str
    act: Act
    form: ActForm
    is_first: bool
    is_open: bool


def _sit(request: HttpRequest, actor: Officer, code: str) -> Sitting:
    now = timezone.now()
    return Sitting(
        actor=actor,
        case=open_case(actor, code, now=now),
        now=now,
        looked_for=request.GET.get("instansi", "").strip()[:80],
        template=request.GET.get("templat", ""),
    )


@require_GET
@for_officers
def case(request: HttpRequest, actor: Officer, code: str) -> HttpResponse:
    return show(request, _sit(request, actor, code))


@require_GET
@for_officers
def presence(request: HttpRequest, actor: Officer, code: str) -> JsonResponse:
    """Who else has the case open, and its version, for a page that stays open."""
    report = find(actor, code)
    return JsonResponse({"others": here(actor, report, now=timezone.now()), "version": report.version})


@require_POST
@for_officers
def act(request: HttpRequest, actor: Officer, code: str, name: str) -> HttpResponse:
    """Does one act. What cannot be done comes back on the page, with the typed text."""
    if name not in ACTS:
        raise Http404
    sitting = _sit(request, actor, code)
    form = ACTS[name].form(request.POST, request.FILES, name=name, sitting=sitting)
    if not form.is_valid():
        return show(request, sitting, form=form, changed=_is_stale(form, sitting), status=422)
    given = form.arguments()
    if isinstance(form, FilesForm):
        form, claimed = _keep_files(form, sitting)
        if form.errors:
            return show(request, sitting, form=form, status=422)
        given["attachments"] = claimed
    try:
        ACTS[name].do(
            report_id=sitting.case.report.pk,
            actor=actor,
            now=sitting.now,
            version=form.cleaned_data["version"],
            **given,
        )
    except Incomplete as lack:
        form.add_error(lack.field if lack.field in form.fields else None, words.incomplete(lack.reason))
        return show(request, sitting, form=form, status=422)
    except ChangedMeanwhile:
        sitting = _sit(request, actor, code)
        return show(request, sitting, form=form, changed=True, status=409)
    except MoveRefused as no:
        sitting = _sit(request, actor, code)
        return show(request, sitting, form=form, refusal=words.refused(no.reason), status=409)
    messages.success(request, f"{show_code(code)}: {ACTS[name].done}")
    return _onward(actor, code)


def _onward(actor: Officer, code: str) -> HttpResponse:
    """Back to the case, or to the queue when it has left the officer's reach."""
    try:
        find(actor, code)
    except NotFound:
        return redirect("desk:queue")
    return redirect("desk:case", code=code)


def _is_stale(form: ActForm, sitting: Sitting) -> bool:
    return str(form.data.get("version", "")) != str(sitting.case.report.version)


def _keep_files(form: FilesForm, sitting: Sitting) -> tuple[FilesForm, tuple[int, ...]]:
    """Keeps the uploads under a key that comes back with the form, so that they need not be chosen again."""
    key: uuid.UUID = form.cleaned_data["pending"] or uuid.uuid4()
    uploads: list[UploadedFile] = form.cleaned_data["uploads"]
    for upload in uploads:
        try:
            files.keep(cast("BinaryIO", upload.file), name=upload.name or "", pending=key, now=sitting.now)
        except Refused as no:
            form.add_error("uploads", words.file_refused(no.reason, upload.name or ""))
    waiting = pending.files(key)
    data = form.again()
    data["pending"] = str(key)
    form.data = data
    form.waiting = [attachment.name for attachment in waiting]
    return form, tuple(attachment.pk for attachment in waiting)


def show(
    request: HttpRequest,
    sitting: Sitting,
    *,
    form: ActForm | None = None,
    changed: bool = False,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page. `form` is one that could not be carried out; `changed` says that others were faster."""
    names = offered(sitting)
    kept: list[tuple[str, str]] = []
    meanwhile: list[history.Line] = []
    told = history.lines(sitting.case)
    if form is not None and (changed or refusal):
        seen = str(form.data.get("seen", ""))
        after = told[int(seen) :] if seen.isdecimal() else told[-1:]
        meanwhile = [line for line in after if line.user_id != sitting.actor.user_id]
        kept = form.texts() if form.name not in names else []
        form = form.renewed(sitting)
    return render(
        request,
        "desk/case.html",
        {
            "case": sitting.case,
            "report": sitting.case.report,
            "code_shown": show_code(sitting.case.report.code),
            "drawers": [_drawer(name, sitting, form, first=opens(sitting.case.report.state, names)) for name in names],
            "problem": form if form is not None and form.name in names else None,
            "changed": changed,
            "refusal": refusal,
            "meanwhile": meanwhile,
            "kept": kept,
            "told": told[::-1],
            "limits": history.limits(sitting.case, now=sitting.now),
            **_facts(sitting),
        },
        status=status,
    )


def _drawer(name: str, sitting: Sitting, problem: ActForm | None, *, first: set[str]) -> Drawer:
    """The form of an act, as it came back when it is the one that could not be carried out."""
    comes_back = problem is not None and problem.name == name
    asked = (name == "assign" and bool(sitting.looked_for)) or (name == "draft" and bool(sitting.template))
    return Drawer(
        name=name,
        act=ACTS[name],
        form=problem if problem is not None and comes_back else ACTS[name].form(name=name, sitting=sitting),
        is_first=name in first,
        is_open=comes_back or asked or (name in first and problem is None),
    )


def _facts(sitting: Sitting) -> dict[str, Any]:
    """What the page says besides the case itself."""
    case, report = sitting.case, sitting.case.report
    limit = due(report.due_at, report.region_id, now=sitting.now)
    is_ready = case.draft is not None and case.draft.is_ready
    is_own = case.draft is not None and case.draft.author_id == sitting.actor.user_id
    return {
        "due": limit,
        "is_mine": report.holder_id in sitting.actor.agency_ids,
        "todo": todo(report.state, limit, is_draft_ready=is_ready),
        "bucket": BUCKETS.get(report.state, "proses"),
        "archive_reason": actions.ARCHIVE_REASONS.get(report.archive_reason, ""),
        "is_blocked": is_own and case.draft and actions.needs_four_eyes(case.draft.agency_id, on=sitting.today),
        "candidates": candidates(sitting.actor, report) if Move.MERGE in case.moves else [],
        "looked_for": sitting.looked_for,
    }
