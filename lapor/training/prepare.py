"""Makes the report of an exercise and brings it to where the exercise begins, by the colleagues of the demonstration.

The same actions as everywhere, so that what is practised is what will be done. The reporter is invented, and the report
stands on a site for practice alone.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from lapor.agencies.models import Agency, Membership, Role
from lapor.agencies.people import Post
from lapor.demonstration import case as cases
from lapor.demonstration import filing, steps, wording
from lapor.demonstration.case import Case, NobodyThere
from lapor.demonstration.samples import Sample
from lapor.disclosure import asking, custodians, deciding, grounds
from lapor.disclosure.models import Ground, Request
from lapor.reports import actions, remits
from lapor.reports.actors import officer
from lapor.reports.lifecycle import MoveRefused
from lapor.reports.models import Kind, Report
from lapor.vault import investigators

from .exercises import BY_SLUG, Exercise, Start
from .models import Attempt

_MATTERS = Path(__file__).parent / "data" / "matters.csv"
_SEALED_MATTERS = Path(__file__).parent / "data" / "sealed_matters.csv"
WEAK = "Terima kasih atas laporan Anda. Laporan Anda akan kami tindak lanjuti sesuai ketentuan yang berlaku."
WATCHING = frozenset({Role.ADMIN, Role.NATIONAL})  # to whom the reports about other bodies come
SOUND = (
    "Pengadilan meminta keterangan pelapor sebagai saksi dalam perkara yang disebut di surat ini; pemanggilan akan "
    "dilakukan tertutup. (Surat ini contoh untuk latihan.)"
)
WEAK_REASON = (
    "Kami ingin menghubungi pelapor langsung agar masalahnya selesai secara kekeluargaan dan laporannya dapat dicabut."
)
CONSENT = "Surat pengadilan menyebut nomor perkara dan keperluannya; identitas dibutuhkan untuk pemanggilan saksi."
_ASKED = frozenset({Start.ASKED, Start.ASKED_ONCE_ALLOWED, Start.ASKED_WEAKLY})
_WATCHERS = frozenset({Agency.Kind.INSPECTORATE, Agency.Kind.NATIONAL_ADMIN, Agency.Kind.SABER_PUNGLI})


class KeyMissing(Exception):
    """The trainee has no key, so that a sealed report could not be read."""


@transaction.atomic
def begin(exercise: Exercise, post: Membership, *, now: datetime) -> Attempt:
    """A new attempt with a new report. `NobodyThere` where the body has no colleague for the part of another,
    `KeyMissing` where the trainee needs a key first.
    """
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
    about = _about(exercise, post)
    is_sealed, is_thin = exercise.start == Start.SEALED, exercise.start == Start.THIN
    rows = matters(is_sealed=is_sealed)
    row = rows[attempt.pk % len(rows)]
    return Sample(
        id=f"t{attempt.pk}",
        channel="web",
        kind=_kind(post, is_sealed=is_sealed),
        category="lainnya",
        agency=about.slug,
        region_code=post.agency.region_id if is_sealed else about.region_id,
        is_complete=not is_thin,
        duplicate_of="",
        note="",
        title="" if is_thin else row["title"],
        text=row["thin"] if is_thin else row["text"].format(agency=about.name),
        signed="",
    )


def _kind(post: Membership, *, is_sealed: bool) -> Kind:
    if is_sealed:
        return Kind.WHISTLEBLOWING
    if post.role == Role.OVERSEER and (remit := _remit(post)).kinds:
        return Kind(remit.kinds[0])
    return Kind.INFORMATION_REQUEST if post.role == Role.PPID else Kind.COMPLAINT


def _about(exercise: Exercise, post: Membership) -> Agency:
    if post.role == Role.OVERSEER:
        return _in_remit(post)
    if exercise.start in _ASKED:
        return _first_with_liaison(_connected().filter(region__isnull=False), post)
    return _watched(post) if post.role in WATCHING or exercise.start == Start.SEALED else post.agency


def _remit(post: Membership) -> remits.Remit:
    place = post.agency
    found = remits.of_post(Post(place.pk, None, post.role, place.region_id, place.kind, place.field))
    if found is None:
        raise NobodyThere(f"no remit of {place.pk}")
    return found


def _in_remit(post: Membership) -> Agency:
    """A connected body that the trainee's own body oversees."""
    remit, found = _remit(post), _connected()
    if remit.bodies:
        found = found.filter(Q(slug__in=remit.bodies) | Q(parent__slug__in=remit.bodies))
    if remit.region:
        found = found.filter(Q(region=remit.region) | Q(region__code__startswith=f"{remit.region}."))
    return _first_with_liaison(found, post)


def _watched(post: Membership) -> Agency:
    """A connected body whose reports come to this administrator."""
    return _first_with_liaison(_connected().filter(region=post.agency.region_id), post)


def _connected() -> QuerySet[Agency]:
    found = Agency.objects.filter(is_active=True).exclude(connected_on=None)
    return found.exclude(kind__in=_WATCHERS).exclude(kind=Agency.Kind.OVERSEER)


def _first_with_liaison(bodies: QuerySet[Agency], post: Membership) -> Agency:
    found = bodies.exclude(pk=post.agency_id).filter(memberships__role=Role.LIAISON).order_by("pk").first()
    if found is None:
        raise NobodyThere(f"no body to complain of near {post.agency_id}")
    return found


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


def _sealed(case: Case, post: Membership) -> None:
    """Sealed for the trainee among others: whoever has no key yet could read nothing of it, later either."""
    if investigators.current(post.user_id) is None:
        raise KeyMissing
    filing.file(case)
    if case.report.holder_id != post.agency_id:
        raise NobodyThere(f"sealed reports do not come to {post.agency_id}")


def _asked(case: Case, post: Membership, *, reason: str = SOUND, ground: str = "court_order") -> Request:
    """Assigned, and whoever answers it wants to know its anonymous reporter."""
    said = filing.submission_of(case.sample, on_behalf=case)
    said = replace(said, is_anonymous=True, shows_name=False, is_confidential=False)
    case.report = Report.objects.get(code=actions.submit(said, now=case.now).code)
    steps.verify(case)
    steps.assign(case)
    try:
        law = grounds.on(case.today).get(key=ground)
    except Ground.DoesNotExist as missing:
        raise NobodyThere(ground) from missing
    number = f"LATIHAN/{case.sample.number}" if law.needs_reference else ""
    asked = asking.ask(
        report_id=case.report.pk, ground=law, reason=reason, reference=number, actor=case.liaison, now=case.now
    )
    if not custodians.before(officer(post.user, on=case.today)).filter(pk=asked.pk).exists():
        raise NobodyThere(f"requests do not come before {post.user_id}")
    return asked


def _asked_once(case: Case, post: Membership) -> None:
    """Another custodian of the demonstration has consented already."""
    asked = _asked(case, post)
    others = [one for one in custodians.deciders_of(str(asked.pk), on=case.today) if one.pk != post.user_id]
    colleague = next((one for one in others if one.is_demonstration), None)
    if colleague is None:
        raise NobodyThere("no second custodian")
    by = officer(colleague, on=case.today)
    deciding.decide(key=asked.pk, allows=True, reason=CONSENT, actor=by, now=case.now)


def _asked_weakly(case: Case, post: Membership) -> None:
    _asked(case, post, reason=WEAK_REASON, ground="life_in_danger")


def _asked_soundly(case: Case, post: Membership) -> None:
    _asked(case, post)


_BRING: Mapping[Start, Callable[[Case, Membership], None]] = {
    Start.FILED: _filed,
    Start.THIN: _filed,
    Start.ASSIGNED: _assigned,
    Start.WITH_UNIT: _with_unit,
    Start.DRAFTED: _drafted,
    Start.WEAK_DRAFT: _weakly_drafted,
    Start.OBJECTED: _objected,
    Start.SEALED: _sealed,
    Start.ASKED: _asked_soundly,
    Start.ASKED_ONCE_ALLOWED: _asked_once,
    Start.ASKED_WEAKLY: _asked_weakly,
}


@cache
def matters(*, is_sealed: bool = False) -> list[dict[str, str]]:
    """What invented people complain of, in an order that exercises go through."""
    with (_SEALED_MATTERS if is_sealed else _MATTERS).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def address_of(attempt: Attempt) -> str:
    """Where the trainee does it: on the report, at the counter, or, for custodians, on the request about it."""
    if attempt.report is None:
        return reverse("desk:counter")
    if BY_SLUG[attempt.exercise].start in _ASKED:
        asked = Request.objects.filter(report=attempt.report).order_by("-asked_at").first()
        return reverse("desk:identity", args=[asked.pk]) if asked else reverse("desk:identities")
    return reverse("desk:case", args=[attempt.report.code])
