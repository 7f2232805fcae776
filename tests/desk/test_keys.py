"""The pages of one's own key: who gets them, what they say, and what never comes back out of them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.db import connection
from django.db.models import QuerySet
from django.test import Client

from lapor.agencies.models import Role
from lapor.audit.models import Entry
from lapor.vault import investigators
from lapor.vault.models import SealingKey, Unlocked
from tests.cast import MONDAY, person
from tests.desk.office import Office, text_of, words_of

pytestmark = pytest.mark.django_db
PHRASE = "gunung merapi kopi tubruk sore"
ANOTHER = "perahu layar angin teluk pagi"


class Locked(Office):
    """Browsers that nobody unlocks but these tests."""

    def __call__(self, name: str) -> Client:
        return self.browsers[name] if name in self.browsers else super().__call__(name)


@pytest.fixture
def office(office: Office) -> Office:
    """The same with a custodian, who has no key yet."""
    office = Locked(office.stage)
    office.stage.people["custodian"] = person("custodian", office.stage.national, Role.CUSTODIAN)
    return office


@pytest.fixture
def key(office: Office) -> str:
    """The custodian has made a key; the backup code."""
    answer = office("custodian").post("/meja/kunci/buat/", {"new": PHRASE, "again": PHRASE})
    found = re.search(r'id="spare">([^<]+)<', text_of(answer))
    assert found is not None
    return found[1]


def _own(office: Office) -> QuerySet[SealingKey]:
    return SealingKey.objects.filter(owner_id=office.stage.people["custodian"].pk)


def unlock(office: Office, phrase: str = PHRASE, **more: str) -> Any:
    return office("custodian").post("/meja/kunci/buka/", {"passphrase": phrase} | more)


@pytest.mark.parametrize("path", ["", "buat/", "ganti/", "cadangan/", "hilang/"])
def test_only_who_opens_sealed_reports_has_these_pages(office: Office, path: str) -> None:
    assert office("custodian").get(f"/meja/kunci/{path}").status_code == 200
    assert office("investigator").get(f"/meja/kunci/{path}").status_code == 200
    for name in ("admin", "liaison", "national", "overseer"):
        assert office(name).get(f"/meja/kunci/{path}").status_code == 404
    assert office("visitor").get(f"/meja/kunci/{path}").status_code == 302


def test_the_head_of_the_desk_says_how_the_key_stands_to_those_alone_who_need_one(office: Office, key: str) -> None:
    assert "Kunci tertutup" in words_of(office("custodian").get("/meja/identitas/"))
    unlock(office)
    assert "Kunci terbuka, 15 mnt" in words_of(office("custodian").get("/meja/identitas/"))
    assert "Kunci t" not in words_of(office("admin").get("/meja/"))


def test_the_backup_code_is_shown_once_and_the_passphrase_never(office: Office, key: str) -> None:
    assert len(re.sub(r"\W", "", key)) == 28
    for path in ("", "buat/", "ganti/", "cadangan/"):
        said = text_of(office("custodian").get(f"/meja/kunci/{path}"))
        assert key not in said and PHRASE not in said
    again = office("custodian").post("/meja/kunci/buat/", {"new": PHRASE, "again": PHRASE})
    assert again.status_code == 302 and _own(office).count() == 1


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("pendek saja", "Terlalu pendek"),
        ("a" * 30, "Terlalu mudah ditebak"),
        ("kata-sandi-masuk-saya", "kata sandi Anda untuk masuk"),
    ],
)
def test_a_weak_passphrase_is_refused_and_not_drawn_again(office: Office, phrase: str, said: str) -> None:
    user = office.stage.people["custodian"]
    office("custodian")
    user.set_password("kata-sandi-masuk-saya")
    user.save()
    office("custodian").force_login(user)
    answer = office("custodian").post("/meja/kunci/buat/", {"new": phrase, "again": phrase})
    assert answer.status_code == 422 and said in words_of(answer)
    assert phrase not in text_of(answer)
    assert not _own(office).exists()


def test_five_words_are_enough_and_a_slip_of_the_finger_is_noticed(office: Office) -> None:
    answer = office("custodian").post("/meja/kunci/buat/", {"new": "ia di sini ke sana", "again": "lain"})
    assert answer.status_code == 422 and "tidak sama" in words_of(answer)
    answer = office("custodian").post("/meja/kunci/buat/", {"new": "ia di sini ke ya", "again": "ia di sini ke ya"})
    assert answer.status_code == 200 and _own(office).count() == 1


def test_unlocking_sets_a_cookie_for_the_desk_alone(office: Office, key: str, settings: LazySettings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    cookie = unlock(office).cookies["kunci"]
    assert cookie["httponly"] and cookie["secure"]
    assert cookie["samesite"] == "Strict" and cookie["path"] == "/meja/"
    assert int(cookie["max-age"]) <= 2 * 3600


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("/meja/disposisi/", "/meja/disposisi/"),
        ("https://uji.invalid/meja/", "/meja/kunci/"),
        ("//uji.invalid", "/meja/kunci/"),
    ],
)
def test_after_unlocking_one_goes_on_within_the_desk_only(office: Office, key: str, asked: str, goes: str) -> None:
    answer = unlock(office, next=asked)
    assert answer.status_code == 302 and answer["Location"] == goes


def test_it_is_locked_after_a_quarter_of_an_hour_or_at_once(office: Office, key: str) -> None:
    unlock(office)
    assert "Terbuka di peramban ini" in words_of(office("custodian").get("/meja/kunci/"))
    with time_machine.travel(MONDAY + timedelta(minutes=16), tick=False):
        assert "Kunci Anda tertutup" in words_of(office("custodian").get("/meja/kunci/"))
        unlock(office)
        answer = office("custodian").post("/meja/kunci/tutup/")
        assert not answer.cookies["kunci"].value
        assert not Unlocked.objects.exists()


@pytest.mark.parametrize("ends", ["/akun/logout/", "/akun/semua-perangkat/"])
def test_signing_out_locks_it(office: Office, key: str, ends: str) -> None:
    unlock(office)
    assert Unlocked.objects.exists()
    office("custodian").post(ends)
    assert not Unlocked.objects.exists()


def test_a_wrong_passphrase_says_nothing_more_and_many_must_wait(office: Office, key: str) -> None:
    for _ in range(investigators.FREE_TRIES):
        answer = unlock(office, "bukan ini sama sekali")
        assert answer.status_code == 422 and "Tidak cocok." in words_of(answer)
        assert "bukan ini" not in text_of(answer) and "kunci" not in answer.cookies
    answer = unlock(office)
    assert answer.status_code == 422 and "Tunggu 1 menit" in words_of(answer)
    with time_machine.travel(MONDAY + investigators.FIRST_WAIT, tick=False):
        assert unlock(office).status_code == 302


def test_the_passphrase_is_changed_by_the_old_one_or_by_the_code(office: Office, key: str) -> None:
    browser = office("custodian")
    answer = browser.post("/meja/kunci/ganti/", {"old": "bukan", "new": ANOTHER, "again": ANOTHER})
    assert answer.status_code == 422 and "Tidak cocok." in words_of(answer)
    assert browser.post("/meja/kunci/ganti/", {"old": PHRASE, "new": ANOTHER, "again": ANOTHER}).status_code == 302
    assert unlock(office).status_code == 422 and unlock(office, ANOTHER).status_code == 302
    assert browser.post("/meja/kunci/cadangan/", {"code": key, "new": PHRASE, "again": PHRASE}).status_code == 302
    assert unlock(office).status_code == 302


def test_a_key_that_is_lost_is_ended_with_the_sign_in_password_alone(office: Office, key: str) -> None:
    user = office.stage.people["custodian"]
    office("custodian")
    user.set_password("kata-sandi-masuk-saya")
    user.save()
    office("custodian").force_login(user)
    page = "/meja/kunci/hilang/"
    assert office("custodian").post(page, {"password": "salah", "understood": "on"}).status_code == 422
    assert office("custodian").post(page, {"password": "kata-sandi-masuk-saya"}).status_code == 422
    assert _own(office).filter(retired_at=None).exists()
    answer = office("custodian").post(page, {"password": "kata-sandi-masuk-saya", "understood": "on"})
    assert answer["Location"] == "/meja/kunci/buat/"
    assert not _own(office).filter(retired_at=None).exists()


def test_each_act_leaves_an_entry_without_a_word_of_the_secret(office: Office, key: str) -> None:
    unlock(office)
    office("custodian").post("/meja/kunci/ganti/", {"old": PHRASE, "new": ANOTHER, "again": ANOTHER})
    user = office.stage.people["custodian"]
    entries = Entry.objects.filter(subject=f"user:{user.pk}").order_by("id")
    assert [entry.act for entry in entries] == ["sealing.made", "sealing.unlocked", "sealing.changed"]
    assert {entry.user_id for entry in entries} == {user.pk}


def test_no_row_no_log_and_no_page_holds_a_passphrase_a_code_or_a_key(
    office: Office, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    cookie = unlock(office).cookies["kunci"].value
    unlock(office, "rahasia yang salah ketik sekali")
    private = investigators.keys_of(owner_id=office.stage.people["custodian"].pk, token=cookie, now=MONDAY)
    assert private is not None
    secrets = [
        PHRASE,
        "rahasia yang salah",
        key,
        key.replace(" ", ""),
        cookie,
        private.content.hex(),
        repr(private.content),
    ]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT coalesce(string_agg(row::text, chr(10)), '') FROM \"{table}\" AS row")
            rows = cursor.fetchone()[0]
            for secret in secrets:
                assert secret not in rows, table
    assert not any(secret in caplog.text for secret in secrets)


def test_an_error_page_hides_what_was_typed(
    office: Office, key: str, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def fail(**_given: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(investigators, "unlock", fail)
    browser = office("custodian")
    browser.raise_request_exception = False
    answer = unlock(office)
    assert answer.status_code == 500
    assert PHRASE not in text_of(answer) and PHRASE not in caplog.text
