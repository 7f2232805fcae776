"""Reports that belong together: nobody who joined one is left without an answer, an end, or a way to follow."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lapor.reports import actions, overdue, own
from lapor.reports.actions.triage import ARCHIVE_REASONS
from lapor.reports.change import Incomplete
from lapor.reports.models import Clock, Event, Message, Report
from tests.cast import MONDAY, Stage, file_report, reporter, to_answered

LATER = MONDAY + timedelta(days=2)
EXPLANATION = "Tidak ada tempat dan waktu kejadian yang jelas."


@pytest.fixture
def joined(stage: Stage) -> tuple[Report, Report, Report]:
    """A lead and two reports merged into it, the older one first."""
    lead, *others = (file_report(now=MONDAY + timedelta(minutes=n))[0] for n in range(3))
    for other in others:
        actions.merge(report_id=other.pk, into=lead, actor=stage.officer("admin"), now=MONDAY)
    return (lead, others[0], others[1])


def end(stage: Stage, lead: Report, how: str) -> None:
    admin = stage.officer("admin")
    if how == "withdrawn":
        actions.withdraw(report_id=lead.pk, reason="", actor=reporter(lead), now=LATER)
    elif how == "archived":
        actions.archive(
            report_id=lead.pk, reason=next(iter(ARCHIVE_REASONS)), explanation=EXPLANATION, actor=admin, now=LATER
        )
    else:
        actions.hold(report_id=lead.pk, question="Di pasar yang mana?", actor=admin, now=MONDAY)
        while overdue.sweep(now=MONDAY + timedelta(days=60)):
            pass


@pytest.mark.parametrize("how", ["withdrawn", "archived", "not_completed"])
def test_when_the_lead_ends_without_an_answer_the_oldest_that_joined_leads_the_rest(
    stage: Stage, joined: tuple[Report, Report, Report], how: str
) -> None:
    lead, oldest, youngest = joined
    end(stage, lead, how)
    for report in joined:
        report.refresh_from_db()
    assert lead.state in {"withdrawn", "archived"}
    assert (oldest.state, oldest.holder, oldest.leads) == ("received", stage.city_inspectorate, None)
    assert (youngest.state, youngest.leads) == ("merged", oldest)
    assert set(Clock.objects.filter(report=oldest, stopped_at=None).values_list("step", flat=True)) == {
        "verify", "resolve",
    }  # fmt: skip
    assert oldest.due_at is not None
    assert Event.objects.filter(report=oldest, kind="reopened", data__why="lead_ended").exists()


def test_a_report_that_joins_an_answered_one_gets_the_answer_at_once(stage: Stage) -> None:
    lead = to_answered(stage, file_report()[0])
    late = file_report()[0]
    late = actions.merge(report_id=late.pk, into=lead, actor=stage.officer("admin"), now=LATER)
    late.refresh_from_db()
    assert late.state == "answered"
    assert Message.objects.get(report=late, kind="answer").text == Message.objects.get(report=lead, kind="answer").text
    assert [event.kind for event in Event.objects.filter(report=late).order_by("id")] == [
        "received", "merged", "answered",
    ]  # fmt: skip
    closed = actions.agree(report_id=late.pk, actor=reporter(late), now=LATER)
    assert closed.state == "closed"


def test_a_report_never_joins_one_that_the_officer_cannot_see(stage: Stage) -> None:
    elsewhere = file_report(region_code="64.02")[0]
    report = file_report()[0]
    with pytest.raises(Incomplete) as refused:
        actions.merge(report_id=report.pk, into=elsewhere, actor=stage.officer("admin"), now=MONDAY)
    assert refused.value.reason == "cannot_lead"


def test_a_merged_report_that_is_withdrawn_is_not_given_the_answer(
    stage: Stage, joined: tuple[Report, Report, Report]
) -> None:
    lead, oldest, youngest = joined
    actions.withdraw(report_id=oldest.pk, reason="", actor=reporter(oldest), now=LATER)
    to_answered(stage, lead)
    for report in joined:
        report.refresh_from_db()
    assert [oldest.state, youngest.state] == ["withdrawn", "answered"]


def test_the_reporter_follows_the_second_report_with_the_proof_of_the_first(stage: Stage) -> None:
    report, receipt = file_report()
    stranger = file_report()[0]
    part = actions.split(
        report_id=report.pk,
        text="Selain itu lampu jalan di sana mati semua.",
        title="",
        actor=stage.officer("admin"),
        now=MONDAY,
    )
    proved = own.prove(code=receipt.code, pin=receipt.pin, now=MONDAY)
    assert own.view(proved).parts == [part]
    assert own.by_original(code=part.code, report_ids=[proved.report_id]).report_id == part.pk
    with pytest.raises(own.NotFound):
        own.by_original(code=part.code, report_ids=[stranger.pk])


def test_a_confidential_report_stays_confidential_in_both_parts(stage: Stage) -> None:
    report = file_report(is_confidential=True, is_anonymous=True)[0]
    part = actions.split(
        report_id=report.pk,
        text="Selain itu lampu jalan di sana mati semua.",
        title="",
        actor=stage.officer("admin"),
        now=MONDAY,
    )
    assert (part.visibility, part.is_anonymous, part.shows_name) == ("confidential", True, False)
