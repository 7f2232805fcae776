"""A receipt proves by itself, to somebody who has nothing but the script and the published key."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.place import BASE_DIR
from lapor.evidence import heads, keys, proofs, receipts
from lapor.evidence.models import Head, Leaf, Source
from lapor.lib.text import normalise
from lapor.reports.models import Event, Report
from lapor.reports.receipts import new_salt, said
from lapor.vault import signing
from lapor.vault.keys import MissingKey
from tests.cast import MONDAY, TEXT, Stage, file_report
from tests.evidence.conftest import LATER, log

SCRIPT = BASE_DIR / "tools" / "verify_receipt.py"


class Third:
    """Somebody elsewhere: an empty folder, the script, and Python without anything installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "verify_receipt.py").write_bytes(SCRIPT.read_bytes())

    def has(self, name: str, content: Any) -> None:
        (self.folder / name).write_text(content if isinstance(content, str) else json.dumps(content))

    def runs(self, *arguments: str) -> tuple[int, str]:
        command = [sys.executable, "-I", "-S", "verify_receipt.py", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False
        )
        assert done.stderr == ""
        return done.returncode, done.stdout


@pytest.fixture
def third(tmp_path: Path) -> Third:
    return Third(tmp_path)


@pytest.fixture
def report(stage: Stage) -> Report:
    return file_report()[0]


def published_keys() -> dict[str, Any]:
    return {"keys": [{"key": key.key_id, "public": bytes(key.public).hex()} for key in keys.all_public()]}


def give(third: Third, report: Report) -> dict[str, Any]:
    receipt = receipts.of_report(report.pk, now=LATER)
    third.has("receipt.json", receipt)
    third.has("keys.json", published_keys())
    return receipt


def test_a_receipt_is_signed_at_once_and_says_nothing_of_the_report(report: Report, third: Third) -> None:
    receipt = give(third, report)
    assert set(receipt) == {"statement", "key", "signature", "salt"}
    assert set(receipt["statement"]) == {"type", "at", "code", "filed"}
    text = json.dumps(receipt)
    for word in (report.code, "Jalan", "Pelapor Uji", "81234567890"):
        assert word not in text
    status, said = third.runs("receipt.json", "--keys", "keys.json")
    assert status == 0
    assert "download it again" in said


def test_later_the_receipt_proves_that_it_is_in_the_tree(report: Report, third: Third) -> None:
    for _ in range(7):
        file_report()
    log()
    give(third, report)
    status, said = third.runs("receipt.json", "--keys", "keys.json")
    assert status == 0, said
    assert "The receipt is entry" in said


def test_only_who_holds_the_receipt_can_show_what_was_filed(report: Report, third: Third) -> None:
    receipt = give(third, report)
    third.has("words.txt", f"  {TEXT}\r\n")
    shown = (
        "receipt.json",
        "--keys",
        "keys.json",
        "--text",
        "words.txt",
        "--title",
        report.title,
        "--code",
        report.code,
    )
    status, said = third.runs(*shown)
    assert status == 0, said
    assert "These words and this title are what was filed." in said
    third.has("words.txt", TEXT.replace("dua", "tiga"))
    assert third.runs(*shown)[0] == 1
    assert third.runs("receipt.json", "--keys", "keys.json", "--code", "1234567890")[0] == 1
    third.has("receipt.json", receipt | {"salt": "00" * 16})
    assert third.runs("receipt.json", "--keys", "keys.json", "--code", report.code)[0] == 1


@pytest.mark.parametrize(
    "place",
    [("statement", "at"), ("statement", "filed"), ("signature",), ("inclusion", "path", 0), ("inclusion", "index"),
     ("inclusion", "head", "signature"), ("inclusion", "head", "statement", "root"),
     ("inclusion", "head", "statement", "size")],
)  # fmt: skip
def test_a_receipt_that_was_touched_does_not_hold(report: Report, third: Third, place: tuple[Any, ...]) -> None:
    for _ in range(3):
        file_report()
    log()
    receipt = give(third, report)
    *way, last = place
    inner: Any = receipt
    for step in way:
        inner = inner[step]
    inner[last] = inner[last] + 1 if isinstance(inner[last], int) else _other(inner[last])
    third.has("receipt.json", receipt)
    status, said = third.runs("receipt.json", "--keys", "keys.json")
    assert status == 1, said
    assert said.startswith("DOES NOT HOLD")


def _other(text: str) -> str:
    return ("1" if text[0] != "1" else "2") + text[1:]


def test_a_receipt_signed_by_another_key_does_not_hold(report: Report, third: Third) -> None:
    receipt = give(third, report)
    other = signing.make()
    third.has("keys.json", {"keys": [{"key": receipt["key"], "public": other.public.hex()}]})
    assert third.runs("receipt.json", "--keys", "keys.json")[0] == 1
    third.has("keys.json", {"keys": []})
    assert third.runs("receipt.json", "--keys", "keys.json")[0] == 1


@pytest.mark.parametrize("content", ["", "[]", "{}", "not json", '{"statement": 1}', '{"statement": {}}', "\x00"])
def test_what_is_no_receipt_is_said_to_be_none(report: Report, third: Third, content: str) -> None:
    give(third, report)
    third.has("receipt.json", content)
    status, said = third.runs("receipt.json", "--keys", "keys.json")
    assert status in {1, 2}
    assert said


def test_two_heads_and_their_proof_show_that_nothing_was_rewritten(stage: Stage, third: Third) -> None:
    for minute in range(3):
        for _ in range(minute * 3 + 1):
            file_report()
        log(LATER.replace(minute=20 + minute))
    old, _middle, new = Head.objects.order_by("pk")
    third.has("keys.json", published_keys())
    third.has("old.json", heads.shown(old))
    third.has("new.json", heads.shown(new))
    proof = proofs.consistency(old.size, new.size)
    third.has("proof.json", proof)
    compare = ("--keys", "keys.json", "--head", "old.json", "--head", "new.json", "--proof", "proof.json")
    status, said = third.runs(*compare)
    assert status == 0, said
    assert "nothing in it was rewritten" in said
    third.has("proof.json", proof | {"path": proof["path"][::-1]})
    assert third.runs(*compare)[0] == 1


def test_a_head_kept_elsewhere_is_compared_with_that_of_the_receipt(report: Report, third: Third) -> None:
    log()
    kept = Head.objects.get()
    file_report()
    log(LATER.replace(minute=30))
    new = Head.objects.order_by("-pk")[0]
    receipt = give(third, report)
    leaf = bytes(Leaf.objects.get(source=Source.RECEIPT, report_id=report.pk).hash)
    third.has("receipt.json", receipt | {"inclusion": proofs.inclusion(leaf, size=new.size)})
    third.has("kept.json", heads.shown(kept))
    third.has("proof.json", proofs.consistency(kept.size, new.size))
    status, said = third.runs("receipt.json", "--keys", "keys.json", "--head", "kept.json", "--proof", "proof.json")
    assert status == 0, said


@settings(deadline=None)
@given(st.text())
def test_the_script_tidies_words_as_the_service_does(text: str) -> None:
    assert _script()["tidy"](text) == normalise(text)


@settings(deadline=None, max_examples=25)
@given(st.binary(max_size=80), st.binary(min_size=64, max_size=64))
def test_the_script_judges_signatures_as_the_vault_does(message: bytes, noise: bytes) -> None:
    is_signed, signer = _script()["is_signed"], KEY
    assert is_signed(signer.public, message, signer.sign(message))
    for signature in (noise, signer.sign(message + b"x")):
        assert is_signed(signer.public, message, signature) == signing.verify(
            public=signer.public, message=message, signature=signature
        )


KEY = signing._signer(bytes(range(32)))


@cache
def _script() -> dict[str, Any]:
    """The names of the script, without running it."""
    return runpy.run_path(str(SCRIPT), run_name="script")


def test_the_vectors_of_rfc_8032_hold() -> None:
    for public, message, signature in VECTORS:
        parts = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
        assert _script()["is_signed"](*parts)
        assert signing.verify(public=parts[0], message=parts[1], signature=parts[2])


VECTORS = [  # RFC 8032, section 7.1, tests 1 and 2
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
]


def test_a_report_from_before_and_one_whose_words_were_erased_have_no_receipt(report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(receipt_salt=None)
    with pytest.raises(receipts.NoReceipt):
        receipts.of_report(report.pk, now=LATER)


def test_a_lost_key_takes_no_report_away_and_is_never_replaced_in_silence(report: Report) -> None:
    receipts.of_report(report.pk, now=LATER)
    signing.destroy(keys.current(now=LATER).key_id)
    with pytest.raises(MissingKey):
        receipts.of_report(report.pk, now=LATER)
    assert file_report()[0].pk
    assert len(keys.all_public()) == 1


def test_the_event_of_arrival_keeps_digests_and_no_word(report: Report) -> None:
    data = Event.objects.get(report=report, kind="received").data
    assert set(data) == {"channel", "verifier", "receipt", "text"}
    assert "Jalan" not in json.dumps(data)
    assert data["receipt"]["at"] == "2026-10-05T01:00:00.000000Z"


def test_the_receipt_of_a_sealed_report_tells_the_day_alone(stage: Stage) -> None:
    words = said(salt=new_salt(), code="4827193056", title="", text=TEXT, at=MONDAY, to_the_day=True)
    assert words["at"] == "2026-10-05"
