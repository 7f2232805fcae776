"""No report waits where nobody can take it up: ping-pong climbs, lateness hands over, secrets find somebody to open them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lapor.agencies.models import Absence, Membership, Role
from lapor.agencies.people import NobodyCanOpen, receiver_for
from lapor.reports import access, actions, overdue, queue
from lapor.reports.change import Incomplete
from lapor.reports.lifecycle import Move, MoveRefused
from lapor.reports.models import Clock, Event
from tests.cast import ANSWER, LONG_AGO, MONDAY, Stage, file_report, person, reporter, to_assigned

LATER = MONDAY + timedelta(days=2)
REASON = "Tempatnya di luar wilayah kami."


def test_a_report_passed_back_climbs_with_both_reasons(stage: Stage) -> None:
    report = file_report()[0]
    city, province = stage.officer("admin"), stage.officer("province_admin")
    report = actions.pass_on(report_id=report.pk, to=stage.province_inspectorate, reason=REASON, actor=city, now=MONDAY)
    assert report.holder == stage.province_inspectorate
    report = actions.pass_on(report_id=report.pk, to=stage.city_inspectorate, reason=REASON, actor=province, now=MONDAY)
    assert report.holder == stage.province_inspectorate, "the city passed it on before: it climbs above the city"
    assert report.messages.filter(kind="hand_back").count() == 2
    assert Event.objects.filter(report=report, kind="escalated", data__why="passed_back").exists()
    assert set(Clock.objects.filter(report=report, stopped_at=None).values_list("agency", flat=True)) == {
        stage.province_inspectorate.pk
    }


@pytest.mark.parametrize("body", ["roads", "regency_inspectorate"])
def test_a_report_is_never_passed_to_a_body_without_administrators(stage: Stage, body: str) -> None:
    report = file_report()[0]
    with pytest.raises(Incomplete) as refused:
        actions.pass_on(
            report_id=report.pk, to=getattr(stage, body), reason=REASON, actor=stage.officer("admin"), now=MONDAY
        )
    assert refused.value.reason == "no_admins"


def test_whom_lateness_climbs_to_sees_the_report_and_may_act_in_the_others_place(stage: Stage) -> None:
    report, receipt = file_report()
    above = stage.officer("province_admin")
    assert not access.visible(above).filter(pk=report.pk).exists()
    overdue.sweep(now=receipt.verify_by + timedelta(minutes=1))
    report.refresh_from_db()
    assert access.visible(above).filter(pk=report.pk).exists()
    assert {Move.VERIFY, Move.ARCHIVE, Move.PASS_ON} <= access.moves(above, report)
    now = receipt.verify_by + timedelta(hours=1)
    actions.verify(report_id=report.pk, actor=above, now=now)
    report = actions.assign(report_id=report.pk, to=stage.roads, actor=above, now=now)
    assert report.holder == stage.roads


def test_a_sealed_report_goes_to_the_nearest_body_where_somebody_may_open_it(stage: Stage) -> None:
    today = MONDAY.date()
    assert receiver_for("64.72", is_sealed=True, on=today) == stage.city_inspectorate
    Membership.objects.filter(role=Role.INVESTIGATOR).update(ends_on=today)
    with pytest.raises(NobodyCanOpen):
        receiver_for("64.72", is_sealed=True, on=today)
    person("province_investigator", stage.province_inspectorate, Role.INVESTIGATOR)
    report = file_report(kind="whistleblowing")[0]
    assert report.holder == stage.province_inspectorate


def test_a_late_sealed_report_climbs_to_an_investigator_and_to_nobody_else(stage: Stage) -> None:
    chief = person("national_investigator", stage.national, Role.INVESTIGATOR)
    report, receipt = file_report(kind="whistleblowing")
    overdue.sweep(now=receipt.verify_by + timedelta(minutes=1))
    report.refresh_from_db()
    climbed = Event.objects.get(report=report, kind="escalated")
    assert (climbed.data["to"], climbed.data["person"]) == (stage.national.pk, chief.pk)
    assert access.visible(actor := stage.officer("national")).filter(pk=report.pk).count() == 0, actor


def test_an_objection_to_archiving_climbs_until_nobody_is_left_above(stage: Stage) -> None:
    report = file_report()[0]
    actions.archive(
        report_id=report.pk,
        reason="too_general",
        explanation="Tidak ada tempat dan waktu kejadian.",
        actor=stage.officer("admin"),
        now=MONDAY,
    )
    for judge, body in (("province_admin", stage.province_inspectorate), ("national", stage.national)):
        report = actions.object_to_archive(
            report_id=report.pk, text="Tempatnya sudah saya tulis.", actor=reporter(report), now=LATER
        )
        assert report.holder == body
        actions.reject_objection(
            report_id=report.pk,
            explanation="Laporan ini memang tidak menyebut tempat.",
            actor=stage.officer(judge),
            now=LATER,
        )
    with pytest.raises(MoveRefused) as refused:
        actions.object_to_archive(
            report_id=report.pk, text="Tempatnya sudah saya tulis.", actor=reporter(report), now=LATER
        )
    assert refused.value.reason == "nobody_above"


def test_a_colleague_who_is_away_does_not_keep_an_answer_from_being_sent(stage: Stage) -> None:
    report = to_assigned(stage, file_report()[0])
    liaison = stage.officer("liaison")
    for name in ("operator", "other_operator"):
        Absence.objects.create(user=stage.people[name], starts_on=LONG_AGO, ends_on=LATER.date())
    actions.draft(
        report_id=report.pk, text=ANSWER, done_by="Kami", done_on=MONDAY.date(), is_ready=True, actor=liaison, now=MONDAY
    )  # fmt: skip
    assert actions.send_answer(report_id=report.pk, actor=liaison, now=MONDAY).state == "answered"


def test_two_administrators_who_answer_for_another_body_check_each_other(stage: Stage) -> None:
    second = person("second_admin", stage.province_inspectorate, Role.ADMIN)
    assert second.is_officer
    report = file_report(region_code="64.02")[0]
    admin = stage.officer("province_admin")
    actions.verify(report_id=report.pk, actor=admin, now=MONDAY)
    actions.assign(report_id=report.pk, to=stage.regency_roads, actor=admin, now=MONDAY)
    actions.draft(
        report_id=report.pk, text=ANSWER, done_by="Dinas", done_on=MONDAY.date(), is_ready=True, actor=admin, now=MONDAY
    )
    with pytest.raises(MoveRefused) as refused:
        actions.send_answer(report_id=report.pk, actor=admin, now=MONDAY)
    assert refused.value.reason == "own_draft"


def test_a_photo_alone_is_a_reply(stage: Stage) -> None:
    report = file_report()[0]
    actions.hold(report_id=report.pk, question="Bisa kirim fotonya?", actor=stage.officer("admin"), now=MONDAY)
    report = actions.reply(report_id=report.pk, text=" ", attachments=(987654,), actor=reporter(report), now=LATER)
    assert report.state == "received"


def test_what_climbed_stands_on_the_list_of_the_body_above_until_somebody_acts(stage: Stage) -> None:
    report = to_assigned(stage, file_report()[0])
    inspectorate, stranger = stage.officer("admin"), stage.officer("stranger")
    late = MONDAY + timedelta(days=30)
    while overdue.sweep(now=late):
        pass
    climbed = queue.page(inspectorate, queue.Filters(tab="climbed"), now=late).rows
    assert climbed == [report]
    assert queue.counts(inspectorate, now=late)["climbed"] == 1
    assert queue.page(inspectorate, queue.Filters(tab="todo"), now=late).rows == []
    assert queue.page(stranger, queue.Filters(tab="climbed"), now=late).rows == []
    for actor in (inspectorate, stage.officer("liaison")):
        assert queue.page(actor, queue.Filters(tab="climbed"), now=MONDAY).rows == [], "nothing is late yet"
