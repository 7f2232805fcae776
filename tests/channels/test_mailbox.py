"""Through a real mailbox, and from a mail server's hand: every mail is kept once, whenever somebody pulls the plug."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from lapor.agencies.reference import load_categories
from lapor.channels import registry
from lapor.channels.mail import fetch as fetching
from lapor.channels.models import Received
from lapor.reports.models import Report
from tests.cast import set_stage
from tests.channels import mailbox
from tests.channels.mailbox import PASSWORD, USER, Mailbox
from tests.channels.mails import ADDRESS, written


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Mailbox]:
    if mailbox.DOVECOT is None:
        pytest.skip(mailbox.WHY_NOT)
    with mailbox.mailbox() as found:
        yield found


@pytest.fixture
def box(dovecot: Mailbox, settings: LazySettings) -> Mailbox:
    dovecot.empty()
    settings.LAPOR_MAIL_ADDRESS = ADDRESS
    settings.LAPOR_IMAP_HOST, settings.LAPOR_IMAP_PORT = "127.0.0.1", dovecot.port
    settings.LAPOR_IMAP_USER, settings.LAPOR_IMAP_PASSWORD = USER, PASSWORD
    settings.LAPOR_IMAP_CA = dovecot.authority
    return dovecot


def fetch() -> int:
    return registry.fetch(now=timezone.now())


def test_a_mail_in_the_mailbox_becomes_a_report(box: Mailbox, db: None) -> None:
    set_stage()
    load_categories()
    box.put(written())
    assert fetch() == 1 and box.unread() == 0
    registry.read(now=timezone.now())
    assert Report.objects.get(channel="email").title == "Lampu jalan mati"
    assert fetch() == 0


def test_any_bytes_are_kept_as_they_are(box: Mailbox, db: None) -> None:
    for raw in (b"\n\nx", b"\r\n", b"kacau\xff\x00\xfe", b"From: x\r\n" * 50 + b"\r\nhalo", b"Subject: " + b"a" * 9000):
        box.put(raw)
    assert fetch() == 5 and box.unread() == 0
    assert Received.objects.count() == 5


def test_killed_between_keeping_and_marking_a_mail_is_kept_once(
    box: Mailbox, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def dies(*_args: object) -> None:
        raise Killed

    box.put(written())
    with monkeypatch.context() as broken:
        broken.setattr("imap_tools.MailBox.flag", dies)
        with pytest.raises(Killed):
            fetch()
    assert box.unread() == 1
    fetch()
    assert Received.objects.count() == 1 and box.unread() == 0


def test_a_mailbox_that_forgot_what_was_taken_gives_nothing_new(box: Mailbox, db: None) -> None:
    box.put(written())
    box.put(b"Subject: tanpa nomor\r\n\r\nhalo")
    fetch()
    box.forget_read()
    assert fetch() == 2 and Received.objects.count() == 2


def test_a_mail_that_cannot_be_kept_stays_unread(box: Mailbox, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: object, **_fields: object) -> None:
        raise DatabaseError

    box.put(written())
    with monkeypatch.context() as broken:
        broken.setattr("lapor.channels.inbox.take", away)
        with pytest.raises(DatabaseError):
            fetch()
    assert box.unread() == 1
    fetch()
    assert Received.objects.count() == 1


def test_two_that_fetch_at_once_keep_each_mail_once(box: Mailbox, transactional_db: None) -> None:
    for n in range(12):
        box.put(written(subject=f"Surat {n}"))

    def work() -> None:
        try:
            fetch()
        finally:
            connection.close()

    both = [threading.Thread(target=work) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert Received.objects.count() == 12 and box.unread() == 0


def test_of_fifty_megabytes_too_much_only_the_headers_are_fetched(
    box: Mailbox, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MOST", 100_000)
    asked: list[str] = []
    real = fetching._asked
    monkeypatch.setattr(fetching, "_asked", lambda line, uid, what: asked.append(what) or real(line, uid, what))  # type: ignore[func-returns-value]
    box.put(written("x " * 80_000))
    fetch()
    assert asked == ["RFC822.SIZE", "BODY.PEEK[HEADER]"]
    assert len(bytes(Received.objects.get().files.get().locked)) < 5_000


def test_fifty_megabytes_within_the_limit_come_whole(box: Mailbox, db: None) -> None:
    box.put(written("halo", files=(("film.bin", "application/octet-stream", os.urandom(37 * 1024 * 1024)),)))
    fetch()
    assert len(bytes(Received.objects.get().files.get().locked)) > 50_000_000


def test_a_wrong_password_or_a_stranger_s_certificate_loses_nothing(
    box: Mailbox, db: None, settings: LazySettings
) -> None:
    box.put(written())
    settings.LAPOR_IMAP_CA = ""
    with pytest.raises(OSError, match="certificate"):
        fetch()
    settings.LAPOR_IMAP_CA = box.authority
    fetch()
    assert Received.objects.count() == 1


def test_a_mail_server_hands_over_and_is_asked_to_try_again_when_it_cannot_be_kept(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = written()
    for _ in range(2):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        call_command("mail", "take")
    assert Received.objects.count() == 1

    def away(*_args: object, **_fields: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("lapor.channels.inbox.take", away)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(written())))
    with pytest.raises(SystemExit) as ended:
        call_command("mail", "take", stderr=io.StringIO())
    assert ended.value.code == os.EX_TEMPFAIL


def test_without_a_mailbox_in_the_settings_nothing_is_asked(db: None) -> None:
    assert fetch() == 0
