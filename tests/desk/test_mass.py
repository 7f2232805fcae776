"""Mass reports on the desk: an offer leads to its page, ticked reports join, and what cannot join says why."""

from __future__ import annotations

from django.urls import reverse

from lapor.desk import bulk
from lapor.reports.models import MassReport, Report
from tests.cast import Stage, file_report
from tests.desk import office as lives
from tests.desk.office import Office, words_of
from tests.reports.alike import TOLD, gathered, look_at_all, many, offer_all


def mark_of(report: Report) -> str:
    return f"{report.code}.{report.version}"


def join(office: Office, by: str, lead: Report, *marks: str) -> object:
    return office(by).post(reverse("desk:mass_join", args=[lead.code]), {"report": list(marks)})


def test_an_offer_is_listed_and_leads_to_the_reports_that_are_alike(office: Office, stage: Stage) -> None:
    lead, *others = many(5)
    other = file_report(title="", text="Antrean loket KTP di kantor kecamatan sampai siang.")[0]
    offer_all()
    listed = office("admin").get(reverse("desk:masses"))
    assert reverse("desk:mass", args=[lead.code]) in listed.content.decode()
    page = office("admin").get(reverse("desk:mass", args=[lead.code]))
    for one in others:
        assert f'value="{mark_of(one)}"' in page.content.decode()
    assert other.code not in page.content.decode()


def test_ticked_reports_join_and_the_others_do_not(office: Office, stage: Stage) -> None:
    lead, one, other, third = many(4)
    answer = join(office, "admin", lead, mark_of(one), mark_of(other))
    assert "2 dari 2 laporan digabung" in words_of(answer)
    states = [Report.objects.get(pk=report.pk).leads for report in (one, other, third)]
    assert states == [lead, lead, None]
    assert "3 orang" in words_of(office("admin").get(reverse("desk:mass", args=[lead.code])))


def test_what_cannot_join_is_named_with_its_reason_and_the_rest_joins(office: Office, stage: Stage) -> None:
    lead, one, changed = many(3)
    sealed, ended = lives.sealed(stage), lives.closed(stage)
    marks = [mark_of(one), f"{changed.code}.99", mark_of(sealed), mark_of(ended), mark_of(lead), "x.y", "\0"]
    answer = join(office, "admin", lead, *marks)
    said = words_of(answer)
    assert "1 dari 7 laporan digabung" in said
    assert "mengubah laporan ini lebih dulu" in said and "tidak ditemukan" in said
    assert Report.objects.filter(leads=lead).count() == 1


def test_nothing_ticked_or_an_address_that_is_opened_again_leads_back(office: Office, stage: Stage) -> None:
    lead = many(1)[0]
    there = reverse("desk:mass", args=[lead.code])
    assert join(office, "admin", lead)["Location"] == there  # type: ignore[index]
    assert office("admin").get(reverse("desk:mass_join", args=[lead.code]))["Location"] == there


def test_many_at_once_ask_for_one_more_proof(office: Office, stage: Stage) -> None:
    lead, one = many(2)
    answer = join(office, "admin", lead, mark_of(one), *[f"{n}.1" for n in range(bulk.MANY)])
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert Report.objects.get(pk=one.pk).leads is None
    assert mark_of(one) in answer.content.decode()  # type: ignore[attr-defined]


def test_who_may_not_decide_joins_nothing(office: Office, stage: Stage) -> None:
    lead, one = many(2)
    for by in ("liaison", "operator", "overseer", "investigator", "stranger"):
        assert join(office, by, lead, mark_of(one)).status_code == 404  # type: ignore[attr-defined]
    assert Report.objects.get(pk=one.pk).leads is None


def test_a_place_in_the_list_of_members_that_is_none_shows_the_first(office: Office, stage: Stage) -> None:
    lead, members = gathered(stage, 1)
    for after in ("x", "-1", "9" * 40, ""):
        page = office("admin").get(reverse("desk:mass", args=[lead.code]), {"sesudah": after})
        assert page.status_code == 200 and f"/meja/{members[0].code}/" in page.content.decode()


def test_the_title_is_given_on_the_case_and_shown_to_all_who_handle_it(office: Office, stage: Stage) -> None:
    lead = lives.in_unit(stage)
    title = "Jalan berlubang di depan Pasar Segiri"
    assert office.act("admin", lead, "open_mass", {"title": title}).status_code == 302
    assert MassReport.objects.get().title == title
    assert title in words_of(office.case("operator", lead))
    assert reverse("desk:mass", args=[lead.code]) not in office.case("operator", lead).content.decode()
    assert title in words_of(office("admin").get(reverse("desk:masses")))


def test_a_case_names_the_first_of_many_that_joined(office: Office, stage: Stage) -> None:
    lead, _members = gathered(stage, 22)
    assert "22 seluruhnya" in words_of(office.case("admin", lead))


def test_duplicates_in_the_same_words_come_along_when_the_first_is_found(office: Office, stage: Stage) -> None:
    lead = file_report(title="", text=TOLD[0])[0]
    again = file_report(title="", text=TOLD[1])[0]
    look_at_all()
    page = office("admin").get(reverse("desk:mass", args=[lead.code])).content.decode()
    assert f'value="{mark_of(again)}"' in page
