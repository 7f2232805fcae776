"""Through the fake of the Graph API: private messages to a page and to Instagram, and comments in public."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from lapor.channels import invitations, postback, registry, standing
from lapor.channels.models import Invitation, Received, Sending
from lapor.channels.sms import says
from lapor.lib.codes import show_code
from lapor.reports.models import Attachment, Channel, Event, Report, Visibility
from tests.cast import Stage, to_answered
from tests.channels.talking import SHORT, WHOLE, in_tables, later, work
from tests.fakes.graph import INSTAGRAM_ID, PAGE_ID, WORD, Graph, failed, raw_of, signed
from tests.samples import picture

ADDRESS = "/channels/meta/"
BOTH = pytest.mark.parametrize(
    ("of", "channel"), [("page", "facebook"), ("instagram", "instagram")], ids=["page", "instagram"]
)


def hand_in(said: Any, *, signature: str | None = None) -> HttpResponse:
    content = said if isinstance(said, bytes) else raw_of(said)
    headers = {"X-Hub-Signature-256": signed(content) if signature is None else signature}
    return Client().post(ADDRESS, content, content_type="application/json", headers=headers)  # type: ignore[return-value]


def comment(meta: Graph, text: str = f"@lapor1708 {WHOLE}", **more: Any) -> str:
    """Somebody comments in public; what is said below it."""
    before = len(meta.sent)
    assert hand_in(meta.comment(text, **more)).status_code == 200
    work()
    return "".join(said["message"] for _path, said in meta.sent[before:])


def follow(client: Client, answer: str, **more: str) -> str:
    """The one who commented follows the link, finds the own words there and sends the report; its code."""
    found = re.search(r"/lapor/\?sambung=([\w-]+)", answer)
    assert found is not None
    page = client.get("/lapor/", {"sambung": found[1]}).content.decode()
    assert WHOLE in page and f'name="sambung" value="{found[1]}"' in page
    key = re.search(r'name="key" value="([\w-]+)"', page)
    assert key is not None
    said = {
        "key": key[1],
        "sambung": found[1],
        "kind": "complaint",
        "text": WHOLE,
        "place_text": "Samarinda Utara",
        "region": "64.72.05",
    }
    said |= more
    review = client.post("/lapor/", said)
    assert review.status_code == 302, review.content.decode()
    assert client.post(review["Location"]).status_code == 200
    return Report.objects.latest("pk").code


def test_meta_enters_the_webhook_with_the_word_and_signs_what_it_sends(meta: Graph) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": WORD, "hub.challenge": "7"}
    assert Client().get(ADDRESS, asked).content == b"7"
    assert hand_in(meta.page(WHOLE), signature="sha256=" + "0" * 64).status_code == 403
    assert hand_in(b" " * (1024 * 1024 + 1)).status_code == 413
    assert (
        hand_in(b"{").status_code == 400
        and hand_in(b'{"object": "page", "entry": [{"messaging": 1}]}').status_code == 200
    )
    assert not Received.objects.exists()


@BOTH
def test_a_private_message_is_a_talk_that_ends_in_a_report(meta: Graph, of: str, channel: str) -> None:
    hand_in(meta.page(SHORT, of=of))
    hand_in(meta.page("samarinda utara", of=of))
    hand_in(meta.page("kemarin", of=of))
    for _ in range(3):
        work()
    report = Report.objects.get()
    path, said = meta.sent[-1]
    assert report.channel == channel and show_code(report.code) in said["message"]["text"]
    assert path == f"{PAGE_ID if of == 'page' else INSTAGRAM_ID}/messages" and said["recipient"] == {"id": "4400001"}


def test_a_picture_comes_with_a_private_message(meta: Graph) -> None:
    meta.files["foto.jpg"] = picture()
    part = {"type": "image", "payload": {"url": f"{meta.url}/cdn/foto.jpg"}}
    hand_in(meta.page(WHOLE, attachments=[part]))
    work()
    assert Attachment.objects.get().report == Report.objects.get()
    assert "Authorization" not in meta.calls[0].headers, "it needs no token, and gets none"


def test_a_file_on_another_host_is_not_fetched(meta: Graph) -> None:
    part = {"type": "image", "payload": {"url": "https://169.254.169.254/x.jpg"}}
    hand_in(meta.page(WHOLE, attachments=[part]))
    work()
    assert meta.sent[-1][1]["message"]["text"] == says.FILE_REFUSED


def test_what_we_said_ourselves_is_not_heard(meta: Graph) -> None:
    hand_in(meta.page(WHOLE, is_echo=True))
    hand_in(meta.page(WHOLE, sender=PAGE_ID))
    hand_in(meta.comment(WHOLE, sender=PAGE_ID))
    assert not Received.objects.exists()


@BOTH
def test_a_comment_is_answered_below_it_with_a_link_and_none_of_its_words(meta: Graph, of: str, channel: str) -> None:
    answer = comment(meta, of=of, number="2088_77")
    assert "/lapor/?sambung=" in answer and "Lampu" not in answer and len(answer) <= 280
    assert meta.sent[0][0] == f"2088_77/{'comments' if of == 'page' else 'replies'}"
    assert not Report.objects.exists(), "nothing is filed before its writer says so"


def test_the_same_comment_is_answered_once(meta: Graph) -> None:
    assert comment(meta, number="2088_7") and not comment(meta, number="2088_7")


@pytest.mark.parametrize(
    "text", ["", "Mantap min 👍", "@lapor1708 https://contoh.id/panjang-sekali-sekali", "up"], ids=range(4)
)
def test_a_comment_that_says_nothing_to_report_is_left_alone(meta: Graph, text: str) -> None:
    assert comment(meta, text) == ""
    assert Received.objects.get().state == "done"


def test_nobody_is_answered_again_and_again_in_public(meta: Graph) -> None:
    assert [bool(comment(meta)) for _ in range(4)] == [True, True, False, False]
    assert comment(meta, sender="4400002")


def test_what_began_in_public_is_answered_there_with_a_link_alone(
    meta: Graph, stage: Stage, client: Client, settings: LazySettings
) -> None:
    code = follow(client, comment(meta, number="2088_9"))
    report = Report.objects.get(code=code)
    assert (report.channel, report.external_id) == (Channel.FACEBOOK, "")
    to_answered(stage, report, now=timezone.now())
    postback.consume(list(Event.objects.filter(report=report).select_related("report")))
    work(later())
    path, said = meta.sent[-1]
    assert path == "2088_9/comments" and said["message"] == postback.ANSWERED.format(
        link=f"{settings.LAPOR_PUBLIC_URL}/laporan/{code}/"
    )


@pytest.mark.parametrize("secrecy", ["is_confidential", "is_anonymous"], ids=str)
def test_of_a_secret_report_nothing_leads_back_to_the_comment(
    meta: Graph, stage: Stage, client: Client, secrecy: str
) -> None:
    code = follow(client, comment(meta), **{secrecy: "on"})
    report = Report.objects.get(code=code)
    assert (report.channel, report.external_id) == (Channel.WEB, "")
    assert code not in in_tables() + str(list(Invitation.objects.values_list())) and invitations.origin_of(code) is None
    to_answered(stage, report, now=timezone.now())
    postback.consume(list(Event.objects.filter(report=report).select_related("report")))
    assert Sending.objects.count() == 1


def test_of_a_report_that_was_made_secret_later_nothing_is_said_in_public(
    meta: Graph, stage: Stage, client: Client
) -> None:
    report = Report.objects.get(code=follow(client, comment(meta)))
    to_answered(stage, report, now=timezone.now())
    Report.objects.filter(pk=report.pk).update(visibility=Visibility.CONFIDENTIAL)
    postback.consume(list(Event.objects.filter(report=report).select_related("report")))
    assert Sending.objects.count() == 1


def test_a_link_leads_to_one_report_and_ends_after_a_week(meta: Graph, client: Client) -> None:
    answer = comment(meta)
    follow(client, answer)
    token = answer.split("sambung=")[1].split()[0]
    again = client.get("/lapor/", {"sambung": token}).content.decode()
    assert WHOLE not in again and "sudah tidak berlaku" in again
    other = comment(meta).split("sambung=")[1].split()[0]
    Invitation.objects.update(made_at=timezone.now() - timedelta(days=8))
    assert WHOLE not in client.get("/lapor/", {"sambung": other}).content.decode()
    registry.forget(now=timezone.now() + timedelta(days=90))
    assert not Invitation.objects.exists()


def test_neither_the_words_nor_the_post_stand_in_clear(meta: Graph) -> None:
    comment(meta, number="2088_31415")
    everything = in_tables() + " ".join(bytes(row.box).decode("latin-1") for row in Invitation.objects.all())
    assert "2088_31415" not in everything and "4400001" not in everything and "Lampu" not in everything


@pytest.mark.parametrize(
    ("fault", "state", "is_ours"),
    [
        (failed(190, 401), "queued", True),
        (failed(10, 403, 2018278), "failed", False),
        (failed(10, 403), "queued", True),
        (failed(613), "queued", False),
    ],
    ids=["expired", "window", "permission", "rate"],
)
def test_what_an_error_means(meta: Graph, fault: Any, state: str, is_ours: bool) -> None:
    hand_in(meta.page("BANTUAN"))
    meta.fail(fault)
    work()
    assert Sending.objects.get().state == state and bool(standing.refusing()) == is_ours


def test_without_its_id_a_channel_is_off_and_takes_nothing(meta: Graph, settings: LazySettings) -> None:
    settings.LAPOR_INSTAGRAM_ID = ""
    assert not registry.GATEWAYS["instagram"].is_set_up() and registry.GATEWAYS["facebook"].is_set_up()
    hand_in(meta.page(WHOLE, of="instagram"))
    assert not Received.objects.exists()
