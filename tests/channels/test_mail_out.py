"""What goes out by mail, through a real connection: headers, refusals for now and for good, and how one stops it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.message import Message
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.test import Client

from lapor.agencies.reference import load_categories
from lapor.channels import outbox, registry
from lapor.channels.base import digest_of
from lapor.channels.mail import addresses, stops
from lapor.channels.mail.letter import Letter
from lapor.channels.mail.read import words_of
from lapor.channels.mail.take import take
from lapor.channels.models import Received, Sending
from lapor.notify import send as notify_send
from lapor.notify.models import Notice
from lapor.reports import actions
from lapor.reports.models import Report
from tests.cast import MONDAY, Stage, file_report, reporter, to_answered
from tests.channels.mails import ADDRESS, REPORTER, written
from tests.channels.postoffice import PostOffice, post_office
from tests.notify.test_queue import read_all

LATER = MONDAY + timedelta(days=1)


@pytest.fixture(scope="module")
def running() -> Iterator[PostOffice]:
    with post_office() as found:
        yield found


@pytest.fixture
def office(running: PostOffice, settings: LazySettings) -> PostOffice:
    running.says = "250 OK"
    running.taken.clear()
    running.senders.clear()
    settings.LAPOR_MAIL_ADDRESS = ADDRESS
    settings.DEFAULT_FROM_EMAIL = "LAPOR! <lapor@lapor.invalid>"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
    return running


def queue(**said: str) -> Sending:
    letter = Letter(subject=said.get("subject", "Uji"), body="Halo")
    outbox.queue(channel="email", to=REPORTER, text=letter.folded(), once="uji", now=MONDAY)
    registry.send(now=MONDAY)
    return Sending.objects.get()


def to_reporter(office: PostOffice) -> list[Message]:
    return [one for one in office.taken if one["To"] == REPORTER]


def test_a_mail_server_that_takes_it_has_sent_it(office: PostOffice, db: None) -> None:
    row = queue()
    assert (row.state, row.attempts) == ("sent", 1)
    assert office.senders == [addresses.comes_back_to("sending", row.pk)]
    assert office.taken[0]["From"] == "LAPOR! <lapor@lapor.invalid>"


@pytest.mark.parametrize("says", ["550 5.1.1 unknown", "554 5.7.1 no"], ids=["unknown", "no"])
def test_a_refusal_for_good_is_final(office: PostOffice, db: None, says: str) -> None:
    office.says = says
    row = queue()
    assert (row.state, row.last_error_class) == ("failed", "Refused")


@pytest.mark.parametrize("says", ["451 4.7.1 greylisted", "452 4.2.2 full"], ids=["greylisted", "full"])
def test_a_refusal_for_now_is_tried_again(office: PostOffice, db: None, says: str) -> None:
    office.says = says
    row = queue()
    assert (row.state, row.attempts) == ("queued", 1)
    office.says = "250 OK"
    registry.send(now=MONDAY + timedelta(minutes=2))
    row.refresh_from_db()
    assert row.state == "sent" and len(office.taken) == 1


def test_a_mail_server_that_is_away_is_tried_again(office: PostOffice, db: None, settings: LazySettings) -> None:
    settings.EMAIL_PORT = 1
    assert queue().state == "queued"


def test_a_line_break_in_a_subject_adds_no_header(office: PostOffice, db: None) -> None:
    row = queue(subject="Uji\nBcc: lain@uji.invalid")
    assert row.state == "failed" and not office.taken


def test_without_an_address_of_ours_nothing_is_sent(office: PostOffice, db: None, settings: LazySettings) -> None:
    settings.LAPOR_MAIL_ADDRESS = ""
    assert queue().attempts == 0


def test_all_mails_about_a_report_are_one_thread_that_takes_replies(office: PostOffice, stage: Stage) -> None:
    load_categories()
    take(written(message_id="<pertama@uji.invalid>"), now=MONDAY)
    registry.read(now=MONDAY)
    registry.send(now=MONDAY)
    report = Report.objects.get()
    to_answered(stage, report)
    read_all()
    notify_send.deliver(now=LATER)
    mine = to_reporter(office)
    root = addresses.message_id("report", report.pk)
    assert len(mine) == 3, "the answer, and that it was passed on and answered; that it came in is said in the answer"
    assert {one["References"].split()[0] for one in mine} == {root}
    assert {one["Reply-To"] for one in mine} == {addresses.reply_to(report.pk)}
    assert len({one["Message-ID"] for one in mine}) == 3
    assert [one["Auto-Submitted"] for one in mine] == ["auto-replied", "auto-generated", "auto-generated"]
    assert "Balas surat ini" in words_of(mine[1])
    assert report.code not in "".join(str(value) for one in mine for name, value in one.items() if name != "Subject")


def test_officers_mails_stay_as_they_are(office: PostOffice, stage: Stage) -> None:
    file_report(email=REPORTER)
    read_all()
    notify_send.deliver(now=LATER)
    theirs = [one for one in office.taken if one["To"] != REPORTER]
    assert theirs and not any(one["List-Unsubscribe"] or one["Reply-To"] for one in theirs)


def test_mails_about_a_secret_report_say_its_code_alone(office: PostOffice, stage: Stage) -> None:
    report, _ = file_report(email=REPORTER)
    actions.ask_secrecy(
        report_id=report.pk, is_anonymous=True, is_confidential=True, actor=reporter(report), now=MONDAY
    )
    to_answered(stage, report)
    read_all()
    notify_send.deliver(now=LATER)
    words = "".join(str(one["Subject"]) + words_of(one) for one in to_reporter(office))
    assert words and not any(word in words for word in ("Samarinda", "Dinas", "jalan", "Jalan", "berlubang"))


def stop_path(office: PostOffice) -> str:
    file_report(email=REPORTER)
    read_all()
    notify_send.deliver(now=LATER)
    (mine,) = to_reporter(office)
    assert mine["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return urlsplit(str(mine["List-Unsubscribe"]).split(">")[0].strip().strip("<")).path


def test_one_press_stops_all_notices_until_asked_for_again(office: PostOffice, stage: Stage) -> None:
    path, nobody = stop_path(office), Client(enforce_csrf_checks=True)
    assert "Berhenti menerima" in nobody.get(path).content.decode()
    assert not stops.is_stopped(digest_of(REPORTER)), "programs open addresses too"
    assert nobody.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert stops.is_stopped(digest_of(REPORTER))
    report, _ = file_report(email=REPORTER)
    read_all()
    before = len(office.taken)
    notify_send.deliver(now=LATER)
    assert not [one for one in office.taken[before:] if one["To"] == REPORTER]
    assert Notice.objects.get(report=report, audience="reporter").last_error_class == "NoAddress"
    assert "Kirim lagi pemberitahuan" in nobody.get(path).content.decode()
    nobody.post(path, {"again": "1"})
    assert not stops.is_stopped(digest_of(REPORTER))


@pytest.mark.parametrize("tag", ["a" * 26, "x", "4827193056"])
def test_a_made_up_tag_stops_nobody(stage: Stage, client: Client, tag: str) -> None:
    assert client.get(f"/berhenti/{tag}/").status_code == client.post(f"/berhenti/{tag}/").status_code == 404


def test_the_tag_of_a_report_does_not_stop_notices(stage: Stage, client: Client, settings: LazySettings) -> None:
    settings.LAPOR_MAIL_ADDRESS = ADDRESS
    report, _ = file_report(email=REPORTER)
    tag = addresses.reply_to(report.pk).partition("+")[2].partition("@")[0]
    assert client.post(f"/berhenti/{tag}/").status_code == 404


def test_nothing_of_a_letter_waits_in_clear(db: None, settings: LazySettings) -> None:
    queue()
    take(written(), now=MONDAY)
    rows = [bytes(row) for of in (Sending, Received) for row in of.objects.values_list("box", flat=True)]
    assert not any(REPORTER.encode() in row or b"Lampu" in row for row in rows)
