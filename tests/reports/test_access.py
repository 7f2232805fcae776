"""Who sees which report and may do what: one table, and lists that agree with it."""

from __future__ import annotations

import itertools

import pytest

from lapor.reports import access, actions
from lapor.reports.access import NotFound
from lapor.reports.lifecycle import Move, MoveRefused
from lapor.reports.models import Report
from tests.cast import MONDAY, Stage, file_report, reporter, to_assigned

PEOPLE = (
    "admin", "province_admin", "national", "liaison", "operator", "other_operator", "stranger", "power", "investigator", "overseer",
)  # fmt: skip

SEES = {
    "received": {"admin", "national", "overseer"},
    "assigned": {"admin", "national", "overseer", "liaison"},
    "in_unit": {"admin", "national", "overseer", "liaison", "operator"},
    "contributed": {"admin", "national", "overseer", "liaison", "stranger"},
    "sealed": {"investigator"},
}


@pytest.fixture
def reports(stage: Stage) -> dict[str, Report]:
    admin, liaison = stage.officer("admin"), stage.officer("liaison")
    made = {name: file_report(kind="whistleblowing" if name == "sealed" else "complaint")[0] for name in SEES}
    for name in ("assigned", "in_unit", "contributed"):
        to_assigned(stage, made[name])
    actions.assign_unit(report_id=made["in_unit"].pk, unit=stage.roads_unit, officer_id=None, actor=liaison, now=MONDAY)
    actions.add_contributor(report_id=made["contributed"].pk, agency=stage.health, actor=admin, now=MONDAY)
    return made


@pytest.mark.parametrize(("name", "who"), list(itertools.product(SEES, PEOPLE)))
def test_who_sees_which_report(stage: Stage, reports: dict[str, Report], name: str, who: str) -> None:
    actor = stage.officer(who)
    report = reports[name]
    expected = who in SEES[name]
    assert access.visible(actor).filter(pk=report.pk).exists() is expected
    if expected:
        assert access.find(actor, report.code) == report
    else:
        with pytest.raises(NotFound):
            access.find(actor, report.code)


def test_overseers_see_and_recommend_and_touch_nothing(stage: Stage, reports: dict[str, Report]) -> None:
    for report in reports.values():
        report.refresh_from_db()
        assert access.moves(stage.officer("overseer"), report) <= {Move.RECOMMEND, Move.TAKE_FILE}


def test_a_reporter_moves_only_the_own_report(stage: Stage, reports: dict[str, Report]) -> None:
    mine, other = reports["received"], reports["assigned"]
    with pytest.raises(NotFound):
        actions.withdraw(report_id=other.pk, reason="", actor=reporter(mine), now=MONDAY)


def test_an_operator_cannot_send_and_a_liaison_cannot_verify(stage: Stage, reports: dict[str, Report]) -> None:
    report = reports["in_unit"]
    with pytest.raises(MoveRefused):
        actions.send_answer(report_id=report.pk, actor=stage.officer("operator"), now=MONDAY)
    fresh = reports["received"]
    with pytest.raises(NotFound):
        actions.verify(report_id=fresh.pk, actor=stage.officer("liaison"), now=MONDAY)


def test_the_name_of_an_anonymous_reporter_is_hidden_from_every_officer(stage: Stage) -> None:
    open_one, anonymous = file_report()[0], file_report(is_anonymous=True)[0]
    for who in PEOPLE:
        assert not access.may_see_identity(stage.officer(who), anonymous)
    assert access.may_see_identity(stage.officer("admin"), open_one)
    assert not access.may_see_identity(stage.officer("overseer"), open_one)


def test_what_an_officer_may_do_is_always_something_they_may_see(stage: Stage, reports: dict[str, Report]) -> None:
    for who, report in itertools.product(PEOPLE, reports.values()):
        actor = stage.officer(who)
        report.refresh_from_db()
        if access.moves(actor, report):
            assert access.visible(actor).filter(pk=report.pk).exists()


def test_may_agrees_with_the_list_of_moves(stage: Stage, reports: dict[str, Report]) -> None:
    for who, report in itertools.product(PEOPLE, reports.values()):
        actor = stage.officer(who)
        report.refresh_from_db()
        assert {move for move in Move if access.may(actor, move, report)} == access.moves(actor, report)


def test_every_move_belongs_to_somebody() -> None:
    officers = {move for rights in access.TABLE.values() for move in rights.moves}
    assert officers | access.REPORTER_MOVES | access.CLOCK_MOVES | access.SYSTEM_MOVES == set(Move)
