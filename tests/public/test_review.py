"""Before sending: which body, why, by when, and like reports; after sending: one report, code and PIN once."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from lapor.accounts.models import User
from lapor.reports.models import Report
from tests.cast import MONDAY, TEXT, Stage, file_report, to_assigned
from tests.public.citizen import WRITTEN, Citizen, photo, proof_of
from tests.public.page import read
from tests.transparency.steps import read_all


def html(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_page_says_which_body_why_and_by_when(stage: Stage, citizen: Citizen) -> None:
    page = html(citizen.client.get(citizen.check()))
    assert f"<strong>{stage.city_inspectorate.name}</strong> memeriksa laporan Anda" in page
    assert "paling lambat Kamis, 8 Oktober 2026" in page  # three working days
    assert f"<strong>{stage.roads.name}</strong> diusulkan untuk menangani dan menjawab" in page
    assert "paling lambat Jumat, 23 Oktober 2026" in page  # fourteen working days
    reason = page.split("Mengapa?</strong>")[1].split("</p>")[0]
    assert stage.roads.name in reason


def test_a_body_that_is_not_connected_is_named_with_the_one_that_answers_for_it(stage: Stage, citizen: Citizen) -> None:
    page = html(
        citizen.client.get(citizen.check(place_text="Kabupaten Kutai Kartanegara, Kalimantan Timur", region="64.02"))
    )
    assert stage.regency_roads.name in page
    assert "belum terhubung, maka" in page


def test_where_we_are_not_sure_the_page_says_so(stage: Stage, citizen: Citizen) -> None:
    page = html(
        citizen.client.get(citizen.check(text="Sesuatu yang aneh sekali telah terjadi di sini.", title="", category=""))
    )
    assert "Instansi yang menjawab ditentukan oleh pemeriksa" in page


def test_the_citizen_may_name_another_body(stage: Stage, citizen: Citizen) -> None:
    address = citizen.check()
    answer = citizen.client.post(f"{address}instansi/", {"agency_text": stage.health.name}, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert f"Anda memilih {stage.health.name}" in html(answer)
    report = Report.objects.get(code=proof_of(citizen.send(address)).code)
    assert report.proposed_agency == stage.health


def test_the_citizen_may_say_that_it_is_another_body_without_knowing_which(stage: Stage, citizen: Citizen) -> None:
    address = citizen.check()
    page = html(citizen.client.post(f"{address}instansi/", {"agency_text": ""}, follow=True))
    assert "Anda berpendapat instansinya lain." in page
    report = Report.objects.get(code=proof_of(citizen.send(address)).code)
    assert report.proposal_reason.startswith("Pelapor berpendapat instansinya lain.")


def test_a_name_of_a_body_that_fits_several_is_asked_back_and_loses_nothing(stage: Stage, citizen: Citizen) -> None:
    address = citizen.check()
    answer = citizen.client.post(f"{address}instansi/", {"agency_text": "inspektorat"})
    assert answer.status_code == 422
    assert read(answer).form("/instansi/").values["agency_text"] == ["inspektorat"]
    assert 'name="agency_choice"' in html(answer)
    chosen = {"agency_text": "inspektorat", "agency_choice": stage.city_inspectorate.slug}
    assert citizen.client.post(f"{address}instansi/", chosen).status_code == 302


@pytest.fixture
def like_one(stage: Stage) -> Report:
    """A published report about the same hole in the road."""
    report, _ = file_report(text=TEXT)
    to_assigned(stage, report)
    read_all()
    return report


def test_a_like_report_is_shown_and_can_be_supported_instead(like_one: Report, citizen: Citizen) -> None:
    page = citizen.client.get(citizen.check())
    assert f"/laporan/{like_one.code}/" in html(page)
    answer = citizen.client.post(read(page).form("/dukung/").action, follow=True)
    assert "Dukungan Anda dicatat" in html(answer)
    assert "<strong>1</strong> orang mendukung laporan ini" in html(answer)
    assert Report.objects.count() == 1, "nothing was sent"


@pytest.mark.parametrize("secret", [{"is_confidential": "on"}, {"kind": "whistleblowing"}])
def test_a_secret_report_is_compared_with_nothing(like_one: Report, citizen: Citizen, secret: dict[str, str]) -> None:
    assert like_one.code not in html(citizen.client.get(citizen.check(**secret)))


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({}, "Nama Anda dilihat petugas yang menangani, tidak dilihat publik."),
        ({"shows_name": "on"}, "Nama Anda dilihat petugas yang menangani dan publik."),
        ({"is_anonymous": "on"}, "Nama Anda tidak dilihat siapa pun"),
        ({"name": ""}, "Anda tidak menulis nama"),
        ({"is_confidential": "on"}, "Publik tidak melihat apa pun dari laporan ini."),
        ({"kind": "whistleblowing"}, "Hanya pemeriksa laporan rahasia yang ditunjuk dapat membaca laporan ini."),
    ],
)
def test_the_page_says_who_will_see_what(citizen: Citizen, chosen: dict[str, str], sentence: str) -> None:
    assert sentence in html(citizen.client.get(citizen.check(**chosen)))


def test_the_receipt_has_code_pin_and_a_code_to_scan_that_leads_to_the_report(citizen: Citizen) -> None:
    receipt = citizen.send(citizen.check())
    proof = proof_of(receipt)
    assert "<svg" in html(receipt)
    assert f"/lacak/?kode={proof.code}" in html(receipt)
    assert citizen.open(proof).redirect_chain == [(f"/lacak/{proof.code}/", 302)]


def test_a_second_click_and_a_retry_give_one_report_and_one_pin(citizen: Citizen) -> None:
    address = citizen.check(photo())
    first, second = citizen.send(address), citizen.send(address)
    assert proof_of(first) == proof_of(second)
    assert Report.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_give_one_report(stage: Stage, client: Client) -> None:
    citizen = Citizen(client)
    address = citizen.check()
    answers: list[Any] = []

    def click() -> None:
        answers.append(citizen.send(address))
        connection.close()

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert len({proof_of(answer).code for answer in answers}) == 1
    assert Report.objects.count() == 1


def test_reloading_after_sending_says_that_it_was_sent(citizen: Citizen) -> None:
    address = citizen.check()
    proof = proof_of(citizen.send(address))
    answer = citizen.client.get(address, follow=True)
    assert "Laporan ini sudah terkirim" in html(answer)
    assert f"{proof.pin[:4]} {proof.pin[4:]}" not in html(answer)


def test_the_pin_is_not_shown_again_once_it_was_noted(citizen: Citizen) -> None:
    address = citizen.check()
    receipt = citizen.send(address)
    proof = proof_of(receipt)
    answer = citizen.client.post(read(receipt).form("/selesai/").action)
    assert answer["Location"] == f"/lacak/?kode={proof.code}"
    for again in (citizen.send(address), citizen.client.get(address, follow=True)):
        assert proof.pin[4:] not in html(again)


def test_the_pin_is_not_shown_again_once_it_was_used(citizen: Citizen) -> None:
    address = citizen.check()
    proof = proof_of(citizen.send(address))
    citizen.open(proof)
    assert citizen.send(address).status_code == 302


def test_signing_in_between_two_clicks_changes_nothing(stage: Stage, citizen: Citizen) -> None:
    address = citizen.check()
    proof = proof_of(citizen.send(address))
    citizen.client.force_login(User.objects.create_user("warga@uji.invalid", name="Warga Uji"))
    assert proof_of(citizen.send(address)) == proof
    assert Report.objects.get().account_id is None


def test_a_sent_report_cannot_be_changed_by_going_back_to_its_form(citizen: Citizen) -> None:
    address = citizen.check()
    key = address.rstrip("/").split("/")[-1]
    first = proof_of(citizen.send(address))
    second = citizen.report(key=key, text=f"{WRITTEN['text']} Tambahan.")
    assert second.code != first.code
    assert Report.objects.get(code=first.code).text == WRITTEN["text"]
    assert proof_of(citizen.send(address)) == first


def test_an_address_of_another_day_leads_back_to_the_form(citizen: Citizen) -> None:
    address = citizen.check()
    citizen.client.cookies.clear()
    for answer in (citizen.client.get(address, follow=True), citizen.client.post(address, follow=True)):
        assert answer.redirect_chain[-1][0] == "/lapor/"
        assert "Halaman tadi sudah tidak berlaku" in html(answer)


def test_a_report_is_listed_with_the_account_that_sent_it(stage: Stage, client: Client) -> None:
    client.force_login(User.objects.create_user("warga@uji.invalid", name="Warga Uji"))
    proof = Citizen(client).report()
    assert proof.code in client.get("/laporan-saya/").content.decode()
    assert client.get(f"/lacak/{proof.code}/").status_code == 200, "no PIN is asked"
    other = Client()
    other.force_login(User.objects.create_user("lain@uji.invalid", name="Warga Uji Lain"))
    assert proof.code not in other.get("/laporan-saya/").content.decode()
    assert other.get(f"/lacak/{proof.code}/").status_code == 302


def test_the_day_of_the_receipt_is_the_day_at_the_place(citizen: Citizen) -> None:
    receipt = html(citizen.send(citizen.check()))
    assert MONDAY.hour == 1, "nine in the morning in Samarinda"
    assert "5 Oktober 2026, 09.00" in receipt
