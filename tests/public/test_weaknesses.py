"""Whoever finds a weakness finds out whom to tell (RFC 9116)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import LazySettings
from django.test import Client

from tests.cast import MONDAY


def test_the_contact_of_the_operator_is_where_everybody_looks_for_it(client: Client, settings: LazySettings) -> None:
    settings.LAPOR_SECURITY_CONTACT = "mailto:keamanan@uji.invalid"
    answer = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert answer["Content-Type"].startswith("text/plain")
    assert lines["Contact"] == "mailto:keamanan@uji.invalid"
    assert MONDAY < datetime.fromisoformat(lines["Expires"]) < MONDAY + timedelta(days=365)
    assert lines["Canonical"].endswith("/.well-known/security.txt")


def test_without_a_contact_there_is_no_such_page(client: Client) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
