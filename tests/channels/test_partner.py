"""Other systems: signed both ways, each message once, never into a private network; the example bot runs for real."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from config.place import BASE_DIR
from lapor.agencies.reference import load_categories
from lapor.channels import http, registry
from lapor.channels.base import Refused
from lapor.channels.models import Partner, Received, ReceivedFile, Sending
from lapor.channels.partner import known, send
from lapor.lib.codes import show_code
from lapor.reports.models import Attachment, Channel, Report
from tests.cast import Stage, set_stage
from tests.channels.gateway import free_port
from tests.channels.talking import WHOLE, later, work
from tests.channels.talking import said as text_of
from tests.fakes.server import Call, Fake, Reply
from tests.samples import picture

ADDRESS = "/channels/partner/radio-uji/"
SOUND = {"id": "1", "sender": "warga-1", "text": WHOLE}


class Desk(Fake):
    """A partner's own system, which checks what it is sent."""

    secret = ""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[dict[str, Any]] = []

    def answer(self, call: Call) -> Reply:
        at = call.headers["X-Lapor-Timestamp"]
        if call.headers["X-Lapor-Signature"] != sign(self.secret, at, call.raw) or abs(time.time() - int(at)) > 300:
            return Reply(403)
        self.heard.append(call.body)
        return Reply(204, b"")


def sign(secret: str, at: str, raw: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), at.encode() + b"." + raw, hashlib.sha256).hexdigest()


@pytest.fixture
def desk(whole_stage: Stage, settings: LazySettings) -> Iterator[Desk]:
    settings.LAPOR_ALLOW_PRIVATE_CALLS = True
    send._resting.clear()
    fake = Desk()
    fake.secret = known.add(slug="radio-uji", name="Radio Uji", callback=f"{fake.url}/balik", now=timezone.now())
    with fake.running():
        yield fake


def hand_in(
    desk: Desk, said: Any = SOUND, *, at: float | str | None = None, secret: str = "", address: str = ADDRESS
) -> Any:
    raw = said if isinstance(said, bytes) else json.dumps(said).encode()
    when = str(int(time.time())) if at is None else str(at)
    headers = {"X-Lapor-Timestamp": when, "X-Lapor-Signature": sign(secret or desk.secret, when, raw)}
    return Client().post(address, raw, content_type="application/json", headers=headers)


def test_a_message_becomes_a_report_and_is_answered_at_the_partner(desk: Desk) -> None:
    assert hand_in(desk).json() == {"taken": True}
    work()
    report = Report.objects.get()
    (answer,) = desk.heard
    assert report.channel == Channel.PARTNER and answer["to"] == "warga-1" and show_code(report.code) in answer["text"]


def test_files_come_with_the_message(desk: Desk) -> None:
    files = [{"name": "foto.jpg", "data": base64.b64encode(picture()).decode()}]
    hand_in(desk, SOUND | {"files": files})
    work()
    assert Attachment.objects.get().report == Report.objects.get() and not ReceivedFile.objects.exists()


def test_an_id_that_came_before_is_not_taken_again(desk: Desk) -> None:
    assert [hand_in(desk).json()["taken"] for _ in range(3)] == [True, False, False]
    work()
    assert Report.objects.count() == 1


@pytest.mark.parametrize("off", [-301, 301, 10**9], ids=str)
def test_a_signature_of_another_time_is_refused(desk: Desk, off: int) -> None:
    answer = hand_in(desk, at=int(time.time()) + off)
    assert (answer.status_code, answer.json()) == (403, {"error": "clock"})
    assert not Received.objects.exists()


@pytest.mark.parametrize("at", ["", "x", "-1", "9" * 40], ids=str)
def test_a_time_that_is_none_is_refused(desk: Desk, at: str) -> None:
    assert hand_in(desk, at=at).status_code == 403


def test_a_clock_that_is_four_minutes_off_is_borne(desk: Desk) -> None:
    assert hand_in(desk, at=int(time.time()) - 240).status_code == 200


def test_one_partner_cannot_sign_for_another_nor_one_that_was_ended(desk: Desk) -> None:
    known.add(slug="lain", name="Lain", callback="https://contoh.invalid/", now=timezone.now())
    assert hand_in(desk, address="/channels/partner/lain/").status_code == 403
    assert hand_in(desk, secret="tebakan").status_code == 403
    assert hand_in(desk, address="/channels/partner/tidak-ada/").status_code == 403
    assert known.end("radio-uji") and hand_in(desk).status_code == 403


def test_a_partner_reads_only_what_its_own_senders_wrote(desk: Desk) -> None:
    hand_in(desk)
    work()
    code = Report.objects.get().code
    other = known.add(slug="lain", name="Lain", callback=f"{desk.url}/lain", now=timezone.now())
    asked = {"id": "2", "sender": "warga-1", "text": f"STATUS {code}"}
    assert hand_in(desk, asked, secret=other, address="/channels/partner/lain/").status_code == 200
    registry.read(now=later(1))
    assert Sending.objects.count() == 2 and "tidak cocok" in text_of(Sending.objects.latest("pk"))


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ([], "id"),
        (SOUND | {"id": ""}, "id"),
        (SOUND | {"id": "x" * 101}, "id"),
        (SOUND | {"sender": None}, "sender"),
        (SOUND | {"sender": "a\nb"}, "sender"),
        (SOUND | {"text": "x" * 4_001}, "text"),
        (SOUND | {"files": [{"name": "x", "data": "???"}]}, "files"),
        (SOUND | {"files": [{"name": "x", "data": ""}]}, "files"),
        (SOUND | {"files": [{}] * 6}, "files"),
        (b"{", "id"),
    ],
    ids=["list", "no-id", "long-id", "no-sender", "line", "long", "no-base64", "empty-file", "many-files", "cut"],
)
def test_what_cannot_be_kept_is_refused_with_its_part(desk: Desk, said: Any, part: str) -> None:
    answer = hand_in(desk, said)
    assert (answer.status_code, answer.json()) == (422, {"error": part})
    assert not Received.objects.exists()


def test_a_huge_body_is_refused_unread(desk: Desk) -> None:
    assert hand_in(desk, b" " * (15 * 1024 * 1024 + 1)).status_code == 413


def test_a_partner_that_does_not_answer_holds_up_no_other_and_gets_it_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = known.add(slug="mati", name="Mati", callback=f"http://127.0.0.1:{free_port()}/", now=timezone.now())
    for number in range(3):
        hand_in(desk, SOUND | {"id": f"m{number}", "text": "BANTUAN"}, secret=dead, address="/channels/partner/mati/")
    hand_in(desk, SOUND | {"text": "BANTUAN"})
    asked = []
    real = http.ask
    monkeypatch.setattr(http, "ask", lambda *args, **more: asked.append(args[1]) or real(*args, **more))  # type: ignore[func-returns-value]
    work()
    assert len(desk.heard) == 1 and len(asked) == 2, "the dead one is asked once"
    Partner.objects.filter(slug="mati").update(callback=f"{desk.url}/hidup")
    desk.secret = dead
    send._resting.clear()
    work(later(2))
    assert len(desk.heard) == 4


@pytest.mark.parametrize(
    "host", ["https://127.0.0.1", "https://localhost", "http://contoh.id"], ids=["number", "name", "plain"]
)
def test_what_a_partner_named_leads_into_no_private_network(desk: Desk, settings: LazySettings, host: str) -> None:
    settings.LAPOR_ALLOW_PRIVATE_CALLS = False
    Partner.objects.update(callback=f"{host}:{desk.url.rsplit(':', 1)[1]}/x")
    with pytest.raises(Refused) as raised:
        registry.GATEWAYS["partner"].send(to="partner:radio-uji:a", text="kata-rahasia", reference=1)
    assert not desk.calls and "rahasia" not in repr(raised.value)


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
    ],
    ids=str,
)
def test_these_addresses_are_not_everybodys(address: str) -> None:
    assert not http.is_public(address)
    assert http.is_public("203.119.112.1") and http.is_public("2001:4860:4860::8888")


def test_redirects_are_not_followed(desk: Desk) -> None:
    desk.fail(Reply(307, headers={"Location": f"{desk.url}/lain"}))
    with pytest.raises(Refused):
        registry.GATEWAYS["partner"].send(to="partner:radio-uji:a", text="halo", reference=1)
    assert len(desk.calls) == 1


def test_the_operator_enters_a_partner_and_sees_its_secret_once(whole_stage: Stage) -> None:
    out = StringIO()
    call_command("partner", "add", "radio-uji", "--callback", "https://radio.contoh.id/lapor", stdout=out)
    secret = out.getvalue().strip()
    row = Partner.objects.get()
    assert len(secret) > 40 and secret.encode() not in bytes(row.secret)
    call_command("partner", "end", "radio-uji", stdout=out)
    assert known.active("radio-uji") is None
    for wrong in (
        ("add", "radio-uji", "--callback", "gopher://x"),
        ("add", "a b", "--callback", "https://x.id"),
        ("end", "y"),
    ):
        with pytest.raises(CommandError):
            call_command("partner", *wrong)


def test_without_a_partner_the_channel_is_off(db: None) -> None:
    assert not registry.GATEWAYS["partner"].is_set_up()


def test_the_example_bot_of_the_handbook_files_a_report(
    transactional_db: None, live_server: Any, settings: LazySettings
) -> None:
    set_stage()
    load_categories()
    settings.LAPOR_ALLOW_PRIVATE_CALLS = True
    port = free_port()
    secret = known.add(slug="bot", name="Bot", callback=f"http://127.0.0.1:{port}/", now=timezone.now())
    script = BASE_DIR / "docs" / "examples" / "bot.py"
    assert len(script.read_text().splitlines()) <= 45
    command = [sys.executable, str(script), f"{live_server.url}/channels/partner/bot/", secret, str(port)]
    bot = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert bot.stdin is not None and bot.stdout is not None
    try:
        bot.stdin.write(f"{WHOLE}\n")
        bot.stdin.flush()
        give_up = time.monotonic() + 15
        while not Received.objects.exists():
            assert time.monotonic() < give_up, "the bot handed nothing in"
            time.sleep(0.05)
        work()
        assert Sending.objects.get().state == Sending.State.SENT, "the bot did not take the answer"
        answer = bot.stdout.readline()
    finally:
        bot.kill()
        bot.communicate(timeout=10)
    assert show_code(Report.objects.get().code) in answer
