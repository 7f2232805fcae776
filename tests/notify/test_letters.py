"""An invited officer is told where to choose a password, by mail or by a link shown once; the queue is seen in numbers."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from lapor.accounts.invitation import invite_officer
from lapor.accounts.models import User
from lapor.notify import letters, send
from lapor.notify.models import Notice
from lapor.notify.overview import overview, retry_failed
from tests.cast import MONDAY, Stage, file_report
from tests.notify.test_queue import read_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(db: None) -> User:
    return invite_officer(email="baru@uji.invalid", name="Petugas Uji baru")


def opens(client: Client, link: str) -> bool:
    response = client.get(urlsplit(link).path, follow=True)
    return b'name="password1"' in response.content


def test_the_invitation_goes_out_by_mail_and_its_link_is_kept_nowhere(
    client: Client, invited: User, settings: Any
) -> None:
    settings.EMAIL_HOST = "surel.invalid"
    assert letters.invite(invited, by=None, now=MONDAY) == ""
    assert mail.outbox == [], "not inside the request"
    assert send.deliver(now=MONDAY) == 1
    sent = mail.outbox[0]
    assert sent.to == ["baru@uji.invalid"]
    link = re.findall(r"https?://\S+", str(sent.body))[0]
    assert opens(client, link)
    kept = " ".join(str(value) for value in Notice.objects.values_list().get())
    assert urlsplit(link).path.rstrip("/").rpartition("/")[2] not in kept
    assert invited.name not in str(sent.message())


def test_without_a_mail_server_the_link_is_shown_to_who_invites(client: Client, invited: User) -> None:
    link = letters.invite(invited, by=None, now=MONDAY)
    assert opens(client, link)
    assert not Notice.objects.exists()


def test_nobody_gets_a_link_into_an_account_that_has_a_password(invited: User) -> None:
    invited.set_password("kata-sandi-uji-panjang")
    invited.save()
    with pytest.raises(letters.AlreadyIn):
        letters.invite(invited, by=None, now=MONDAY)


def test_only_an_invitation_may_be_about_no_report(invited: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(user=invited, audience="named", template="received", next_try_at=MONDAY, made_at=MONDAY)


def test_the_queue_in_numbers_and_another_try(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    file_report(email="pelapor@uji.invalid")
    file_report(phone="081234567890", email="", now=MONDAY + timedelta(hours=2))
    read_all()
    now = MONDAY + timedelta(hours=3)
    before = overview(now=now)
    assert (before.due, before.oldest_due_at, before.failed, before.no_channel) == (3, MONDAY, [], 1)

    def refuse(*_args: object, **_more: object) -> None:
        raise OSError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    send.deliver(now=now)
    waiting = overview(now=now)
    assert waiting.due == 0
    assert {(group.template, group.error, group.n) for group in waiting.retrying} == {
        ("received", "OSError", 1), ("to_verify", "OSError", 2),
    }  # fmt: skip
    for hours in range(1, 20):
        send.deliver(now=now + timedelta(hours=4 * hours))
    given_up = overview(now=now + timedelta(days=5))
    assert sum(group.n for group in given_up.failed) == 3
    monkeypatch.undo()
    assert retry_failed(now=now) == 3
    send.deliver(now=now)
    assert overview(now=now).failed == []
    assert len(mail.outbox) == 3
