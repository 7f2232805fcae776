"""Through the fake of X: posts that name us, by webhook or asked for, and direct messages."""

from __future__ import annotations

import json
from typing import Any

from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from lapor.channels import registry, standing
from lapor.channels.models import Received, Sending
from lapor.channels.sms import says
from lapor.channels.x import oauth
from lapor.lib.codes import show_code
from lapor.reports.models import Attachment, Report
from tests.channels.talking import WHOLE, later, work
from tests.fakes.server import Reply
from tests.fakes.x import KEYS, US, X, signed, too_many
from tests.samples import picture

ADDRESS = "/channels/x/"


def hand_in(said: Any, *, signature: str | None = None) -> HttpResponse:
    content = said if isinstance(said, bytes) else json.dumps(said).encode()
    headers = {"x-twitter-webhooks-signature": signed(content) if signature is None else signature}
    return Client().post(ADDRESS, content, content_type="application/json", headers=headers)  # type: ignore[return-value]


def ask(minutes: int = 0) -> None:
    """The worker asks what is new, and works."""
    registry.poll(now=later(minutes))
    work(later(minutes))


def test_the_signature_is_the_one_of_the_published_example() -> None:
    """https://docs.x.com/resources/fundamentals/authentication/oauth-1-0a/creating-a-signature"""
    keys = (
        "xvz1evFS4wEEPTGEFPHBog",
        "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
        "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
        "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
    )
    params = {"include_entities": "true", "status": "Hello Ladies + Gentlemen, a signed OAuth request!"}
    made = oauth.header(
        "POST",
        "https://api.twitter.com/1.1/statuses/update.json",
        params,
        keys=keys,
        nonce="kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
        at=1318622958,
    )
    assert 'oauth_signature="hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D"' in made


def test_x_enters_the_webhook_when_we_answer_its_question(bird: X) -> None:
    answer = Client().get(ADDRESS, {"crc_token": "tantangan"})
    assert answer.json() == {"response_token": signed(b"tantangan")}


def test_what_x_did_not_sign_is_refused(bird: X, settings: LazySettings) -> None:
    assert hand_in(bird.event(WHOLE), signature="sha256=x").status_code == 403
    assert hand_in(b" " * (1024 * 1024 + 1)).status_code == 413
    assert hand_in(b"{").status_code == 400 and hand_in(b"[]").status_code == 200
    settings.LAPOR_X_SECRET = ""
    assert (
        hand_in(bird.event(WHOLE)).status_code == 403 and Client().get(ADDRESS, {"crc_token": "x"}).status_code == 403
    )
    assert not Received.objects.exists()


def test_a_post_that_names_us_is_answered_with_a_link(bird: X) -> None:
    hand_in(bird.event(f"@lapor1708 {WHOLE}", number="1790"))
    work()
    path, said = bird.sent[0]
    assert path == "/2/tweets" and said["reply"] == {"in_reply_to_tweet_id": "1790"}
    assert "/lapor/?sambung=" in said["text"] and "Lampu" not in said["text"] and len(said["text"]) <= 280


def test_what_is_ours_is_passed_on_or_does_not_name_us_is_left_alone(bird: X) -> None:
    for event in (
        bird.event(WHOLE, sender=US),
        bird.event(WHOLE, names="1"),
        bird.event(WHOLE, retweeted_status={"id": 1}),
    ):
        assert hand_in(event).status_code == 200
    assert not Received.objects.exists()


def test_a_direct_message_is_a_talk(bird: X) -> None:
    hand_in(bird.message(WHOLE))
    work()
    path, said = bird.sent[0]
    assert path == "/2/dm_conversations/with/5500001/messages" and show_code(Report.objects.get().code) in said["text"]


def test_posts_are_asked_for_page_by_page_from_where_reading_stopped(bird: X) -> None:
    bird.named_by("Sebelum saluran ini ada: jalan rusak di depan pasar")
    ask()
    assert not Received.objects.exists()
    for number in range(5):
        bird.named_by(f"{WHOLE} {number}", sender=f"55{number}")
    ask(2)
    ask(4)
    assert len(bird.sent) == Received.objects.count() == 5
    assert standing.cursor("x") == bird.posts[-1]["id"]
    assert [said["reply"]["in_reply_to_tweet_id"] for _path, said in bird.sent] == [one["id"] for one in bird.posts[1:]]


def test_the_very_first_post_that_names_us_is_heard(bird: X) -> None:
    ask()
    bird.named_by(WHOLE)
    ask(2)
    assert len(bird.sent) == 1


def test_a_post_that_came_by_the_webhook_too_is_answered_once(bird: X) -> None:
    ask()
    number = bird.named_by(WHOLE)
    hand_in(bird.event(WHOLE, number=number))
    ask(2)
    assert len(bird.sent) == 1


def test_what_breaks_off_between_pages_is_asked_for_again(bird: X) -> None:
    ask()
    for number in range(3):
        bird.named_by(WHOLE, sender=f"55{number}")
    bird.fail(Reply(body={"data": []}, cut=True))
    ask(2)
    assert not bird.sent
    ask(4)
    assert len(bird.sent) == 3


def test_too_many_calls_wait_until_x_counts_anew(bird: X) -> None:
    hand_in(bird.message("BANTUAN"))
    bird.fail(too_many(600))
    work()
    row = Sending.objects.get()
    assert row.next_try_at is not None and 9 < (row.next_try_at - timezone.now()).total_seconds() / 60 <= 10
    work(later(11))
    assert len(bird.sent) == 1


def test_keys_that_are_not_taken_any_more_wait_for_a_person(bird: X) -> None:
    bird.keys = ("lain", *KEYS[1:])
    hand_in(bird.message("BANTUAN"))
    ask()
    ask(1)
    assert set(standing.refusing()) == {"x"} and Sending.objects.get().attempts == 0
    asked = len(bird.calls)
    registry.poll(now=later(2))
    assert len(bird.calls) == asked, "nor is it asked again at once"
    bird.keys = KEYS
    ask(20)
    assert len(bird.sent) == 1 and not standing.refusing()


def test_without_keys_the_channel_is_off(bird: X, settings: LazySettings) -> None:
    settings.LAPOR_X_TOKEN = ""
    ask()
    assert not bird.calls and not registry.GATEWAYS["x"].is_set_up()


def test_a_picture_of_a_direct_message_is_kept_with_the_report(bird: X) -> None:
    hand_in(bird.picture(picture(), WHOLE))
    work()
    report = Report.objects.get()
    assert "t.co" not in report.text and Attachment.objects.get().report == report


def test_our_signature_goes_to_nobody_whom_a_message_names(bird: X) -> None:
    for number, host in enumerate(("https://jahat.example", f"{bird.url}.jahat.example", f"{bird.url}@jahat.example")):
        hand_in(bird.picture(picture(), host=host, sender=f"55000{number}"))
    hand_in(bird.picture(picture(), kind="video", sender="5500009"))
    work()
    assert [said["text"] for _path, said in bird.sent] == [says.UNKNOWN_KIND] * 4
    assert not Attachment.objects.exists() and not [call for call in bird.calls if "/ton/" in call.path]


def test_a_picture_that_is_gone_is_told(bird: X) -> None:
    said = bird.picture(picture(), WHOLE)
    bird.pictures.clear()
    hand_in(said)
    work()
    assert "Kode" in bird.sent[0][1]["text"] and bird.sent[1][1]["text"] == says.FILE_REFUSED
