"""At the desk a report that names the officer does not exist: no page, number, file, letter or act tells otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from lapor.agencies.models import Role
from lapor.reports import actions
from lapor.reports.case import here
from lapor.reports.files import keep
from lapor.reports.models import Attachment, Report
from lapor.reports.submission import Accused
from tests.cast import MONDAY, Stage, file_report, person
from tests.desk import office as lives
from tests.desk.office import Office, letter_of, words_of
from tests.desk.paper import a_photo, pending_key

UNKNOWN = "4827193059"


@pytest.fixture
def named(stage: Stage) -> Report:
    """With a letter and a file, in the hands of the inspectorate of the province, which it names from now on."""
    report = lives.lettered(stage)
    photo = keep(a_photo(), name="bukti.jpg", pending=pending_key(), now=MONDAY)
    Attachment.objects.filter(pk=photo.pk).update(report=report, pending=None)
    here(stage.officer("province_admin"), report, now=MONDAY)
    whom = Accused(agency_id=stage.province_inspectorate.pk)
    return actions.accuse(report_id=report.pk, whom=whom, actor=stage.officer("national"), now=MONDAY)


def addresses(report: Report, code: str) -> list[str]:
    file = Attachment.objects.get(report=report).key if code == report.code else "7e57ab1e-0000-4000-8000-000000000000"
    return [
        f"/meja/{code}/",
        f"/meja/{code}/hadir/",
        f"/meja/{code}/note/",
        f"/meja/{code}/surat/{letter_of(report).pk}.pdf",
        f"/meja/berkas/{file}/",
    ]


def _answer(browser: Any, address: str, code: str) -> tuple[int, str]:
    answer = browser.get(address)
    return answer.status_code, words_of(answer).replace(code, "")


def test_every_address_answers_like_one_of_a_report_that_does_not_exist(office: Office, named: Report) -> None:
    browser = office("province_admin")
    for ours, unknown in zip(addresses(named, named.code), addresses(named, UNKNOWN), strict=True):
        assert _answer(browser, ours, named.code) == _answer(browser, unknown, UNKNOWN), ours
    for ours in addresses(named, named.code)[:2]:
        assert office("national").get(ours).status_code == 200


def test_no_act_is_done_and_what_was_typed_comes_back_as_for_any_missing_report(office: Office, named: Report) -> None:
    sent = {"version": named.version, "seen": 1, "text": "Sudah ditelepon tadi pagi."}
    browser = office("province_admin")
    ours, unknown = (browser.post(f"/meja/{code}/note/", sent) for code in (named.code, UNKNOWN))
    assert (ours.status_code, words_of(ours)) == (unknown.status_code, words_of(unknown))
    assert not named.messages.filter(kind="note").exists()


def test_lists_searches_and_bulk_dispositions_do_not_know_it(office: Office, stage: Stage, named: Report) -> None:
    browser = office("province_admin")
    for query in ({"tab": "all"}, {"tab": "todo"}, {"tab": "ended"}, {"tab": "all", "q": "pasar"}, {"q": named.code}):
        assert f"/meja/{named.code}/" not in browser.get("/meja/", query).content.decode(), query
    answer = browser.post("/meja/disposisi/", {"report": [f"{named.code}.{named.version}"], "to": stage.power.slug})
    assert "tidak ditemukan" in words_of(answer)


def test_nobody_who_is_out_is_shown_among_those_who_have_it_open(office: Office, stage: Stage, named: Report) -> None:
    assert "Petugas Uji province_admin" not in words_of(office.case("national", named)).partition("Riwayat")[0]


def test_the_numbers_of_the_back_office_agree_with_the_reader(office: Office, stage: Stage) -> None:
    stage.people["second"] = person("second", stage.city_inspectorate, Role.ADMIN)
    file_report()
    aside = file_report()[0]
    reason = "Terlapor adalah saudara saya."
    actions.step_aside(report_id=aside.pk, reason=reason, actor=stage.officer("admin"), now=MONDAY)
    page = f"/kantor/instansi/{stage.city_inspectorate.slug}/"
    numbers = {who: words_of(office(who).get(page)) for who in ("admin", "second")}
    assert "1 di tangannya" in numbers["admin"] and "2 di tangannya" in numbers["second"]


def test_whoever_handles_it_reads_careful_words_and_cannot_choose_them(office: Office, stage: Stage) -> None:
    report = lives.verified(stage)
    whom = Accused(agency_id=stage.roads.pk, name="Zwaldrup Uji")
    actions.accuse(report_id=report.pk, whom=whom, actor=stage.officer("admin"), now=MONDAY)
    page = office.case("admin", report)
    said = words_of(page)
    assert "Disebut dalam laporan" in said and "Zwaldrup Uji" in said and "Belum berarti bersalah" in said
    offered = page.content.decode().partition('id="assign-to"')[2].partition("</select>")[0]
    assert stage.health.slug in offered and stage.roads.slug not in offered
    assert "Zwaldrup" not in words_of(office("admin").get("/meja/", {"tab": "all"}))
    assert "Zwaldrup" not in words_of(office.case("overseer", report))
