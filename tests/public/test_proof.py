"""Code and PIN open a report; whatever is wrong with them, the answer is the same."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from lapor.accounts.models import User
from lapor.lib.codes import show_code, show_pin
from tests.cast import MONDAY, Stage, file_report
from tests.public.citizen import Citizen, Proof
from tests.public.exits import UNKNOWN_CODE
from tests.public.page import without_tokens


def tried(code: str, pin: str) -> tuple[int, str]:
    """The answer to this proof, with what was typed taken out."""
    answer = Client().post("/lacak/", {"code": code, "pin": pin})
    body = re.sub(r'(name="code"[^>]*) value="[^"]*"', r"\1", without_tokens(answer.content.decode()))
    body = re.sub(r'value="[^"]*"([^>]* name="code")', r"\1", body)
    return answer.status_code, re.sub(r'<input type="text" name="code"[^>]*>', "", body)


def test_every_wrong_proof_gets_one_and_the_same_answer(stage: Stage) -> None:
    _, receipt = file_report()
    _, secret = file_report(is_confidential=True)
    proofs = [
        (receipt.code, "00000000"),
        (secret.code, "00000000"),
        (UNKNOWN_CODE, "00000000"),
        (UNKNOWN_CODE, receipt.pin),
        (receipt.code, secret.pin),
        ("0000000000", "00000000"),
        ("bukan kode", "bukan pin"),
        (receipt.code, "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669"),
        (receipt.code + "1", receipt.pin),
        ("9" * 5000, "9" * 5000),
        ("'; drop table reports_report; --", "' or 1=1"),
    ]
    answers = {tried(code, pin) for code, pin in proofs}
    assert len(answers) == 1
    status, html = answers.pop()
    assert status == 422
    assert "Kode dan PIN ini tidak cocok" in html


@pytest.mark.parametrize("codes", ["real", "unknown"])
def test_ten_wrong_pins_close_a_code_for_an_hour_whether_it_exists_or_not(stage: Stage, codes: str) -> None:
    _, receipt = file_report()
    code = receipt.code if codes == "real" else UNKNOWN_CODE
    answers = [tried(code, f"{n:08d}") for n in range(10)]
    assert len(set(answers)) == 1
    locked = tried(code, receipt.pin)
    assert "Terlalu banyak percobaan. Coba lagi setelah pukul" in locked[1]
    assert locked == tried(code, "12345678")


def test_a_closed_code_opens_again_after_an_hour_and_others_were_never_closed(stage: Stage) -> None:
    _, receipt = file_report()
    _, other = file_report()
    for n in range(10):
        tried(receipt.code, f"{n:08d}")
    citizen = Citizen(Client())
    assert citizen.open(Proof(receipt.code, receipt.pin)).status_code == 422
    assert citizen.open(Proof(other.code, other.pin)).status_code == 200
    with time_machine.travel(MONDAY + timedelta(minutes=61)):
        assert citizen.open(Proof(receipt.code, receipt.pin)).redirect_chain == [(f"/lacak/{receipt.code}/", 302)]


def test_code_and_pin_may_be_typed_as_they_are_printed(stage: Stage) -> None:
    _, receipt = file_report()
    spelt = Proof(f" {show_code(receipt.code)} ", show_pin(receipt.pin).replace(" ", "-"))
    assert Citizen(Client()).open(spelt).redirect_chain == [(f"/lacak/{receipt.code}/", 302)]


def test_empty_fields_say_what_to_write(stage: Stage, client: Client) -> None:
    html = client.post("/lacak/", {}).content.decode()
    assert "Tulis kode laporan Anda." in html
    assert "Tulis PIN Anda." in html


def test_a_new_session_starts_with_the_proof(stage: Stage, client: Client) -> None:
    _, receipt = file_report()
    client.get("/lapor/")
    before = client.session.session_key
    Citizen(client).open(Proof(receipt.code, receipt.pin))
    assert client.session.session_key != before


def test_the_proof_of_one_report_opens_no_other(stage: Stage, client: Client) -> None:
    _, mine = file_report()
    _, other = file_report()
    Citizen(client).open(Proof(mine.code, mine.pin))
    assert client.get(f"/lacak/{mine.code}/").status_code == 200
    assert client.get(f"/lacak/{other.code}/").status_code == 302
    assert client.post(f"/lacak/{other.code}/withdraw/").status_code == 403


def test_the_page_can_be_closed_on_a_telephone_that_others_use(stage: Stage, client: Client) -> None:
    _, receipt = file_report()
    citizen, proof = Citizen(client), Proof(receipt.code, receipt.pin)
    citizen.open(proof)
    client.post(f"/lacak/{proof.code}/tutup/")
    assert client.get(f"/lacak/{proof.code}/").status_code == 302


def test_closing_leaves_an_account_signed_in(stage: Stage, client: Client) -> None:
    _, receipt = file_report()
    client.force_login(User.objects.create_user("warga@uji.invalid", name="Warga Uji"))
    citizen, proof = Citizen(client), Proof(receipt.code, receipt.pin)
    citizen.open(proof)
    client.post(f"/lacak/{proof.code}/tutup/")
    assert client.get(f"/lacak/{proof.code}/").status_code == 302
    assert "_auth_user_id" in client.session


def test_no_page_that_reads_a_pin_lets_it_be_remembered_or_logged(
    stage: Stage, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    _, receipt = file_report()
    html = client.get("/lacak/").content.decode()
    assert 'autocomplete="off"' in html.split('name="pin"')[1].split(">")[0]
    with caplog.at_level("DEBUG"):
        tried(receipt.code, receipt.pin)
        tried(receipt.code, "76543210")
    # The database's own log of statements is off outside a developer's machine; only what else was said counts.
    said = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert not [line for line in said if receipt.pin in line or "76543210" in line]
