"""A whistleblower at a browser: nothing waits in plain, one receipt, a short visit, and no trace in address or session."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client

from lapor.accounts.models import Session, User
from lapor.public.views.own import VISIT
from lapor.reports import actions
from lapor.reports.models import Attachment, Message, Pending, Report
from lapor.reports.receipts import said
from lapor.vault import investigators
from tests.cast import MONDAY, Stage, reporter
from tests.public.citizen import Citizen, digits_of, photo
from tests.reports.raw import where

SAID: dict[str, Any] = {
    "kind": "whistleblowing",
    "text": "Bendahara Topaz membuat kuitansi fiktif untuk rapat yang tidak ada.",
    "title": "Kuitansi Zamrud",
    "name": "Pelapor Mirah",
    "phone": "0812 9876 5431",
    "email": "mirah@uji.invalid",
    "place": "Ruang Safir",
}
SECRETS = ("Topaz", "Zamrud", "Mirah", "81298765431", "mirah@", "Safir", "Intan.jpg")
OWN = "/lacak/tersegel/"


def _visit(digits: str) -> Client:
    browser = Client()
    answer = browser.post("/lacak/tanda-terima/", {"receipt": digits})
    assert (answer.status_code, answer["Location"]) == (302, OWN)
    return browser


def test_what_waits_to_be_sent_can_be_read_in_this_browser_alone(citizen: Citizen) -> None:
    address = citizen.check(photo("Intan.jpg"), **SAID)
    assert [secret for secret in SECRETS if where(secret)] == []
    page = citizen.client.get(address).content.decode()
    for secret in ("Topaz", "Zamrud", "Mirah", "Safir", "foto-1.jpg"):
        assert secret in page
    other = Client()
    other.cookies[settings.SESSION_COOKIE_NAME] = citizen.client.cookies[
        settings.SESSION_COOKIE_NAME
    ].value  # a thief of the session, not of the seal
    assert "Topaz" not in other.get(address, follow=True).content.decode()


def test_sending_leaves_the_sealed_report_and_a_receipt_and_nothing_else(citizen: Citizen) -> None:
    address = citizen.check(photo("Intan.jpg"), **SAID)
    answer = citizen.send(address)
    digits, report = digits_of(answer), Report.objects.get()
    assert report.code not in answer.content.decode(), "its reporter needs one number, not two"
    assert [secret for secret in (*SECRETS, digits) if where(secret)] == []
    assert not Pending.objects.exists() and not Session.objects.exists()
    assert (report.account, report.entered_by, report.pin_digest) == (None, None, None)
    assert not [name for name, cookie in answer.cookies.items() if name.startswith("tulis-") and cookie.value]
    assert Attachment.objects.get().report == report


def test_whoever_is_signed_in_reports_without_the_account(citizen: Citizen) -> None:
    citizen.client.force_login(User.objects.create_user("warga@uji.invalid", name="Warga Uji"))
    digits_of(citizen.send(citizen.check(**SAID)))
    assert Report.objects.get().account is None


def test_a_second_click_shows_the_same_receipt(citizen: Citizen) -> None:
    address = citizen.check(**SAID)
    kept = {name: cookie.value for name, cookie in citizen.client.cookies.items()}
    first = digits_of(citizen.send(address))
    for name, value in kept.items():  # the answer to the first click never arrived
        citizen.client.cookies[name] = value
    assert digits_of(citizen.send(address)) == first
    assert Report.objects.count() == 1


def test_the_receipt_opens_a_page_whose_address_holds_no_number(citizen: Citizen) -> None:
    digits = digits_of(citizen.send(citizen.check(photo("Intan.jpg"), **SAID)))
    browser = _visit(digits)
    page = browser.get(OWN)
    said = page.content.decode()
    assert SAID["text"] in said and "foto-1.jpg" in said and Report.objects.get().code not in said
    assert "no-store" in page["Cache-Control"]
    assert not Session.objects.exists()
    file: Any = browser.get(f"{OWN}berkas/{Attachment.objects.get().key}/")
    assert file["Content-Disposition"].startswith("attachment") and "no-store" in file["Cache-Control"]
    assert b"".join(file.streaming_content).startswith(b"\xff\xd8")


def test_its_evidence_proves_what_was_filed_and_tells_the_day_alone(citizen: Citizen) -> None:
    digits = digits_of(citizen.send(citizen.check(**SAID)))
    browser, report = _visit(digits), Report.objects.get()
    page = browser.get(f"{OWN}bukti/").content.decode()
    assert "Unduh tanda terima" in page and report.code not in page
    receipt = json.loads(browser.get(f"{OWN}tanda-terima.json").content)
    expected = said(
        salt=bytes.fromhex(receipt["salt"]), code=report.code, title=SAID["title"], text=SAID["text"], at=MONDAY,
        to_the_day=True,
    )  # fmt: skip
    assert receipt["statement"] == {"type": "lapor-receipt-1"} | expected
    assert where(receipt["salt"]) == [], "without it nobody can try guesses on the digests"
    assert Client().get(f"{OWN}tanda-terima.json").status_code == 404


def test_its_data_is_read_and_taken_along_by_whoever_holds_the_digits(citizen: Citizen) -> None:
    browser = _visit(digits_of(citizen.send(citizen.check(photo("Intan.jpg"), **SAID))))
    page = browser.get(f"{OWN}data/").content.decode()
    assert SAID["name"] in page and SAID["email"] in page and Report.objects.get().code not in page.replace(" ", "")
    answer: Any = browser.post(f"{OWN}data/unduh/")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    (one,) = json.loads(archive.read("data.json"))["reports"]
    assert one["identity"]["name"] == SAID["name"] and one["report"]["text"] == SAID["text"]
    assert archive.read(one["files"][0]["path"]).startswith(b"\xff\xd8")
    for act, given in (("perbaiki", {"name": "Yang Lain"}), ("hapus", {"sure": "on"})):
        assert browser.post(f"{OWN}data/{act}/", given).status_code == 422


def test_the_reporter_replies_with_a_file_and_without_a_session(stage: Stage, citizen: Citizen) -> None:
    browser = _visit(digits_of(citizen.send(citizen.check(**SAID))))
    report = Report.objects.get()
    actions.hold(report_id=report.pk, question="Siapa Opal?", actor=stage.officer("investigator"), now=MONDAY)
    assert "Siapa Opal?" in browser.get(OWN).content.decode()
    wrong = browser.post(f"{OWN}reply/", {"text": "", "files": [photo("Giok.jpg"), photo("x" * 5)]})
    assert wrong.status_code in {302, 422}
    browser.post(f"{OWN}reply/", {"text": "Opal itu bendahara.", "files": [photo("Garnet.jpg")]})
    assert [secret for secret in ("Opal", "Garnet.jpg", "Giok.jpg") if where(secret)] == []
    assert not Session.objects.exists() and Message.objects.count() >= 2
    assert "Opal itu bendahara." in browser.get(OWN).content.decode()
    for name in default_storage.listdir("segel")[1]:
        assert b"\xff\xd8\xff" not in default_storage.open(f"segel/{name}").read()[:3]


def test_leaving_ends_the_visit_on_the_front_page(citizen: Citizen) -> None:
    browser = _visit(digits_of(citizen.send(citizen.check(**SAID))))
    token = browser.cookies[VISIT].value
    answer = browser.post(f"{OWN}tutup/")
    assert answer["Location"] == "/"
    browser.cookies[VISIT] = token
    assert browser.get(OWN).status_code == 302


@pytest.mark.parametrize("typed", ["", "12", "0000 0000 0000 0000", "x" * 60, "4827193056"])
def test_a_wrong_receipt_gets_one_answer_whatever_it_is(stage: Stage, typed: str) -> None:
    answer = Client().post("/lacak/tanda-terima/", {"receipt": typed})
    assert answer.status_code == 422 and VISIT not in answer.cookies
    assert "Tanda terima ini tidak cocok" in answer.content.decode()
    assert not Session.objects.exists()


def test_it_is_not_offered_and_not_taken_where_nobody_could_open_it(stage: Stage, citizen: Citizen) -> None:
    investigators.retire(owner_id=stage.people["investigator"].pk, now=MONDAY)
    assert 'value="whistleblowing"' not in citizen.client.get("/lapor/").content.decode()
    answer = citizen.write(**SAID)
    assert answer.status_code == 422 and "KPK" in answer.content.decode()
    assert SAID["text"] in answer.content.decode(), "what was typed is not lost"
    assert not Report.objects.exists() and where("Topaz") == []


def test_a_change_of_mind_before_sending_is_followed_by_words_and_files(citizen: Citizen) -> None:
    address = citizen.check(photo("Intan.jpg"), **SAID)
    key = address.split("/")[-2]
    answer = citizen.client.post("/lapor/", {**_plain(SAID), "kind": "complaint", "key": key})
    assert answer.status_code == 302
    page = citizen.client.get(address).content.decode()
    assert "foto-1.jpg" in page and "Topaz" in page and where("foto-1.jpg") != []


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != "kind"}


def test_the_reporter_seals_an_open_report_and_gets_a_receipt(citizen: Citizen) -> None:
    proof = citizen.report(**SAID | {"kind": "complaint"})
    citizen.open(proof)
    answer = citizen.client.post(f"/lacak/{proof.code}/segel/")
    digits = digits_of(answer)
    assert [secret for secret in SECRETS if where(secret)] == []
    assert SAID["text"] in _visit(digits).get(OWN).content.decode()
    assert citizen.client.get(f"/lacak/{proof.code}/").status_code == 302
    assert b"tidak cocok" in citizen.open(proof).content


def test_whose_report_an_officer_sealed_takes_the_receipt_with_code_and_pin(stage: Stage, citizen: Citizen) -> None:
    proof = citizen.report(**SAID | {"kind": "complaint"})
    actions.seal(report_id=Report.objects.get().pk, actor=stage.officer("admin"), now=MONDAY)
    page = citizen.open(proof).content.decode()
    assert "Topaz" not in page and "Tampilkan tanda terima saya" in page
    digits = digits_of(citizen.client.post(f"/lacak/{proof.code}/tanda-terima/"))
    assert "Topaz" not in _visit(digits).get(OWN).content.decode(), "until an investigator was there"
    assert reporter(Report.objects.get()).keys is None
