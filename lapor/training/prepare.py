"""Makes the report of an exercise and brings it to where the exercise begins, by the colleagues of the demonstration.

The same actions as everywhere, so that what is practised is what will be done. The reporter is invented, and the report
stands on a site for practice alone.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db import transaction

from lapor.agencies.models import Agency, Membership, Role
from lapor.demonstration import case as cases
from lapor.demonstration import filing, steps, wording
from lapor.demonstration.case import Case, NobodyThere
from lapor.demonstration.samples import Sample
from lapor.reports import actions
from lapor.reports.lifecycle import MoveRefused
from lapor.reports.models import Kind

from .exercises import Exercise, Start
from .models import Attempt

_MATTERS = Path(__file__).parent / "data" / "matters.csv"
WEAK = "Terima kasih atas laporan Anda. Laporan Anda akan kami tindak lanjuti sesuai ketentuan yang berlaku."
WATCHING = frozenset({Role.ADMIN, Role.NATIONAL})  # to whom the reports about other bodies come
_WATCHERS = frozenset({Agency.Kind.INSPECTORATE, Agency.Kind.NATIONAL_ADMIN, Agency.Kind.SABER_PUNGLI})


@transaction.atomic
def begin(exercise: Exercise, post: Membership, *, now: datetime) -> Attempt:
    """A new attempt with a new report. `NobodyThere` where the body has no colleague for the part of another."""
    attempt = Attempt.objects.create(user=post.user, agency=post.agency, exercise=exercise.slug, started_at=now)
    if exercise.start == Start.NONE:
        return attempt
    cases.forget()  # people may have joined since this process began
    steps.forget()
    case = Case(_sample(attempt, exercise, post), now=now)
    try:
        _BRING[exercise.start](case, post)
    except MoveRefused as refused:  # who wrote the draft may not send it: a second colleague is missing
        raise NobodyThere(str(refused)) from refused
    attempt.report = case.report
    attempt.save(update_fields=["report"])
    return attempt


def _sample(attempt: Attempt, exercise: Exercise, post: Membership) -> Sample:
    """What an invented person says about a body: the trainee's own, or one whose reports come to them."""
    about = _watched(post) if post.role in WATCHING else post.agency
    row = matters()[attempt.pk % len(matters())]
    is_thin = exercise.start == Start.THIN
    return Sample(
        id=f"t{attempt.pk}",
        channel="web",
        kind=Kind.INFORMATION_REQUEST if post.role == Role.PPID else Kind.COMPLAINT,
        category="lainnya",
        agency=about.slug,
        region_code=about.region_id,
        is_complete=not is_thin,
        duplicate_of="",
        note="",
        title="" if is_thin else row["title"],
        text=row["thin"] if is_thin else row["text"].format(agency=about.name),
        signed="",
    )


def _watched(post: Membership) -> Agency:
    """A connected body whose reports come to this administrator."""
    near = Agency.objects.filter(region=post.agency.region_id, is_active=True).exclude(connected_on=None)
    about = near.exclude(kind__in=_WATCHERS).filter(memberships__role=Role.LIAISON).order_by("pk").first()
    if about is None:
        raise NobodyThere(f"no body to complain of near {post.agency_id}")
    return about


def _filed(case: Case, post: Membership) -> None:
    filing.file(case)


def _assigned(case: Case, post: Membership) -> None:
    for _moment in steps.assigned(case):
        pass


def _with_unit(case: Case, post: Membership) -> None:
    _assigned(case, post)
    case.do(actions.assign_unit, by=case.liaison, unit=post.unit, officer_id=post.user_id)


def _drafted(case: Case, post: Membership) -> None:
    _assigned(case, post)
    steps.give_to_unit(case)
    steps.draft(case)


def _weakly_drafted(case: Case, post: Membership) -> None:
    _assigned(case, post)
    steps.give_to_unit(case)
    case.do(
        actions.draft, by=case.operator, text=WEAK, done_by=wording.done_by(case), done_on=case.today, is_ready=True
    )


def _objected(case: Case, post: Membership) -> None:
    _drafted(case, post)
    case.do(actions.send_answer, by=case.liaison)
    case.do(actions.object_to_answer, by=case.reporter, text=wording.say("objection", case))


_BRING: Mapping[Start, Callable[[Case, Membership], None]] = {
    Start.FILED: _filed,
    Start.THIN: _filed,
    Start.ASSIGNED: _assigned,
    Start.WITH_UNIT: _with_unit,
    Start.DRAFTED: _drafted,
    Start.WEAK_DRAFT: _weakly_drafted,
    Start.OBJECTED: _objected,
}


@cache
def matters() -> list[dict[str, str]]:
    """What invented people complain of, in an order that exercises go through."""
    with _MATTERS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
