"""What the tests of all messaging services share: hand in, read, send, and look at what is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from lapor.channels import registry
from lapor.channels.models import Received, Sending, Talk
from lapor.vault.envelope import open_sealed

WHOLE = "Lampu jalan di Samarinda Utara mati sejak tiga hari lalu, gelap sekali"
SHORT = "lampu jalan mati gelap sekali pak tolong"


def work(now: datetime | None = None) -> None:
    """One round of the worker for all channels."""
    now = now or timezone.now()
    while registry.read(now=now):
        pass
    while registry.send(now=now):
        pass


def later(minutes: int = 2) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)


def said(row: Sending) -> str:
    return str(open_sealed(bytes(row.box), aad=f"sending:{row.once}")["text"])


def in_tables() -> str:
    """All that the tables of messages say in clear."""
    rows = [row for model in (Received, Sending, Talk) for row in model.objects.values_list()]
    return " ".join(
        bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell)
        for row in rows
        for cell in row
    )
