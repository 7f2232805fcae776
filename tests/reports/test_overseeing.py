"""Overseers look on within their remit, change nothing, and say in public what should be done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lapor.accounts.models import User
from lapor.agencies.models import Agency, Role
from lapor.reports import access, actions, overdue, remits
from lapor.reports.actors import Officer, officer
from lapor.reports.change import MoveRefused
from lapor.reports.lifecycle import Move
from lapor.reports.models import Clock, Event, Recommendation, Report
from lapor.transparency import publish
from lapor.transparency.models import PublicEvent
from tests.cast import MONDAY, Stage, file_report, person, to_answered, to_assigned

ADVICE = "Perbaiki drainase di depan pasar sebelum musim hujan, dan umumkan jadwalnya di kelurahan paling lama sebulan."


def overseer(slug: str, field: str) -> Officer:
    body = Agency.objects.create(slug=slug, name=slug, kind="overseer", level="central", field=field)
    return officer(person(f"di_{slug}", body, Role.OVERSEER), on=MONDAY.date())


def test_no_overseer_moves_a_report() -> None:
    assert access.TABLE[Role.OVERSEER].moves == {Move.RECOMMEND, Move.TAKE_FILE}


def test_each_overseer_sees_its_remit_and_nothing_sealed(stage: Stage) -> None:
    complaint, question = file_report()[0], file_report(kind="information_request", phone="081200000002")[0]
    file_report(kind="whistleblowing")
    ombudsman = overseer("ombudsman", "pengawas_pelayanan_publik")
    commission = overseer("kip", "sengketa_informasi")
    police, nobody = overseer("kompolnas", "pengawas_kepolisian"), overseer("lain", "lain")
    assert set(access.visible(ombudsman)) == {complaint, question}
    assert set(access.visible(commission)) == {question}
    assert not access.visible(police) and not access.visible(nobody)
    assert access.reads_all(ombudsman) and not access.reads_all(commission)
    assert all(remit.law for remit in remits.table().values())


def test_a_recommendation_and_its_answer_can_be_read_by_everybody(stage: Stage) -> None:
    report = to_answered(stage, file_report()[0])
    before = (report.state, report.holder_id, report.due_at)
    made = actions.recommend(report_id=report.pk, text=ADVICE, actor=stage.officer("overseer"), now=MONDAY)
    report.refresh_from_db()
    assert (report.state, report.holder_id, report.due_at) == before
    assert timedelta(days=60) <= made.due_at - MONDAY <= timedelta(days=64)
    with pytest.raises(MoveRefused):
        actions.answer_advice(report_id=report.pk, text=ADVICE, actor=stage.officer("operator"), now=MONDAY)
    actions.answer_advice(report_id=report.pk, text=ADVICE, actor=stage.officer("liaison"), now=MONDAY)
    with pytest.raises(MoveRefused):
        actions.answer_advice(report_id=report.pk, text=ADVICE, actor=stage.officer("liaison"), now=MONDAY)
    assert Recommendation.objects.get().answer is not None
    publish.publish([report.pk])
    lines = PublicEvent.objects.filter(kind__in=["recommended", "advice_answered"]).order_by("event_id")
    assert [(line.text, line.due_at) for line in lines] == [(ADVICE, made.due_at), (ADVICE, None)]


def test_lateness_that_climbed_is_public_as_an_office_and_never_as_a_person(stage: Stage) -> None:
    report = to_assigned(stage, file_report()[0])
    clock = Clock.objects.get(report=report, step="respond")
    while overdue.sweep(now=clock.due_at + timedelta(minutes=1)):
        pass
    publish.publish([report.pk])
    line = PublicEvent.objects.get(kind="escalated")
    assert (line.office, line.to_agency, line.skipped["superior"]) == (
        "inspectorate",
        stage.city_inspectorate,
        "vacant",
    )
    assert line.due_at is not None and line.due_at > clock.due_at
    event = Event.objects.get(kind="escalated", report=report)
    assert User.objects.get(pk=event.data["person"]).name not in {str(value) for value in vars(line).values()}
    assert User not in {column.related_model for column in PublicEvent._meta.get_fields()}


def test_an_overseer_out_of_reach_recommends_nothing(stage: Stage) -> None:
    report: Report = file_report()[0]
    with pytest.raises(access.NotFound):
        actions.recommend(report_id=report.pk, text=ADVICE, actor=overseer("kip", "sengketa_informasi"), now=MONDAY)
