from __future__ import annotations

import smtplib
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import resolve
from django.utils import translation

from lapor.channels.base import digest_of
from lapor.channels.models import Sending, Talk
from lapor.channels.sms.says import MOST
from lapor.lib.codes import show_code
from lapor.notify import compose, send
from lapor.notify.models import Audience, Notice, NoticeState
from lapor.notify.table import TABLE
from lapor.notify.texts import GUARDED, GUARDED_SMS, SMS, TEXTS
from lapor.reports import actions
from lapor.reports.models import Report
from lapor.reports.submission import Accused
from lapor.vault.envelope import open_sealed
from tests.cast import MONDAY, TEXT, Stage, file_report, reporter, to_answered
from tests.notify.test_queue import read_all


def deliver(now: Any = MONDAY + timedelta(days=1)) -> int:
    return send.deliver(now=now)


def test_mail_says_what_happened_and_never_what_was_written(stage: Stage) -> None:
    report, receipt = file_report(email="pelapor@uji.invalid", name="Zulkarnaen Uji")
    to_answered(stage, report)
    read_all()
    deliver()
    mine = [sent for sent in mail.outbox if sent.to == ["pelapor@uji.invalid"]]
    assert [sent.subject for sent in mine] == [
        f"Laporan {show_code(report.code)} sudah kami terima",
        f"Laporan {show_code(report.code)} diteruskan",
        f"Laporan {show_code(report.code)} sudah dijawab",
    ]
    assert "Dinas PUPR Kota Samarinda" in mine[2].body
    assert "/lacak/" in mine[2].body
    everything = "".join(str(sent.message()) for sent in mail.outbox)
    for secret in (receipt.pin, TEXT, "Zulkarnaen", "Jalan berlubang", "tambal dengan aspal"):
        assert secret not in everything
    assert all(sent.message()["Auto-Submitted"] == "auto-generated" for sent in mail.outbox)
    assert set(Notice.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.parametrize("changes", [{"is_confidential": True}, {"is_anonymous": True}], ids=str)
def test_mail_about_a_guarded_report_says_only_that_there_is_something_to_read(
    stage: Stage, changes: dict[str, Any]
) -> None:
    file_report(email="pelapor@uji.invalid", **changes)
    read_all()
    deliver()
    assert len(mail.outbox) == 2
    for sent in mail.outbox:
        assert sent.subject in {str(text.subject) for text in GUARDED.values()}
        assert "Inspektorat" not in sent.body
        assert "Samarinda" not in sent.body


def test_news_of_a_sealed_report_wait_for_the_morning_and_reach_investigators_alone(stage: Stage) -> None:
    file_report(email="pelapor@uji.invalid", kind="whistleblowing")
    read_all()
    deliver(now=MONDAY + timedelta(hours=12))
    assert not mail.outbox, "the hour of a mail would tell when it was sent"
    deliver(now=MONDAY + timedelta(days=1))
    assert [sent.to for sent in mail.outbox] == [["investigator@uji.invalid"]]
    assert mail.outbox[0].subject in {str(text.subject) for text in GUARDED.values()}


def test_secrecy_asked_for_while_mail_waits_holds_for_that_mail(stage: Stage) -> None:
    report, _ = file_report(email="pelapor@uji.invalid")
    read_all()
    actions.ask_secrecy(
        report_id=report.pk, is_anonymous=False, is_confidential=True, actor=reporter(report), now=MONDAY
    )
    deliver()
    assert "Inspektorat" not in "".join(str(sent.body) for sent in mail.outbox)
    assert len(mail.outbox) == 2


def test_the_reporter_reads_their_own_language(stage: Stage) -> None:
    report, _ = file_report(email="pelapor@uji.invalid", language="en")
    read_all()
    notice = Notice.objects.get(audience="reporter")
    with translation.override("en"):
        expected = str(TEXTS["received"].subject).format(code=show_code(report.code))
    assert compose.compose(notice).subject == expected


def test_links_lead_to_pages_that_exist(stage: Stage) -> None:
    file_report(email="pelapor@uji.invalid")
    read_all()
    for notice in Notice.objects.all():
        link = next(word for word in compose.compose(notice).body.split() if word.startswith("http"))
        resolve(urlsplit(link).path)


def test_what_is_sent_is_not_sent_again(stage: Stage) -> None:
    file_report(email="pelapor@uji.invalid")
    read_all()
    assert deliver() == 2
    assert deliver(MONDAY + timedelta(days=9)) == 0


class Broken(EmailBackend):
    """A mail server that refuses with whatever the test asks for."""

    problem: Exception

    def send_messages(self, messages: Any) -> int:
        raise self.problem


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, stage: Stage) -> type[Broken]:
    monkeypatch.setattr("django.core.mail.get_connection", lambda: Broken())
    file_report(email="", phone="")  # one notice, to the administrator
    read_all()
    return Broken


def test_a_server_that_is_down_is_tried_again_later_and_given_up_in_the_end(broken: type[Broken]) -> None:
    broken.problem = ConnectionRefusedError("pelapor@uji.invalid")
    now = MONDAY
    for attempt in range(1, send.TRIES + 1):
        assert deliver(now) == 1
        notice = Notice.objects.get()
        assert notice.attempts == attempt
        assert deliver(now) == 0, "not before its time"
        now = now + timedelta(hours=4)
    assert (notice.state, notice.next_try_at, notice.last_error_class) == ("failed", None, "ConnectionRefusedError")
    assert deliver(now) == 0


def test_a_refused_address_is_not_tried_again(broken: type[Broken]) -> None:
    broken.problem = smtplib.SMTPRecipientsRefused({"admin@uji.invalid": (550, b"no such user")})
    deliver()
    assert Notice.objects.get().state == "failed"


def test_a_full_mailbox_is_tried_again(broken: type[Broken]) -> None:
    broken.problem = smtplib.SMTPRecipientsRefused({"admin@uji.invalid": (452, b"mailbox full")})
    deliver()
    assert Notice.objects.get().state == "queued"


def test_somebody_who_left_is_not_written_to(stage: Stage) -> None:
    file_report(email="", phone="")
    read_all()
    stage.people["admin"].is_active = False
    stage.people["admin"].save()
    deliver()
    notice = Notice.objects.get()
    assert (notice.state, notice.last_error_class) == ("failed", "NoAddress")
    assert mail.outbox == []


def test_an_address_is_kept_nowhere_but_in_the_vault(stage: Stage) -> None:
    report, _ = file_report(email="pelapor@uji.invalid")
    read_all()
    deliver()
    assert "pelapor@uji.invalid" not in str(list(Notice.objects.values()))
    assert Report.objects.get(pk=report.pk).identity_id is not None


def test_a_notice_to_whom_the_report_names_meanwhile_is_dropped_unsent(stage: Stage) -> None:
    report, _ = file_report(email="pelapor@uji.invalid")
    read_all()
    waiting = {notice.user for notice in Notice.objects.exclude(user=None)}
    assert waiting == {stage.people["admin"]}
    whom = Accused(agency_id=stage.city_inspectorate.pk)
    actions.accuse(report_id=report.pk, whom=whom, actor=reporter(report), now=MONDAY)
    read_all()
    deliver()
    told = {address for sent in mail.outbox for address in sent.to}
    assert told == {"pelapor@uji.invalid", "province_admin@uji.invalid"}
    assert not Notice.objects.filter(user=stage.people["admin"]).exists()


def test_who_left_only_a_telephone_is_told_by_sms_without_what_it_is_about(
    stage: Stage, settings: LazySettings
) -> None:
    settings.LAPOR_KANNEL_URL = "http://127.0.0.1:1/cgi-bin/sendsms"
    report, _receipt = file_report(phone="+6281200000001", email="", title="Lampu taman")
    to_answered(stage, report)
    read_all()
    send.deliver(now=MONDAY + timedelta(minutes=1), limit=50)
    said = [
        str(open_sealed(bytes(row.box), aad=f"sending:{row.once}")["text"]) for row in Sending.objects.order_by("pk")
    ]
    assert [show_code(report.code) in text for text in said] == [True, True, True]
    assert not any("Lampu" in text for text in said)
    assert all(len(text) <= MOST for text in said)


def test_who_asked_for_no_more_sms_gets_none(stage: Stage, settings: LazySettings) -> None:
    settings.LAPOR_KANNEL_URL = "http://127.0.0.1:1/cgi-bin/sendsms"
    file_report(phone="+6281200000001", email="")
    Talk.objects.create(channel="sms", sender=digest_of("+6281200000001"), box=b"", moved_at=MONDAY, is_stopped=True)
    read_all()
    send.deliver(now=MONDAY + timedelta(minutes=1), limit=50)
    assert not Sending.objects.exists()


def test_without_a_gateway_a_telephone_alone_waits_for_a_channel(stage: Stage) -> None:
    file_report(phone="+6281200000001", email="")
    read_all()
    assert Notice.objects.get(audience="reporter").state == NoticeState.NO_CHANNEL


def test_every_notice_to_a_reporter_has_words_for_a_telephone_that_fit() -> None:
    templates = {line.template for lines in TABLE.values() for line in lines if line.audience == Audience.REPORTER}
    assert set(SMS) == templates
    for text in (*SMS.values(), GUARDED_SMS):
        assert len(text.format(code="4827 193 056", link="https://www.lapor.go.id/lacak/")) <= MOST
