"""What people do about their own data in the browser: see, take along, correct, erase, end the account."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client

from lapor.accounts.models import User
from lapor.audit.models import Entry
from lapor.reports.models import Report
from lapor.vault.models import Identity
from tests.cast import Stage
from tests.desk.office import text_of, words_of
from tests.privacy.lives import EMAIL, MARKS, NAME, PHONE, closed, filed

PASSWORD = "sandi-uji-yang-panjang"


def browser_of(receipt: Any) -> Client:
    browser = Client()
    browser.post("/lacak/", {"code": receipt.code, "pin": receipt.pin})
    return browser


def unpacked(answer: Any) -> zipfile.ZipFile:
    assert answer["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.fixture
def citizen(stage: Stage) -> User:
    return User.objects.create_user("warga@uji.invalid", PASSWORD, name="Warga Uji Sendiri")


def test_the_page_shows_what_is_kept_to_its_owner_and_to_nobody_else(stage: Stage) -> None:
    report, receipt = filed()
    said = words_of(browser_of(receipt).get(f"/lacak/{report.code}/data/"))
    assert NAME in said and EMAIL in said and PHONE in said
    for path in ("", "unduh/", "perbaiki/", "hapus/"):
        answer = Client().get(f"/lacak/{report.code}/data/{path}")
        assert answer.status_code == (302 if not path else 405)
        if path:
            assert Client().post(f"/lacak/{report.code}/data/{path}", {"sure": "on"}).status_code == 302
    report.refresh_from_db()
    assert report.identity_id is not None


def test_the_package_holds_everything_of_the_person_and_nobody_else(stage: Stage) -> None:
    report, receipt = closed(stage)
    archive = unpacked(browser_of(receipt).post(f"/lacak/{report.code}/data/unduh/"))
    content = json.loads(archive.read("data.json"))
    (one,) = content["reports"]
    assert one["identity"] == {"name": NAME, "phone": PHONE, "email": EMAIL, "account": ""}
    assert f"rumah {NAME} mati" in one["report"]["text"], "in the words that the reporter wrote"
    assert NAME not in report.text
    assert [message["from"] for message in one["messages"]] == ["officer"]
    assert one["messages"][0]["body"] == str(stage.roads)
    page = archive.read("baca.html").decode()
    assert NAME in page and report.code in page
    photo = one["files"][0]["path"]
    assert archive.read(photo)[:2] == b"\xff\xd8"
    everything = archive.read("data.json").decode() + page
    assert "Petugas Uji" not in everything, "officers appear as their body"
    assert "sudah ditelepon" not in everything, "an internal note is not the reporter's"
    assert Entry.objects.filter(act="data.taken", subject=f"report:{report.pk}").count() == 1
    assert NAME not in str(list(Entry.objects.values()))


def test_a_file_name_cannot_leave_the_folder_of_the_package(stage: Stage) -> None:
    report, receipt = filed()
    report.attachments.update(name="../../etc/passwd")
    archive = unpacked(browser_of(receipt).post(f"/lacak/{report.code}/data/unduh/"))
    assert all(not name.startswith(("/", "..")) and "/../" not in name for name in archive.namelist())


def test_correcting_and_erasing_on_the_page(stage: Stage) -> None:
    report, receipt = filed()
    browser = browser_of(receipt)
    url = f"/lacak/{report.code}/data/"
    assert browser.post(f"{url}perbaiki/", {"name": "Nuri Uji", "phone": "telepon"}).status_code == 422
    assert browser.post(f"{url}perbaiki/", {"name": "Nuri Uji", "phone": "0813 0000 1111"}).status_code == 302
    assert "+6281300001111" in words_of(browser.get(url))
    assert browser.post(f"{url}hapus/", {}).status_code == 422
    assert Identity.objects.filter(erased_at=None).exists()
    assert browser.post(f"{url}hapus/", {"sure": "on"}).status_code == 302
    said = text_of(browser.get(url))
    assert "Nuri Uji" not in said
    assert browser.get(f"/lacak/{report.code}/").status_code == 200
    assert not Identity.objects.filter(erased_at=None).exists()


def test_what_the_law_keeps_is_explained_with_its_article(stage: Stage) -> None:
    report, receipt = filed(kind="information_request")
    browser = browser_of(receipt)
    said = words_of(browser.get(f"/lacak/{report.code}/data/"))
    assert "UU 14/2008" in said and "Hapus identitas saya" not in said
    assert browser.post(f"/lacak/{report.code}/data/hapus/", {"sure": "on"}).status_code == 422


def test_an_account_takes_everything_along(stage: Stage, citizen: User) -> None:
    reports = [filed(account_id=citizen.pk)[0] for _number in range(2)]
    browser = Client()
    browser.force_login(citizen)
    assert "Warga Uji Sendiri" in words_of(browser.get("/akun-saya/"))
    archive = unpacked(browser.post("/akun-saya/unduh/"))
    content = json.loads(archive.read("data.json"))
    assert content["account"]["email"] == "warga@uji.invalid"
    assert {one["code"] for one in content["reports"]} == {report.code for report in reports}
    assert sum(name.endswith(".jpg") for name in archive.namelist()) == 2


def test_an_account_ends_with_the_password_and_leaves_its_reports(stage: Stage, citizen: User) -> None:
    report, receipt = filed(account_id=citizen.pk)
    browser = Client()
    browser.force_login(citizen)
    assert browser.post("/akun-saya/hapus/", {"reports": "leave", "password": "salah"}).status_code == 422
    done = browser.post("/akun-saya/hapus/", {"reports": "leave", "password": PASSWORD})
    assert "sudah dihapus" in words_of(done)
    citizen.refresh_from_db()
    assert (citizen.is_active, citizen.name) == (False, "")
    assert "warga@uji.invalid" not in str(User.objects.values())
    assert not Client().login(username="warga@uji.invalid", password=PASSWORD)
    assert browser.get("/akun-saya/").status_code == 302
    report.refresh_from_db()
    assert (report.account_id, report.identity_id is not None) == (None, True)
    assert browser_of(receipt).get(f"/lacak/{report.code}/").status_code == 200


def test_an_account_may_take_its_identities_with_it_except_where_the_law_keeps_them(
    stage: Stage, citizen: User
) -> None:
    plain, _receipt = filed(account_id=citizen.pk)
    asked, _other = filed(account_id=citizen.pk, kind="information_request")
    browser = Client()
    browser.force_login(citizen)
    said = words_of(browser.post("/akun-saya/hapus/", {"reports": "erase", "password": PASSWORD}))
    assert f"{asked.code[:4]} {asked.code[4:7]} {asked.code[7:]}" in said
    plain.refresh_from_db()
    asked.refresh_from_db()
    assert plain.identity_id is None and asked.identity_id is not None
    assert not Report.objects.exclude(account=None).exists()


def test_an_officers_account_does_not_end_here(stage: Stage) -> None:
    officer = stage.people["liaison"]
    officer.set_password(PASSWORD)
    officer.save()
    browser = Client()
    browser.force_login(officer)
    answer = browser.post("/akun-saya/hapus/", {"reports": "leave", "password": PASSWORD})
    assert answer.status_code in {302, 422}
    officer.refresh_from_db()
    assert officer.is_active


def test_rights_are_told_in_public_and_linked_from_every_page(stage: Stage) -> None:
    page = Client().get("/data-pribadi/")
    said = words_of(page)
    for words in ("pasal 7", "pasal 8", "pasal 46", "Nama dan kontak pelapor", "2 tahun"):
        assert words in said
    assert b"/data-pribadi/" in Client().get("/tentang/").content


def test_after_erasing_no_page_of_anybody_says_the_name(stage: Stage) -> None:
    report, receipt = closed(stage)
    browser = browser_of(receipt)
    browser.post(f"/lacak/{report.code}/data/hapus/", {"sure": "on"})
    for path in (f"/lacak/{report.code}/", f"/lacak/{report.code}/data/", f"/laporan/{report.code}/"):
        assert not any(mark in text_of(browser.get(path)) for mark in MARKS), path
