"""Lateness climbs: each rung in its time, whoever is absent passed over with a record, and never a late step without one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lapor.agencies.models import Absence, Agency, Membership, Role
from lapor.agencies.posts import leave
from lapor.deadlines import exemptions
from lapor.deadlines.exemptions import ExemptionRefused
from lapor.deadlines.ladder import Decision, Office, table
from lapor.deadlines.models import Step
from lapor.reports import access, actions, awaiting, overdue
from lapor.reports.actors import officer
from lapor.reports.change import Incomplete, MoveRefused
from lapor.reports.models import Clock, Event, Report
from tests.cast import MONDAY, Stage, file_report, person, ready_draft, reporter, to_assigned

REASON = "Petugas lapangan menunggu alat berat dari dinas provinsi."
DAY = timedelta(days=1)


def late(stage: Stage, **changes: Any) -> tuple[Report, Clock]:
    """Given to a unit of the office of roads, which stays silent; its first clock."""
    report = to_assigned(stage, file_report(**changes)[0])
    actor = stage.officer("liaison")
    actions.assign_unit(report_id=report.pk, unit=stage.roads_unit, officer_id=None, actor=actor, now=MONDAY)
    return report, Clock.objects.get(report=report, step=Step.RESPOND)


def heads(stage: Stage) -> None:
    """A head of the unit, of the office and of the city's government; and the Ombudsman."""
    ombudsman = Agency.objects.create(
        slug="ombudsman", name="Ombudsman RI", kind="overseer", level="central", field="pengawas_pelayanan_publik"
    )
    stage.people["unit_head"] = person("unit_head", stage.roads, Role.HEAD, stage.roads_unit)
    stage.people["head"] = person("head", stage.roads, Role.HEAD)
    stage.people["mayor"] = person("mayor", stage.city, Role.HEAD)
    stage.people["ombudsman"] = person("ombudsman", ombudsman, Role.OVERSEER)


def ring(until: datetime) -> None:
    while overdue.sweep(now=until):
        pass


def climbed(report: Report, step: str = Step.RESPOND) -> list[str]:
    rows = Event.objects.filter(report=report, kind="escalated", data__step=step).order_by("id")
    return [event.data["office"] for event in rows]


def walk(clock: Clock, days: int) -> None:
    for day in range(days):
        ring(clock.due_at + DAY * day + timedelta(minutes=1))


def decide(stage: Stage, who: str, report: Report, decision: str, *, now: datetime, **given: Any) -> Report:
    actor = officer(stage.people[who], on=now.date())
    return actions.decide_lateness(report_id=report.pk, decision=decision, text=REASON, actor=actor, now=now, **given)


def test_the_table_climbs_and_ends_where_nobody_can_be_left_out() -> None:
    for step, rungs in table().items():
        days = [rung.days_late for rung in rungs]
        assert days == sorted(set(days)) and days[0] == 0, step
        assert [rung.office for rung in rungs][-2:] == [Office.NATIONAL, Office.OMBUDSMAN]
        assert [rung.order for rung in rungs] == list(range(len(rungs)))


def test_every_rung_is_asked_in_its_time_and_the_last_one_again(stage: Stage) -> None:
    heads(stage)
    report, clock = late(stage)
    walk(clock, 45)
    assert climbed(report) == [rung.office for rung in table()["respond"]]
    times = Event.objects.filter(report=report, kind="escalated", data__step="respond").order_by("id")
    assert (times[1].at - times[0].at).days >= 2, "each has an own time"
    assert Event.objects.filter(report=report, kind="rung_waits", data__step="respond").exists()
    clock.refresh_from_db()
    assert clock.wake_at is not None and clock.office == Office.OMBUDSMAN
    assert stage.people["ombudsman"].pk == clock.rung_person_id
    actor = officer(stage.people["ombudsman"], on=MONDAY.date())
    assert awaiting.undecided(actor) == 1
    now = clock.due_at + DAY * 46
    actions.recommend(report_id=report.pk, text=REASON * 2, actor=actor, now=now)
    assert [one.decision for one in awaiting.waiting(actor)[0]] == [Decision.ADVISE]


def test_what_is_done_in_time_never_climbs(stage: Stage) -> None:
    heads(stage)
    report, clock = late(stage)
    actor = stage.officer("operator")
    actions.follow_up(report_id=report.pk, text="Petugas memeriksa lokasi besok pagi.", actor=actor, now=MONDAY)
    ready_draft(stage, report)
    actions.send_answer(report_id=report.pk, actor=stage.officer("liaison"), now=MONDAY)
    walk(clock, 3)
    assert not Event.objects.filter(report=report, kind__in=["overdue", "escalated"]).exists()


def test_whoever_is_absent_is_passed_over_with_a_record(stage: Stage) -> None:
    heads(stage)
    report, clock = late(stage)
    leave(Membership.objects.get(user=stage.people["unit_head"]), on=MONDAY.date())
    head = stage.people["head"]
    Absence.objects.create(user=head, starts_on=MONDAY.date(), ends_on=MONDAY.date() + DAY * 60)
    walk(clock, 1)
    event = Event.objects.get(report=report, kind="escalated", data__step="respond")
    assert event.data["office"] == Office.INSPECTORATE
    assert event.data["skipped"] == {"unit_head": "vacant", "superior": "away"}
    assert event.data["person"] == stage.people["admin"].pk


def test_an_office_is_left_out_for_one_body_only_with_a_reason_and_dates(stage: Stage) -> None:
    heads(stage)
    today = MONDAY.date()
    given: dict[str, Any] = {"starts_on": today, "ends_on": today + DAY * 30, "by": None, "now": MONDAY, "today": today}
    for office, reason in ((Office.NATIONAL, REASON), (Office.OMBUDSMAN, REASON), (Office.SUPERIOR, "Cuti.")):
        with pytest.raises(ExemptionRefused):
            exemptions.exempt(stage.roads, office=office, reason=reason, **given)
    with pytest.raises(ExemptionRefused):
        exemptions.exempt(stage.roads, office=Office.SUPERIOR, reason=REASON, **given | {"ends_on": today + DAY * 200})
    row = exemptions.exempt(stage.roads, office=Office.UNIT_HEAD, reason=REASON, **given)
    report, clock = late(stage)
    walk(clock, 1)
    event = Event.objects.get(report=report, kind="escalated", data__step="respond")
    assert (event.data["office"], event.data["skipped"]) == ("superior", {"unit_head": "exempt"})
    exemptions.end(row.pk, by=None, now=MONDAY)
    assert exemptions.in_force(stage.roads.pk, on=today) == set()


def test_an_order_holds_lateness_until_its_date_and_is_given_once(stage: Stage) -> None:
    heads(stage)
    report, clock = late(stage)
    walk(clock, 1)
    now = clock.due_at + timedelta(hours=8)
    with pytest.raises(Incomplete):
        decide(stage, "unit_head", report, Decision.INSTRUCT, now=now, until=now.date() + DAY * 40)
    until = now.date() + DAY * 9
    decide(stage, "unit_head", report, Decision.INSTRUCT, now=now, until=until)
    with pytest.raises(Incomplete):
        decide(stage, "unit_head", report, Decision.INSTRUCT, now=now, until=until)
    ring(now + DAY * 8)
    assert climbed(report) == ["unit_head"]
    ring(now + DAY * 11)
    assert climbed(report) == ["unit_head", "superior"]
    event = Event.objects.get(report=report, kind="rung_decided")
    assert (event.data["office"], event.data["decision"]) == ("unit_head", "instruct")
    assert datetime.fromisoformat(event.data["next"]).date() == until
    report.refresh_from_db()
    assert report.due_at is not None and report.due_at < now, "the promise to the reporter stays as it was"
    with pytest.raises(MoveRefused):
        decide(stage, "unit_head", report, Decision.NOTE, now=now + DAY * 11)


def test_a_report_late_in_two_steps_stands_on_one_rung_and_never_on_none(stage: Stage) -> None:
    heads(stage)
    report, _clock = late(stage)
    answer_by = Clock.objects.get(report=report, step=Step.RESOLVE).due_at
    ring(answer_by + timedelta(hours=1))
    ring(answer_by + DAY)
    assert climbed(report, Step.RESOLVE) == []
    actor = officer(stage.people["operator"], on=answer_by.date())
    text = "Petugas memeriksa lokasi besok pagi."
    actions.follow_up(report_id=report.pk, text=text, actor=actor, now=answer_by + DAY)
    ring(answer_by + DAY)
    assert climbed(report, Step.RESOLVE) == ["unit_head"]


def test_taking_over_brings_it_to_the_head_or_back_to_who_disposes(stage: Stage) -> None:
    heads(stage)
    report, clock = late(stage)
    walk(clock, 1)
    now = clock.due_at + timedelta(hours=8)
    decide(stage, "unit_head", report, Decision.TAKE_OVER, now=now)
    report.refresh_from_db()
    assert report.officer == stage.people["unit_head"]
    walk(clock, 8)
    assert climbed(report)[-1] == "inspectorate"
    assert [one.report for one in awaiting.waiting(stage.officer("admin"))[0]] == [report]
    decide(stage, "admin", report, Decision.TAKE_OVER, now=now + DAY * 8)
    report.refresh_from_db()
    assert (report.state, report.holder, report.agency) == ("verified", stage.city_inspectorate, None)


def test_who_is_not_on_the_rung_decides_nothing(stage: Stage) -> None:
    heads(stage)
    report, clock = late(stage)
    walk(clock, 1)
    now = clock.due_at + timedelta(hours=8)
    for who in ("head", "liaison", "admin", "national", "operator"):
        with pytest.raises(MoveRefused):
            decide(stage, who, report, Decision.NOTE, now=now)
    for who in ("mayor", "power"):
        with pytest.raises(access.NotFound):
            decide(stage, who, report, Decision.NOTE, now=now)


def test_a_report_on_hold_waits_on_its_rung(stage: Stage) -> None:
    heads(stage)
    report, clock = late(stage)
    walk(clock, 1)
    now = clock.due_at + timedelta(hours=8)
    actor = stage.officer("operator")
    actions.hold(report_id=report.pk, question="Di sisi mana lubangnya?", actor=actor, now=now)
    ring(now + DAY * 10)
    assert climbed(report) == ["unit_head"]
    assert awaiting.waiting(officer(stage.people["unit_head"], on=now.date()))[0] == []


def test_lateness_of_a_sealed_report_climbs_to_investigators_alone(stage: Stage) -> None:
    heads(stage)
    stage.people["boss"] = person("boss", stage.city_inspectorate, Role.HEAD)
    above = person("above", stage.national, Role.INVESTIGATOR)
    report, receipt = file_report(kind="whistleblowing")
    for day in range(40):
        ring(receipt.verify_by + DAY * day + timedelta(minutes=1))
    for event in Event.objects.filter(report=report, kind="escalated"):
        assert event.data["office"] == Office.NATIONAL and event.data["person"] == above.pk
        assert event.data["skipped"]["superior"] == "nobody"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    away=st.sets(st.sampled_from(["unit_head", "head", "mayor", "admin", "province_admin", "national", "ombudsman"])),
    acts=st.lists(st.sampled_from(["wait", "order", "take_over", "note", "hold", "reply", "hand_back"]), max_size=6),
    is_sealed=st.booleans(),
)
def test_every_open_late_report_has_one_rung_and_the_date_of_the_next(
    stage: Stage, away: set[str], acts: list[str], is_sealed: bool
) -> None:
    """Whoever is away and whatever is done: a person who must decide or the reasons why not, and a date to come."""
    if "mayor" not in stage.people:
        heads(stage)
    today = MONDAY.date()
    Absence.objects.all().delete()
    for name in away:
        Absence.objects.create(user=stage.people[name], starts_on=today, ends_on=today + DAY * 300)
    report = file_report(kind="whistleblowing")[0] if is_sealed else late(stage)[0]
    now = MONDAY + DAY * 10
    for act in acts:
        ring(now)
        _do(stage, report, act, now=now)
        now += DAY * 4
    ring(now)
    running = Clock.objects.filter(report=report, stopped_at=None)
    officers = running.exclude(step__in=["reporter_reply", "complete"]).filter(due_at__lte=now)
    if officers.filter(is_paused=True).exists():
        assert running.filter(step="complete").exists(), "the reporter must act, until a date of their own"
        return
    on = list(officers.filter(rung__isnull=False))
    assert len(on) == bool(officers)
    for clock in on:
        assert clock.wake_at is not None and clock.wake_at > now
        last = Event.objects.filter(report=report, kind="escalated", data__step=clock.step).latest("id")
        assert clock.rung_person_id is not None or last.data.get("skipped")


def _do(stage: Stage, report: Report, act: str, *, now: datetime) -> None:
    """As far as somebody may; a refusal is an answer too."""
    report.refresh_from_db()
    who = {"hold": "operator", "hand_back": "liaison"}.get(act)
    try:
        if act == "hold":
            actor = officer(stage.people[who or ""], on=now.date())
            actions.hold(report_id=report.pk, question="Di sisi mana lubangnya?", actor=actor, now=now)
        elif act == "reply":
            actions.reply(report_id=report.pk, text="Di sisi kiri jalan.", actor=reporter(report), now=now)
        elif act == "hand_back":
            actor = officer(stage.people[who or ""], on=now.date())
            actions.hand_back(report_id=report.pk, reason=REASON, actor=actor, now=now)
        elif act != "wait":
            decision = {"order": "instruct"}.get(act, act)
            for name in ("unit_head", "head", "admin", "mayor", "national"):
                until = now.date() + DAY * 6 if act == "order" else None
                try:
                    decide(stage, name, report, decision, now=now, until=until)
                except (MoveRefused, Incomplete, access.NotFound):
                    continue
                return
    except (MoveRefused, access.NotFound):
        return
