"""Keys wrapped by a key server: what happens when it is down, slow, refuses, or has a newer key; nothing secret is said."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from lapor.vault import identities, keys, rotation
from lapor.vault.custody import transit
from lapor.vault.models import Identity, KeyVersion
from lapor.vault.trouble import KeyServerSilent, KeyTrouble, MissingKey, WrongKey
from tests.vault.key_server import TOKEN, KeyServer, running

PERSON = {"name": "Kenari Uji", "phone": "+6281277776666", "email": "kenari@uji.invalid"}


@pytest.fixture
def server(folder: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[KeyServer]:
    monkeypatch.setattr(transit, "TIMEOUT", httpx.Timeout(0.5))
    with running() as server:
        settings.LAPOR_KEYS = "transit"
        settings.LAPOR_TRANSIT_URL = server.address
        settings.LAPOR_TRANSIT_TOKEN = TOKEN
        yield server


def kept() -> Identity:
    row = identities.keep(**PERSON)
    assert row is not None
    return row


def test_with_a_key_server_no_key_lies_in_a_file(server: KeyServer, folder: Path) -> None:
    row = kept()
    keys.forget()
    assert identities.name_of(row.pk) == "Kenari Uji"
    assert not (folder / "keys").exists()
    assert bytes(KeyVersion.objects.get().token).startswith(b"vault:v1:")


def test_the_server_is_asked_once_and_not_for_every_person(server: KeyServer) -> None:
    kept()
    before = len(server.asked)
    for _ in range(5):
        identities.name_of(kept().pk)
    assert len(server.asked) == before


def test_without_the_server_the_key_in_memory_serves_for_minutes_and_then_no_more(
    server: KeyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = kept()
    server.status = 503
    assert identities.name_of(row.pk) == "Kenari Uji"
    real = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: real() + timedelta(minutes=6).total_seconds())
    with pytest.raises(KeyServerSilent):
        identities.name_of(row.pk)
    with pytest.raises(KeyServerSilent):
        kept()
    server.status = 0
    assert identities.name_of(row.pk) == "Kenari Uji"


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        ({"status": 503}, KeyServerSilent),
        ({"status": 403}, KeyServerSilent),
        ({"status": 307}, KeyServerSilent),
        ({"status": 404}, MissingKey),
        ({"slow": 2}, KeyServerSilent),
        ({"garbage": True}, WrongKey),
        ({"least": 2}, WrongKey),
        ({"keys": {1: bytes(32)}}, WrongKey),
    ],
    ids=["sealed", "forbidden", "redirects", "no such key", "slow", "garbage", "too old", "another key"],
)
def test_whatever_is_wrong_with_the_server_it_fails_closed_and_says_nothing_secret(
    server: KeyServer, fault: dict[str, Any], raised: type[KeyTrouble]
) -> None:
    row = kept()
    token = bytes(KeyVersion.objects.get().token).decode()
    keys.forget()
    for name, value in fault.items():
        setattr(server, name, value)
    with pytest.raises(raised) as problem:
        identities.reveal(row.pk)
    said = repr(problem.value) + str(problem.value)
    for word in (TOKEN, token, "Kenari", server.address):
        assert word not in said
    assert problem.value.__cause__ is None and problem.value.__context__ is None
    assert KeyVersion.objects.count() == 1 and Identity.objects.count() == 1


def test_a_server_that_is_down_is_named_and_nothing_is_made_instead(server: KeyServer, settings: Any) -> None:
    settings.LAPOR_TRANSIT_URL = "http://127.0.0.1:9"
    with pytest.raises(KeyServerSilent, match="cannot be reached"):
        kept()
    assert not KeyVersion.objects.exists() and not Identity.objects.exists()


def test_a_wrong_token_or_none_is_told(server: KeyServer, settings: Any, tmp_path: Path) -> None:
    settings.LAPOR_TRANSIT_TOKEN = "token-salah"
    with pytest.raises(KeyServerSilent, match="refuses our token") as problem:
        kept()
    assert "token-salah" not in str(problem.value)
    settings.LAPOR_TRANSIT_TOKEN = ""
    with pytest.raises(KeyServerSilent, match="LAPOR_TRANSIT_TOKEN_FILE or"):
        kept()
    settings.LAPOR_TRANSIT_TOKEN_FILE = str(tmp_path / "token")
    with pytest.raises(KeyServerSilent, match="cannot be read"):
        kept()
    (tmp_path / "token").write_text(TOKEN + "\n")
    assert kept()


def test_the_token_is_never_sent_in_the_clear_over_a_network(server: KeyServer, settings: Any) -> None:
    settings.LAPOR_TRANSIT_URL = "http://kunci.contoh.invalid:8200"
    with pytest.raises(KeyServerSilent, match="https"):
        kept()


def test_when_the_server_rotates_its_own_key_ours_moves_with_the_next_rotation(server: KeyServer) -> None:
    row = kept()
    server.rotate()
    keys.forget()
    assert identities.name_of(row.pk) == "Kenari Uji"
    list(rotation.rotate(settled=timedelta(0)))
    server.least = 2
    keys.forget()
    assert identities.name_of(row.pk) == "Kenari Uji"
    assert bytes(KeyVersion.objects.get(number=2).token).startswith(b"vault:v2:")


def test_a_service_moves_from_a_file_to_the_server_and_back_by_rotating(
    server: KeyServer, settings: Any, folder: Path
) -> None:
    settings.LAPOR_KEYS = "file"
    row = kept()
    settings.LAPOR_KEYS = "transit"
    list(rotation.rotate(settled=timedelta(0)))
    (folder / "keys" / "vault").unlink()
    keys.forget()
    assert identities.name_of(row.pk) == "Kenari Uji"
    settings.LAPOR_KEYS = "file"
    list(rotation.rotate(settled=timedelta(0)))
    server.status = 503
    keys.forget()
    assert identities.name_of(row.pk) == "Kenari Uji"
    assert (folder / "keys" / "vault.3").exists()
