"""Many reports of one matter: offered, opened, one answer for all, each with the own right to object."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lapor.agencies.models import Category
from lapor.reports import access, actions, mass, postings, similar
from lapor.reports.actions import spread
from lapor.reports.change import Incomplete
from lapor.reports.lifecycle import MoveRefused
from lapor.reports.models import Event, EventKind, MassReport, Posting, Report, Stage, State, Visibility
from tests.cast import ANSWER, MONDAY, file_report, reporter, to_answered
from tests.cast import Stage as Cast

TOLD = (
    "Air ledeng di perumahan dekat pasar tidak mengalir sejak hari Senin, warga membeli air tangki",
    "sdh tiga hari air pdam dekat pasar mati, kami beli air tangki mahal",
    "Mohon perhatian: air ledeng dekat pasar tidak mengalir, anak-anak tidak bisa mandi sejak Senin",
    "air pdam tidak mengalir dekat pasar sejak senin tolong kirim tangki air",
    "Sejak Senin air ledeng tidak mengalir di perumahan dekat pasar. Kapan mengalir lagi?",
)


@pytest.fixture
def many(stage: Cast) -> list[Report]:
    """Five people tell the same within two days."""
    return [
        file_report(
            text=text, title="", category="air_sanitasi", external_id=f"banyak-{n}", now=MONDAY + timedelta(hours=8 * n)
        )[0]
        for n, text in enumerate(TOLD)
    ]


@pytest.fixture(autouse=True)
def category(stage: Cast) -> None:
    Category.objects.get_or_create(slug="air_sanitasi", defaults={"name": "Air", "name_en": "Water", "sort": 9})


def consumed() -> None:
    rows = list(Event.objects.select_related("report").order_by("id"))
    postings.consume(rows)
    mass.consume(rows)


def opened(stage: Cast, many: list[Report]) -> Report:
    consumed()
    lead = MassReport.objects.get().lead
    actions.open_mass(
        report_id=lead.pk, title="Air ledeng mati dekat pasar sejak Senin", actor=stage.officer("admin"), now=MONDAY
    )
    for one in many:
        if one.pk != lead.pk:
            actions.merge(report_id=one.pk, into=lead, actor=stage.officer("admin"), now=MONDAY)
    return lead


def test_enough_reports_of_one_matter_at_one_place_are_offered_once_the_oldest_leading(
    stage: Cast, many: list[Report]
) -> None:
    consumed()
    consumed()
    found = MassReport.objects.get()
    assert (found.lead_id, found.stage) == (many[0].pk, Stage.OFFERED)


def test_what_is_confidential_makes_no_offer(stage: Cast, many: list[Report]) -> None:
    Report.objects.filter(pk__in=[one.pk for one in many[1:]]).update(visibility=Visibility.CONFIDENTIAL)
    consumed()
    assert not MassReport.objects.exists()


def test_other_matters_are_not_counted(stage: Cast) -> None:
    for n, text in enumerate(
        (
            TOLD[0],
            TOLD[1],
            "Lampu jalan depan sekolah padam semua malam ini",
            "Sampah menumpuk di tepi sungai belum diangkut",
            "Bau limbah pabrik kelapa menyengat tiap malam",
        )
    ):
        file_report(text=text, title="", external_id=f"lain-{n}")
    consumed()
    assert not MassReport.objects.exists()


def test_a_declined_offer_is_not_made_again(stage: Cast, many: list[Report]) -> None:
    consumed()
    actions.decline_mass(report_id=many[0].pk, actor=stage.officer("admin"), now=MONDAY)
    consumed()
    assert MassReport.objects.get().stage == Stage.DECLINED
    with pytest.raises(MoveRefused):
        actions.decline_mass(report_id=many[0].pk, actor=stage.officer("admin"), now=MONDAY)


def test_only_who_verifies_decides(stage: Cast, many: list[Report]) -> None:
    for name in ("liaison", "operator", "overseer"):
        with pytest.raises((MoveRefused, access.NotFound)):
            actions.open_mass(report_id=many[0].pk, title="Air mati dekat pasar", actor=stage.officer(name), now=MONDAY)


def test_a_confidential_report_leads_no_mass_report(stage: Cast, many: list[Report]) -> None:
    Report.objects.filter(pk=many[0].pk).update(visibility=Visibility.CONFIDENTIAL)
    with pytest.raises(Incomplete):
        actions.open_mass(report_id=many[0].pk, title="Air mati dekat pasar", actor=stage.officer("admin"), now=MONDAY)


def test_one_answer_reaches_everybody_in_batches_each_once(
    stage: Cast, many: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spread, "BATCH", 1)
    lead = opened(stage, many)
    to_answered(stage, lead)
    members = Report.objects.filter(leads=lead)
    assert members.filter(state=State.ANSWERED).count() == 1, "the first batch comes with the answer itself"
    while actions.go_on(now=MONDAY):
        pass
    assert members.filter(state=State.ANSWERED).count() == 4
    for one in members:
        assert one.messages.filter(text=ANSWER).count() == 1
        assert one.events.filter(kind=EventKind.ANSWERED).count() == 1


def test_a_member_who_objects_goes_on_alone(stage: Cast, many: list[Report]) -> None:
    lead = opened(stage, many)
    to_answered(stage, lead)
    one = Report.objects.filter(leads=lead).first()
    assert one is not None
    actions.object_to_answer(
        report_id=one.pk, text="Di rumah saya masih mati.", actor=reporter(one), now=MONDAY + timedelta(hours=1)
    )
    one.refresh_from_db()
    lead.refresh_from_db()
    assert (one.state, one.leads_id) == (State.OBJECTED, None)
    assert lead.state == State.ANSWERED


def test_who_joins_later_gets_the_answer_that_was_given(stage: Cast, many: list[Report]) -> None:
    lead = opened(stage, many)
    to_answered(stage, lead)
    late, _receipt = file_report(text=TOLD[0] + " sampai sekarang", title="", external_id="terlambat", now=MONDAY)
    actions.merge(report_id=late.pk, into=lead, actor=stage.officer("admin"), now=MONDAY)
    late.refresh_from_db()
    assert late.state == State.ANSWERED
    assert late.messages.filter(text=ANSWER).exists()


def test_the_officer_is_shown_the_likest_and_nobody_elses(stage: Cast, many: list[Report]) -> None:
    consumed()
    found = similar.candidates(stage.officer("admin"), many[0])
    assert {one.report.pk for one in found} <= {one.pk for one in many[1:]} and len(found) >= 3
    assert similar.candidates(stage.officer("liaison"), many[0]) == []


def test_terms_are_digests_and_go_when_the_report_ends(stage: Cast, many: list[Report]) -> None:
    consumed()
    assert Posting.objects.filter(report_id=many[0].pk).exists()
    actions.withdraw(report_id=many[0].pk, reason="", actor=reporter(many[0]), now=MONDAY)
    consumed()
    assert not Posting.objects.filter(report_id=many[0].pk).exists()
