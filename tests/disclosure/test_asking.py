"""Who may ask to know an anonymous reporter, and what asking takes; it reveals nothing by itself."""

from __future__ import annotations

from typing import Any

import pytest

from lapor.agencies.models import Membership
from lapor.disclosure import custodians
from lapor.disclosure.models import Request
from lapor.reports.access import NotFound
from lapor.reports.change import Incomplete, MoveRefused
from lapor.reports.models import Report
from tests.cast import MONDAY, Stage, file_report, to_assigned
from tests.disclosure.acts import ask, ground, kinds


@pytest.mark.parametrize("who", ["liaison", "admin"])
def test_who_handles_the_report_may_ask(stage: Stage, report: Report, who: str) -> None:
    request = ask(stage, report, by=who)
    assert (request.outcome, request.visible_until) == ("", None)
    assert kinds(report) == ["asked"]


@pytest.mark.parametrize("who", ["stranger", "power", "investigator", "keeper_one", "province_admin"])
def test_who_does_not_handle_it_does_not_even_find_it(stage: Stage, report: Report, who: str) -> None:
    with pytest.raises(NotFound):
        ask(stage, report, by=who)
    assert not Request.objects.exists()


@pytest.mark.parametrize("who", ["overseer", "national"])
def test_who_only_reads_it_may_not_ask(stage: Stage, report: Report, who: str) -> None:
    with pytest.raises(MoveRefused) as refused:
        ask(stage, report, by=who)
    assert refused.value.reason == "not_yours"


def test_a_thin_reason_a_missing_reference_and_an_ended_ground_are_named(stage: Stage, report: Report) -> None:
    thin: list[tuple[dict[str, Any], str]] = [
        ({"reason": "Perlu tahu."}, "reason"),
        ({"reason": " " * 80}, "reason"),
        ({"reference": ""}, "reference"),
    ]
    for changes, field in thin:
        with pytest.raises(Incomplete) as lack:
            ask(stage, report, **changes)
        assert lack.value.field == field
    old = ground("consent")
    old.holds_until = MONDAY.date()
    old.save()
    with pytest.raises(Incomplete) as lack:
        ask(stage, report, ground=old)
    assert lack.value.field == "ground"


def test_danger_to_life_needs_no_letter(stage: Stage, report: Report) -> None:
    assert ask(stage, report, ground=ground("life_in_danger"), reference="").reference == ""


def test_a_sealed_report_is_out_of_reach_and_says_why(stage: Stage) -> None:
    sealed, _receipt = file_report(kind="whistleblowing")
    with pytest.raises(MoveRefused) as refused:
        ask(stage, sealed, by="investigator")
    assert refused.value.reason == "sealed_identity"


def test_an_open_report_hides_nothing_to_ask_for(stage: Stage) -> None:
    report, _receipt = file_report()
    to_assigned(stage, report)
    with pytest.raises(MoveRefused) as refused:
        ask(stage, report)
    assert refused.value.reason == "not_hidden"


def test_one_request_of_an_officer_waits_at_a_time(stage: Stage, report: Report) -> None:
    ask(stage, report)
    with pytest.raises(MoveRefused) as refused:
        ask(stage, report)
    assert refused.value.reason == "asked_already"
    assert kinds(report) == ["asked"]


def test_without_two_custodians_who_may_decide_nothing_is_asked(stage: Stage, report: Report) -> None:
    Membership.objects.filter(user=stage.people["keeper_two"]).update(ends_on=MONDAY.date())
    Membership.objects.filter(user=stage.people["keeper_power"]).update(ends_on=MONDAY.date())
    Membership.objects.filter(user=stage.people["keeper_health"]).update(ends_on=MONDAY.date())
    with pytest.raises(MoveRefused) as refused:
        ask(stage, report)
    assert refused.value.reason == "no_custodians"
    assert kinds(report) == []


def test_asking_is_the_same_whether_the_reporter_left_a_name_or_not(stage: Stage, report: Report) -> None:
    nameless, _receipt = file_report(is_anonymous=True, name="", phone="", email="")
    to_assigned(stage, nameless)
    with_name, without = ask(stage, report), ask(stage, nameless)
    told = [(row.outcome, row.due_at, row.lapses_at, row.bodies) for row in (with_name, without)]
    assert told[0] == told[1]
    assert kinds(report) == kinds(nameless)


def test_the_deciders_are_of_no_body_concerned_and_near_or_central(stage: Stage, report: Report) -> None:
    """The roads office is accused and asks; the health office of the same city, the national office and PLN are not."""
    request = ask(stage, report)
    names = {user.email.split("@")[0] for user in custodians.deciders_of(str(request.pk), on=MONDAY.date())}
    assert names == {"keeper_one", "keeper_two", "keeper_health", "keeper_power"}


def test_a_custodian_of_another_region_does_not_decide(stage: Stage) -> None:
    elsewhere, _receipt = file_report(is_anonymous=True, region_code="64.02")
    province = stage.officer("province_admin")
    names = custodians.eligible(elsewhere, bodies=[], requester_id=province.user_id, on=MONDAY.date())
    assert stage.people["keeper_health"] not in names
    assert stage.people["keeper_one"] in names
