"""A recommendation that is not answered in time: said once, carried up the ladder, told to who can act, read in public."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from lapor.agencies.models import Agency, Membership, Role
from lapor.alarms import signs, watch
from lapor.alarms.models import Alarm, Kind
from lapor.deadlines.ladder import Office, table
from lapor.evidence import bundle
from lapor.notify import queue
from lapor.notify.compose import compose
from lapor.notify.models import Notice
from lapor.reports import actions, advice, awaiting
from lapor.reports.actors import officer
from lapor.reports.case import open_case
from lapor.reports.models import Event, Recommendation, Report
from lapor.transparency import publish, shelf
from lapor.transparency.models import PublicEvent, PublicReport
from tests.cast import MONDAY, Stage, file_report, person, reporter, to_answered
from tests.reports.test_ladder import DAY, heads
from tests.reports.test_overseeing import ADVICE

MINUTE = timedelta(minutes=1)


@pytest.fixture
def advised(stage: Stage) -> Recommendation:
    """The Ombudsman recommended something on an answered report; nobody has answered."""
    heads(stage)
    report = to_answered(stage, file_report()[0])
    actor = officer(stage.people["ombudsman"], on=MONDAY.date())
    return actions.recommend(report_id=report.pk, text=ADVICE, actor=actor, now=MONDAY)


def chase(made: Recommendation, days: int) -> None:
    """The job runs once a day until so many days after the due day."""
    for day in range(days):
        advice.sweep(now=made.due_at + DAY * day + MINUTE)


def raised(report: Report) -> list[str]:
    rows = Event.objects.filter(report=report, kind="advice_raised").order_by("id")
    return [event.data["office"] for event in rows]


def test_lateness_is_said_once_and_changes_nothing_else(stage: Stage, advised: Recommendation) -> None:
    report = advised.report
    report.refresh_from_db()
    before = (report.state, report.holder_id, report.due_at, report.active_at)
    assert advice.sweep(now=advised.due_at - MINUTE) == 0
    assert not Event.objects.filter(report=report, kind="advice_late").exists()
    chase(advised, 4)
    event = Event.objects.get(report=report, kind="advice_late")
    assert (event.actor, event.data["to"], event.data["by"]) == ("clock", stage.roads.pk, advised.by_id)
    assert datetime.fromisoformat(event.data["due"]) == advised.due_at
    report.refresh_from_db()
    assert (report.state, report.holder_id, report.due_at, report.active_at) == before


def test_it_climbs_by_the_table_and_the_last_is_asked_again(stage: Stage, advised: Recommendation) -> None:
    chase(advised, 75)
    offices = raised(advised.report)
    assert offices[:4] == [rung.office for rung in table()["advice"]]
    assert set(offices[4:]) == {Office.OMBUDSMAN}
    assert len(offices) > 4
    advised.refresh_from_db()
    assert advised.rung_person == stage.people["ombudsman"]
    assert advised.wake_at is not None and advised.wake_at > advised.due_at + DAY * 74


def test_an_answer_ends_it(stage: Stage, advised: Recommendation) -> None:
    chase(advised, 2)
    now = advised.due_at + DAY * 2
    head = officer(stage.people["head"], on=now.date())
    assert [one.report for one in awaiting.unanswered(head)] == [advised.report]
    assert awaiting.undecided(head) == 1
    assert awaiting.unanswered(officer(stage.people["liaison"], on=now.date())) == []
    actions.answer_advice(report_id=advised.report_id, text=ADVICE, actor=head, now=now)
    assert awaiting.unanswered(head) == []
    count = Event.objects.count()
    chase(advised, 40)
    assert Event.objects.count() == count


def test_an_answer_in_time_is_never_late(stage: Stage, advised: Recommendation) -> None:
    actions.answer_advice(report_id=advised.report_id, text=ADVICE, actor=stage.officer("liaison"), now=MONDAY + DAY)
    chase(advised, 40)
    assert not Event.objects.filter(kind__in=["advice_late", "advice_raised"]).exists()


def test_a_vacant_office_is_left_by_the_next_run(stage: Stage, advised: Recommendation) -> None:
    chase(advised, 1)
    now = advised.due_at + timedelta(hours=2)
    Membership.objects.filter(user=stage.people["head"]).update(ends_on=now.date())
    assert advice.sweep(now=now) == 1
    assert raised(advised.report) == ["superior", "inspectorate"]
    event = Event.objects.filter(kind="advice_raised").latest("id")
    assert event.data["skipped"] == {"superior": "vacant"}
    assert advice.sweep(now=now) == 0
    other = person("new_admin", stage.city_inspectorate, Role.ADMIN)
    Membership.objects.filter(user=stage.people["admin"]).update(ends_on=now.date())
    assert advice.sweep(now=now) == 1
    advised.refresh_from_db()
    assert (advised.office, advised.rung_person) == (Office.INSPECTORATE, other)


def test_those_who_can_act_are_told_and_no_letter_tells_a_secret(stage: Stage, advised: Recommendation) -> None:
    body_admin = person("roads_admin", stage.roads, Role.ADMIN)
    chase(advised, 1)
    queue.consume(list(Event.objects.filter(kind__in=["advice_late", "advice_raised"]).order_by("id")))
    told = {(one.template, one.user) for one in Notice.objects.filter(template__startswith="advice")}
    people = stage.people
    assert {
        ("advice_late", people["liaison"]),
        ("advice_late_there", body_admin),
        ("advice_late_there", people["admin"]),
        ("advice_not_answered", people["ombudsman"]),
        ("advice_raised", people["head"]),
    } <= told
    assert not {user for _template, user in told} & {people["other_operator"], people["operator"]}
    for notice in Notice.objects.filter(template__startswith="advice"):
        mail = compose(notice)
        assert advised.report.title not in mail.subject + mail.body
        assert ADVICE not in mail.body and "0812" not in mail.body


def test_of_a_report_that_became_secret_even_the_matter_of_the_letter_is_not_said(
    stage: Stage, advised: Recommendation
) -> None:
    report = advised.report
    actions.ask_secrecy(
        report_id=report.pk, is_anonymous=False, is_confidential=True, actor=reporter(report), now=MONDAY
    )
    chase(advised, 1)
    queue.consume(list(Event.objects.filter(kind="advice_late")))
    letters = [compose(one) for one in Notice.objects.filter(template__startswith="advice")]
    assert letters
    assert not any("rekomendasi" in (mail.subject + mail.body).lower() for mail in letters)


def test_everybody_reads_that_the_answer_is_late_and_which_office_must_see_to_it(
    client: Client, stage: Stage, advised: Recommendation
) -> None:
    report = advised.report
    chase(advised, 1)
    publish.publish([report.pk])
    lines = PublicEvent.objects.filter(kind__in=["advice_late", "advice_raised"]).order_by("event_id")
    assert [(line.kind, line.office, line.to_agency) for line in lines] == [
        ("advice_late", "", stage.roads),
        ("advice_raised", "superior", stage.roads),
    ]
    timeline = shelf.timeline(PublicReport.objects.get(code=report.code))
    assert shelf.climbed(timeline) is None, "the report itself is not late"
    assert shelf.unanswered(timeline, now=advised.due_at - MINUTE) is None
    found = shelf.unanswered(timeline, now=advised.due_at + DAY)
    assert found is not None and (found.office, found.due_at) == ("superior", advised.due_at)
    assert stage.people["head"].name not in {str(value) for line in lines for value in vars(line).values()}
    actions.answer_advice(
        report_id=report.pk,
        text=ADVICE,
        actor=officer(stage.people["liaison"], on=advised.due_at.date()),
        now=advised.due_at + DAY,
    )
    publish.publish([report.pk])
    timeline = shelf.timeline(PublicReport.objects.get(code=report.code))
    assert shelf.unanswered(timeline, now=advised.due_at + DAY * 9) is None
    assert client.get(reverse("public:detail", args=[report.code])).status_code == 200


def test_the_body_rings_as_an_alarm_until_it_answers(stage: Stage, advised: Recommendation) -> None:
    late = advised.due_at + DAY * 9
    assert not list(signs._advice(advised.due_at + MINUTE))
    watch.watch(now=late)
    ringing = Alarm.objects.filter(kind=Kind.ADVICE_UNANSWERED, cleared_at=None)
    assert ringing.get().agency == stage.roads
    actions.answer_advice(
        report_id=advised.report_id,
        text=ADVICE,
        actor=officer(stage.people["liaison"], on=late.date()),
        now=late,
    )
    watch.watch(now=late)
    assert not ringing.exists()


def test_the_bundle_says_when_the_answer_was_due_and_that_it_is_late(stage: Stage, advised: Recommendation) -> None:
    chase(advised, 1)
    now = advised.due_at + DAY
    actor = officer(stage.people["ombudsman"], on=now.date())
    case = open_case(actor, advised.report.code, now=now)
    data = b"".join(bundle.stream(case, taken_by="ombudsman", key=bundle.signer(now=now), now=now))
    told = json.loads(zipfile.ZipFile(BytesIO(data)).read(bundle.CASE))
    (one,) = told["recommendations"]
    assert one["answered_at"] is None and one["office"] == "superior"
    assert one["late_since"] and one["to"] == stage.roads.name
    assert {"advice_late", "advice_raised"} <= {line["kind"] for line in told["history"]}


def test_the_body_that_has_the_report_now_is_the_one_that_is_late(stage: Stage, advised: Recommendation) -> None:
    Agency.objects.filter(pk=stage.roads.pk).update(name="Dinas PU lama")
    Report.objects.filter(pk=advised.report_id).update(responsible=stage.health, holder=stage.health)
    chase(advised, 1)
    assert Event.objects.get(kind="advice_late").data["to"] == stage.health.pk
