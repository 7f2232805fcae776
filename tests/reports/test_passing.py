"""Open work follows people and bodies: nothing that is open is ever left with somebody who cannot do it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lapor.agencies import connection, posts
from lapor.agencies.models import Agency, Membership, Role
from lapor.deadlines.models import Step
from lapor.notify import queue as notify_queue
from lapor.notify.models import Notice
from lapor.reports import access, actions, bodies, staff
from lapor.reports import queue as desk_queue
from lapor.reports.access import NotFound
from lapor.reports.actors import officer
from lapor.reports.change import Incomplete
from lapor.reports.lifecycle import Move, MoveRefused
from lapor.reports.models import Assignment, Clock, Draft, Event, Report
from tests.cast import ANSWER, MONDAY, Stage, file_report, person, reporter, to_answered, to_assigned, unlocked

TODAY = MONDAY.date()
LATER = MONDAY + timedelta(days=2)
REASON = "Belum ada petugas yang bertugas."


def given(stage: Stage, to: str = "operator") -> Report:
    """A report of the roads unit that one officer has in hand."""
    report = to_assigned(stage, file_report()[0])
    return actions.assign_unit(
        report_id=report.pk,
        unit=stage.roads_unit,
        officer_id=stage.people[to].pk,
        actor=stage.officer("liaison"),
        now=MONDAY,
    )


def held_for_regency(stage: Stage) -> Report:
    """A report about a body that is not connected; the province answers for it."""
    report = file_report(region_code="64.02")[0]
    admin = stage.officer("province_admin")
    actions.verify(report_id=report.pk, actor=admin, now=MONDAY)
    return actions.assign(report_id=report.pk, to=stage.regency_roads, actor=admin, now=MONDAY)


def post_of(stage: Stage, name: str) -> Membership:
    return Membership.objects.get(user=stage.people[name], ends_on=None)


def officer_of(report: Report) -> int | None:
    return Report.objects.values_list("officer", flat=True).get(pk=report.pk)


def told(report: Report, template: str) -> set[str]:
    notify_queue.consume(list(Event.objects.filter(report=report).select_related("report").order_by("id")))
    rows = Notice.objects.filter(report=report, template=template, user__isnull=False).select_related("user")
    return {row.user.name.removeprefix("Petugas Uji ") for row in rows if row.user}


# one report to another officer


@pytest.mark.parametrize("who", ["liaison", "admin", "national"])
def test_a_report_is_given_to_a_colleague_who_may_work_on_it(stage: Stage, who: str) -> None:
    report = given(stage)
    colleague = person("rekan", stage.roads, Role.OPERATOR, stage.roads_unit)
    report = actions.reassign(report_id=report.pk, officer_id=colleague.pk, actor=stage.officer(who), now=LATER)
    assert report.officer == colleague
    event = Event.objects.get(report=report, kind="reassigned")
    assert (event.data["officer"], event.data["before"]) == (colleague.pk, stage.people["operator"].pk)
    assert told(report, "to_draft") >= {"rekan"}
    report = actions.reassign(report_id=report.pk, officer_id=None, actor=stage.officer(who), now=LATER)
    assert report.officer is None


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("operator", "same_person"),
        ("other_operator", "cannot_take"),
        ("stranger", "cannot_take"),
        ("overseer", "cannot_take"),
        ("investigator", "cannot_take"),
    ],
)
def test_a_report_is_not_given_to_who_could_do_nothing_with_it(stage: Stage, to: str, reason: str) -> None:
    report = given(stage)
    with pytest.raises(Incomplete) as refused:
        actions.reassign(report_id=report.pk, officer_id=stage.people[to].pk, actor=stage.officer("liaison"), now=LATER)
    assert (refused.value.field, refused.value.reason) == ("officer_id", reason)


def test_who_may_not_give_a_report_away(stage: Stage) -> None:
    report = given(stage)
    with pytest.raises(MoveRefused):
        actions.reassign(report_id=report.pk, officer_id=None, actor=stage.officer("operator"), now=LATER)
    with pytest.raises(NotFound):
        actions.reassign(report_id=report.pk, officer_id=None, actor=stage.officer("stranger"), now=LATER)


def test_a_sealed_report_is_given_to_an_investigator_only(stage: Stage) -> None:
    report = file_report(kind="whistleblowing")[0]
    second = person("second_investigator", stage.city_inspectorate, Role.INVESTIGATOR)
    actor = stage.officer("investigator")
    with pytest.raises(Incomplete):
        actions.reassign(report_id=report.pk, officer_id=stage.people["admin"].pk, actor=actor, now=LATER)
    assert actions.reassign(report_id=report.pk, officer_id=second.pk, actor=actor, now=LATER).officer == second


# people who leave or are away


def test_who_leaves_leaves_the_work_to_the_colleague_with_least_to_do(stage: Stage) -> None:
    busy = person("sibuk", stage.roads, Role.OPERATOR, stage.roads_unit)
    idle = person("senggang", stage.roads, Role.OPERATOR, stage.roads_unit)
    reports = [given(stage) for _ in range(4)]
    for _ in range(3):
        report = given(stage)
        actions.reassign(report_id=report.pk, officer_id=busy.pk, actor=stage.officer("liaison"), now=MONDAY)
    passed = staff.end_post(post_of(stage, "operator"), on=TODAY, heir=None, by=stage.people["liaison"], now=MONDAY)
    assert (passed.given, passed.to_unit) == (4, 0)
    assert staff.open_work({busy.pk, idle.pk, stage.people["operator"].pk}, reader=stage.officer("national")) == {
        busy.pk: 4,
        idle.pk: 3,
    }
    assert {event.data["why"] for event in Event.objects.filter(report__in=reports, kind="reassigned")} == {"departure"}
    assert told(reports[0], "inherited") == {"senggang"}


def test_a_named_heir_gets_all_of_it(stage: Stage) -> None:
    heir = person("pewaris", stage.roads, Role.OPERATOR, stage.roads_unit)
    person("senggang", stage.roads, Role.OPERATOR, stage.roads_unit)
    reports = [given(stage) for _ in range(2)]
    staff.end_post(post_of(stage, "operator"), on=TODAY, heir=heir, by=None, now=MONDAY)
    assert {officer_of(report) for report in reports} == {heir.pk}


def test_work_that_no_colleague_may_do_goes_back_to_the_unit_and_the_liaison_officer_hears_of_it(stage: Stage) -> None:
    report = given(stage)
    passed = staff.end_post(
        post_of(stage, "operator"), on=TODAY, heir=stage.people["other_operator"], by=None, now=MONDAY
    )
    assert (passed.given, passed.to_unit) == (0, 1)
    assert officer_of(report) is None
    assert told(report, "inherited") == {"liaison"}


def test_work_stays_with_who_may_still_do_it_by_another_post(stage: Stage) -> None:
    posts.join(stage.people["operator"], stage.roads, Role.LIAISON, starts_on=TODAY)
    report = given(stage)
    left = Membership.objects.get(user=stage.people["operator"], role=Role.OPERATOR)
    assert staff.end_post(left, on=TODAY, heir=None, by=None, now=MONDAY) == staff.Passed()
    assert officer_of(report) == stage.people["operator"].pk


def test_a_post_that_ends_later_keeps_its_work_until_that_day(stage: Stage) -> None:
    heir = person("pewaris", stage.roads, Role.OPERATOR, stage.roads_unit)
    person("senggang", stage.roads, Role.OPERATOR, stage.roads_unit)
    report = given(stage)
    staff.end_post(post_of(stage, "operator"), on=LATER.date(), heir=heir, by=None, now=MONDAY)
    assert staff.settle(now=LATER - timedelta(days=1)) == 0
    assert officer_of(report) == stage.people["operator"].pk
    assert staff.settle(now=LATER) == 1
    assert officer_of(report) == heir.pk
    assert staff.settle(now=LATER) == 0


def test_an_answered_or_objected_report_finds_an_heir_too(stage: Stage) -> None:
    heir = person("pewaris", stage.roads, Role.OPERATOR, stage.roads_unit)
    answered = to_answered(stage, file_report()[0])
    objected = to_answered(stage, file_report()[0])
    actions.object_to_answer(report_id=objected.pk, text="Masih berlubang.", actor=reporter(objected), now=LATER)
    staff.end_post(post_of(stage, "operator"), on=TODAY, heir=None, by=None, now=LATER)
    assert [officer_of(report) for report in (answered, objected)] == [heir.pk, heir.pk]


def test_a_sealed_report_is_inherited_by_an_investigator_or_goes_back_to_the_body(stage: Stage) -> None:
    report = file_report(kind="whistleblowing")[0]
    Report.objects.filter(pk=report.pk).update(officer=stage.people["investigator"])
    second = person("second_investigator", stage.city_inspectorate, Role.INVESTIGATOR)
    staff.end_post(post_of(stage, "investigator"), on=TODAY, heir=stage.people["admin"], by=None, now=MONDAY)
    assert officer_of(report) is None, "the administrator named may not open it"
    Report.objects.filter(pk=report.pk).update(officer=stage.people["investigator"])
    Membership.objects.filter(user=stage.people["investigator"]).update(heir=None)
    staff.settle(now=MONDAY)
    assert officer_of(report) == second.pk


def test_who_is_shut_out_cannot_sign_in_and_leaves_no_work(stage: Stage) -> None:
    report = given(stage)
    operator = stage.people["operator"]
    before = operator.get_session_auth_hash()
    staff.shut_out(operator, by=stage.people["admin"], now=MONDAY)
    operator.refresh_from_db()
    assert not operator.is_active and operator.get_session_auth_hash() != before
    assert officer_of(report) is None
    assert not Membership.objects.filter(user=operator, ends_on=None).exists()
    with pytest.raises(posts.PostRefused):
        staff.shut_out(stage.people["admin"], by=stage.people["admin"], now=MONDAY)
    staff.let_in_again(operator)
    operator.refresh_from_db()
    assert operator.is_active


def test_a_deputy_sees_the_work_is_warned_and_may_do_it(stage: Stage) -> None:
    report = given(stage)
    deputy = stage.people["other_operator"]
    assert not access.visible(officer(deputy, on=TODAY)).filter(pk=report.pk).exists()
    posts.set_absent(stage.people["operator"], starts_on=TODAY, ends_on=LATER.date(), deputy=deputy)
    actor = officer(deputy, on=TODAY)
    assert Move.DRAFT in access.moves(actor, report)
    mine = desk_queue.Filters(tab="todo", mine=True)
    assert [row.pk for row in desk_queue.page(actor, mine, now=MONDAY).rows] == [report.pk]
    actions.draft(
        report_id=report.pk, text="Konsep.", done_by="", done_on=None, is_ready=False, actor=actor, now=MONDAY
    )
    assert officer_of(report) == stage.people["operator"].pk, "the work is still the colleague's"
    assert told(report, "to_draft") == {"other_operator"}


def test_the_work_of_somebody_away_without_a_deputy_is_told_to_the_unit_or_the_liaison_officer(stage: Stage) -> None:
    posts.set_absent(stage.people["operator"], starts_on=TODAY, ends_on=LATER.date())
    assert told(given(stage), "to_draft") == set(), "the liaison officer gave it out"
    colleague = person("rekan", stage.roads, Role.OPERATOR, stage.roads_unit)
    assert told(given(stage), "to_draft") == {colleague.name.removeprefix("Petugas Uji ")}


def test_a_closed_unit_hands_its_reports_and_people_to_the_one_that_follows(stage: Stage) -> None:
    report, ended = given(stage), to_answered(stage, file_report()[0])
    actions.agree(report_id=ended.pk, actor=reporter(ended), now=LATER)
    moved = staff.close_unit(stage.roads_unit, into=stage.other_unit, by=stage.people["liaison"], now=LATER)
    assert moved == 1
    report.refresh_from_db()
    ended.refresh_from_db()
    assert (report.unit, report.officer) == (stage.other_unit, stage.people["operator"])
    assert ended.unit == stage.roads_unit, "what has ended keeps its history"
    assert access.visible(officer(stage.people["operator"], on=LATER.date())).filter(pk=report.pk).exists()
    assert staff.settle(now=LATER) == 0
    assert staff.open_in_units({stage.roads_unit.pk, stage.other_unit.pk}, reader=stage.officer("national")) == {
        stage.other_unit.pk: 1
    }


# bodies that are connected or taken off


def test_a_newly_connected_body_gets_the_reports_that_another_answered_for(stage: Stage) -> None:
    report, waiting = held_for_regency(stage), held_for_regency(stage)
    admin = stage.officer("province_admin")
    actions.draft(
        report_id=report.pk, text=ANSWER, done_by="Dinas", done_on=TODAY, is_ready=True, actor=admin, now=MONDAY
    )
    resolve = Clock.objects.get(report=report, step=Step.RESOLVE, stopped_at=None).due_at
    assert bodies.waiting_for([stage.regency_roads.pk], reader=stage.officer("national")) == {stage.regency_roads.pk: 2}
    connection.connect(stage.regency_roads, on=LATER.date())
    assert bodies.settle(now=LATER - timedelta(days=1)) == 0, "not before its day"
    assert bodies.settle(now=LATER) == 2
    report.refresh_from_db()
    assert (report.holder, report.responsible, report.state) == (stage.regency_roads, stage.regency_roads, "assigned")
    clocks = {clock.step: clock for clock in Clock.objects.filter(report=report, stopped_at=None)}
    assert set(clocks) == {Step.RESPOND, Step.RESOLVE}
    assert {clock.agency for clock in clocks.values()} == {stage.regency_roads}
    assert clocks[Step.RESOLVE].due_at == resolve, "the reporter's date stays"
    assert clocks[Step.RESPOND].started_at == LATER
    draft = Draft.objects.get(report=report)
    assert (draft.agency, draft.is_ready) == (stage.regency_roads, False)
    lead = Assignment.objects.get(report=report, is_lead=True, ended_at=None)
    assert (lead.agency, lead.responsible) == (stage.regency_roads, stage.regency_roads)
    event = Event.objects.filter(report=report, kind="assigned").latest("id")
    assert (event.data["why"], event.actor) == ("connected", "system")
    assert bodies.settle(now=LATER) == 0, "once"
    assert bodies.waiting_for([stage.regency_roads.pk], reader=stage.officer("national")) == {}
    assert bodies.in_hand([stage.regency_roads.pk], reader=stage.officer("national")) == {stage.regency_roads.pk: 2}
    waiting.refresh_from_db()
    assert waiting.holder == stage.regency_roads


def test_a_report_on_hold_goes_on_with_the_new_body_when_the_reporter_replies(stage: Stage) -> None:
    report = held_for_regency(stage)
    actions.hold(report_id=report.pk, question="Jalan yang mana?", actor=stage.officer("province_admin"), now=MONDAY)
    connection.connect(stage.regency_roads, on=TODAY)
    bodies.settle(now=MONDAY)
    report = actions.reply(report_id=report.pk, text="Jalan poros.", actor=reporter(report), now=LATER)
    assert (report.state, report.holder) == ("assigned", stage.regency_roads)


def test_an_answer_stays_with_who_gave_it_and_its_objection_never_comes_to_them(stage: Stage) -> None:
    report = held_for_regency(stage)
    admin = stage.officer("province_admin")
    actions.draft(
        report_id=report.pk, text=ANSWER, done_by="Dinas", done_on=TODAY, is_ready=True, actor=admin, now=MONDAY
    )
    actions.send_answer(report_id=report.pk, actor=admin, now=MONDAY)
    connection.connect(stage.regency_roads, on=TODAY)
    assert bodies.settle(now=MONDAY) == 0
    report = actions.object_to_answer(report_id=report.pk, text="Belum berubah.", actor=reporter(report), now=LATER)
    assert report.holder == stage.national


def test_what_a_body_had_in_hand_goes_to_who_answers_for_it_when_it_is_taken_off(stage: Stage) -> None:
    started = given(stage)
    answered = to_answered(stage, file_report()[0])
    untouched = to_assigned(stage, file_report()[0], to=stage.health)
    connection.disconnect(stage.roads, on=TODAY, reason=REASON)
    assert bodies.settle(now=MONDAY) == 2
    for report in (started, answered, untouched):
        report.refresh_from_db()
    assert (started.holder, started.responsible, started.state) == (
        stage.city_inspectorate, stage.city_inspectorate, "assigned",
    )  # fmt: skip
    assert (started.agency, started.unit, started.officer) == (stage.roads, None, None)
    assert (answered.holder, answered.state) == (stage.city_inspectorate, "answered")
    assert untouched.holder == stage.health
    assert told(started, "inherited") == {"admin"}
    objected = actions.object_to_answer(
        report_id=answered.pk, text="Masih berlubang.", actor=reporter(answered), now=LATER
    )
    assert objected.holder == stage.province_inspectorate, "not the body that took the answer over"
    assert bodies.settle(now=LATER) == 0


def test_what_an_inspectorate_verified_guarded_and_decided_goes_to_the_next_above(stage: Stage) -> None:
    fresh = file_report()[0]
    assigned = to_assigned(stage, file_report()[0])
    objected = to_answered(stage, file_report()[0])
    actions.object_to_answer(report_id=objected.pk, text="Masih berlubang.", actor=reporter(objected), now=MONDAY)
    sealed = file_report(kind="whistleblowing")[0]
    held = file_report()[0]
    actions.hold(report_id=held.pk, question="Di depan pasar mana?", actor=stage.officer("admin"), now=MONDAY)
    connection.disconnect(stage.city_inspectorate, on=TODAY, reason=REASON)
    assert bodies.settle(now=LATER) == 5
    for report in (fresh, assigned, objected, sealed, held):
        report.refresh_from_db()
        assert stage.city_inspectorate not in {report.holder, report.verifier, report.guardian}
    assert (fresh.holder, fresh.verifier) == (stage.province_inspectorate, stage.province_inspectorate)
    assert Clock.objects.get(report=fresh, step=Step.VERIFY, stopped_at=None).started_at == LATER
    assert (assigned.holder, assigned.guardian) == (stage.roads, stage.province_inspectorate)
    assert objected.holder == stage.province_inspectorate
    assert Clock.objects.get(report=objected, step=Step.OBJECTION).agency == stage.province_inspectorate
    assert sealed.holder == stage.national, "the province has nobody who may open it"
    assert Clock.objects.get(report=held, step=Step.VERIFY, stopped_at=None).is_paused
    back = actions.hand_back(
        report_id=assigned.pk,
        reason="Bukan kewenangan kami, jalan nasional.",
        actor=stage.officer("liaison"),
        now=LATER,
    )
    assert back.holder == stage.province_inspectorate
    assert bodies.settle(now=LATER) == 0


def test_a_sealed_report_stays_with_who_may_open_it_when_its_agency_is_connected(stage: Stage) -> None:
    chief = person("provinsi", stage.province_inspectorate, Role.INVESTIGATOR)
    report = file_report(kind="whistleblowing", region_code="64.02")[0]
    assert report.holder == stage.province_inspectorate
    actor = officer(chief, on=TODAY, keys=unlocked(chief))
    actions.verify(report_id=report.pk, actor=actor, now=MONDAY)
    actions.assign(report_id=report.pk, to=stage.regency_roads, actor=actor, now=MONDAY)
    connection.connect(stage.regency_roads, on=TODAY)
    assert bodies.settle(now=MONDAY) == 0


def test_a_contribution_is_asked_of_the_body_that_is_there(stage: Stage) -> None:
    report = to_assigned(stage, file_report()[0])
    actions.add_contributor(report_id=report.pk, agency=stage.regency_roads, actor=stage.officer("admin"), now=MONDAY)
    connection.connect(stage.regency_roads, on=TODAY)
    assert bodies.settle(now=MONDAY) == 1
    asked = Assignment.objects.get(report=report, agency=stage.regency_roads, ended_at=None)
    assert asked.responsible == stage.regency_roads
    connection.disconnect(stage.regency_roads, on=TODAY, reason=REASON)
    assert bodies.settle(now=MONDAY) == 1
    asked = Assignment.objects.get(report=report, agency=stage.regency_roads, ended_at=None)
    assert asked.responsible == stage.province_inspectorate


def test_whatever_is_open_has_a_connected_body_after_any_change(stage: Stage) -> None:
    """Every body but the national one taken off at once: all open reports end with the national administrator."""
    reports = [
        file_report()[0],
        to_assigned(stage, file_report()[0]),
        given(stage),
        to_answered(stage, file_report()[0]),
    ]
    for body in Agency.objects.exclude(connected_on=None).exclude(kind="national_admin"):
        connection.disconnect(body, on=TODAY, reason=REASON)
    bodies.settle(now=MONDAY)
    assert set(Report.objects.filter(pk__in=[report.pk for report in reports]).values_list("holder", flat=True)) == {
        stage.national.pk
    }
    assert bodies.out_of_place(on=TODAY, limit=100) == []


def test_a_body_without_people_is_heard_by_the_person_above(stage: Stage) -> None:
    Membership.objects.filter(agency=stage.roads).update(ends_on=TODAY)
    report = to_assigned(stage, file_report()[0])
    assert told(report, "to_handle") == set(), "the administrator who gave it knows already"
    report = file_report()[0]
    actions.verify(report_id=report.pk, actor=stage.officer("national"), now=MONDAY)
    actions.assign(report_id=report.pk, to=stage.roads, actor=stage.officer("national"), now=MONDAY)
    assert told(report, "to_handle") == {"admin"}
