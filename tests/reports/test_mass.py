"""Mass reports: offered where many tell one matter, opened by an officer; one answer in batches, each member's own rights."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lapor.reports import actions, mass, own, similar
from lapor.reports.actions import spread
from lapor.reports.change import Incomplete, LeakFound
from lapor.reports.lifecycle import MoveRefused
from lapor.reports.mass_numbers import numbers
from lapor.reports.models import Event, MassReport, Message, Report, Spread
from tests.cast import ANSWER, MONDAY, Stage, file_report, reporter, to_answered, to_assigned
from tests.reports.alike import gathered, many, offer_all

LATER = MONDAY + timedelta(days=2)
TITLE = "Lampu jalan padam di Gang Kenari, Lempake"


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "BATCH", 2)


def open_it(stage: Stage, lead: Report, title: str = TITLE) -> Report:
    return actions.open_mass(report_id=lead.pk, title=title, actor=stage.officer("admin"), now=LATER)


def states(reports: list[Report]) -> list[str]:
    return [Report.objects.get(pk=report.pk).state for report in reports]


def answers(report: Report) -> list[str]:
    return list(Message.objects.filter(report=report, kind="answer").values_list("text", flat=True))


# Offering


def test_it_is_offered_once_when_enough_alike_came_and_the_oldest_would_lead(stage: Stage) -> None:
    first, *_others = many(numbers().least - 1)
    offer_all()
    assert not MassReport.objects.exists()
    many(2)
    offer_all()
    offer_all()
    offered = MassReport.objects.get()
    assert (offered.lead, offered.stage, offered.title, offered.decided_by) == (first, "offered", "", None)
    assert offered.alike >= numbers().least


@pytest.mark.parametrize("secret", [{"is_confidential": True}, {"kind": "whistleblowing"}])
def test_secret_reports_neither_make_nor_lead_an_offer(stage: Stage, secret: dict[str, Any]) -> None:
    many(numbers().least + 1, **secret)
    many(numbers().least - 1)
    offer_all()
    assert not MassReport.objects.exists()


def test_different_matters_of_one_place_make_no_offer(stage: Stage) -> None:
    for text in (
        "Sampah di pasar Segiri tidak diangkut seminggu.", "Air PDAM keruh di Bengkuring.", "Antrean KTP panjang.",
        "Lampu merah Lembuswana mati.", "Trotoar Jalan Pahlawan dipakai parkir.", "Guru honorer belum digaji.",
    ):  # fmt: skip
        file_report(title="", text=text)
    offer_all()
    assert not MassReport.objects.exists()


def test_what_was_declined_is_not_offered_again(stage: Stage) -> None:
    first = many(numbers().least)[0]
    offer_all()
    actions.decline_mass(report_id=first.pk, actor=stage.officer("admin"), now=LATER)
    many(2)
    offer_all()
    assert MassReport.objects.get().stage == "declined"
    assert mass.listed(stage.officer("admin")) == []
    with pytest.raises(MoveRefused):
        actions.decline_mass(report_id=first.pk, actor=stage.officer("admin"), now=LATER)


@pytest.mark.parametrize(
    ("by", "sees"), [("admin", True), ("national", True), ("province_admin", False), ("stranger", False)]
)
def test_an_offer_is_listed_for_who_may_see_its_lead(stage: Stage, by: str, sees: bool) -> None:
    many(numbers().least)
    offer_all()
    assert bool(mass.listed(stage.officer(by))) == sees


# Opening


def test_it_is_opened_with_a_title_by_who_verifies_and_its_title_can_be_corrected(stage: Stage) -> None:
    lead = many(1)[0]
    open_it(stage, lead)
    open_it(stage, lead, TITLE + " Samarinda")
    opened = MassReport.objects.get(lead=lead)
    assert (opened.stage, opened.title) == ("open", TITLE + " Samarinda")
    assert list(Event.objects.filter(report=lead).values_list("kind", flat=True)) == [
        "received",
        "mass_opened",
        "mass_opened",
    ]
    assert [(row.mass, row.people) for row in mass.listed(stage.officer("admin"))] == [(opened, 1)]


@pytest.mark.parametrize("title", ["", "pendek", "x" * 151])
def test_a_title_says_enough_and_not_too_much(stage: Stage, title: str) -> None:
    with pytest.raises(Incomplete):
        open_it(stage, many(1)[0], title)


def test_a_title_with_the_reporters_name_is_stopped(stage: Stage) -> None:
    with pytest.raises(LeakFound):
        open_it(stage, many(1)[0], "Laporan Pelapor Uji Satu tentang lampu jalan")


def test_a_confidential_report_never_leads_in_public(stage: Stage) -> None:
    with pytest.raises(Incomplete) as refused:
        open_it(stage, many(1, is_confidential=True)[0])
    assert refused.value.reason == "cannot_lead_many"


def test_who_only_answers_decides_nothing(stage: Stage) -> None:
    lead = to_assigned(stage, many(1)[0])
    with pytest.raises(MoveRefused):
        actions.open_mass(report_id=lead.pk, title=TITLE, actor=stage.officer("liaison"), now=LATER)


# One answer to all


def test_everybody_gets_the_answer_in_batches_once_and_in_an_own_thread(stage: Stage, small_batches: None) -> None:
    lead, members = gathered(stage, 5)
    to_answered(stage, lead, now=LATER)
    assert states(members) == ["answered", "answered", "merged", "merged", "merged"]
    while actions.go_on(now=LATER):
        pass
    assert states(members) == ["answered"] * 5
    assert actions.go_on(now=LATER) == 0
    for member in members:
        assert answers(member) == [ANSWER]
        assert Event.objects.filter(report=member, kind="answered").count() == 1
    assert not Spread.objects.exists()


def test_a_worker_that_broke_off_goes_on_where_it_stopped(
    stage: Stage, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, members = gathered(stage, 6)
    to_answered(stage, lead, now=LATER)
    give = spread.give

    def breaks(member: Report, told: Message, *, now: Any) -> None:
        give(member, told, now=now)
        if member == members[3]:
            raise RuntimeError

    monkeypatch.setattr(spread, "give", breaks)
    with pytest.raises(RuntimeError):
        actions.go_on(now=LATER)
    assert states(members) == ["answered"] * 2 + ["merged"] * 4, "half a batch is none"
    monkeypatch.setattr(spread, "give", give)
    while actions.go_on(now=LATER):
        pass
    assert [len(answers(member)) for member in members] == [1] * 6


def test_a_batch_asks_no_more_of_the_database_for_a_larger_group(stage: Stage, small_batches: None) -> None:
    lead, _members = gathered(stage, 3)
    to_answered(stage, lead, now=LATER)
    with CaptureQueriesContext(connection) as few:
        assert actions.go_on(now=LATER) == 2
    other, _more = gathered(stage, 12)
    to_answered(stage, other, now=LATER)
    with CaptureQueriesContext(connection) as many_more:
        assert actions.go_on(now=LATER) == 3
    assert len(many_more) <= len(few) * 2 + 2


def test_news_reach_everybody_who_joined(stage: Stage, small_batches: None) -> None:
    lead, members = gathered(stage, 5)
    to_assigned(stage, lead, now=LATER)
    liaison = stage.officer("liaison")
    actions.follow_up(report_id=lead.pk, text="Petugas datang besok pagi membawa lampu.", actor=liaison, now=LATER)
    while actions.go_on(now=LATER):
        pass
    for member in members:
        kinds = list(Message.objects.filter(report=member).order_by("pk").values_list("kind", flat=True))
        assert kinds == ["follow_up"]
        assert Report.objects.get(pk=member.pk).state == "merged"
        shown = own.view(reporter(member))
        assert [message.kind for message in shown.messages] == ["follow_up"]


def test_what_was_begun_first_is_handed_on_first(stage: Stage, small_batches: None) -> None:
    lead, members = gathered(stage, 5)
    told = [Message.objects.create(
        report=lead, kind=kind, audience="thread", author="system", text=kind, agency=stage.roads, written_at=LATER
    ) for kind in ("follow_up", "answer")]  # fmt: skip
    for message in told:
        spread.begin(lead, message=message, now=LATER)
    while actions.go_on(now=LATER):
        pass
    for member in members:
        assert list(Message.objects.filter(report=member).order_by("pk").values_list("text", flat=True)) == [
            "follow_up", "answer",
        ]  # fmt: skip


def test_each_member_keeps_name_and_class_and_reads_nothing_of_the_others(stage: Stage) -> None:
    lead = many(1)[0]
    secret = file_report(is_confidential=True, is_anonymous=True, name="Orang Uji Rahasia", phone="081298765432")[0]
    actions.merge(report_id=secret.pk, into=lead, actor=stage.officer("admin"), now=MONDAY)
    to_answered(stage, lead, now=LATER)
    secret.refresh_from_db()
    assert (secret.state, secret.visibility, secret.is_anonymous) == ("answered", "confidential", True)
    shown = own.view(reporter(secret))
    assert lead.text not in " ".join(message.text for message in shown.messages)
    assert secret.text not in " ".join(message.text for message in own.view(reporter(lead)).messages)
    assert all(event.data.get("follower") is None for event in shown.events)


def test_who_objects_leaves_the_others_and_goes_on_alone(stage: Stage) -> None:
    lead, (one, other) = gathered(stage, 2)
    to_answered(stage, lead, now=LATER)
    actions.object_to_answer(report_id=one.pk, text="Lampu di ujung masih mati.", actor=reporter(one), now=LATER)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, one.leads, one.holder) == ("objected", None, stage.city_inspectorate)
    assert (other.state, other.leads) == ("answered", lead)
    assert Event.objects.filter(report=lead, kind="left").exists()
    actions.accept_objection(
        report_id=one.pk, explanation="Foto menunjukkan lampu masih mati.", actor=stage.officer("admin"), now=LATER
    )
    assert Report.objects.get(pk=one.pk).leads is None


def test_a_late_member_gets_the_answer_even_after_the_mass_report_was_closed(stage: Stage) -> None:
    lead = many(1)[0]
    open_it(stage, lead)
    to_answered(stage, lead, now=LATER)
    actions.agree(report_id=lead.pk, actor=reporter(lead), now=LATER)
    late = file_report()[0]
    actions.merge(report_id=late.pk, into=lead, actor=stage.officer("admin"), now=LATER)
    late.refresh_from_db()
    assert (late.state, answers(late)) == ("answered", [ANSWER])
    offer_all()
    again = file_report(title="", text=lead.text, now=LATER)[0]
    found = similar.candidates(stage.officer("admin"), again)
    assert lead in [one.report for one in found]


def test_a_closed_report_that_leads_no_mass_report_is_joined_by_nobody(stage: Stage) -> None:
    lead = to_answered(stage, many(1)[0])
    actions.agree(report_id=lead.pk, actor=reporter(lead), now=LATER)
    with pytest.raises(Incomplete):
        actions.merge(report_id=file_report()[0].pk, into=lead, actor=stage.officer("admin"), now=LATER)


def test_when_the_lead_is_withdrawn_the_oldest_member_leads_all_and_keeps_the_title(
    stage: Stage, small_batches: None
) -> None:
    lead, members = gathered(stage, 6)
    open_it(stage, lead)
    actions.withdraw(report_id=lead.pk, reason="", actor=reporter(lead), now=LATER)
    first, *rest = members
    actions.withdraw(report_id=first.pk, reason="", actor=reporter(first), now=LATER)  # before all were handed over
    while actions.go_on(now=LATER):
        pass
    second, *others = rest
    leads = [Report.objects.get(pk=member.pk).leads for member in others]
    assert leads == [second] * len(others)
    assert MassReport.objects.get().lead == second
    assert Report.objects.get(pk=second.pk).leads is None


def test_a_lead_that_is_merged_brings_its_members_along(stage: Stage, small_batches: None) -> None:
    lead, members = gathered(stage, 5)
    other = file_report(now=MONDAY)[0]
    actions.merge(report_id=lead.pk, into=other, actor=stage.officer("admin"), now=LATER)
    while actions.go_on(now=LATER):
        pass
    assert {Report.objects.get(pk=member.pk).leads for member in (lead, *members)} == {other}


def test_a_sealed_lead_leaves_no_trace_in_the_mass_report(stage: Stage) -> None:
    lead, _members = gathered(stage, 2)
    open_it(stage, lead)
    actions.seal(report_id=lead.pk, actor=stage.officer("admin"), now=LATER)
    while actions.go_on(now=LATER):
        pass
    assert not MassReport.objects.filter(lead=lead).exists()
    assert not Report.objects.filter(leads=lead).exists()


# Reading


def test_the_page_shows_members_in_parts_and_counts_them_all(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mass, "MEMBERS", 2)
    lead, members = gathered(stage, 3)
    actor = stage.officer("admin")
    page = mass.page(actor, lead.code)
    assert (page.people, page.members, page.by_state) == (4, members[:2], {"Digabung": 3})
    assert page.next_member is not None
    rest = mass.page(actor, lead.code, after=page.next_member)
    assert (rest.members, rest.next_member) == (members[2:], None)
    with pytest.raises(own.NotFound):
        mass.page(stage.officer("stranger"), lead.code)
