"""What the office changes is followed by the worker: deadlines after the calendar, reports after bodies and people."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from lapor.agencies import connection, posts
from lapor.agencies.models import Membership, Role
from lapor.deadlines import changes
from lapor.deadlines.models import Step
from lapor.reports import actions
from lapor.reports.models import Clock, Event
from lapor.worker.loop import drain
from tests.cast import MONDAY, Stage, file_report, person, to_assigned

LATER = MONDAY + timedelta(minutes=5)


def test_a_day_off_moves_the_deadlines_that_run_over_it_and_the_change_is_ticked_off(stage: Stage) -> None:
    with time_machine.travel(MONDAY, tick=False):
        report, elsewhere = file_report()[0], file_report(region_code="64.02")[0]
        before = {clock.report_id: clock.due_at for clock in Clock.objects.filter(step=Step.VERIFY)}
        changes.add_holiday(
            day=MONDAY.date() + timedelta(days=1), name="Hari jadi (uji)", kind="regional", region_code="64.72",
            by=None, source="SK Uji",
        )  # fmt: skip
        drain()
        assert Clock.objects.get(report=report, step=Step.VERIFY).due_at == before[report.pk], "not before all know it"
    with time_machine.travel(LATER, tick=False):
        drain()
    assert Clock.objects.get(report=report, step=Step.VERIFY).due_at == before[report.pk] + timedelta(days=1)
    assert Clock.objects.get(report=elsewhere, step=Step.VERIFY).due_at == before[elsewhere.pk]
    assert Event.objects.get(report=report, kind="due_changed", data__step="verify").data["why"] == "calendar"
    assert changes.waiting_since() is None


def test_reports_follow_a_body_that_was_connected_and_a_person_whose_last_day_has_passed(stage: Stage) -> None:
    heir = person("pewaris", stage.roads, Role.OPERATOR, stage.roads_unit)
    with time_machine.travel(MONDAY, tick=False):
        held = file_report(region_code="64.02")[0]
        admin = stage.officer("province_admin")
        actions.verify(report_id=held.pk, actor=admin, now=MONDAY)
        actions.assign(report_id=held.pk, to=stage.regency_roads, actor=admin, now=MONDAY)
        report = to_assigned(stage, file_report()[0])
        actions.assign_unit(
            report_id=report.pk, unit=stage.roads_unit, officer_id=stage.people["operator"].pk,
            actor=stage.officer("liaison"), now=MONDAY,
        )  # fmt: skip
        tomorrow = MONDAY.date() + timedelta(days=1)
        connection.connect(stage.regency_roads, on=tomorrow)
        posts.leave(Membership.objects.get(user=stage.people["operator"]), on=tomorrow)
        drain()
    held.refresh_from_db()
    report.refresh_from_db()
    assert (held.holder, report.officer) == (stage.province_inspectorate, stage.people["operator"])
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        drain()
    held.refresh_from_db()
    report.refresh_from_db()
    assert (held.holder, report.officer) == (stage.regency_roads, heir)
