"""The operator's page of channels: what it tells, what it hides, and what a person can do about what failed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lapor.agencies.reference import load_categories
from lapor.audit.models import Entry
from lapor.channels import inbox, outbox, registry, standing
from lapor.channels.base import Incoming, Refused
from lapor.channels.kannel.send import Kannel
from lapor.channels.models import Received, Sending
from lapor.vault.envelope import open_sealed
from tests.backoffice.conftest import SignIn
from tests.cast import MONDAY, Stage

NUMBER = "+6281200000077"
TEXT = "Pak Kertonegoro Uji minta uang di puskesmas Samarinda Ulu sejak kemarin"


@pytest.fixture
def operator(stage: Stage, sign_in: SignIn) -> Client:
    load_categories()
    return sign_in("national")


@pytest.fixture
def gateway(settings: Any) -> None:
    """SMS is set up."""
    settings.LAPOR_KANNEL_URL = "http://127.0.0.1:9/cgi-bin/sendsms"
    settings.LAPOR_KANNEL_USER = settings.LAPOR_KANNEL_PASSWORD = settings.LAPOR_KANNEL_SECRET = "uji"


def page(client: Client) -> str:
    answer = client.get(reverse("backoffice:channels"))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def send(client: Client, act: str, key: Any, **fields: str) -> Any:
    return client.post(reverse(f"backoffice:{act}", args=[key]), fields)


def failed_in() -> Received:
    inbox.take(Incoming(channel="sms", external_id="rusak", sender=NUMBER, text=TEXT, came_at=MONDAY))
    Received.objects.update(state=Received.State.FAILED, next_try_at=None, attempts=5, why="tries")
    return Received.objects.get()


def failed_out() -> Sending:
    outbox.queue(channel="sms", to=NUMBER, text="Isi Kertonegoro", once="satu", now=MONDAY)
    Sending.objects.update(state=Sending.State.FAILED, next_try_at=None, attempts=6, last_error_class="Refused")
    return Sending.objects.get()


def test_a_channel_without_its_settings_is_shown_as_off(operator: Client) -> None:
    said = page(operator)
    assert "SMS 1708" in said[said.index("Mati, karena belum diberi pengaturan") :] and "Kirim pesan uji" not in said


def test_what_failed_is_told_without_number_or_words(operator: Client) -> None:
    came, went = failed_in(), failed_out()
    said = page(operator)
    assert reverse("backoffice:read_again", args=[came.pk]) in said
    assert reverse("backoffice:send_again", args=[went.pk]) in said
    assert "Refused" in said
    for secret in (NUMBER, NUMBER[3:], "Kertonegoro", "rusak"):
        assert secret not in said


def test_a_message_that_failed_is_read_again(operator: Client) -> None:
    row = failed_in()
    assert send(operator, "read_again", row.pk).status_code == 302
    registry.read(now=timezone.now())
    row.refresh_from_db()
    assert (row.state, Sending.objects.count()) == (Received.State.DONE, 1), "and its sender is answered"
    assert Entry.objects.latest("id").act == "office.read_again"


def test_one_is_given_up_with_a_reason_and_a_trace_and_its_words_are_not_read_any_more(operator: Client) -> None:
    row = failed_in()
    assert send(operator, "give_up_received", row.pk).status_code == 422, "a reason is asked for"
    assert send(operator, "give_up_received", row.pk, reason="Sudah ditelepon").status_code == 302
    row.refresh_from_db()
    assert row.state == Received.State.GIVEN_UP
    assert send(operator, "read_again", row.pk).status_code == 404
    assert Entry.objects.latest("id").reason == "Sudah ditelepon"
    assert "Tidak ada." in page(operator)


def test_what_was_not_sent_is_sent_again_one_by_one_or_all_of_a_channel(
    operator: Client, gateway: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = failed_out()
    send(operator, "send_again", row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (Sending.State.QUEUED, 0)

    def refuse(_self: Kannel, **_said: object) -> None:
        raise Refused

    monkeypatch.setattr(Kannel, "send", refuse)
    registry.send(now=timezone.now())
    assert Sending.objects.get().state == Sending.State.FAILED
    failed_in()
    send(operator, "channel_retry", "sms")
    assert Sending.objects.get().state == Sending.State.QUEUED
    assert Received.objects.get().state == Received.State.WAITING


def test_a_message_of_trial_goes_to_a_number_and_to_nothing_else(operator: Client, gateway: None) -> None:
    assert "Kirim pesan uji" in page(operator)
    answer = send(operator, "channel_test", "sms", to="bukan nomor")
    assert answer.status_code == 422 and "bukan nomor" in answer.content.decode(), "what was typed stays"
    assert send(operator, "channel_test", "sms", to="0812 0000 0077").status_code == 302
    row = Sending.objects.get()
    content = open_sealed(bytes(row.box), aad=f"sending:{row.once}")
    assert content["to"] == NUMBER and "pesan uji" in content["text"]
    assert NUMBER[3:] not in str(Entry.objects.latest("id").data)


def test_a_channel_that_is_set_up_and_silent_is_told_on_its_page_and_on_the_first(
    operator: Client, gateway: None, settings: Any
) -> None:
    inbox.take(Incoming(channel="sms", external_id="lama", sender=NUMBER, text=TEXT, came_at=MONDAY))
    Received.objects.update(state=Received.State.DONE, next_try_at=None)
    settings.LAPOR_CHANNEL_SILENCE = 24 * 365 * 100
    assert "diam" not in page(operator)
    settings.LAPOR_CHANNEL_SILENCE = -(24 * 365 * 100)
    assert "diam" in page(operator)
    assert "SMS 1708 diam" in operator.get(reverse("backoffice:home")).content.decode()


def test_a_service_that_refuses_our_credentials_is_told_first(operator: Client, gateway: None) -> None:
    standing.note_refusal("sms", now=MONDAY)
    assert "SMS 1708 menolak kunci akses kita" in page(operator)
    assert "menolak kunci akses kita" in operator.get(reverse("backoffice:home")).content.decode()
    standing.note_success("sms")
    assert "menolak" not in page(operator)


def test_news_in_browsers_have_a_line_and_nothing_to_try(operator: Client) -> None:
    assert "Kabar di peramban" in page(operator)
    assert operator.get(reverse("backoffice:channel_test", args=["push"])).status_code == 404
    assert operator.get(reverse("backoffice:channel_retry", args=["push"])).status_code == 200
