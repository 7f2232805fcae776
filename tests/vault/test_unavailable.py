"""Without its key the service says so calmly, goes on with what needs none, and forgets nothing."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from lapor.notify import send
from lapor.notify.models import Notice
from lapor.reports.models import Report
from lapor.vault import keys
from tests.cast import MONDAY, Stage, file_report
from tests.public.citizen import WRITTEN

SECRETS = ("Pelapor Uji Satu", "0812", "081234567890", "Jalan berlubang di depan pasar")


@pytest.fixture
def lost(stage: Stage, settings: Any, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Takes the key away when called: another data folder, in which there is none."""
    keys.ensure()

    def lose() -> None:
        settings.LAPOR_DATA = tmp_path
        keys.forget()

    yield lose
    keys.forget()


def test_pages_that_need_the_key_say_so_calmly_and_the_others_go_on(
    lost: Callable[[], None], client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    report, receipt = file_report()
    lost()
    with caplog.at_level(logging.DEBUG):
        for address in ("/", "/laporan/", "/lacak/", "/tentang/", "/healthz"):
            assert client.get(address).status_code == 200, address
        form = client.get("/lapor/")  # nobody should write what could not be kept
        written = client.post("/lapor/", WRITTEN)
        proved = client.post("/lacak/", {"code": report.code, "pin": receipt.pin})
    for answer in (form, written, proved):
        said = answer.content.decode()
        assert answer.status_code == 503 and answer["Retry-After"] and answer["Cache-Control"] == "no-store"
        assert "tidak dapat dibuka" in said and "is not available right now" in said
        assert str(keys.key_path()) not in said, "where keys lie is for operators"
        assert not [secret for secret in (*SECRETS, receipt.pin) if secret in said + caplog.text]
    assert not keys.key_path().exists(), "never made anew in silence"
    assert client.get("/readyz").status_code == 503


def test_the_api_answers_503_in_its_own_form(lost: Callable[[], None], client: Client) -> None:
    lost()
    told = {"text": "Jalan di depan pasar berlubang dalam sejak bulan lalu.", "name": "Pelapor Uji Satu"}
    answer = client.post("/api/v1/reports", json.dumps(told), content_type="application/json")
    assert answer.status_code == 503 and answer["Content-Type"].startswith("application/problem+json")
    assert answer["Retry-After"]
    assert not Report.objects.exists()


def test_a_report_and_its_notices_wait_for_the_key(lost: Callable[[], None], client: Client, settings: Any) -> None:
    report, receipt = file_report(email="pelapor@uji.invalid")
    notice = Notice.objects.create(
        report=report, event_id=report.events.get().pk, audience="reporter", identity=report.identity,
        template="received", made_at=MONDAY, next_try_at=MONDAY,
    )  # fmt: skip
    folder = settings.LAPOR_DATA
    lost()
    now = MONDAY
    for _ in range(send.TRIES + 2):
        now += timedelta(hours=4)
        send.deliver(now=now)
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.last_error_class) == ("queued", 0, "MissingKey")
    settings.LAPOR_DATA = folder
    keys.forget()
    send.deliver(now=now + timedelta(hours=1))
    assert [sent.to for sent in mail.outbox] == [["pelapor@uji.invalid"]]
    assert client.post("/lacak/", {"code": report.code, "pin": receipt.pin}).status_code == 302
