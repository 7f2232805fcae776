"""The main job as rules: from received to closed, with every turn that a report can take."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from lapor.reports import actions
from lapor.reports.change import ChangedMeanwhile, Incomplete
from lapor.reports.lifecycle import MoveRefused
from lapor.reports.models import Clock, Event, Message, Report
from tests.cast import ANSWER, MONDAY, Stage, file_report, ready_draft, reporter, to_answered, to_assigned

REASON = "Bukan kewenangan kami karena jalan ini jalan nasional."
LATER = MONDAY + timedelta(days=2)


def running(report: Report) -> set[str]:
    return set(Clock.objects.filter(report=report, stopped_at=None).values_list("step", flat=True))


def test_the_whole_way_from_received_to_agreed(stage: Stage) -> None:
    report, _receipt = file_report()
    report = to_answered(stage, report)
    assert report.state == "answered"
    assert running(report) == {"reporter_reply"}
    report = actions.agree(report_id=report.pk, actor=reporter(report), now=LATER)
    assert (report.state, report.outcome) == ("closed", "agreed")
    assert running(report) == set()
    actions.rate(report_id=report.pk, stars=5, dealt_with=True, actor=reporter(report), now=LATER)
    kinds = list(Event.objects.filter(report=report).order_by("id").values_list("kind", flat=True))
    assert kinds == [
        "received", "verified", "assigned", "unit_assigned", "drafted", "answered", "agreed", "closed", "rated",
    ]  # fmt: skip


def test_an_objection_goes_to_the_inspectorate_and_back_to_the_agency(stage: Stage) -> None:
    report = to_answered(stage, file_report()[0])
    report = actions.object_to_answer(
        report_id=report.pk, text="Lubangnya masih ada di sisi kiri.", actor=reporter(report), now=LATER
    )
    assert (report.state, report.holder) == ("objected", stage.city_inspectorate)
    assert running(report) == {"objection"}
    report = actions.accept_objection(
        report_id=report.pk,
        explanation="Foto pelapor menunjukkan lubang masih ada.",
        actor=stage.officer("admin"),
        now=LATER,
    )
    assert (report.state, report.holder) == ("in_progress", stage.roads)
    assert running(report) == {"respond", "resolve"}


def test_the_body_that_answered_never_decides_on_the_objection(stage: Stage) -> None:
    report = file_report(region_code="64.02")[0]
    admin = stage.officer("province_admin")
    actions.verify(report_id=report.pk, actor=admin, now=MONDAY)
    report = actions.assign(report_id=report.pk, to=stage.regency_roads, actor=admin, now=MONDAY)
    assert report.responsible == stage.province_inspectorate
    actions.draft(
        report_id=report.pk, text=ANSWER, done_by="Dinas", done_on=MONDAY.date(), is_ready=True, actor=admin, now=MONDAY
    )
    actions.send_answer(report_id=report.pk, actor=admin, now=MONDAY)
    report = actions.object_to_answer(
        report_id=report.pk, text="Belum ada perubahan.", actor=reporter(report), now=LATER
    )
    assert report.holder == stage.national


def test_a_rejected_objection_closes_with_reasons(stage: Stage) -> None:
    report = to_answered(stage, file_report()[0])
    actions.object_to_answer(report_id=report.pk, text="Saya tetap tidak setuju.", actor=reporter(report), now=LATER)
    report = actions.reject_objection(
        report_id=report.pk,
        explanation="Pekerjaan sudah diperiksa di lapangan dan selesai.",
        actor=stage.officer("admin"),
        now=LATER,
    )
    assert (report.state, report.outcome) == ("closed", "objection_rejected")


def test_hold_stops_the_clocks_and_a_reply_starts_them_with_the_pause_added(stage: Stage) -> None:
    report, receipt = file_report()
    actions.hold(report_id=report.pk, question="Di depan pasar yang mana?", actor=stage.officer("admin"), now=MONDAY)
    assert set(Clock.objects.filter(report=report, is_paused=True).values_list("step", flat=True)) == {
        "verify",
        "resolve",
    }
    four_days = MONDAY + timedelta(days=4)
    report = actions.reply(
        report_id=report.pk, text="Pasar Segiri, pintu utara.", actor=reporter(report), now=four_days
    )
    assert report.state == "received"
    clock = Clock.objects.get(report=report, step="verify", stopped_at=None)
    assert clock.due_at > receipt.verify_by
    assert not clock.is_paused


def test_the_first_hand_back_returns_to_the_inspectorate_the_second_climbs(stage: Stage) -> None:
    report = to_assigned(stage, file_report()[0])
    report = actions.hand_back(report_id=report.pk, reason=REASON, actor=stage.officer("liaison"), now=MONDAY)
    assert (report.state, report.holder, report.agency) == ("verified", stage.city_inspectorate, None)
    actions.assign(report_id=report.pk, to=stage.health, actor=stage.officer("admin"), now=MONDAY)
    report = actions.hand_back(
        report_id=report.pk, reason=REASON + " Kedua.", actor=stage.officer("stranger"), now=MONDAY
    )
    assert report.holder == stage.province_inspectorate
    reasons = Message.objects.filter(report=report, kind="hand_back").count()
    assert reasons == 2
    assert Event.objects.filter(report=report, kind="escalated", data__why="second_hand_back").exists()


def test_nobody_sends_their_own_draft_where_two_people_work(stage: Stage) -> None:
    report = to_assigned(stage, file_report()[0])
    ready_draft(stage, report, by="liaison")
    with pytest.raises(MoveRefused) as refused:
        actions.send_answer(report_id=report.pk, actor=stage.officer("liaison"), now=MONDAY)
    assert refused.value.reason == "own_draft"


def test_a_single_officer_may_send_their_own_draft(stage: Stage) -> None:
    report = to_assigned(stage, file_report()[0], to=stage.health)
    only = stage.officer("stranger")
    actions.draft(
        report_id=report.pk, text=ANSWER, done_by="Kami", done_on=MONDAY.date(), is_ready=True, actor=only, now=MONDAY
    )
    assert actions.send_answer(report_id=report.pk, actor=only, now=MONDAY).state == "answered"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": "Sudah."}, "text"),
        ({"done_by": ""}, "done_by"),
        ({"done_on": None}, "done_on"),
        ({"done_on": LATER.date() + timedelta(days=9)}, "done_on"),
    ],
)
def test_an_answer_says_what_was_done_by_whom_and_when(stage: Stage, change: dict[str, object], field: str) -> None:
    report = to_assigned(stage, file_report()[0])
    facts: dict[str, object] = {"text": ANSWER, "done_by": "Bina Marga", "done_on": MONDAY.date()} | change
    with pytest.raises(Incomplete) as refused:
        actions.draft(report_id=report.pk, is_ready=True, actor=stage.officer("liaison"), now=MONDAY, **facts)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_the_second_officer_is_told_that_the_report_changed(stage: Stage) -> None:
    report, _receipt = file_report()
    seen = report.version
    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY, version=seen)
    with pytest.raises(ChangedMeanwhile):
        actions.archive(
            report_id=report.pk,
            reason="spam",
            explanation="Ini bukan laporan yang dapat ditangani.",
            actor=stage.officer("admin"),
            now=MONDAY,
            version=seen,
        )


def test_archiving_needs_a_reason_from_the_list_and_words(stage: Stage) -> None:
    report, _receipt = file_report()
    for reason, words, field in (("karena", "x" * 30, "reason"), ("spam", "pendek", "explanation")):
        with pytest.raises(Incomplete) as refused:
            actions.archive(
                report_id=report.pk, reason=reason, explanation=words, actor=stage.officer("admin"), now=MONDAY
            )
        assert refused.value.field == field


def test_an_objection_to_archiving_goes_one_level_up_and_can_revive_the_report(stage: Stage) -> None:
    report, _receipt = file_report()
    actions.archive(
        report_id=report.pk,
        reason="too_general",
        explanation="Tidak ada tempat dan waktu kejadian.",
        actor=stage.officer("admin"),
        now=MONDAY,
    )
    report = actions.object_to_archive(
        report_id=report.pk, text="Tempatnya sudah saya tulis.", actor=reporter(report), now=LATER
    )
    assert (report.state, report.holder, report.outcome) == ("objected", stage.province_inspectorate, "")
    report = actions.accept_objection(
        report_id=report.pk,
        explanation="Tempatnya memang sudah disebut pelapor.",
        actor=stage.officer("province_admin"),
        now=LATER,
    )
    assert (report.state, report.holder) == ("received", stage.province_inspectorate)
    assert running(report) == {"verify", "resolve"}


def test_merged_reporters_keep_their_thread_and_get_the_answer(stage: Stage) -> None:
    lead, other = file_report()[0], file_report(name="Pelapor Uji Dua")[0]
    to_assigned(stage, lead)
    actions.merge(report_id=other.pk, into=lead, actor=stage.officer("admin"), now=MONDAY)
    actions.assign_unit(
        report_id=lead.pk, unit=stage.roads_unit, officer_id=None, actor=stage.officer("liaison"), now=MONDAY
    )
    ready_draft(stage, lead)
    actions.send_answer(report_id=lead.pk, actor=stage.officer("liaison"), now=MONDAY)
    other.refresh_from_db()
    assert other.state == "answered"
    assert Message.objects.get(report=other, kind="answer").text == ANSWER
    closed = actions.object_to_answer(
        report_id=other.pk, text="Di tempat saya belum.", actor=reporter(other), now=LATER
    )
    assert closed.state == "objected"
    lead.refresh_from_db()
    assert lead.state == "answered"


def test_a_split_makes_a_second_report_with_its_own_clocks_and_the_same_reporter(stage: Stage) -> None:
    report, receipt = file_report()
    part = actions.split(
        report_id=report.pk,
        text="Selain itu lampu jalan di sana mati semua.",
        title="Lampu jalan",
        actor=stage.officer("admin"),
        now=LATER,
    )
    assert part.identity_id == report.identity_id
    assert running(part) == {"verify", "resolve"}
    assert part.clocks.get(step="resolve").due_at == receipt.answer_by


def test_an_extension_is_given_once_with_a_reason(stage: Stage) -> None:
    report = to_assigned(stage, file_report()[0])
    was = Clock.objects.get(report=report, step="resolve").due_at
    liaison = stage.officer("liaison")
    why = "Aspal pesanan baru tiba dua minggu lagi dari Balikpapan."
    actions.extend(report_id=report.pk, reason=why, actor=liaison, now=MONDAY)
    assert Clock.objects.get(report=report, step="resolve").due_at > was
    with pytest.raises(MoveRefused) as refused:
        actions.extend(report_id=report.pk, reason=why, actor=liaison, now=MONDAY)
    assert refused.value.reason == "once_only"


def test_a_withdrawn_report_can_be_reopened(stage: Stage) -> None:
    report = to_assigned(stage, file_report()[0])
    report = actions.withdraw(report_id=report.pk, reason="", actor=reporter(report), now=LATER)
    assert (report.state, report.outcome, running(report)) == ("withdrawn", "withdrawn", set())
    report = actions.reopen(report_id=report.pk, text="Ternyata belum selesai.", actor=reporter(report), now=LATER)
    assert (report.state, report.outcome, report.holder) == ("received", "", stage.city_inspectorate)
    assert running(report) == {"verify", "resolve"}


def test_secrecy_can_be_raised_by_an_officer_but_lowered_only_by_the_reporter(stage: Stage) -> None:
    report, _receipt = file_report()
    report = actions.ask_secrecy(
        report_id=report.pk, is_anonymous=True, is_confidential=True, actor=reporter(report), now=LATER
    )
    assert (report.visibility, report.is_anonymous) == ("confidential", True)
    with pytest.raises(MoveRefused):
        actions.lift_secrecy(report_id=report.pk, actor=stage.officer("national"), now=LATER)
    assert actions.lift_secrecy(report_id=report.pk, actor=reporter(report), now=LATER).visibility == "public"


def test_a_report_for_an_unconnected_agency_is_answered_for_by_the_nearest_connected_body(stage: Stage) -> None:
    report = file_report(region_code="64.02")[0]
    admin = stage.officer("province_admin")
    actions.verify(report_id=report.pk, actor=admin, now=MONDAY)
    report = actions.assign(report_id=report.pk, to=stage.regency_roads, actor=admin, now=MONDAY)
    assert (report.agency, report.responsible, report.holder) == (
        stage.regency_roads, stage.province_inspectorate, stage.province_inspectorate,
    )  # fmt: skip
    letter = actions.hand_over(report_id=report.pk, actor=admin, now=MONDAY)
    report = actions.record_hand_over_reply(
        letter_id=letter.pk, text="Kami akan memperbaikinya bulan ini.", replied_on=LATER.date(), actor=admin, now=LATER
    )
    letter.refresh_from_db()
    assert letter.replied_on == LATER.date()
    assert Event.objects.filter(report=report, kind="hand_over_replied").exists()


def test_a_reply_may_come_today_by_the_clock_of_the_place(stage: Stage) -> None:
    """At half past midnight in Samarinda it is still yesterday in Jakarta, and in UTC."""
    midnight = MONDAY.replace(hour=16, minute=30)
    report = file_report(region_code="64.02")[0]
    admin = stage.officer("province_admin")
    actions.verify(report_id=report.pk, actor=admin, now=midnight)
    actions.assign(report_id=report.pk, to=stage.regency_roads, actor=admin, now=midnight)
    letter = actions.hand_over(report_id=report.pk, actor=admin, now=midnight)
    reply: dict[str, Any] = {
        "letter_id": letter.pk,
        "text": "Kami akan memperbaikinya bulan ini.",
        "actor": admin,
        "now": midnight,
    }
    tuesday = date(2026, 10, 6)
    for wrong in (tuesday - timedelta(days=1), tuesday + timedelta(days=1)):
        with pytest.raises(Incomplete):
            actions.record_hand_over_reply(**reply, replied_on=wrong)
    actions.record_hand_over_reply(**reply, replied_on=tuesday)
