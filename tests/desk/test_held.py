"""The desk's list of copies that wait for a person, and dispositions of very many reports."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from lapor.accounts.models import Elevation
from lapor.desk import bulk
from lapor.reports import actions
from lapor.reports.files import keep
from lapor.reports.models import Attachment, Report, State
from lapor.transparency.models import Held, Photo, PublicReport
from lapor.transparency.publish import publish
from tests.accounts.people import code_now
from tests.cast import MONDAY, Stage, file_report
from tests.desk.office import Office, text_of, words_of
from tests.desk.paper import a_photo

LIST, RUDE = "/meja/ditahan/", "Petugas loket itu anjing semua, kata Raden Kuncoro yang melapor."


@pytest.fixture
def rude(stage: Stage) -> Report:
    report = file_report(text=RUDE, name="Raden Kuncoro", is_anonymous=True)[0]
    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    publish([report.pk])
    return report


def test_who_verifies_reads_it_without_the_reporter_and_publishes_it(office: Office, rude: Report) -> None:
    page = words_of(office("admin").get(LIST))
    assert "Petugas loket itu anjing semua" in page and "kata kasar" in page
    assert "Kuncoro" not in page
    office("admin").post(f"{LIST}{rude.code}/", {"decision": "publish"})
    assert PublicReport.objects.filter(pk=rude.pk).exists()
    assert "Tidak ada salinan yang menunggu" in words_of(office("admin").get(LIST))


def test_kept_from_the_public_it_is_handled_all_the_same(office: Office, rude: Report) -> None:
    office("admin").post(f"{LIST}{rude.code}/", {"decision": "keep"})
    assert not PublicReport.objects.exists()
    assert office("admin").get(f"/meja/{rude.code}/").status_code == 200


@pytest.mark.parametrize("name", ["liaison", "operator", "overseer"])
def test_who_does_not_verify_has_no_such_list(office: Office, rude: Report, name: str) -> None:
    assert office(name).get(LIST).status_code == 404
    assert office(name).post(f"{LIST}{rude.code}/", {"decision": "publish"}).status_code == 404
    assert Held.objects.get().decision == ""


def test_a_report_out_of_reach_is_neither_listed_nor_decided(office: Office, stage: Stage) -> None:
    elsewhere = file_report(text=RUDE, region_code="64.02")[0]
    actions.verify(report_id=elsewhere.pk, actor=stage.officer("province_admin"), now=MONDAY)
    publish([elsewhere.pk])
    assert "anjing" in words_of(office("province_admin").get(LIST))
    assert "anjing" not in words_of(office("admin").get(LIST))
    assert office("admin").post(f"{LIST}{elsewhere.code}/", {"decision": "publish"}).status_code == 404
    assert Held.objects.get().decision == ""


def test_nonsense_decides_nothing(office: Office, rude: Report) -> None:
    assert office("admin").post(f"{LIST}{rude.code}/", {"decision": "x"}).status_code == 404
    assert Held.objects.get().decision == ""


UNSURE = "kata pak takwil bilkas jalan di depan pasar sudah beres, padahal masih rusak parah."


@pytest.fixture
def unsure(stage: Stage, rules_alone: None) -> Report:
    report = file_report(title="jalan pasar", text=UNSURE)[0]
    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    publish([report.pk])
    return report


def test_what_is_doubtful_is_marked_and_masked_unless_the_officer_unticks_it(office: Office, unsure: Report) -> None:
    page = text_of(office("admin").get(LIST))
    assert "mungkin nama orang" in page and "<mark>takwil bilkas</mark>" in page
    assert 'name="mask" value="text:9:22" checked' in page
    sent = {"decision": "publish", "mask": "text:9:22", "words": "pasar", "seen_as": field_of(page, "seen_as")}
    office("admin").post(f"{LIST}{unsure.code}/", sent)
    assert PublicReport.objects.get().text.startswith("kata pak [disamarkan] jalan di depan [disamarkan]")


def test_words_that_are_not_there_decide_nothing(office: Office, unsure: Report) -> None:
    answer = office("admin").post(f"{LIST}{unsure.code}/", {"decision": "publish", "words": "tiada"}, follow=True)
    assert "tidak ada dalam laporan" in words_of(answer)
    assert Held.objects.get().decision == ""


def test_words_that_changed_meanwhile_decide_nothing(office: Office, unsure: Report) -> None:
    page = text_of(office("admin").get(LIST))
    Report.objects.filter(pk=unsure.pk).update(title="Jalan di muka pasar")
    sent = {"decision": "publish", "seen_as": field_of(page, "seen_as")}
    assert "baru saja berubah" in words_of(office("admin").post(f"{LIST}{unsure.code}/", sent, follow=True))
    assert Held.objects.get().decision == ""


def field_of(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def test_more_than_a_handful_at_once_ask_for_elevation_and_keep_what_was_ticked(
    office: Office, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MANY", 1)
    reports = [file_report()[0] for _n in range(2)]
    sent = {"report": [f"{one.code}.{one.version}" for one in reports], "to": stage.roads.slug, "instruction": "Segera"}
    answer = office("admin").post("/meja/disposisi/", sent)
    assert answer.status_code == 422
    page = text_of(answer)
    assert all(f'value="{mark}"' in page for mark in sent["report"]) and 'value="Segera"' in page
    assert {one.state for one in Report.objects.all()} == {State.RECEIVED}
    proof = {"akses-reason": "Banyak laporan jalan rusak", "akses-code": code_now()}
    assert office("admin").post("/meja/disposisi/", sent | proof).status_code == 200
    assert {one.state for one in Report.objects.all()} == {State.ASSIGNED}
    assert Elevation.objects.get().user == stage.people["admin"]


def test_an_officer_who_verifies_decides_on_each_photo_and_hides_parts_of_it(office: Office, stage: Stage) -> None:
    report = file_report()[0]
    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    publish([report.pk])
    file = keep(a_photo(), name="foto.jpg", pending=uuid4(), now=MONDAY)
    Attachment.objects.filter(pk=file.pk).update(report=report, pending=None)
    page, one = f"/meja/foto/{report.code}/", f"/meja/foto/{report.code}/{file.key}/"
    assert "1 foto belum diputuskan" in words_of(office.case("admin", report))
    assert "Belum diputuskan" in words_of(office("admin").get(page))
    assert office("admin").post(one, {"decision": "publish", "hide": ["80"]}).status_code == 404
    assert office("admin").post(one, {"decision": "publish", "hide": ["x"]}).status_code == 404
    office("admin").post(one, {"decision": "publish", "hide": ["0", "79"]})
    photo = Photo.objects.get()
    assert photo.hidden == [0, 79]
    public = Client().get(f"/laporan/{report.code}/foto/{photo.key}.jpg")
    assert (public.status_code, public["Content-Type"], public["Cache-Control"]) == (200, "image/jpeg", "no-store")
    assert f"/foto/{photo.key}.jpg" in text_of(Client().get(f"/laporan/{report.code}/"))
    office("admin").post(one, {"decision": "keep"})
    assert Client().get(f"/laporan/{report.code}/foto/{photo.key}.jpg").status_code == 404
    assert office("operator").get(page).status_code == 404
    assert office("operator").post(one, {"decision": "publish"}).status_code == 404
