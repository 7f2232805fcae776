"""The clock as an actor: warns, marks, climbs to a named person, closes after silence; never touches what is not due."""

from __future__ import annotations

from datetime import datetime, timedelta

from lapor.deadlines import changes
from lapor.reports import actions, overdue
from lapor.reports.models import Clock, Event, Report
from tests.cast import MONDAY, Stage, file_report, reporter, to_answered

FAR = timedelta(days=60)


def kinds(report: Report) -> list[str]:
    return list(Event.objects.filter(report=report).order_by("id").values_list("kind", flat=True))


def ring_all(until: object) -> None:
    while overdue.sweep(now=until):  # type: ignore[arg-type]
        pass


def test_nothing_rings_before_its_time(stage: Stage) -> None:
    file_report()
    assert overdue.sweep(now=MONDAY) == 0


def test_a_warning_comes_before_the_deadline_and_a_miss_after_it(stage: Stage) -> None:
    report, receipt = file_report()
    ring_all(receipt.verify_by - timedelta(hours=1))
    assert kinds(report)[-1] == "warned"
    ring_all(receipt.verify_by + timedelta(minutes=1))
    assert kinds(report)[-2:] == ["overdue", "escalated"]
    escalation = Event.objects.get(report=report, kind="escalated")
    assert escalation.data["to"] == stage.province_inspectorate.pk
    assert escalation.data["person"] == stage.people["province_admin"].pk


def test_lateness_climbs_to_the_national_administrator_who_is_asked_again(stage: Stage) -> None:
    report, receipt = file_report()
    for days in range(0, 20, 3):
        ring_all(receipt.verify_by + timedelta(days=days, minutes=1))
    climbed = Event.objects.filter(report=report, kind="escalated", data__step="verify").order_by("id")
    assert [event.data["to"] for event in climbed] == [stage.province_inspectorate.pk, stage.national.pk]
    wakes = Clock.objects.get(report=report, step="verify").wake_at
    assert wakes is not None and wakes > receipt.verify_by + timedelta(days=18)


def test_an_unanswered_answer_is_closed_after_silence(stage: Stage) -> None:
    report = to_answered(stage, file_report()[0])
    ring_all(MONDAY + FAR)
    report.refresh_from_db()
    assert (report.state, report.outcome) == ("closed", "silence")


def test_a_hold_without_reply_is_reminded_and_then_withdrawn_and_can_be_reopened(stage: Stage) -> None:
    report, _receipt = file_report()
    actions.hold(report_id=report.pk, question="Di mana tempatnya?", actor=stage.officer("admin"), now=MONDAY)
    ring_all(MONDAY + timedelta(days=25))
    assert kinds(report)[-1] == "reminded"
    ring_all(MONDAY + FAR)
    report.refresh_from_db()
    assert (report.state, report.outcome) == ("withdrawn", "incomplete")
    assert actions.reopen(report_id=report.pk, text="", actor=reporter(report), now=MONDAY + FAR).state == "received"


def test_a_new_holiday_moves_the_deadline_and_history_keeps_the_old_one(stage: Stage) -> None:
    report, receipt = file_report()
    changed = changes.add_holiday(
        day=receipt.verify_by.date(),
        name="Libur daerah uji",
        kind="regional",
        region_code="64.72",
        by=None,
        source="Uji",
    )
    assert overdue.recompute(changed, now=MONDAY) == 1
    clock = Clock.objects.get(report=report, step="verify")
    assert clock.due_at > receipt.verify_by
    assert clock.first_due_at == receipt.verify_by
    moved = Event.objects.filter(report=report, kind="due_changed", data__step="verify").get()
    assert datetime.fromisoformat(moved.data["was"]) == receipt.verify_by
