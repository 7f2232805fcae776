"""Through the fake of the Bot API: what a chat sends reaches the report, and what is said reaches the chat."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from lapor.channels import http, registry, standing
from lapor.channels.base import NotNow
from lapor.channels.models import Received, ReceivedFile, Sending
from lapor.channels.sms import says
from lapor.lib.codes import show_code
from lapor.lib.files import MAX_BYTES
from lapor.notify import send as notify_send
from lapor.reports import actions
from lapor.reports.models import Attachment, Channel, Message, Report
from tests.cast import Stage
from tests.channels.talking import SHORT, WHOLE, in_tables, later, work
from tests.fakes.server import Reply
from tests.fakes.telegram import TOKEN, Telegram, too_many
from tests.notify.test_queue import read_all
from tests.samples import picture

ADDRESS = "/channels/telegram/"
CHAT = "700001"


def hand_in(said: Any, *, word: str = "kata-uji") -> HttpResponse:
    content = said if isinstance(said, bytes) else json.dumps(said).encode()
    headers = {"X-Telegram-Bot-Api-Secret-Token": word}
    return Client().post(ADDRESS, content, content_type="application/json", headers=headers)  # type: ignore[return-value]


def write(bot: Telegram, text: str = "", **more: Any) -> list[str]:
    """A person writes; what the chat is told."""
    before = len(bot.sent)
    assert hand_in(bot.update(text, **more)).status_code == 200
    work()
    return [one["text"] for one in bot.sent[before:]]


def show(bot: Telegram, content: bytes, **more: Any) -> list[str]:
    """A person sends a picture; what the chat is told."""
    before = len(bot.sent)
    assert hand_in(bot.photo(content, **more)).status_code == 200
    work()
    return [one["text"] for one in bot.sent[before:]]


def test_a_chat_ends_in_a_report_of_this_account(bot: Telegram) -> None:
    assert write(bot, "/start") == [says.HELP]
    assert write(bot, SHORT) == [says.ASK_WHERE]
    assert write(bot, "samarinda utara") == [says.ASK_WHEN]
    (answer,) = write(bot, "kemarin malam")
    report = Report.objects.get()
    assert show_code(report.code) in answer and "SMS" not in answer
    assert (report.channel, report.region_id) == (Channel.TELEGRAM, "64.72.05")
    assert "menunggu diperiksa" in write(bot, f"/status {report.code}")[0]
    assert "tidak cocok" in write(bot, f"STATUS {report.code}", sender=700002)[0], "of another account"


def test_a_picture_goes_with_the_report_in_the_making(bot: Telegram) -> None:
    assert show(bot, picture()) == [says.FILE_KEPT]
    write(bot, WHOLE)
    report = Report.objects.get()
    assert Attachment.objects.get(report=report).kind == "image"
    assert not ReceivedFile.objects.exists()


def test_pictures_that_come_after_filing_go_into_the_thread(bot: Telegram) -> None:
    show(bot, picture(), caption=WHOLE)
    report = Report.objects.get()
    (answer,) = show(bot, picture(size=(30, 30)))
    assert answer == says.ADDED.format(code=show_code(report.code))
    assert Attachment.objects.filter(report=report).count() == 2
    assert Message.objects.get(report=report).attachments.count() == 1


def test_a_picture_alone_is_a_report_after_some_hours(bot: Telegram) -> None:
    show(bot, picture())
    registry.finish(now=later(60 * 13))
    assert Attachment.objects.get().report == Report.objects.get()


def test_the_position_that_is_sent_is_that_of_the_report(bot: Telegram) -> None:
    write(bot, SHORT)
    write(bot, location={"latitude": -0.4801, "longitude": 117.1436})
    write(bot, "kemarin")
    assert str(Report.objects.get().latitude).startswith("-0.48")


@pytest.mark.parametrize("kind", ["sticker", "voice", "contact", "poll", "sesuatu_yang_baru"])
def test_other_kinds_of_messages_are_answered_kindly(bot: Telegram, kind: str) -> None:
    assert write(bot, "", **{kind: {"file_id": "x"}}) == [says.UNKNOWN_KIND]
    assert Received.objects.get().state == Received.State.DONE


def test_an_edited_message_is_kept_and_wants_no_answer(bot: Telegram) -> None:
    update = bot.update("lain")
    update["edited_message"] = update.pop("message")
    hand_in(update)
    work()
    assert Received.objects.get().state == "done" and not bot.sent


@pytest.mark.parametrize("chat_type", ["group", "supergroup", "channel"])
def test_groups_are_not_listened_to(bot: Telegram, chat_type: str) -> None:
    assert write(bot, WHOLE, chat_type=chat_type) == []
    assert not Received.objects.exists()


def test_a_webhook_that_is_sent_again_changes_nothing(bot: Telegram) -> None:
    update = bot.update(WHOLE)
    for _ in range(3):
        assert hand_in(update).status_code == 200
        work()
    assert Report.objects.count() == 1 and len(bot.sent) == 1


@pytest.mark.parametrize("word", ["", "tebakan"])
def test_who_does_not_know_the_word_hands_nothing_in(bot: Telegram, word: str) -> None:
    assert hand_in(bot.update(WHOLE), word=word).status_code == 403
    assert not Received.objects.exists()


def test_an_installation_without_a_word_takes_nothing(bot: Telegram, settings: LazySettings) -> None:
    settings.LAPOR_TELEGRAM_SECRET = ""
    assert hand_in(bot.update(WHOLE), word="").status_code == 403


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        (b"[" * 100_000, 400),
        (b"\xff\xfe", 400),
        (b"[]", 200),
        (b"7", 200),
        (b'{"message": []}', 200),
        (b'{"message": {"from": {"id": "x"}, "chat": {"id": "x", "type": "private"}, "message_id": 1}}', 200),
        (b'{"message": {"from": 1, "chat": null}}', 200),
        (b" " * (1024 * 1024 + 1), 413),
    ],
    ids=["cut", "deep", "bytes", "list", "number", "no-object", "wrong-id", "wrong-types", "huge"],
)
def test_what_is_no_message_is_refused_and_breaks_nothing(bot: Telegram, content: bytes, status: int) -> None:
    assert hand_in(content).status_code == status
    assert not Received.objects.exists()


@pytest.mark.parametrize("date", [0, -1, 10**18, "x", None], ids=str)
def test_a_clock_that_is_wrong_is_not_believed(bot: Telegram, date: Any) -> None:
    update = bot.update(WHOLE)
    update["message"]["date"] = date
    hand_in(update)
    assert Received.objects.get().came_at <= timezone.now()


def test_a_file_that_is_gone_is_told_and_loses_nothing_else(bot: Telegram) -> None:
    update = bot.photo(picture(), caption=WHOLE)
    bot.files.clear()
    hand_in(update)
    work()
    assert "Kode" in bot.sent[0]["text"] and bot.sent[1]["text"] == says.FILE_REFUSED
    assert Report.objects.count() == 1 and not Attachment.objects.exists()


@pytest.mark.parametrize("content", [b"", b"MZ program", b"x" * (MAX_BYTES + 1)], ids=["empty", "program", "huge"])
def test_a_file_that_cannot_be_taken_is_told_kindly(bot: Telegram, content: bytes) -> None:
    answers = show(bot, content, caption=WHOLE)
    assert "Kode" in answers[0] and answers[1] == says.FILE_REFUSED


def test_a_file_is_asked_for_again_and_those_after_it_wait_their_turn(bot: Telegram) -> None:
    hand_in(bot.photo(picture(), caption=SHORT))
    hand_in(bot.update("samarinda utara"))
    bot.fail(Reply(502, b"<html>"))
    work()
    assert not bot.sent
    work(later(2))
    assert [one["text"] for one in bot.sent] == [says.ASK_WHERE, says.ASK_WHEN]
    assert Attachment.objects.count() == 1


def test_a_file_that_never_comes_does_not_hold_its_message_for_ever(bot: Telegram) -> None:
    hand_in(bot.photo(picture(), caption=WHOLE))
    bot.fail(*[Reply(500)] * 3)
    for minutes in (0, 2, 9):
        work(later(minutes))
    assert Report.objects.count() == 1 and bot.sent[1]["text"] == says.FILE_REFUSED


def test_too_many_messages_wait_as_long_as_the_service_says(bot: Telegram) -> None:
    for sender in (700001, 700002):
        hand_in(bot.update("BANTUAN", sender=sender))
    bot.fail(too_many(300))
    work()
    assert not bot.sent, "nor is the next one sent at once"
    first = Sending.objects.order_by("pk")[0]
    assert first.next_try_at is not None and first.next_try_at > later(4)
    work(later(6))
    assert len(bot.sent) == 2


def test_who_blocked_the_bot_is_given_up_at_once(bot: Telegram) -> None:
    bot.blocked.add(CHAT)
    write(bot, "BANTUAN")
    assert Sending.objects.get().state == Sending.State.FAILED


@pytest.mark.parametrize(
    "fault", [Reply(500), Reply(200, {"ok": True}, cut=True), Reply(503, b"<html>")], ids=["500", "cut", "page"]
)
def test_a_service_in_trouble_is_no_fault_of_the_message(bot: Telegram, fault: Reply) -> None:
    hand_in(bot.update("BANTUAN"))
    bot.fail(fault)
    work()
    work(later(2))
    row = Sending.objects.get()
    assert row.state == Sending.State.SENT and len(bot.sent) <= 1


def test_a_service_that_is_too_slow_is_tried_again(bot: Telegram, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "PATIENCE", 0.1)
    hand_in(bot.update("BANTUAN"))
    bot.fail(Reply(slow=0.5))
    work()
    assert Sending.objects.get().state == Sending.State.QUEUED


def test_with_a_token_that_expired_messages_wait_for_a_person_and_none_is_lost(bot: Telegram) -> None:
    bot.token = "lain"
    hand_in(bot.update("BANTUAN"))
    for hours in range(0, 48, 6):
        work(later(60 * hours))
    row = Sending.objects.get()
    assert (row.state, row.attempts) == (Sending.State.QUEUED, 0)
    assert set(standing.refusing()) == {"telegram"}
    bot.token = TOKEN
    work(later(60 * 48))
    assert len(bot.sent) == 1 and not standing.refusing()


def test_a_channel_without_a_token_is_off(bot: Telegram, settings: LazySettings) -> None:
    settings.LAPOR_TELEGRAM_TOKEN = ""
    assert not registry.GATEWAYS["telegram"].is_set_up()
    assert write(bot, "BANTUAN") == []


def test_news_come_by_the_same_chat_and_tell_nothing_of_a_secret(bot: Telegram, stage: Stage) -> None:
    write(bot, f"RAHASIA {WHOLE}")
    report = Report.objects.get()
    actions.hold(
        report_id=report.pk, question="Di tiang nomor berapa?", actor=stage.officer("admin"), now=timezone.now()
    )
    read_all()
    notify_send.deliver(now=later())
    work(later())
    news = bot.sent[-1]
    assert news["chat_id"] == CHAT and show_code(report.code) in news["text"] and len(bot.sent) == 2
    assert "tiang" not in news["text"] and "keterangan" not in news["text"]


def test_who_wrote_stop_gets_no_news(bot: Telegram, stage: Stage) -> None:
    write(bot, WHOLE)
    write(bot, "STOP")
    report = Report.objects.get()
    actions.hold(
        report_id=report.pk, question="Di tiang nomor berapa?", actor=stage.officer("admin"), now=timezone.now()
    )
    read_all()
    notify_send.deliver(now=later())
    work(later())
    assert len(bot.sent) == 2


def test_neither_account_nor_words_stand_in_clear(bot: Telegram) -> None:
    write(bot, f"RAHASIA {WHOLE}")
    everything = in_tables() + str(list(Report.objects.values_list("external_id")))
    assert CHAT not in everything and "Lampu" not in everything


def test_no_token_stands_in_an_error_or_in_the_log(
    bot: Telegram, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    gateway = registry.GATEWAYS["telegram"]
    with caplog.at_level(logging.INFO):
        gateway.send(to="telegram:1", text="kata-rahasia", reference=1)
        settings.LAPOR_TELEGRAM_URL = "http://127.0.0.1:9"
        with pytest.raises(NotNow) as raised:
            gateway.send(to="telegram:1", text="kata-rahasia", reference=1)
    assert bot.sent
    assert TOKEN not in repr(raised.value) + caplog.text and raised.value.__cause__ is None
