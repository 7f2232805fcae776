"""Mails that could not be placed: what an officer sees of them, and what becomes of each."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail as django_mail
from django.urls import reverse

from lapor.agencies.reference import load_categories
from lapor.audit.models import Entry
from lapor.channels import registry
from lapor.channels.models import Received, ReceivedFile
from lapor.reports import actions
from lapor.reports.models import Message, Report
from lapor.vault import identities
from lapor.vault.models import FileKey
from tests.backoffice.conftest import SignIn
from tests.cast import MONDAY, Stage, file_report, reporter
from tests.channels.mails import ADDRESS, REPORTER, WHOLE, held_mail


@pytest.fixture(autouse=True)
def postbox(stage: Stage, settings: LazySettings) -> None:
    load_categories()
    settings.LAPOR_MAIL_ADDRESS = ADDRESS


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_list_says_why_and_nothing_of_what_stands_in_it(stage: Stage, sign_in: SignIn) -> None:
    held_mail()
    client = sign_in("national")
    page = said(client.get(reverse("backoffice:held_mails")))
    assert "bukan alamat pelapor" in page
    assert REPORTER not in page and "Lampu" not in page
    assert not Entry.objects.exists()
    assert "1 surat belum dapat ditempatkan" in said(client.get(reverse("backoffice:home")))


def test_whoever_opens_one_leaves_a_trace(stage: Stage, sign_in: SignIn) -> None:
    row = held_mail(html="<img src='https://mata.invalid/x.png'><p>x</p>")
    page = said(sign_in("national").get(reverse("backoffice:held_mail", args=[row.pk])))
    assert WHOLE in page and REPORTER in page and "mata.invalid" not in page
    entry = Entry.objects.get()
    assert (entry.act, entry.subject, entry.user) == (
        "office.read_mail",
        f"received:{row.pk}",
        stage.people["national"],
    )


def test_it_becomes_a_report_without_a_contact_that_may_be_false(stage: Stage, sign_in: SignIn) -> None:
    row = held_mail("forged")
    client = sign_in("national")
    assert client.post(reverse("backoffice:file_mail", args=[row.pk])).status_code == 302
    report = Report.objects.get(channel="email")
    assert (report.text, report.identity_id) == (WHOLE, None)
    registry.send(now=MONDAY)
    assert not django_mail.outbox
    assert Entry.objects.latest("pk").data["made"] == report.pk
    assert not ReceivedFile.objects.exists() and not FileKey.objects.exists()
    assert client.get(reverse("backoffice:held_mail", args=[row.pk])).status_code == 404


def test_a_sender_who_is_trusted_is_the_reporter_and_is_answered(stage: Stage, sign_in: SignIn) -> None:
    row = held_mail()
    sign_in("national").post(reverse("backoffice:file_mail", args=[row.pk]), {"is_trusted": "on"})
    report = Report.objects.get(channel="email")
    assert report.identity_id is not None
    person = identities.reveal(report.identity_id)
    assert person is not None and person.email == REPORTER
    registry.send(now=MONDAY)
    assert [sent.to for sent in django_mail.outbox] == [[REPORTER]] and "PIN" in django_mail.outbox[0].body


def test_it_is_added_to_a_report_with_a_word_on_where_it_came_from(stage: Stage, sign_in: SignIn) -> None:
    report, _ = file_report()
    row = held_mail(text="Saya tetangganya, lubangnya makin dalam.")
    client = sign_in("national")
    answer = client.post(reverse("backoffice:add_mail", args=[row.pk]), {"code": "0000000000"})
    assert answer.status_code == 422 and "tidak ditemukan" in said(answer)
    assert client.post(reverse("backoffice:add_mail", args=[row.pk]), {"code": report.code}).status_code == 302
    text = Message.objects.get().text
    assert text.startswith("(Surel dari alamat lain") and text.endswith("makin dalam.")


def test_a_report_that_takes_no_more_refuses_and_the_mail_stays(stage: Stage, sign_in: SignIn) -> None:
    report, _ = file_report(email=REPORTER)
    actions.withdraw(report_id=report.pk, reason="", actor=reporter(report), now=MONDAY)
    row = held_mail()
    answer = sign_in("national").post(reverse("backoffice:add_mail", args=[row.pk]), {"code": report.code})
    assert answer.status_code == 422 and "tidak dapat ditambah" in said(answer)
    row.refresh_from_db()
    assert row.state == "refused" and row.files.count() == 1


def test_dropping_takes_a_reason_from_the_list_and_deletes_the_content(stage: Stage, sign_in: SignIn) -> None:
    row = held_mail()
    client, path = sign_in("national"), reverse("backoffice:drop_mail", args=[row.pk])
    assert client.post(path, {"reason": "malas"}).status_code == 422
    assert client.post(path, {"reason": "advertising"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.why) == (Received.State.DONE, "dropped:advertising")
    assert not ReceivedFile.objects.exists()
    entry = Entry.objects.latest("pk")
    assert (entry.act, entry.data["reason"]) == ("office.drop_mail", "advertising")


def test_of_two_who_act_at_once_the_second_is_told(stage: Stage, sign_in: SignIn) -> None:
    row = held_mail()
    client, path = sign_in("national"), reverse("backoffice:drop_mail", args=[row.pk])
    client.post(path, {"reason": "machine"})
    assert client.post(path, {"reason": "machine"}).status_code == 404


def test_a_mail_that_nobody_can_read_can_only_be_dropped(
    stage: Stage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = held_mail("unreadable")
    ReceivedFile.objects.all().delete()
    client = sign_in("national")
    page = said(client.get(reverse("backoffice:held_mail", args=[row.pk])))
    assert "tidak dapat dibaca" in page and "Jadikan laporan" not in page
    assert client.post(reverse("backoffice:file_mail", args=[row.pk])).status_code == 422
