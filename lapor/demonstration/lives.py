"""What happens to a report, told as lives: each `yield` names the moment at which its next line happens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from lapor.agencies.models import Agency, Role, Unit
from lapor.reports import actions
from lapor.reports.lifecycle import RECEIVED
from lapor.reports.models import Visibility

from .case import Case, bodies, staff
from .filing import file
from .play import Life
from .samples import Sample

Tell = Callable[[Case], Life]


def life_of(sample: Sample) -> Tell:
    """The life of this sample, always the same one."""
    if len(sample.text) < 20:
        return nothing
    if sample.is_empty_talk:
        return archived
    return answered


def nothing(case: Case) -> Life:
    """Too short for any door: it is never filed."""
    return iter(())


def archived(case: Case) -> Life:
    file(case)
    yield case.workdays(0, 2)
    case.do(
        actions.archive,
        by=case.admin,
        reason="not_government",
        explanation="Pesan ini tidak memuat kejadian yang dapat ditindaklanjuti oleh instansi pemerintah.",
    )


def answered(case: Case) -> Life:
    file(case)
    yield case.workdays(0, 2)
    if case.report.state != RECEIVED:
        return
    case.do(actions.verify, by=case.admin)
    case.do(actions.assign, by=case.admin, to=body_for(case))
    yield case.workdays(1, 3)
    give_to_unit(case)
    case.do(actions.start, by=case.operator)
    yield case.workdays(2, 6)
    case.do(
        actions.draft,
        by=case.operator,
        text="Laporan sudah kami periksa di tempat dan kami tindak lanjuti bersama petugas wilayah. "
        "Hasilnya akan kami pantau lagi bulan depan.",
        done_by="Tim lapangan",
        done_on=case.now.date(),
        is_ready=True,
    )
    yield case.now + timedelta(hours=2)
    case.do(actions.send_answer, by=case.liaison)
    yield case.days(1, 9)
    case.do(actions.agree, by=case.reporter)


def give_to_unit(case: Case) -> None:
    """The liaison officer chooses one of the units that have an operator, where the body has any."""
    operators = staff().get(case.report.responsible_id or 0, {}).get(Role.OPERATOR, [])
    if operators and case.report.visibility != Visibility.SEALED:
        person, unit_id = operators[int(case.sample.id[1:]) % len(operators)]
        unit = Unit.objects.get(pk=unit_id) if unit_id is not None else None
        case.do(actions.assign_unit, by=case.liaison, unit=unit, officer_id=person.user_id)


def body_for(case: Case) -> Agency:
    """Who must answer: the label of the sample, else what was proposed, else the body that holds the report."""
    named = bodies().get(case.sample.agency) or case.report.proposed_agency
    if named is None or case.report.visibility == Visibility.SEALED:
        assert case.report.holder is not None  # an open report has one
        return case.report.holder
    return named
