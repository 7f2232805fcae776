"""The register of breaches: 72 hours from knowing, entries that stay, warnings to the national office, drafts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client

from lapor.notify import letters, send
from lapor.privacy import breaches
from lapor.privacy.breaches import BreachRefused
from lapor.privacy.models import Breach, BreachEntry
from tests.cast import MONDAY, Stage
from tests.desk.office import words_of

KNOWN = MONDAY - timedelta(hours=10)


def opened(stage: Stage) -> Breach:
    return breaches.open_breach(
        known_at=KNOWN, happened="Cadangan basis data terkirim ke alamat yang salah.", data="Nama dan nomor HP",
        people=None, measures="", by=stage.people["national"], now=MONDAY,
    )  # fmt: skip


def add(stage: Stage, breach: Breach, kind: str, **said: object) -> BreachEntry:
    return breaches.add(breach, kind=kind, by=stage.people["national"], now=MONDAY, **said)  # type: ignore[arg-type]


def test_the_clock_runs_72_hours_from_knowing(stage: Stage) -> None:
    breach = opened(stage)
    assert breach.due_at == KNOWN + timedelta(hours=72)
    assert breaches.standing(breach, now=MONDAY).hours_left == 62
    assert breaches.standing(breach, now=breach.due_at + timedelta(hours=5)).is_late
    with pytest.raises(BreachRefused):
        breaches.open_breach(
            known_at=MONDAY + timedelta(hours=1), happened="x", data="x", people=None, measures="",
            by=stage.people["national"], now=MONDAY,
        )  # fmt: skip


def test_a_correction_is_a_new_entry_and_the_latest_counts(stage: Stage) -> None:
    breach = opened(stage)
    add(stage, breach, "corrected", people=120, data="")
    add(stage, breach, "corrected", data="Nama, nomor HP, dan alamat")
    now = breaches.standing(breach, now=MONDAY)
    assert (now.people, now.data, len(now.entries)) == (120, "Nama, nomor HP, dan alamat", 3)
    with pytest.raises(BreachRefused) as refused:
        add(stage, breach, "corrected", data="", people=None)
    assert refused.value.reason == "empty"
    for write in (lambda: BreachEntry.objects.update(people=1), lambda: BreachEntry.objects.all().delete(),
                  lambda: Breach.objects.update(known_at=MONDAY), lambda: Breach.objects.all().delete()):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


def test_it_runs_until_both_were_told_and_closes_only_then(stage: Stage) -> None:
    breach = opened(stage)
    add(stage, breach, "authority", remark="Surat 1/2026")
    with pytest.raises(BreachRefused) as refused:
        add(stage, breach, "closed")
    assert refused.value.reason == "not_told_yet"
    assert breaches.running(now=MONDAY)
    add(stage, breach, "subjects")
    assert not breaches.running(now=MONDAY)
    add(stage, breach, "closed")
    with pytest.raises(BreachRefused):
        add(stage, breach, "measure", measures="Lagi.")


def test_the_national_office_is_warned_once_for_each_hour_that_counts(stage: Stage) -> None:
    breach = opened(stage)
    told = []
    for left in (30, 24, 20, 6, 5, 0, -5):
        now = breach.due_at - timedelta(hours=left)
        letters.warn_of_breaches(now=now)
        mail.outbox.clear()
        while send.deliver(now=now):
            pass
        told.append([letter.to for letter in mail.outbox])
        assert all("Cadangan" not in f"{letter.body}{letter.subject}" for letter in mail.outbox)
    national = [["national@uji.invalid"]]
    assert told == [[], national, [], national, [], national, []]


def test_nobody_is_warned_once_both_were_told(stage: Stage) -> None:
    breach = opened(stage)
    add(stage, breach, "authority")
    add(stage, breach, "subjects")
    assert letters.warn_of_breaches(now=breach.due_at) == 0


def signed_in(stage: Stage, who: str) -> Client:
    Authenticator.objects.create(user=stage.people[who], type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = Client()
    client.force_login(stage.people[who])
    return client


def test_the_pages_from_first_word_to_letter(stage: Stage) -> None:
    office = signed_in(stage, "national")
    said = {"known_at": "2026-10-05T01:00", "happened": "Surel salah kirim.", "exposed": "Nama", "people": "3"}
    assert office.post("/kantor/insiden/baru/", said).status_code == 302
    breach = Breach.objects.get()
    assert "jam lagi" in words_of(office.get("/kantor/insiden/"))
    assert "Insiden data belum diberitahukan" in words_of(office.get("/kantor/"))
    added = office.post(f"/kantor/insiden/{breach.pk}/tambah/", {"kind": "authority", "remark": "Surat 1/2026"})
    assert added.status_code == 302
    page = words_of(office.get(f"/kantor/insiden/{breach.pk}/"))
    assert "Surat 1/2026" in page and "Lembaga diberi tahu" in page
    for to, words in (("subjek", "data pribadi Anda"), ("lembaga", "Jumlah orang terdampak: 3")):
        letter = words_of(office.get(f"/kantor/insiden/{breach.pk}/surat/{to}/"))
        assert words in letter and "pasal 46" in letter and "Surel salah kirim." in letter
    assert office.get(f"/kantor/insiden/{breach.pk}/surat/lain/").status_code == 404


def test_terms_and_holds_are_kept_on_their_page(stage: Stage) -> None:
    office = signed_in(stage, "national")
    new = {"sort": "files", "days": "365", "basis": "Jadwal retensi uji", "holds_from": "2026-11-01"}
    assert office.post("/kantor/masa-simpan/baru/", new).status_code == 302
    assert "Jadwal retensi uji" in words_of(office.get("/kantor/masa-simpan/"))
    hold = {"code": "4827193059", "reference": "12/Pid/2026", "reason": "Perkara.", "until": "2027-01-01"}
    assert office.post("/kantor/masa-simpan/tahan/", hold).status_code == 422
