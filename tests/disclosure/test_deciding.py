"""Two custodians decide, never the requester, never one of a body concerned, never one person twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from lapor.agencies.models import Membership, Role
from lapor.audit.models import Entry
from lapor.disclosure import clock, deciding
from lapor.disclosure.deciding import DecisionRefused
from lapor.disclosure.models import Decision, Delay, Outcome, Request, Told, Viewing
from lapor.reports import actions
from lapor.reports.access import NotFound
from lapor.reports.change import Incomplete
from lapor.reports.models import Event, EventKind, Report
from tests.cast import LONG_AGO, MONDAY, Stage, reporter
from tests.disclosure.acts import allow, ask, decide, kinds

LATER = MONDAY + timedelta(hours=3)


def test_two_consents_open_it_for_a_day_to_the_requester(stage: Stage, report: Report) -> None:
    request = decide(stage, ask(stage, report), "keeper_one")
    assert request.outcome == ""
    request = decide(stage, request, "keeper_health", now=LATER)
    assert request.outcome == Outcome.ALLOWED
    assert request.visible_until == LATER + timedelta(hours=24)
    told = Event.objects.get(report=report, kind=EventKind.IDENTITY_ALLOWED)
    assert (told.user_id, told.agency_id, told.data["person"]) == (None, None, stage.people["liaison"].pk)


def test_one_refusal_ends_it_and_a_later_consent_changes_nothing(stage: Stage, report: Report) -> None:
    request = decide(stage, ask(stage, report), "keeper_one", allows=False)
    assert (request.outcome, request.visible_until) == (Outcome.REFUSED, None)
    with pytest.raises(DecisionRefused) as refused:
        decide(stage, request, "keeper_two")
    assert refused.value.reason == "ended"
    assert Decision.objects.get().reason


def test_a_refusal_after_a_consent_ends_it_too(stage: Stage, report: Report) -> None:
    request = ask(stage, report)
    decide(stage, request, "keeper_one")
    assert decide(stage, request, "keeper_two", allows=False).outcome == Outcome.REFUSED


def test_one_person_does_not_make_two(stage: Stage, report: Report) -> None:
    request = ask(stage, report)
    decide(stage, request, "keeper_one")
    with pytest.raises(DecisionRefused) as refused:
        decide(stage, request, "keeper_one")
    assert refused.value.reason == "decided_already"
    assert Request.objects.get().outcome == ""


@pytest.mark.parametrize("who", ["keeper_roads", "liaison", "admin", "national", "overseer"])
def test_the_accused_body_and_who_is_no_custodian_do_not_find_it(stage: Stage, report: Report, who: str) -> None:
    request = ask(stage, report)
    with pytest.raises(NotFound):
        decide(stage, request, who)


def test_the_requester_who_is_a_custodian_too_does_not_find_it(stage: Stage, report: Report) -> None:
    Membership.objects.create(
        user=stage.people["liaison"], agency=stage.national, role=Role.CUSTODIAN, starts_on=LONG_AGO
    )
    request = ask(stage, report)
    assert list(deciding.waiting(stage.officer("liaison"))) == []
    with pytest.raises(NotFound):
        decide(stage, request, "liaison")


def test_a_custodian_with_a_second_post_at_the_accused_body_does_not_find_it(stage: Stage, report: Report) -> None:
    Membership.objects.create(
        user=stage.people["keeper_one"], agency=stage.roads, role=Role.OPERATOR, starts_on=LONG_AGO
    )
    with pytest.raises(NotFound):
        decide(stage, ask(stage, report), "keeper_one")


def test_a_body_that_becomes_the_accused_one_meanwhile_decides_no_more(stage: Stage, report: Report) -> None:
    request = ask(stage, report)
    actions.assign(report_id=report.pk, to=stage.health, actor=stage.officer("admin"), now=MONDAY)
    with pytest.raises(NotFound):
        decide(stage, request, "keeper_health")


def test_a_word_without_a_reason_is_not_taken(stage: Stage, report: Report) -> None:
    with pytest.raises(Incomplete):
        decide(stage, ask(stage, report), "keeper_one", reason="Ya.")


def test_once_the_report_is_sealed_nobody_decides(stage: Stage, report: Report) -> None:
    request = ask(stage, report)
    actions.seal(report_id=report.pk, actor=reporter(report), now=MONDAY)
    with pytest.raises(NotFound):
        decide(stage, request, "keeper_one")


def test_time_marks_the_late_and_ends_the_undecided(stage: Stage, report: Report) -> None:
    request = ask(stage, report)
    assert clock.sweep(now=request.due_at - timedelta(hours=1)) == 0
    assert clock.sweep(now=request.due_at + timedelta(minutes=1)) == 1
    assert clock.standing(now=request.due_at + timedelta(minutes=1), on=MONDAY.date()).late == 1
    assert clock.sweep(now=request.due_at + timedelta(minutes=2)) == 0
    assert clock.sweep(now=request.lapses_at + timedelta(minutes=1)) == 1
    request.refresh_from_db()
    assert request.outcome == Outcome.LAPSED
    assert kinds(report) == ["asked", "late", "lapsed", "told", "told"]
    with pytest.raises(DecisionRefused):
        decide(stage, request, "keeper_one", now=request.lapses_at + timedelta(minutes=2))
    assert ask(stage, report, now=request.lapses_at + timedelta(minutes=3))


def test_the_promise_is_three_working_days(stage: Stage, report: Report) -> None:
    assert ask(stage, report).due_at.date().isoformat() == "2026-10-08"


def test_every_step_is_in_the_audit_trail_without_its_reason(stage: Stage, report: Report) -> None:
    allow(stage, ask(stage, report))
    found = Entry.objects.filter(act__startswith="identity.").order_by("id")
    assert [row.act for row in found] == ["identity.asked", "identity.consented", "identity.consented"]
    assert all(row.reason == "" and row.subject == f"report:{report.pk}" for row in found)


def refused_by_database(write: object) -> bool:
    try:
        with transaction.atomic():
            write()  # type: ignore[operator]
    except DatabaseError:
        return True
    return False


def test_the_database_itself_asks_for_two_others(stage: Stage, report: Report) -> None:
    request = ask(stage, report)

    def decision(who: str, agency_id: int) -> None:
        Decision.objects.create(
            request=request,
            custodian=stage.people[who],
            agency_id=agency_id,
            allows=True,
            reason="x",
            decided_at=MONDAY,
        )

    def allowed() -> None:
        Request.objects.filter(pk=request.pk).update(
            outcome="allowed", ended_at=MONDAY, visible_until=MONDAY + timedelta(hours=24)
        )

    assert refused_by_database(lambda: decision("liaison", stage.roads.pk)), "the requester"
    assert refused_by_database(lambda: decision("keeper_roads", stage.roads.pk)), "of a body concerned"
    assert refused_by_database(lambda: decision("keeper_roads", stage.national.pk)), "a post that is not held"
    assert refused_by_database(lambda: decision("admin", stage.city_inspectorate.pk)), "no custodian"
    assert refused_by_database(allowed), "nobody consented"
    decision("keeper_one", stage.national.pk)
    assert refused_by_database(lambda: decision("keeper_one", stage.national.pk)), "twice"
    assert refused_by_database(allowed), "one consented"
    decision("keeper_two", stage.national.pk)
    assert refused_by_database(
        lambda: Request.objects.filter(pk=request.pk).update(
            outcome="allowed", ended_at=MONDAY, visible_until=MONDAY + timedelta(hours=25)
        )
    ), "for more than a day"
    allowed()
    assert refused_by_database(
        lambda: Viewing.objects.create(request=request, user=stage.people["keeper_one"], at=MONDAY)
    ), "somebody else looks"
    assert refused_by_database(
        lambda: Viewing.objects.create(request=request, user=stage.people["liaison"], at=MONDAY + timedelta(hours=24))
    ), "after the day"


def test_nothing_of_the_history_can_be_changed_or_deleted(stage: Stage, report: Report) -> None:
    request = ask(stage, report)
    deciding.delay(
        key=request.pk, number="R-12/2026", authority="Pengadilan Uji", until=(MONDAY + timedelta(days=9)).date(),
        actor=stage.officer("keeper_one"), now=MONDAY,
    )  # fmt: skip
    decide(stage, request, "keeper_one", allows=False)
    Told.objects.create(request=request, what="asked", at=MONDAY)
    Viewing.objects.none()
    for model in (Decision, Delay, Told):
        assert refused_by_database(lambda model=model: model.objects.all().delete()), model
        column = "until" if model is Delay else "id"
        table = model._meta.db_table
        with connection.cursor() as cursor:
            assert refused_by_database(
                lambda table=table, column=column: cursor.execute(f"UPDATE {table} SET {column} = {column}")
            ), model
    assert refused_by_database(lambda: Request.objects.all().delete())
    assert refused_by_database(lambda: Request.objects.update(reason="Lain."))
    assert refused_by_database(lambda: Request.objects.update(outcome="lapsed"))
