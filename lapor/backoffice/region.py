"""The way of a whole region into the service, step by step: what is done, what is missing, who must act next.

Nothing is stored about it. Every step is read from what is there, so that one can stop anywhere and go on another day,
or leave it to a colleague.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lapor.agencies import onboarding, standard
from lapor.agencies.connection import missing_from_standard
from lapor.agencies.models import Agency, Unit
from lapor.agencies.onboarding import Progress
from lapor.deadlines import local
from lapor.reports import bodies as work

from . import access
from .access import Right
from .session import Manager, for_managers

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: of how many bodies it is done, what is missing in words, and the acts that it takes."""

    key: str
    title: Words
    done: int
    of: int
    told: str
    ways: tuple[tuple[Right, str, Words], ...] = ()  # right, name of the address, words
    is_optional: bool = False

    @property
    def is_done(self) -> bool:
        return self.done >= self.of


@require_safe
@for_managers(Right.SEE)
def onboarding_of(request: HttpRequest, manager: Manager, slug: str) -> HttpResponse:
    """All steps of a region, and below them each of its bodies."""
    here = access.head_of_region(manager.actor, Right.SEE, slug, on=manager.today)
    bodies = list(access.bodies_of_region(manager.actor, Right.SEE, here, on=manager.today).order_by("name"))
    answered = work.have_answered([agency.pk for agency in bodies])
    stands = onboarding.progress(bodies, on=manager.today, answered=answered)
    steps = _steps(here, bodies, stands, manager)
    following = next((step.key for step in steps if not step.is_done and not step.is_optional), "")
    return render(
        request,
        "backoffice/onboarding.html",
        {
            "here": here,
            "steps": [(step, _ways(step, here, manager), step.key == following) for step in steps],
            "rows": [
                (agency, stands[agency.pk], onboarding.NEXT.get(stands[agency.pk].stage, "")) for agency in bodies
            ],
            "stages": [(stage, n) for stage in onboarding.Stage if (n := _count(stands)[stage])],
            "holidays": local.coming(str(here.region_id), today=manager.today),
        },
    )


@require_safe
@for_managers(Right.OFFICERS)
def posts_to_fill(request: HttpRequest, manager: Manager, slug: str) -> HttpResponse:
    """The prepared table of officers: a line for each usual post that nobody holds, to be filled in and sent back."""
    here = access.head_of_region(manager.actor, Right.OFFICERS, slug, on=manager.today)
    bodies = list(access.bodies_of_region(manager.actor, Right.OFFICERS, here, on=manager.today))
    name = f'attachment; filename="petugas-{slugify(str(here.region))}.csv"'
    text = "\ufeff" + standard.posts_to_fill(bodies)
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


def _count(stands: Mapping[int, Progress]) -> Counter[str]:
    return Counter(one.stage for one in stands.values())


def _ways(step: Step, here: Agency, manager: Manager) -> list[tuple[str, Words]]:
    """Address and words of what this person may do in a step."""
    return [
        (reverse(f"backoffice:{name}", args=[here.slug]), said)
        for right, name, said in step.ways
        if right in manager.rights
    ]


def _steps(here: Agency, bodies: list[Agency], stands: Mapping[int, Progress], manager: Manager) -> list[Step]:
    total = len(bodies)
    return [
        _offices(here, total),
        _units(bodies),
        _officers(stands, total),
        _days(here, today=manager.today),
        _trained(stands),
        _connected(bodies, stands, today=manager.today),
        _answered(stands, total),
    ]


def _offices(here: Agency, total: int) -> Step:
    missing = len(missing_from_standard(here.region)) if here.region else 0
    told = ngettext(
        "%(n)d instansi dalam jangkauan Anda.", "%(n)d instansi dalam jangkauan Anda.", total
    ) % {"n": total}  # fmt: skip
    if missing:
        told += " " + ngettext(
            "%(n)d bidang standar belum punya instansi.", "%(n)d bidang standar belum punya instansi.", missing
        ) % {"n": missing}
    return Step(
        key="offices",
        title=_("Perangkat daerah"),
        done=total,
        of=total + missing,
        told=told,
        ways=((Right.CONNECT, "adopt", _("Ambil perangkat standar")),) if missing else (),
    )


def _units(bodies: list[Agency]) -> Step:
    has = set(Unit.objects.filter(agency__in=bodies, is_active=True).values_list("agency_id", flat=True))
    could = {one.agency.pk for one in standard.proposals(bodies) if one.new and one.agency.pk not in has}
    told = gettext("%(n)d instansi punya unit kerja.") % {"n": len(has)}
    if could:
        told += " " + gettext("Untuk %(n)d instansi tanpa unit tersedia unit standar.") % {"n": len(could)}
    return Step(
        key="units",
        title=_("Unit kerja"),
        done=len(has),
        of=len(has | could),
        told=told,
        ways=((Right.UNITS, "adopt_units", _("Ambil unit standar")),),
    )


def _officers(stands: Mapping[int, Progress], total: int) -> Step:
    has = sum(one.people > 0 for one in stands.values())
    waiting = sum(one.people - one.came for one in stands.values())
    told = gettext("%(n)d dari %(all)d instansi punya petugas.") % {"n": has, "all": total}
    if waiting:
        told += " " + ngettext(
            "%(n)d petugas belum memakai undangannya.", "%(n)d petugas belum memakai undangannya.", waiting
        ) % {"n": waiting}
    return Step(
        key="officers",
        title=_("Petugas dan undangan"),
        done=has,
        of=total,
        told=told,
        ways=(
            (Right.OFFICERS, "invite_many", _("Undang banyak petugas")),
            (Right.OFFICERS, "posts_to_fill", _("Unduh tabel jabatan yang kosong (CSV)")),
        ),
    )


def _days(here: Agency, *, today: date) -> Step:
    n = len(local.coming(str(here.region_id), today=today))
    told = ngettext("%(n)d hari libur daerah yang akan datang.", "%(n)d hari libur daerah yang akan datang.", n) % {
        "n": n
    }
    return Step(
        key="days",
        title=_("Hari libur daerah"),
        done=n,
        of=max(n, 1),
        told=told if n else gettext("Belum ada. Lewati bila daerah ini tidak punya; libur nasional sudah dihitung."),
        ways=((Right.REGIONAL_DAYS, "add_days", _("Tambah hari libur daerah")),),
        is_optional=True,
    )


def _trained(stands: Mapping[int, Progress]) -> Step:
    staffed = [one for one in stands.values() if one.people]
    done = sum(one.trained > 0 for one in staffed)
    people, trained_people = sum(one.people for one in staffed), sum(one.trained for one in staffed)
    told = gettext("%(n)d dari %(all)d petugas terlatih, di %(bodies)d instansi.") % {
        "n": trained_people, "all": people, "bodies": done,
    }  # fmt: skip
    return Step(
        key="trained",
        title=_("Pelatihan"),
        done=done,
        of=max(len(stands), 1),
        told=told,
        ways=(
            (Right.OFFICERS, "take_certificates", _("Masukkan sertifikat")),
            (Right.OFFICERS, "note_training", _("Catat tanpa sertifikat")),
        ),
    )


def _connected(bodies: list[Agency], stands: Mapping[int, Progress], *, today: date) -> Step:
    done = sum(agency.is_connected_on(today) for agency in bodies)
    ready = _count(stands)[onboarding.Stage.READY]
    told = gettext("%(n)d dari %(all)d instansi terhubung.") % {"n": done, "all": len(bodies)}
    if ready:
        told += " " + gettext("%(n)d siap dihubungkan.") % {"n": ready}
    return Step(
        key="connected",
        title=_("Hubungkan"),
        done=done,
        of=len(bodies),
        told=told,
        ways=((Right.CONNECT, "connect_many", _("Hubungkan banyak instansi")),),
    )


def _answered(stands: Mapping[int, Progress], total: int) -> Step:
    done = _count(stands)[onboarding.Stage.ANSWERING]
    told = gettext("%(n)d instansi sudah pernah menjawab laporan.") % {"n": done}
    return Step(key="answered", title=_("Jawaban pertama"), done=done, of=total, told=told)
