"""No late report waits on a rung where nobody is: an office that falls vacant is left at once, with a record."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lapor.accounts.models import User
from lapor.agencies.models import Absence, Membership, Role
from lapor.deadlines.ladder import Office
from lapor.deadlines.models import Step
from lapor.notify import queue
from lapor.notify.models import Notice
from lapor.reports import actions, awaiting, ladder, staff, vacancies
from lapor.reports.actors import officer
from lapor.reports.models import Clock, Event, Report
from tests.cast import MONDAY, Stage, file_report, person
from tests.reports.test_ladder import DAY, climbed, heads, late, ring, walk

ON_RUNGS = ("unit_head", "head", "mayor", "admin", "province_admin", "national", "ombudsman")


def on_its_rung(report: Report) -> Clock:
    return Clock.objects.get(report=report, stopped_at=None, rung__isnull=False)


def end(stage: Stage, who: str, *, now: datetime) -> None:
    """Every post of a person ends that day, as the date of a post does, without anybody doing anything."""
    Membership.objects.filter(user=stage.people[who]).update(ends_on=now.date())


def test_who_leaves_is_followed_at_once_by_the_next_rung_with_a_record(stage: Stage) -> None:
    heads(stage)
    report, clock = late(stage)
    walk(clock, 1)
    now = clock.due_at + timedelta(hours=4)
    post = Membership.objects.get(user=stage.people["unit_head"])
    staff.end_post(post, on=now.date(), heir=None, by=None, now=now)
    assert climbed(report) == ["unit_head", "superior"]
    event = Event.objects.filter(report=report, kind="escalated").latest("id")
    assert event.data["skipped"] == {"unit_head": "vacant"}
    assert event.at == now and event.actor == "clock"
    assert datetime.fromisoformat(event.data["next"]) > now + DAY / 2, "the next office has a time of its own"
    actor = officer(stage.people["head"], on=now.date())
    assert [one.report for one in awaiting.waiting(actor)[0]] == [report]
    queue.consume([event])
    assert set(Notice.objects.filter(event=event).values_list("user", "template")) == {
        (stage.people["head"].pk, "late_superior")
    }


def test_an_account_that_is_closed_leaves_its_rungs(stage: Stage) -> None:
    heads(stage)
    report, clock = late(stage)
    walk(clock, 1)
    now = clock.due_at + timedelta(hours=4)
    staff.shut_out(stage.people["unit_head"], by=None, now=now)
    assert climbed(report) == ["unit_head", "superior"]


def test_days_of_absence_count_from_the_next_run_and_a_deputy_stands_in(stage: Stage) -> None:
    heads(stage)
    report, clock = late(stage)
    walk(clock, 1)
    now = clock.due_at + timedelta(hours=4)
    deputy = person("deputy", stage.roads, Role.HEAD, stage.roads_unit)
    away = Absence.objects.create(
        user=stage.people["unit_head"], starts_on=now.date(), ends_on=now.date() + DAY * 20, deputy=deputy
    )
    assert vacancies.settle(now=now) == 1
    assert climbed(report) == ["unit_head"], "the office is the same, and so is its time"
    assert on_its_rung(report).rung_person == deputy
    event = Event.objects.get(report=report, kind="rung_waits")
    assert (event.data["person"], event.data["office"], event.data["skipped"]) == (deputy.pk, "unit_head", {})
    assert vacancies.settle(now=now) == 0, "done twice it changes nothing"
    away.delete()
    Absence.objects.create(user=stage.people["unit_head"], starts_on=now.date(), ends_on=now.date() + DAY * 20)
    Absence.objects.create(user=deputy, starts_on=now.date(), ends_on=now.date() + DAY * 20)
    assert vacancies.settle(now=now) == 1
    assert climbed(report) == ["unit_head", "superior"]
    assert Event.objects.filter(report=report, kind="escalated").latest("id").data["skipped"] == {"unit_head": "away"}


def test_a_report_that_stands_before_somebody_present_is_left_alone(stage: Stage) -> None:
    heads(stage)
    report, clock = late(stage)
    walk(clock, 1)
    before = Event.objects.count()
    assert vacancies.settle(now=clock.due_at + timedelta(hours=4)) == 0
    assert Event.objects.count() == before
    assert on_its_rung(report).office == Office.UNIT_HEAD


def test_the_last_rung_falls_back_to_the_national_administrator(stage: Stage) -> None:
    heads(stage)
    report, clock = late(stage)
    walk(clock, 45)
    assert on_its_rung(report).office == Office.OMBUDSMAN
    now = clock.due_at + DAY * 45
    end(stage, "ombudsman", now=now)
    assert vacancies.settle(now=now) == 1
    clock = on_its_rung(report)
    assert (clock.office, clock.rung_person) == (Office.NATIONAL, stage.people["national"])
    assert Event.objects.filter(report=report).latest("id").data["skipped"] == {"ombudsman": "vacant"}


def test_where_no_post_is_held_the_ombudsman_is_asked_and_the_office_waits_for_nobody(stage: Stage) -> None:
    heads(stage)
    report, clock = late(stage)
    for who in ON_RUNGS[:-1]:
        end(stage, who, now=clock.due_at)
    Membership.objects.filter(agency=stage.national).update(ends_on=MONDAY.date())
    walk(clock, 1)
    found = on_its_rung(report)
    assert (found.office, found.rung_person) == (Office.OMBUDSMAN, stage.people["ombudsman"])


def test_whoever_is_named_in_a_report_leaves_its_rung_in_the_same_change(stage: Stage) -> None:
    heads(stage)
    report, clock = late(stage)
    walk(clock, 1)
    now = clock.due_at + timedelta(hours=4)
    actor = officer(stage.people["unit_head"], on=now.date())
    actions.step_aside(report_id=report.pk, reason="Yang dilaporkan adalah saudara saya.", actor=actor, now=now)
    assert on_its_rung(report).rung_person != stage.people["unit_head"]
    assert Event.objects.filter(report=report, kind="escalated").latest("id").data["skipped"] == {"unit_head": "nobody"}


ACTS = st.lists(
    st.tuples(st.sampled_from(["end", "away", "shut", "back", "wait"]), st.sampled_from(ON_RUNGS)), max_size=5
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, is_sealed=st.booleans())
def test_no_late_report_is_on_a_rung_without_a_person_after_one_run(
    stage: Stage, acts: list[tuple[str, str]], is_sealed: bool
) -> None:
    """Whoever leaves, is shut out or away, in whichever order: somebody there, as long as anybody is who may be."""
    if "mayor" not in stage.people:
        heads(stage)
        stage.people["above"] = person("above", stage.national, Role.INVESTIGATOR)
    Absence.objects.all().delete()
    Membership.objects.update(ends_on=None)
    User.objects.update(is_active=True)
    report = file_report(kind="whistleblowing")[0] if is_sealed else late(stage)[0]
    now = MONDAY + DAY * 12
    ring(now)
    for act, who in acts:
        _happen(stage, act, who, now=now)
        vacancies.settle(now=now)
        _somebody_stands(stage, report, now=now)
        now += DAY * 3
        ring(now)
        vacancies.settle(now=now)
        _somebody_stands(stage, report, now=now)
    assert vacancies.settle(now=now) == 0


def _happen(stage: Stage, act: str, who: str, *, now: datetime) -> None:
    user, today = stage.people[who], now.date()
    if act == "end":
        end(stage, who, now=now)
    elif act == "away" and not Absence.objects.filter(user=user).exists():
        Absence.objects.create(user=user, starts_on=today, ends_on=today + DAY * 300)
    elif act == "shut":
        User.objects.filter(pk=user.pk).update(is_active=False)
    elif act == "back":
        Absence.objects.filter(user=user).delete()
        User.objects.filter(pk=user.pk).update(is_active=True)
        Membership.objects.filter(user=user).update(ends_on=None)


def _somebody_stands(stage: Stage, report: Report, *, now: datetime) -> None:
    report.refresh_from_db()
    running = Clock.objects.filter(report=report, stopped_at=None, due_at__lte=now)
    clocks = list(running.filter(rung__isnull=False))
    assert len(clocks) == running.exclude(step__in=[Step.REPORTER_REPLY, Step.COMPLETE]).exists()
    for clock in clocks:
        assert clock.wake_at is not None and clock.wake_at > now
        if clock.rung_person is None:  # then nobody anywhere holds a post for it
            assert clock.office == Office.NATIONAL
            for office in Office:
                found = ladder.place_of(report, ladder.body_late(report, clock), office, on=now.date())
                assert not (isinstance(found, ladder.Place) and found.person), office
            continue
        assert clock.rung_person.is_active
        found = ladder.place_of(report, ladder.body_late(report, clock), Office(clock.office), on=now.date())
        assert isinstance(found, ladder.Place) and found.person == clock.rung_person
