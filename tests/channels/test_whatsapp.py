"""Through the fake of the Cloud API: messages, pictures, the day within which one may write freely, and what arrived."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from lapor.channels import inbox, registry, standing
from lapor.channels.base import Incoming
from lapor.channels.models import Received, Sending, Talk
from lapor.channels.sms import says
from lapor.lib.codes import show_code
from lapor.notify import send as notify_send
from lapor.reports import actions
from lapor.reports.models import Attachment, Author, Channel, Message, Report, Visibility
from tests.cast import ANSWER, Stage, to_answered
from tests.channels.talking import SHORT, WHOLE, in_tables, later, work
from tests.channels.talking import said as text_of
from tests.fakes.graph import NUMBER_ID, WORD, Graph, failed, raw_of, signed
from tests.fakes.server import Reply
from tests.notify.test_queue import read_all
from tests.samples import picture

ADDRESS = "/channels/whatsapp/"
NUMBER = "+6281200000001"


def hand_in(said: Any, *, signature: str | None = None) -> HttpResponse:
    content = said if isinstance(said, bytes) else raw_of(said)
    headers = {"X-Hub-Signature-256": signed(content) if signature is None else signature}
    return Client().post(ADDRESS, content, content_type="application/json", headers=headers)  # type: ignore[return-value]


def words(meta: Graph) -> list[str]:
    """What was said in free text, in order."""
    return [said["text"]["body"] for _path, said in meta.sent if said["type"] == "text"]


def write(meta: Graph, said: Any) -> list[str]:
    """A person writes; what they are told."""
    before = len(words(meta))
    assert hand_in(said).status_code == 200
    work()
    return words(meta)[before:]


def by_sms(text: str) -> None:
    """The same person writes an SMS."""
    now = timezone.now()
    inbox.take(Incoming(channel="sms", external_id=f"s{now.timestamp()}", sender=NUMBER, text=text, came_at=now))
    registry.read(now=now)


def test_meta_enters_the_webhook_with_the_word(meta: Graph) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": WORD, "hub.challenge": "1158201444"}
    assert Client().get(ADDRESS, asked).content == b"1158201444"
    assert Client().get(ADDRESS, asked | {"hub.verify_token": "tebakan"}).status_code == 403


def test_without_a_word_in_the_settings_no_webhook_is_entered(meta: Graph, settings: LazySettings) -> None:
    settings.LAPOR_META_WORD = ""
    assert Client().get(ADDRESS, {"hub.mode": "subscribe", "hub.verify_token": ""}).status_code == 403


@pytest.mark.parametrize("signature", ["", "sha256=", "sha256=" + "0" * 64, "sha1=abc", "é"], ids=ascii)
def test_what_meta_did_not_sign_is_refused(meta: Graph, signature: str) -> None:
    assert hand_in(meta.whatsapp(WHOLE), signature=signature).status_code == 403
    assert not Received.objects.exists()


def test_a_signature_made_without_a_secret_is_refused(meta: Graph, settings: LazySettings) -> None:
    settings.LAPOR_META_SECRET = ""
    content = raw_of(meta.whatsapp(WHOLE))
    assert hand_in(content, signature=signed(content, "")).status_code == 403


def test_the_signature_is_over_the_bytes_as_they_came(meta: Graph) -> None:
    said = meta.whatsapp("Lampu jalan di Samarinda Utara mati – “gelap” – sejak kemarin 😀")
    assert b"\\u201c" in raw_of(said)
    assert hand_in(raw_of(said)).status_code == 200
    assert hand_in(raw_of(said).replace(b"gelap", b"terang"), signature=signed(raw_of(said))).status_code == 403


def test_a_huge_body_is_refused(meta: Graph) -> None:
    assert hand_in(b" " * (1024 * 1024 + 1)).status_code == 413


@pytest.mark.parametrize(
    "content",
    [b"[]", b'{"entry": 7}', b'{"entry": [{"changes": [null, {"value": {"messages": {}}}]}]}'],
    ids=["list", "number", "none"],
)
def test_shapes_that_nobody_promised_break_nothing(meta: Graph, content: bytes) -> None:
    assert hand_in(content).status_code == 200
    assert hand_in(b"{").status_code == 400


def test_messages_to_another_number_of_the_same_app_are_not_ours(meta: Graph) -> None:
    said = json.loads(raw_of(meta.whatsapp(WHOLE)).replace(NUMBER_ID.encode(), b"999"))
    assert hand_in(said).status_code == 200
    assert not Received.objects.exists()


def test_a_message_becomes_a_report_and_is_answered_in_the_same_chat(meta: Graph) -> None:
    (answer,) = write(meta, meta.whatsapp(WHOLE))
    report = Report.objects.get()
    assert report.channel == Channel.WHATSAPP and show_code(report.code) in answer
    path, said = meta.sent[0]
    assert path == f"{NUMBER_ID}/messages" and said["to"] == NUMBER[1:]


def test_a_webhook_that_is_sent_again_changes_nothing(meta: Graph) -> None:
    said = meta.whatsapp(WHOLE)
    for _ in range(3):
        write(meta, said)
    assert Report.objects.count() == len(meta.sent) == 1


def test_several_messages_of_one_call_are_read_in_order(meta: Graph) -> None:
    first, second = meta.whatsapp("lampu jalan mati gelap sekali pak tolong"), meta.whatsapp("samarinda utara")
    messages = first["entry"][0]["changes"][0]["value"]["messages"]
    messages += second["entry"][0]["changes"][0]["value"]["messages"]
    assert write(meta, first) == [says.ASK_WHERE, says.ASK_WHEN]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("audio", {"id": "1"}),
        ("sticker", {"id": "1"}),
        ("contacts", []),
        ("unsupported", {}),
        ("order", {"catalog_id": "1"}),
        ("sesuatu_yang_baru", None),
    ],
    ids=["audio", "sticker", "contacts", "unsupported", "order", "new"],
)
def test_other_kinds_of_messages_are_answered_kindly(meta: Graph, kind: str, content: Any) -> None:
    assert write(meta, meta.whatsapp(type=kind, **{kind: content})) == [says.UNKNOWN_KIND]


def test_a_reaction_is_kept_and_wants_no_answer(meta: Graph) -> None:
    assert write(meta, meta.whatsapp(type="reaction", reaction={"emoji": "👍", "message_id": "x"})) == []
    assert Received.objects.get().state == "done"


def test_what_a_button_says_is_what_the_person_says(meta: Graph) -> None:
    said = meta.whatsapp(
        type="interactive", interactive={"type": "button_reply", "button_reply": {"id": "1", "title": "BANTUAN"}}
    )
    assert write(meta, said) == [says.HELP]


def test_one_person_begins_by_sms_adds_a_picture_by_whatsapp_and_reads_the_answer_on_the_web(
    meta: Graph, stage: Stage, client: Client
) -> None:
    by_sms(f"RAHASIA {WHOLE}")
    report = Report.objects.get()
    pin = text_of(Sending.objects.get()).split("PIN ")[1][:9]
    assert write(meta, meta.picture(picture())) == [says.ADDED.format(code=show_code(report.code))]
    assert write(meta, meta.whatsapp("STATUS"))[0].startswith(f"Laporan {show_code(report.code)}")
    to_answered(stage, report, now=timezone.now())
    assert "tidak dikirim lewat pesan" in write(meta, meta.whatsapp("BACA"))[0], "as secret here as there"
    page = client.post("/lacak/", {"code": report.code, "pin": pin}, follow=True).content.decode()
    assert ANSWER in page and "foto-1.jpg" in page
    report.refresh_from_db()
    assert Report.objects.count() == 1 and report.visibility == Visibility.CONFIDENTIAL
    assert Message.objects.get(report=report, author=Author.REPORTER).attachments.count() == 1


def test_what_was_begun_by_sms_goes_on_by_whatsapp_and_back(meta: Graph) -> None:
    by_sms(f"RAHASIA {SHORT}")
    assert write(meta, meta.picture(picture())) == [says.ASK_WHEN], "the question where was asked by SMS"
    assert not Talk.objects.get(channel="sms").is_open
    by_sms("samarinda utara, sejak tiga hari lalu")
    report = Report.objects.get()
    assert (report.channel, report.visibility, report.region_id) == (Channel.SMS, Visibility.CONFIDENTIAL, "64.72.05")
    assert SHORT in report.text and report.attachments.count() == 1
    assert not Talk.objects.filter(is_open=True).exists()


def test_what_another_number_began_stays_there(meta: Graph) -> None:
    by_sms(SHORT)
    write(meta, meta.whatsapp("samarinda utara", sender="6281200000002"))
    assert [talk.is_open for talk in Talk.objects.order_by("pk")] == [True, True]
    assert not Report.objects.exists()


def test_another_number_adds_with_code_and_pin(meta: Graph) -> None:
    by_sms(WHOLE)
    report = Report.objects.get()
    answer = Sending.objects.order_by("pk").first()
    assert answer is not None
    pin = text_of(answer).split("PIN ")[1][:9]
    other = {"sender": "6281200000002"}
    assert "tidak cocok" in write(meta, meta.whatsapp(f"BALAS {report.code} ini fotonya", **other))[0]
    assert not Message.objects.exists()
    write(meta, meta.picture(picture(), caption=f"BALAS {report.code} {pin} ini fotonya", **other))
    assert Message.objects.get(report=report).attachments.count() == 1


def test_a_foreign_number_can_report_and_finds_its_own(meta: Graph) -> None:
    write(meta, meta.whatsapp(WHOLE, sender="14155550100"))
    report = Report.objects.get()
    assert show_code(report.code) in write(meta, meta.whatsapp("STATUS", sender="14155550100"))[0]
    assert says.NONE.format(word="STATUS") in write(meta, meta.whatsapp("STATUS", sender="14155550101"))
    assert meta.sent[0][1]["to"] == "14155550100"


def test_a_picture_that_is_gone_is_told_and_its_words_are_a_report(meta: Graph) -> None:
    said = meta.picture(picture(), caption=WHOLE)
    meta.files.clear()
    answers = write(meta, said)
    assert "Kode" in answers[0] and answers[1] == says.FILE_REFUSED and not Attachment.objects.exists()


def test_the_token_is_shown_to_no_other_host(meta: Graph) -> None:
    said = meta.picture(picture(), caption=WHOLE)
    meta.fail(Reply(body={"url": "https://cdn.contoh.invalid/x"}))
    answers = write(meta, said)
    assert answers[1] == says.FILE_REFUSED


def news(meta: Graph, stage: Stage, *, after: timedelta) -> dict[str, Any]:
    """A report by WhatsApp whose reporter wrote so long ago is put on hold; what they are sent."""
    write(meta, meta.whatsapp(WHOLE))
    Received.objects.update(came_at=timezone.now() - after)
    admin, report = stage.officer("admin"), Report.objects.get()
    actions.hold(report_id=report.pk, question="Di tiang nomor berapa?", actor=admin, now=timezone.now())
    read_all()
    notify_send.deliver(now=later())
    work(later())
    assert len(meta.sent) == 2
    return meta.sent[-1][1]


def test_within_a_day_news_are_told_freely_by_the_same_channel(meta: Graph, stage: Stage) -> None:
    said = news(meta, stage, after=timedelta(hours=23))
    assert said["type"] == "text" and "BACA" in said["text"]["body"] and "tiang" not in said["text"]["body"]


def test_after_a_day_a_template_without_content_is_sent(meta: Graph, stage: Stage) -> None:
    said = news(meta, stage, after=timedelta(hours=25))
    assert said["type"] == "template" and said["template"] == {"name": "kabar_laporan", "language": {"code": "id"}}


def test_when_the_service_says_that_the_day_is_over_the_template_is_sent(meta: Graph) -> None:
    meta.fail(failed(131047))
    assert write(meta, meta.whatsapp("BANTUAN")) == []
    assert meta.sent[-1][1]["type"] == "template" and Sending.objects.get().state == "sent"


def test_without_a_template_nobody_is_written_to_after_a_day(meta: Graph, settings: LazySettings) -> None:
    settings.LAPOR_WHATSAPP_TEMPLATE = ""
    meta.fail(failed(131047))
    write(meta, meta.whatsapp("BANTUAN"))
    assert Sending.objects.get().state == "failed"


def test_with_whatsapp_off_its_reporters_are_told_by_sms(meta: Graph, stage: Stage, settings: LazySettings) -> None:
    write(meta, meta.whatsapp(WHOLE))
    settings.LAPOR_WHATSAPP_TOKEN = ""
    admin, report = stage.officer("admin"), Report.objects.get()
    actions.hold(report_id=report.pk, question="Di tiang nomor berapa?", actor=admin, now=timezone.now())
    settings.LAPOR_KANNEL_URL = "http://127.0.0.1:9/"
    read_all()
    notify_send.deliver(now=later())
    assert Sending.objects.latest("pk").channel == Channel.SMS


@pytest.mark.parametrize(
    ("fault", "state", "attempts"),
    [
        (failed(190, 401), "queued", 0),
        (failed(131031, 403), "queued", 0),
        (failed(200, 403), "queued", 0),
        (failed(130429, 429), "queued", 1),
        (failed(4, 400), "queued", 1),
        (failed(131056, 400), "queued", 1),
        (Reply(500, b"<html>"), "queued", 1),
        (failed(2, 503), "queued", 1),
        (failed(131026), "failed", 1),
        (failed(100), "failed", 1),
        (Reply(400, {"error": "?"}), "failed", 1),
    ],
    ids=[
        "expired",
        "locked",
        "permission",
        "rate",
        "calls",
        "pair",
        "page",
        "service",
        "no-whatsapp",
        "invalid",
        "other",
    ],
)
def test_what_an_error_means_for_a_message(meta: Graph, fault: Reply, state: str, attempts: int) -> None:
    hand_in(meta.whatsapp("BANTUAN"))
    meta.fail(fault)
    work()
    row = Sending.objects.get()
    assert (row.state, row.attempts) == (state, attempts)
    assert bool(standing.refusing()) == (attempts == 0)


def test_after_a_new_token_what_waited_is_sent(meta: Graph) -> None:
    meta.tokens.clear()
    hand_in(meta.whatsapp("BANTUAN"))
    for days in range(5):
        work(later(60 * 24 * days))
    meta.tokens.add("EAAuji")
    work(later(60 * 24 * 6))
    assert len(meta.sent) == 1 and not standing.refusing()


@pytest.mark.parametrize(
    ("told", "state"), [("sent", "sent"), ("delivered", "arrived"), ("read", "arrived"), ("failed", "failed")], ids=str
)
def test_what_became_of_a_message_is_noted(meta: Graph, told: str, state: str) -> None:
    write(meta, meta.whatsapp("BANTUAN"))
    reference = meta.sent[0][1]["biz_opaque_callback_data"]
    for unknown in ("", "x", "9" * 30, str(int(reference) + 7)):
        assert hand_in(meta.status(unknown, told)).status_code == 200
    assert Sending.objects.get().state == "sent"
    hand_in(meta.status(reference, told))
    assert Sending.objects.get().state == state


def test_neither_number_nor_words_stand_in_clear(meta: Graph) -> None:
    theirs = "wamid.HBgNNjI4MTIwMDAwMDAwMRUCABEYEjgx"  # "6281200000001" in base64, as the service makes them
    write(meta, meta.whatsapp(f"RAHASIA {WHOLE}", theirs=theirs))
    everything = in_tables() + str(list(Report.objects.values_list("external_id")))
    assert "81200000001" not in everything and "HBgN" not in everything and "Lampu" not in everything
