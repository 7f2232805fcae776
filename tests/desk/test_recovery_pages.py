"""The custodians' pages: two people, two browsers, and nothing for anybody else."""

from __future__ import annotations

from typing import Any

import pytest

from lapor.agencies.models import Role
from lapor.vault import investigators
from lapor.vault.models import RecoveryRequest
from tests.cast import MONDAY, PASSPHRASE, file_report, person
from tests.desk.office import Office, words_of

WHY = {"reason": "Semua pemeriksa kehilangan frasa sandinya.", "ground": "Surat 12/2026"}


@pytest.fixture
def office(office: Office) -> Office:
    """Two custodians with keys, unlocked in their browsers."""
    for name in ("first", "second"):
        user = office.stage.people[name] = person(name, office.stage.national, Role.CUSTODIAN)
        investigators.set_up(owner_id=user.pk, passphrase=PASSPHRASE, now=MONDAY)
        office(name).post("/meja/kunci/buka/", {"passphrase": PASSPHRASE})
    return office


@pytest.fixture
def ready(office: Office) -> Office:
    office("first").post("/meja/pemulihan/kunci/")
    answer = office("second").post(
        f"/meja/pemulihan/{RecoveryRequest.objects.get().pk}/", {"confirm": "1"}, follow=True
    )
    assert "Kunci pemulihan baru berlaku." in words_of(answer) and "Siap dipakai" in words_of(answer)
    return office


def _begin(office: Office, name: str = "first", **more: str) -> Any:
    to = f"{office.stage.people['investigator'].pk}-{office.stage.city_inspectorate.pk}"
    return office(name).post("/meja/pemulihan/baru/", {"to": to, "code": ""} | WHY | more)


def test_the_pages_are_for_custodians_alone(ready: Office) -> None:
    file_report(kind="whistleblowing")
    _begin(ready)
    key = RecoveryRequest.objects.get(kind="hand").pk
    for path in ("", "baru/", f"{key}/"):
        assert ready("second").get(f"/meja/pemulihan/{path}").status_code == 200
        for name in ("investigator", "admin", "national"):
            assert ready(name).get(f"/meja/pemulihan/{path}").status_code == 404
    assert ready("first").get("/meja/pemulihan/9999/").status_code == 404


def test_one_begins_and_another_confirms(ready: Office) -> None:
    file_report(kind="whistleblowing")
    investigators.retire(owner_id=ready.stage.people["investigator"].pk, now=MONDAY)
    assert "Pilih pemeriksanya." not in words_of(ready("first").get("/meja/pemulihan/baru/"))
    investigators.set_up(owner_id=ready.stage.people["investigator"].pk, passphrase=PASSPHRASE, now=MONDAY)
    assert _begin(ready).status_code == 302
    page = f"/meja/pemulihan/{RecoveryRequest.objects.get(kind='hand').pk}/"
    own = ready("first").get(page)
    assert "Anda yang memulainya" in words_of(own) and "Setujui dengan kunci saya" not in words_of(own)
    assert ready("first").post(page, {"confirm": "1"}).status_code == 422
    shown = words_of(ready("second").get(page))
    assert WHY["reason"] in shown and WHY["ground"] in shown
    assert "1 laporan dibukakan." in words_of(ready("second").post(page, {"confirm": "1"}, follow=True))
    assert "Permintaan ini sudah berakhir." in words_of(ready("second").post(page, {"confirm": "1"}))


def test_a_locked_custodian_is_told_and_changes_nothing(ready: Office) -> None:
    file_report(kind="whistleblowing")
    _begin(ready)
    page = f"/meja/pemulihan/{RecoveryRequest.objects.get(kind='hand').pk}/"
    browser = ready("second")  # asked again, the office would unlock it
    browser.post("/meja/kunci/tutup/")
    assert "Setujui dengan kunci saya" not in words_of(browser.get(page))
    assert browser.post(page, {"confirm": "1"}).status_code == 422
    assert RecoveryRequest.objects.get(kind="hand").state == "open"


def test_it_is_refused_with_a_reason(ready: Office) -> None:
    file_report(kind="whistleblowing")
    _begin(ready)
    request = RecoveryRequest.objects.get(kind="hand")
    page = f"/meja/pemulihan/{request.pk}/"
    assert ready("second").post(page, {"reason": ""}).status_code == 422
    assert ready("second").post(page, {"reason": "Belum jelas."}).status_code == 302
    request.refresh_from_db()
    assert request.state == "refused"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": "singkat"}, "satu kalimat lengkap"),
        ({"ground": ""}, "Sebutkan dasarnya."),
        ({"code": "123"}, "Nomor ini tidak cocok."),
        ({"to": ""}, "Pilih pemeriksanya."),
        ({}, "Tidak ada laporan tersegel"),
    ],
)
def test_what_is_missing_is_said(ready: Office, given: dict[str, str], said: str) -> None:
    answer = _begin(ready, **given)
    assert answer.status_code == 422 and said in words_of(answer)


def test_a_newcomer_gets_earlier_reports_when_a_colleague_unlocks(office: Office) -> None:
    file_report(kind="whistleblowing")
    office.stage.people["newcomer"] = person("newcomer", office.stage.city_inspectorate, Role.INVESTIGATOR)
    answer = office("investigator").post("/meja/kunci/buka/", {"passphrase": PASSPHRASE}, follow=True)
    assert "1 laporan diteruskan kepada rekan yang berhak." in words_of(answer)
    assert "Menunggu diteruskan" not in words_of(answer)


def test_what_still_waits_is_shown_and_handed_on_by_a_button(office: Office) -> None:
    office("investigator").post("/meja/kunci/buka/", {"passphrase": PASSPHRASE})
    file_report(kind="whistleblowing")
    office.stage.people["newcomer"] = person("newcomer", office.stage.city_inspectorate, Role.INVESTIGATOR)
    assert "1 laporan dapat Anda buka" in words_of(office("investigator").get("/meja/kunci/"))
    answer = office("investigator").post("/meja/kunci/teruskan/", follow=True)
    assert "1 laporan diteruskan" in words_of(answer) and "Menunggu diteruskan" not in words_of(answer)
