"""Evidence on pages: plain words for everybody, the own check and receipt for the reporter alone."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lapor.evidence import keys, sources
from lapor.reports.models import Report
from lapor.vault import signing
from tests.cast import MONDAY, Stage, to_assigned
from tests.evidence.conftest import log, sql
from tests.public.citizen import Citizen, Proof, proof_of

LATER = MONDAY + timedelta(minutes=10)


@pytest.fixture
def stage(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(sources, "SETTLED", "true")  # one transaction, in which nothing settles
    return stage


def work() -> None:
    log(LATER)


def words(answer: Any) -> str:
    assert answer.status_code == 200, answer.content
    return " ".join(answer.content.decode().split())


@pytest.fixture
def proof(citizen: Citizen) -> Proof:
    return citizen.report()


def test_the_receipt_can_be_taken_along_right_after_sending_and_not_once_the_code_was_noted(
    citizen: Citizen, stage: Stage
) -> None:
    address = citizen.check()
    answer = citizen.send(address)
    proof_of(answer)
    key = address.rstrip("/").rsplit("/", 1)[1]
    link = f"/lapor/terkirim/{key}/tanda-terima.json"
    assert link in words(answer)
    receipt = citizen.client.get(link)
    assert "attachment" in receipt["Content-Disposition"]
    assert json.loads(receipt.content)["statement"]["type"] == "lapor-receipt-1"
    assert Client().get(link).status_code == 404
    citizen.client.post(f"/lapor/terkirim/{key}/selesai/")
    assert citizen.client.get(link).status_code == 404


def test_the_own_page_tells_whether_each_step_agrees(citizen: Citizen, stage: Stage, proof: Proof) -> None:
    citizen.open(proof)
    page = f"/lacak/{proof.code}/"
    assert "segera masuk ke catatan yang ditandatangani" in words(citizen.client.get(page))
    work()
    assert "Cocok: 1 langkah" in words(citizen.client.get(page))
    to_assigned(stage, Report.objects.get(code=proof.code))
    assert "2 langkah terbaru segera menyusul" in words(citizen.client.get(page))


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE reports_event SET user_id = NULL WHERE kind = 'verified'",
        "DELETE FROM reports_event WHERE kind = 'verified'",
    ],
)
def test_a_step_that_was_changed_or_is_gone_is_told_to_the_reporter(
    citizen: Citizen, stage: Stage, proof: Proof, tampering: str
) -> None:
    to_assigned(stage, Report.objects.get(code=proof.code))
    work()
    sql(tampering)
    citizen.open(proof)
    said = words(citizen.client.get(f"/lacak/{proof.code}/"))
    assert "1 langkah laporan ini tidak lagi sama" in said


def test_the_receipt_with_its_proof_is_for_the_reporter_alone(citizen: Citizen, proof: Proof) -> None:
    work()
    citizen.open(proof)
    said = words(citizen.client.get(f"/lacak/{proof.code}/bukti/"))
    assert "tercatat pada urutan" in said
    assert "<svg" in said
    receipt = json.loads(citizen.client.get(f"/lacak/{proof.code}/tanda-terima.json").content)
    assert receipt["inclusion"]["index"] >= 0
    assert Client().get(f"/lacak/{proof.code}/bukti/").status_code == 302
    assert Client().get(f"/lacak/{proof.code}/tanda-terima.json").status_code == 404


def test_without_the_signing_key_everything_else_still_works(citizen: Citizen, proof: Proof) -> None:
    signing.destroy(keys.current(now=MONDAY).key_id)
    citizen.open(proof)
    assert "belum ada tanda terima" in words(citizen.client.get(f"/lacak/{proof.code}/bukti/"))
    assert citizen.client.get(f"/lacak/{proof.code}/tanda-terima.json").status_code == 404
    assert citizen.report().code


def test_everybody_can_read_what_is_proved_and_what_not(client: Client, stage: Stage, citizen: Citizen) -> None:
    assert "kepala pertama ditandatangani sesudah laporan pertama masuk" in words(client.get("/bukti/"))
    citizen.report()
    work()
    said = words(client.get("/bukti/"))
    root = json.loads(client.get("/api/v1/evidence/heads/latest").content)["statement"]["root"]
    assert root in said
    assert "verify_receipt" in said
    assert "Yang tidak dibuktikan" in said
