"""What a third party fetches: heads, keys, proofs; each checks with the tools of the standard alone."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lapor.evidence import receipts, sources
from lapor.evidence.models import Leaf
from lapor.lib import merkle
from lapor.lib.canonical import canonical
from lapor.vault import signing
from tests.cast import Stage, file_report
from tests.evidence.conftest import LATER, log

BASE = "/api/v1/evidence"


@pytest.fixture
def stage(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(sources, "SETTLED", "true")  # one transaction, in which nothing settles
    return stage


def get(client: Client, path: str, **query: Any) -> Any:
    answer = client.get(f"{BASE}{path}", query)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def grow(client: Client) -> list[Any]:
    """Three heads, newest first."""
    for minute in range(3):
        file_report()
        log(LATER + timedelta(minutes=minute))
    return list(get(client, "/heads")["heads"])


def test_every_head_is_signed_by_a_published_key(stage: Stage, client: Client) -> None:
    heads = grow(client)
    keys = {one["key"]: bytes.fromhex(one["public"]) for one in get(client, "/keys")["keys"]}
    assert [head["statement"]["size"] for head in heads] == [6, 4, 2]
    assert get(client, "/heads/latest") == heads[0]
    for head in heads:
        signature, message = bytes.fromhex(head["signature"]), canonical(head["statement"])
        assert signing.verify(public=keys[head["key"]], message=message, signature=signature)


def test_any_two_heads_can_be_compared(stage: Stage, client: Client) -> None:
    new, middle, old = grow(client)
    for first, second in ((old, new), (middle, new), (old, middle), (new, new)):
        small, large = first["statement"], second["statement"]
        proof = get(client, "/consistency", old=small["size"], new=large["size"])
        assert merkle.extends(
            old=small["size"],
            new=large["size"],
            old_root=bytes.fromhex(small["root"]),
            new_root=bytes.fromhex(large["root"]),
            path=[bytes.fromhex(step) for step in proof["path"]],
        )


def test_the_holder_of_a_receipt_gets_its_path(stage: Stage, client: Client) -> None:
    report = file_report()[0]
    heads = grow(client)
    receipt = receipts.of_report(report.pk, now=LATER)
    leaf = hashlib.sha256(b"\x00" + canonical(receipt["statement"])).digest()
    for size in (None, heads[0]["statement"]["size"]):
        found = get(client, "/inclusion", leaf=leaf.hex(), **({"size": size} if size else {}))
        said = found["head"]["statement"]
        path = [bytes.fromhex(step) for step in found["path"]]
        root = bytes.fromhex(said["root"])
        assert merkle.includes(leaf=leaf, index=found["index"], size=said["size"], path=path, root=root)


def test_leaves_that_are_no_receipts_are_not_found_by_their_hash(stage: Stage, client: Client) -> None:
    grow(client)
    event = bytes(Leaf.objects.get(index=0).hash)
    assert client.get(f"{BASE}/inclusion", {"leaf": event.hex()}).status_code == 404


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/heads/latest", {}, 404),
        ("/consistency", {}, 404),
        ("/consistency", {"old": "1", "new": "99"}, 404),
        ("/consistency", {"old": "x"}, 422),
        ("/consistency", {"old": "9" * 30}, 422),
        ("/inclusion", {}, 422),
        ("/inclusion", {"leaf": "zz"}, 422),
        ("/inclusion", {"leaf": "ab" * 32}, 404),
        ("/inclusion", {"leaf": "ab" * 32, "size": "0"}, 422),
        ("/heads", {"before": "-1"}, 422),
    ],
)
def test_what_is_not_there_or_wrong_is_said(
    stage: Stage, client: Client, path: str, query: dict[str, str], status: int
) -> None:
    assert client.get(f"{BASE}{path}", query).status_code == status
