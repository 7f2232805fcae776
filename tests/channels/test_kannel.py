"""Through a real gateway: what a telephone sends reaches the report, and what is said reaches the telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from lapor.agencies.reference import load_categories
from lapor.channels import registry
from lapor.channels.base import NotNow
from lapor.channels.kannel.send import is_gsm
from lapor.channels.models import Received, Sending
from lapor.reports.models import Report
from tests.cast import set_stage
from tests.channels import gateway
from tests.channels.gateway import SECRET, Kannel, Operator

NUMBER = "+6281200000001"
INBOUND = "/channels/kannel/inbound"
ASKED = {"secret": SECRET, "from": NUMBER, "to": "1708", "text": "halo", "id": "1", "charset": "UTF-8", "time": ""}


@pytest.fixture
def secret(settings: LazySettings) -> None:
    settings.LAPOR_KANNEL_SECRET = SECRET


@pytest.fixture
def running(
    transactional_db: None, live_server: Any, settings: LazySettings, secret: None, tmp_path: Path
) -> Iterator[Kannel]:
    if gateway.BEARERBOX is None:
        pytest.skip(gateway.WHY_NOT)
    set_stage()
    load_categories()
    with gateway.kannel(tmp_path, lapor_url=live_server.url) as found:
        settings.LAPOR_KANNEL_URL = found.sendsms
        settings.LAPOR_KANNEL_USER, settings.LAPOR_KANNEL_PASSWORD = gateway.USER, gateway.PASSWORD
        settings.LAPOR_KANNEL_BACK_URL = live_server.url
        yield found


def answered(operator: Operator, *, least: int = 1) -> str:
    """Reads what came in until Kannel has handed it over, then sends; the message that the telephone gets."""
    operator.wait_until(lambda: Received.objects.count() >= least)
    registry.read(now=timezone.now())
    registry.send(now=timezone.now())
    return operator.next()


def test_a_talk_goes_through_kannel_and_ends_in_a_report(running: Kannel) -> None:
    operator = running.operator()
    operator.hand_in(NUMBER, "lampu jalan mati gelap sekali pak")
    assert answered(operator).startswith(f"1708 {NUMBER} text Terima kasih.")
    operator.hand_in(NUMBER, "di Samarinda Utara")
    assert "Kapan" in answered(operator, least=2)
    operator.hand_in(NUMBER, "kemarin malam")
    said = answered(operator, least=3)
    report = Report.objects.get()
    assert report.code in re.sub(r"[ +]", "", said)
    assert report.region_id == "64.72.05"


def test_long_messages_and_other_letters_come_whole(running: Kannel) -> None:
    operator = running.operator()
    words = "Warga Samarinda Utara – ibu² – melapor: lampu “taman” mati sejak kemarin. " * 6
    operator.hand_in(NUMBER, words)
    answered(operator)
    assert "ibu2" in Report.objects.get().text and Report.objects.get().text.count("taman") == 6


def test_what_kannel_cannot_take_now_is_sent_when_it_is_back(running: Kannel) -> None:
    operator = running.operator()
    operator.hand_in(NUMBER, "BANTUAN")
    operator.wait_until(lambda: Received.objects.count() == 1)
    running.stop()
    registry.read(now=timezone.now())
    registry.send(now=timezone.now())
    row = Sending.objects.get()
    assert (row.state, row.attempts) == (Sending.State.QUEUED, 1)
    running.start()
    again = running.operator()
    Sending.objects.update(next_try_at=timezone.now())
    registry.send(now=timezone.now())
    assert "STATUS" in again.next()
    assert Sending.objects.get().state in {Sending.State.SENT, Sending.State.ARRIVED}


def test_without_the_secret_nobody_hands_anything_in(client: Client, db: None, secret: None) -> None:
    assert client.get(INBOUND, ASKED | {"secret": "tebakan"}).status_code == 403
    assert client.get(INBOUND, {key: ASKED[key] for key in ("from", "text")}).status_code == 403
    assert not Received.objects.exists()


def test_an_installation_without_a_secret_takes_nothing(client: Client, db: None, settings: LazySettings) -> None:
    settings.LAPOR_KANNEL_SECRET = ""
    assert client.get(INBOUND, ASKED | {"secret": ""}).status_code == 403


def test_a_repeat_of_the_gateway_is_taken_once(client: Client, db: None, secret: None) -> None:
    for _ in range(3):
        assert client.get(INBOUND, ASKED).status_code == 200
    assert Received.objects.count() == 1


def test_without_an_id_the_same_words_at_the_same_time_are_one_message(client: Client, db: None, secret: None) -> None:
    for _ in range(2):
        client.get(INBOUND, ASKED | {"id": "", "time": "1795891176"})
    assert Received.objects.count() == 1
    client.get(INBOUND, ASKED | {"id": "", "time": "1795891176", "text": "lain"})
    assert Received.objects.count() == 2


@pytest.mark.parametrize("sender", ["", "TELKOMSEL", "1708", "+1 202 555 0100", "0", "x" * 500])
def test_a_sender_that_cannot_be_answered_is_refused(client: Client, db: None, secret: None, sender: str) -> None:
    assert client.get(INBOUND, ASKED | {"from": sender}).status_code == 400
    assert not Received.objects.exists()


@pytest.mark.parametrize(
    ("raw", "charset"),
    [
        ("%E9t%E9+%F0%9F", "8-BIT"),
        ("%00h%00a%00l%00o", "UTF-16BE"),
        ("%FF", "UTF-8"),
        ("%00", "x" * 300),
        ("a%00b", ""),
    ],
)
def test_any_bytes_in_any_charset_are_kept(client: Client, db: None, secret: None, raw: str, charset: str) -> None:
    answer = client.get(f"{INBOUND}?secret={SECRET}&from=%2B6281200000001&to=1708&id=9&charset={charset}&text={raw}")
    assert answer.status_code == 200
    assert Received.objects.count() == 1


@pytest.mark.parametrize("time", ["", "x", "-5", "99999999999999999999", "1", "2026-11-28 10:00:00"])
def test_a_clock_that_is_wrong_is_not_believed(client: Client, db: None, secret: None, time: str) -> None:
    assert client.get(INBOUND, ASKED | {"time": time}).status_code == 200
    assert Received.objects.get().came_at <= timezone.now()


def test_a_report_of_delivery_is_noted_once_and_an_unknown_one_ignored(client: Client, db: None, secret: None) -> None:
    row = Sending.objects.create(
        channel="sms", once="uji", recipient=b"x", box=b"x", made_at=timezone.now(), state="sent"
    )
    for reference in (str(row.pk), str(row.pk + 7), "x", "9" * 30):
        answer = client.get("/channels/kannel/report", {"secret": SECRET, "reference": reference, "type": "1"})
        assert answer.status_code == 200
    row.refresh_from_db()
    assert row.state == Sending.State.ARRIVED


def test_an_error_of_the_gateway_never_says_what_was_sent(settings: LazySettings, db: None) -> None:
    settings.LAPOR_KANNEL_URL = f"http://127.0.0.1:{gateway.free_port()}/cgi-bin/sendsms"
    with pytest.raises(NotNow) as raised:
        registry.GATEWAYS["sms"].send(to=NUMBER, text="kata-rahasia", reference=1)
    assert "rahasia" not in repr(raised.value) and raised.value.__cause__ is None


def test_the_gsm_alphabet_is_told_from_others() -> None:
    assert is_gsm("Laporan diterima: kode 4827 193 056.") and not is_gsm("“kutip”") and not is_gsm("😀")
