"""Accused means absent: whom a report names does not learn of it, by no list, number, search, notice or choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lapor.accounts.models import User
from lapor.agencies import oversight, posts
from lapor.agencies.models import Agency, Category, Role, Unit
from lapor.notify.recipients import Roster, recipients
from lapor.notify.table import TABLE, People
from lapor.reports import access, accused, actions, bodies, case, overdue, queue, similar, staff
from lapor.reports.access import NotFound
from lapor.reports.actors import Officer, officer
from lapor.reports.change import Incomplete
from lapor.reports.lifecycle import Move, MoveRefused
from lapor.reports.models import Assignment, Clock, Event, Naming, Report, Shield, State
from lapor.reports.queue import Filters
from lapor.reports.submission import Accused
from tests.cast import (
    MONDAY,
    TEXT,
    Stage,
    file_report,
    person,
    ready_draft,
    reporter,
    to_answered,
    to_assigned,
    unlocked,
)
from tests.reports.alike import look_at_all

NEXT_DAY = MONDAY + timedelta(days=1)


def named(
    agency: Agency | None = None, *, unit: Unit | None = None, user: User | None = None, name: str = ""
) -> Accused:
    return Accused(
        agency_id=agency.pk if agency else None,
        unit_id=unit.pk if unit else None,
        officer_id=user.pk if user else None,
        name=name,
    )


def accuse(stage: Stage, report: Report, whom: Accused, *, by: str = "admin", **more: Any) -> Report:
    return actions.accuse(report_id=report.pk, whom=whom, actor=stage.officer(by), now=MONDAY, **more)


# Each reading function of the room: whether this officer learns by it that the report exists.
def _on_a_page(tab: str, **filters: Any) -> Callable[[Officer, Report], bool]:
    def reads(actor: Officer, report: Report) -> bool:
        return report in queue.page(actor, Filters(tab=tab, **filters), now=NEXT_DAY).rows

    return reads


def _by_code(actor: Officer, report: Report) -> bool:
    try:
        return access.find(actor, report.code) == report
    except NotFound:
        return False


def _opens(actor: Officer, report: Report) -> bool:
    try:
        return case.open_case(actor, report.code, now=MONDAY).report == report
    except NotFound:
        return False


def _is_counted(actor: Officer, report: Report) -> bool:
    counted = queue.counts(actor, now=NEXT_DAY)
    listed = {tab: len(queue.page(actor, Filters(tab=tab), now=NEXT_DAY).rows) for tab in queue.WORK}
    assert listed == {tab: counted[tab] for tab in queue.WORK}, "a number without its row"
    return any(report in queue.page(actor, Filters(tab=tab), now=NEXT_DAY).rows for tab in queue.WORK)


def _is_alike(actor: Officer, report: Report) -> bool:
    other = Report.objects.exclude(pk=report.pk).get(title="Laporan tetangga")
    look_at_all()
    return report in [one.report for one in similar.candidates(actor, other)]


def _in_numbers_of_bodies(actor: Officer, report: Report) -> bool:
    assert report.holder_id is not None
    without = Report.objects.filter(holder=report.holder_id).exclude(pk=report.pk).count()
    return bodies.in_hand([report.holder_id], reader=actor).get(report.holder_id, 0) > without


def _in_numbers_of_people(actor: Officer, report: Report) -> bool:
    return bool(staff.open_work([report.officer_id or 0], reader=actor))


def _in_numbers_of_units(actor: Officer, report: Report) -> bool:
    return bool(staff.open_in_units([report.unit_id or 0], reader=actor))


def _may_do_something(actor: Officer, report: Report) -> bool:
    may = {move for move in Move if access.may(actor, move, report)}
    assert may == access.moves(actor, report)
    return bool(may)


def _sees_identity(actor: Officer, report: Report) -> bool:
    return access.may_see_identity(actor, report)


def _is_told(actor: Officer, report: Report) -> bool:
    events = Event.objects.filter(report=report).select_related("report")
    return any(
        one.user_id == actor.user_id
        for event in events
        for lines in TABLE.values()
        for line in lines
        if line.people != People.KEEPERS  # of a request for an identity, which there is none
        for one in recipients(line, event, Roster(), on=MONDAY.date())
    )


def _may_be_chosen(actor: Officer, report: Report) -> bool:
    return not accused.is_absent(report_id=report.pk, user_id=actor.user_id, on=MONDAY.date())


READERS: dict[str, Callable[[Officer, Report], bool]] = {
    "by code": _by_code,
    "case": _opens,
    "visible": lambda actor, report: report in access.visible(actor),
    "sees": access.sees,
    "tab todo": _on_a_page("todo"),
    "tab waiting": _on_a_page("waiting"),
    "tab ready": _on_a_page("ready"),
    "tab climbed": _on_a_page("climbed"),
    "tab all": _on_a_page("all"),
    "tab ended": _on_a_page("ended"),
    "search": _on_a_page("all", q="pasar berlubang"),
    "filter by place": _on_a_page("all", region="64.72"),
    "counts": _is_counted,
    "similar": _is_alike,
    "bodies": _in_numbers_of_bodies,
    "people": _in_numbers_of_people,
    "units": _in_numbers_of_units,
    "moves": _may_do_something,
    "identity": _sees_identity,
    "notices": _is_told,
    "choice of people": _may_be_chosen,
}

# whom the report names → who is out, of those who work at the body that has it
OUT: dict[str, tuple[Callable[[Stage], Accused], set[str]]] = {
    "an officer in a unit": (lambda stage: named(user=stage.people["operator"]), {"operator", "colleague", "liaison"}),
    "a unit": (lambda stage: named(stage.roads, unit=stage.roads_unit), {"operator", "colleague", "liaison"}),
    "an officer without a unit": (
        lambda stage: named(user=stage.people["liaison"]),
        {"operator", "colleague", "other_operator", "liaison"},
    ),
    "the body": (lambda stage: named(stage.roads), {"operator", "colleague", "other_operator", "liaison"}),
}
WATCHED = ("operator", "colleague", "other_operator", "liaison", "admin", "national", "overseer")
# By what those who go on handling or watching the report find it: else the readers would prove nothing.
FINDS: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("admin", "national", "overseer"), ("by code", "case", "tab all", "search")
)


@pytest.fixture
def neighbour(stage: Stage) -> Stage:
    """A colleague in the unit, and another report by which this one could be found."""
    stage.people["colleague"] = person("colleague", stage.roads, Role.OPERATOR, stage.roads_unit)
    return stage


@pytest.mark.parametrize("whom", OUT)
def test_whom_a_report_names_learns_of_it_by_nothing(neighbour: Stage, whom: str) -> None:
    stage, (find, out) = neighbour, OUT[whom]
    report, _receipt = file_report(email="pelapor@uji.invalid")
    file_report(title="Laporan tetangga")
    to_assigned(stage, report)
    actions.assign_unit(
        report_id=report.pk,
        unit=stage.roads_unit,
        officer_id=stage.people["operator"].pk,
        actor=stage.officer("liaison"),
        now=MONDAY,
    )
    assert _by_code(stage.officer("operator"), report)
    accuse(stage, report, find(stage))
    report.refresh_from_db()
    for who in WATCHED:
        actor = stage.officer(who)
        asked = READERS if who in out else FINDS.get(who, ())
        learns = {name for name in asked if READERS[name](actor, report)}
        assert learns == (set() if who in out else set(asked)), who


def test_the_same_answer_as_for_a_report_that_does_not_exist(stage: Stage) -> None:
    report, _receipt = file_report(accused=(named(stage.city_inspectorate),))
    for code in (report.code, "4827193059"):
        with pytest.raises(NotFound):
            access.find(stage.officer("admin"), code)
    with pytest.raises(NotFound):
        actions.note(report_id=report.pk, text="ada", actor=stage.officer("admin"), now=MONDAY)
    with pytest.raises(NotFound):
        actions.note(report_id=report.pk, text="ada", actor=stage.officer("admin"), now=MONDAY, version=99)


def test_a_page_stays_full_and_its_numbers_agree_when_some_reports_may_not_be_known(stage: Stage) -> None:
    shown = {file_report()[0].pk for _n in range(queue.PAGE)}
    for _n in range(3):
        accuse(stage, file_report()[0], named(user=stage.people["admin"]))
    admin = stage.officer("admin")
    page = queue.page(admin, Filters(), now=MONDAY)
    assert {report.pk for report in page.rows} == shown and not page.next_cursor
    assert queue.counts(admin, now=MONDAY)["todo"] == queue.PAGE


def test_at_intake_the_accused_verifying_body_is_passed_over_in_one_statement(stage: Stage) -> None:
    report, receipt = file_report(accused=(named(stage.city_inspectorate),))
    assert report.holder == report.verifier == report.guardian == stage.province_inspectorate
    assert receipt.verifier_id == stage.province_inspectorate.pk
    assert {clock.agency_id for clock in Clock.objects.filter(report=report)} == {stage.province_inspectorate.pk}
    assert report.visibility == "confidential"
    assert [event.kind for event in Event.objects.filter(report=report)] == ["received"]
    assert not _is_told(stage.officer("admin"), report)
    assert _is_told(stage.officer("province_admin"), report)


def test_one_accused_administrator_leaves_a_body_whose_all_share_one_room(stage: Stage) -> None:
    """An officer without a unit directs the body: nobody below examines the own superior."""
    report, _receipt = file_report(accused=(named(user=stage.people["admin"]),))
    assert report.holder == stage.province_inspectorate


def test_the_inspectorate_of_an_accused_government_does_not_examine_its_own_head(stage: Stage) -> None:
    report, _receipt = file_report(accused=(named(stage.city),))
    assert report.holder == stage.province_inspectorate


def test_named_later_the_report_leaves_the_accused_body_with_a_new_clock(stage: Stage) -> None:
    report, _receipt = file_report()
    resolve = Clock.objects.get(report=report, step="resolve").due_at
    actions.accuse(report_id=report.pk, whom=named(stage.city_inspectorate), actor=reporter(report), now=NEXT_DAY)
    report.refresh_from_db()
    assert report.holder == report.guardian == stage.province_inspectorate
    verify = Clock.objects.get(report=report, step="verify", stopped_at=None)
    assert (verify.started_at, verify.agency_id) == (NEXT_DAY, stage.province_inspectorate.pk)
    assert Clock.objects.get(report=report, step="resolve").due_at == resolve
    passed = Event.objects.get(report=report, kind="passed")
    assert passed.data == {"to": stage.province_inspectorate.pk, "why": "independence"}
    assert Event.objects.get(report=report, kind="named").data == {}


def test_an_accused_body_that_has_answered_is_not_heard(stage: Stage) -> None:
    report, _receipt = file_report()
    to_answered(stage, report)
    actions.accuse(report_id=report.pk, whom=named(stage.roads), actor=reporter(report), now=MONDAY)
    report.refresh_from_db()
    assert (report.state, report.responsible, report.holder) == (State.RECEIVED, None, stage.city_inspectorate)
    assert set(Clock.objects.filter(report=report, stopped_at=None).values_list("step", flat=True)) == {
        "verify",
        "resolve",
    }


def test_while_the_reporter_is_asked_the_body_changes_and_its_clock_waits(stage: Stage) -> None:
    report, _receipt = file_report()
    to_assigned(stage, report)
    actions.hold(report_id=report.pk, question="Di mana tepatnya?", actor=stage.officer("liaison"), now=MONDAY)
    actions.accuse(report_id=report.pk, whom=named(stage.roads), actor=reporter(report), now=MONDAY)
    report.refresh_from_db()
    assert (report.state, report.resume_state, report.holder) == ("on_hold", "received", stage.city_inspectorate)
    actions.reply(report_id=report.pk, text="Di depan pasar.", actor=reporter(report), now=NEXT_DAY)
    report.refresh_from_db()
    assert report.state == State.RECEIVED
    assert Clock.objects.filter(report=report, step="verify", stopped_at=None, is_paused=False).exists()


def test_a_report_that_joined_another_does_not_wait_for_the_answer_of_whom_it_names(stage: Stage) -> None:
    lead, follower = file_report()[0], file_report()[0]
    actions.merge(report_id=follower.pk, into=lead, actor=stage.officer("admin"), now=MONDAY)
    to_assigned(stage, lead)
    actions.accuse(report_id=follower.pk, whom=named(stage.roads), actor=reporter(follower), now=MONDAY)
    follower.refresh_from_db()
    assert (follower.state, follower.leads, follower.holder) == (State.RECEIVED, None, stage.city_inspectorate)
    told = case.open_case(stage.officer("liaison"), lead.code, now=MONDAY).events
    assert "led" not in {event.kind for event in told}


def test_reports_that_name_different_people_are_not_joined(stage: Stage) -> None:
    lead, other = file_report()[0], file_report()[0]
    accuse(stage, other, named(stage.roads))
    with pytest.raises(Incomplete) as refused:
        actions.merge(report_id=other.pk, into=lead, actor=stage.officer("admin"), now=MONDAY)
    assert refused.value.reason == "not_independent"


def test_a_part_names_whom_the_whole_names(stage: Stage) -> None:
    report, _receipt = file_report()
    accuse(stage, report, named(stage.roads, name="Orang Uji"))
    part = actions.split(report_id=report.pk, text=TEXT, title="Bagian", actor=stage.officer("admin"), now=MONDAY)
    assert part.is_shielded
    assert accused.marks_on(part.pk) == accused.marks_on(report.pk)
    assert part.namings.get().identity_id is not None


@pytest.mark.parametrize("move", ["assign", "add_contributor", "pass_on"])
def test_no_work_goes_to_whom_a_report_names(stage: Stage, move: str) -> None:
    report, _receipt = file_report()
    accuse(stage, report, named(stage.province_inspectorate if move == "pass_on" else stage.roads))
    admin = stage.officer("admin")
    common: dict[str, Any] = {"report_id": report.pk, "now": MONDAY}
    if move != "pass_on":
        actions.verify(actor=admin, **common)
    if move == "add_contributor":
        actions.assign(to=stage.health, actor=admin, **common)
    reason = "Bukan kewenangan kami di sini."
    give: dict[str, Callable[[], object]] = {
        "assign": lambda: actions.assign(to=stage.roads, actor=admin, **common),
        "add_contributor": lambda: actions.add_contributor(agency=stage.roads, actor=admin, **common),
        "pass_on": lambda: actions.pass_on(to=stage.province_inspectorate, reason=reason, actor=admin, **common),
    }
    with pytest.raises(Incomplete) as refused:
        give[move]()
    assert refused.value.reason == "not_independent"


def test_a_letter_never_carries_a_report_to_an_unconnected_body_that_it_names(stage: Stage) -> None:
    report, _receipt = file_report(region_code="64.02", accused=(named(stage.regency_roads),))
    actor = stage.officer("province_admin")
    actions.verify(report_id=report.pk, actor=actor, now=MONDAY)
    with pytest.raises(Incomplete):
        actions.assign(report_id=report.pk, to=stage.regency_roads, actor=actor, now=MONDAY)


def test_a_contribution_of_whom_a_report_names_ends(stage: Stage) -> None:
    report, _receipt = file_report()
    to_assigned(stage, report)
    actions.add_contributor(report_id=report.pk, agency=stage.health, actor=stage.officer("admin"), now=MONDAY)
    accuse(stage, report, named(stage.health))
    assert not Assignment.objects.filter(report=report, agency=stage.health, ended_at=None).exists()
    assert not _by_code(stage.officer("stranger"), report)
    assert _by_code(stage.officer("liaison"), report)


def test_lateness_climbs_past_whom_a_report_names(stage: Stage) -> None:
    report, _receipt = file_report()
    accuse(stage, report, named(stage.province_inspectorate))
    late = Clock.objects.get(report=report, step="verify").due_at + timedelta(minutes=1)
    overdue.sweep(now=MONDAY + timedelta(days=2))
    overdue.sweep(now=late)
    report.refresh_from_db()
    assert report.guardian == stage.national
    escalated = Event.objects.get(report=report, kind="escalated").data
    assert escalated["to"] == stage.national.pk and escalated["person"] == stage.people["national"].pk


def test_whoever_comes_into_the_accused_unit_later_and_whoever_just_left_it_are_out_too(stage: Stage) -> None:
    report, _receipt = file_report()
    accuse(stage, report, named(stage.health))
    came = person("came", stage.health, Role.OPERATOR)
    posts.join(came, stage.city_inspectorate, Role.ADMIN, starts_on=MONDAY.date())
    assert not _by_code(officer(came, on=MONDAY.date()), report)
    left = person("left", stage.city_inspectorate, Role.ADMIN)
    post = posts.join(left, stage.health, Role.LIAISON, starts_on=MONDAY.date() - timedelta(days=400))
    posts.leave(post, on=MONDAY.date() - timedelta(days=30))
    assert not _by_code(officer(left, on=MONDAY.date()), report)
    assert _by_code(officer(left, on=MONDAY.date() + timedelta(days=400)), report)


def test_who_stands_in_for_an_accused_officer_is_out_and_for_one_who_stepped_aside_is_not(stage: Stage) -> None:
    second = person("second", stage.roads, Role.LIAISON)
    report, _receipt = file_report()
    to_assigned(stage, report)
    posts.set_absent(stage.people["liaison"], starts_on=MONDAY.date(), ends_on=MONDAY.date(), deputy=second)
    actions.step_aside(
        report_id=report.pk, reason="Pelapor adalah saudara saya.", actor=stage.officer("liaison"), now=MONDAY
    )
    assert _by_code(officer(second, on=MONDAY.date()), report)
    accuse(stage, report, named(user=stage.people["liaison"]))
    assert not _by_code(officer(second, on=MONDAY.date()), report)


def test_a_name_alone_keeps_an_officer_away_who_bears_it(stage: Stage) -> None:
    report, _receipt = file_report(accused=(named(name="petugas uji  ADMIN"),))
    assert report.holder == stage.province_inspectorate
    unknown, _receipt = file_report(accused=(named(name="Orang Yang Tidak Dikenal"),))
    assert unknown.holder == stage.city_inspectorate and not unknown.is_shielded


def test_the_name_of_a_person_is_nowhere_in_the_tables_of_reports(stage: Stage) -> None:
    report, _receipt = file_report(accused=(named(stage.roads, name="Zwaldrup Uji"),))
    accuse(stage, report, named(name="Kwestrina Uji"))
    for model in (Naming, Shield, Report, Event):
        assert all("Zwaldrup" not in str(row) and "Kwestrina" not in str(row) for row in model.objects.values())
    labels = [one.label for one in case.open_case(stage.officer("admin"), report.code, now=MONDAY).named]
    assert sorted(labels) == ["Kwestrina Uji", "Zwaldrup Uji, Dinas PUPR Kota Samarinda"]


def test_of_a_sealed_report_no_key_of_whom_it_names_is_stored(stage: Stage) -> None:
    above = person("above", stage.province_inspectorate, Role.INVESTIGATOR)
    report, _receipt = file_report(kind="whistleblowing", accused=(named(stage.city_inspectorate),))
    row = report.namings.get()
    assert (row.agency_id, row.unit_id, row.officer_id) == (None, None, None)
    assert report.holder == stage.province_inspectorate
    assert not _by_code(stage.officer("investigator"), report)
    opened = case.open_case(officer(above, on=MONDAY.date(), keys=unlocked(above)), report.code, now=MONDAY)
    assert [one.label for one in opened.named] == ["Inspektorat Daerah Kota Samarinda"]
    keyless = accused.absent_user_ids(
        report_id=report.pk, among=[above.pk, stage.people["investigator"].pk], on=MONDAY.date()
    )
    assert keyless == {stage.people["investigator"].pk}


def test_only_the_body_that_guards_takes_a_naming_back_and_for_a_reason(stage: Stage) -> None:
    report, _receipt = file_report()
    to_assigned(stage, report, to=stage.health)
    accuse(stage, report, named(stage.roads))
    key = report.namings.get().pk
    common: dict[str, Any] = {"report_id": report.pk, "naming": key, "now": MONDAY}
    reason = "Pelapor menyebut instansi lain, bukan yang ini."
    with pytest.raises(MoveRefused):
        actions.withdraw_naming(actor=stage.officer("stranger"), reason=reason, **common)
    with pytest.raises(Incomplete):
        actions.withdraw_naming(actor=stage.officer("admin"), reason="salah", **common)
    actions.withdraw_naming(actor=stage.officer("admin"), reason=reason, **common)
    report.refresh_from_db()
    assert not report.is_shielded and not Shield.objects.exists()
    assert report.namings.get().removed_by == stage.people["admin"]


def test_while_somebody_is_named_there_is_no_public_copy(stage: Stage) -> None:
    report, _receipt = file_report(shows_name=True)
    actions.accuse(report_id=report.pk, whom=named(stage.roads), actor=reporter(report), now=MONDAY)
    report.refresh_from_db()
    assert (report.visibility, report.shows_name) == ("confidential", False)
    with pytest.raises(Incomplete):
        actions.lift_secrecy(report_id=report.pk, actor=reporter(report), now=MONDAY)


def test_who_only_contributes_or_looks_on_does_not_read_whom_it_names(stage: Stage) -> None:
    report, _receipt = file_report()
    to_assigned(stage, report)
    actions.add_contributor(report_id=report.pk, agency=stage.health, actor=stage.officer("admin"), now=MONDAY)
    accuse(stage, report, named(stage.power))
    for who, reads in {"admin": True, "liaison": True, "stranger": False, "overseer": False}.items():
        opened = case.open_case(stage.officer(who), report.code, now=MONDAY)
        assert bool(opened.named) is reads, who
        assert ("named" in {event.kind for event in opened.events}) is reads, who


def test_who_steps_aside_is_out_and_a_colleague_has_it(stage: Stage) -> None:
    second = person("second", stage.city_inspectorate, Role.ADMIN)
    report, _receipt = file_report()
    admin = stage.officer("admin")
    actions.reassign(report_id=report.pk, officer_id=stage.people["admin"].pk, actor=admin, now=MONDAY)
    actions.step_aside(report_id=report.pk, reason="Terlapor adalah saudara saya.", actor=admin, now=MONDAY)
    report.refresh_from_db()
    assert not _by_code(admin, report)
    assert (report.holder, report.officer) == (stage.city_inspectorate, second)
    opened = case.open_case(officer(second, on=MONDAY.date()), report.code, now=MONDAY)
    assert [(one.name, one.reason) for one in opened.stepped_aside] == [
        ("Petugas Uji admin", "Terlapor adalah saudara saya.")
    ]


def test_the_reason_for_stepping_aside_is_for_the_guardians_administrators_alone(stage: Stage) -> None:
    report, _receipt = file_report()
    to_assigned(stage, report)
    second = person("second", stage.roads, Role.LIAISON)
    actions.step_aside(
        report_id=report.pk, reason="Pelapor adalah tetangga saya.", actor=stage.officer("liaison"), now=MONDAY
    )
    colleague = case.open_case(officer(second, on=MONDAY.date()), report.code, now=MONDAY)
    assert [one.reason for one in colleague.stepped_aside] == [None]
    guardian = case.open_case(stage.officer("admin"), report.code, now=MONDAY)
    assert [one.reason for one in guardian.stepped_aside] == ["Pelapor adalah tetangga saya."]


def test_where_nobody_is_left_the_report_climbs_at_once(stage: Stage) -> None:
    report, _receipt = file_report()
    reason = "Terlapor adalah saudara saya."
    actions.step_aside(report_id=report.pk, reason=reason, actor=stage.officer("admin"), now=MONDAY)
    report.refresh_from_db()
    assert report.holder == stage.province_inspectorate
    actions.step_aside(report_id=report.pk, reason=reason, actor=stage.officer("province_admin"), now=MONDAY)
    report.refresh_from_db()
    assert report.holder == stage.national and report.due_at is not None


def test_a_body_that_answers_and_has_nobody_left_gives_the_report_back(stage: Stage) -> None:
    report, _receipt = file_report()
    to_assigned(stage, report)
    actions.step_aside(
        report_id=report.pk, reason="Pelapor adalah tetangga saya.", actor=stage.officer("liaison"), now=MONDAY
    )
    report.refresh_from_db()
    assert (report.state, report.holder, report.responsible) == (State.RECEIVED, stage.city_inspectorate, None)


def test_nobody_brings_themselves_back(stage: Stage) -> None:
    second = person("second", stage.city_inspectorate, Role.ADMIN)
    report, _receipt = file_report()
    admin = stage.officer("admin")
    actions.step_aside(report_id=report.pk, reason="Terlapor adalah saudara saya.", actor=admin, now=MONDAY)
    key = report.recusals.get().pk
    with pytest.raises(NotFound):
        actions.bring_back(report_id=report.pk, recusal=key, actor=admin, now=MONDAY)
    actions.bring_back(report_id=report.pk, recusal=key, actor=officer(second, on=MONDAY.date()), now=MONDAY)
    assert _by_code(admin, report)


def test_when_the_whole_service_is_named_somebody_independent_still_has_it(stage: Stage) -> None:
    everybody = (stage.city_inspectorate, stage.province_inspectorate)
    report, _receipt = file_report(accused=tuple(named(body) for body in everybody))
    assert report.holder == stage.national
    also, _receipt = file_report(accused=tuple(named(body) for body in (*everybody, stage.national)))
    assert also.holder == stage.national and also.due_at is not None  # nobody is left: it has a body and a date


@pytest.mark.parametrize("connected", [True, False])
def test_illegal_levies_that_accuse_somebody_go_to_a_connected_saber_pungli_unit(stage: Stage, connected: bool) -> None:
    unit = Agency.objects.create(
        slug="upp-samarinda",
        name="UPP Samarinda",
        kind="saber_pungli",
        level="regency",
        region=stage.city_region,
        connected_on=MONDAY.date() if connected else None,
    )
    person("saber", unit, Role.ADMIN)
    Category.objects.create(slug="pungli_korupsi", name="Pungli")
    oversight.forget()
    levy, _receipt = file_report(category="pungli_korupsi", accused=(named(stage.roads),))
    assert levy.holder == (unit if connected else stage.city_inspectorate)
    nobody, _receipt = file_report(category="pungli_korupsi")
    assert nobody.holder == stage.city_inspectorate
    other, _receipt = file_report(accused=(named(stage.roads),))
    assert other.holder == stage.city_inspectorate


def _whoms(stage: Stage) -> list[Accused]:
    agencies = [
        stage.roads,
        stage.health,
        stage.city,
        stage.city_inspectorate,
        stage.province_inspectorate,
        stage.power,
    ]
    units = [named(unit.agency, unit=unit) for unit in (stage.roads_unit, stage.other_unit)]
    return [*map(named, agencies), *units, *(named(user=user) for user in stage.people.values())]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nobody_ever_sees_a_report_that_names_them(stage: Stage, data: st.DataObject) -> None:
    whoms = _whoms(stage)
    chosen = data.draw(st.lists(st.sampled_from(range(len(whoms))), min_size=1, max_size=3, unique=True))
    report, _receipt = file_report(accused=tuple(whoms[index] for index in chosen))
    assert report.holder is not None and report.due_at is not None
    for whom in (whoms[index] for index in chosen):
        for user in stage.people.values():
            if _is_meant(user, whom):
                assert report not in access.visible(officer(user, on=MONDAY.date()))
    marks, holder = accused.marks_on(report.pk), report.holder
    able: Iterable[int] = accused.people_able(holder.pk, accused.TRIAGE, marks, on=MONDAY.date())
    assert able or holder == stage.national


def _is_meant(user: User, whom: Accused) -> bool:
    """Said apart from the rule that is tested: the person, the unit, the body."""
    if whom.officer_id is not None:
        return user.pk == whom.officer_id
    posts_of = user.memberships.all()
    if whom.unit_id is not None:
        return posts_of.filter(unit=whom.unit_id).exists()
    return posts_of.filter(agency=whom.agency_id).exists()


def test_an_answer_can_still_be_written_by_a_body_that_is_not_named(stage: Stage) -> None:
    report, _receipt = file_report(accused=(named(stage.health),))
    to_assigned(stage, report)
    ready_draft(stage, report, by="liaison")
    report.refresh_from_db()
    assert (report.state, report.holder) == (State.IN_PROGRESS, stage.roads)
