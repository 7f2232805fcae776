"""How a head gets to each kind of place. Each call either delivers or raises; none runs inside a transaction."""

from __future__ import annotations

import json
import os
import smtplib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage

from .models import Place
from .places import Outside

PATIENCE = httpx.Timeout(10.0)
# What may go wrong on the way, and is tried again.
TROUBLES = (OSError, smtplib.SMTPException, BadHeaderError, httpx.HTTPError, httpx.InvalidURL)


def deliver(head: dict[str, Any], to: Outside) -> None:
    """Brings the head there; raises one of `TROUBLES` when it could not."""
    _WAYS[to.place](head, to.address)


def name_of(head: dict[str, Any]) -> str:
    """The name of the file: the time, so that files sort, and the size."""
    said = head["statement"]
    return f"head-{said['at'][:19].replace(':', '')}-{said['size']}.json"


def _to_folder(head: dict[str, Any], address: str) -> None:
    """Writes a file whole or not at all. The folder must be there: a disk that is not mounted is a failure."""
    folder = Path(address)
    draft = folder / f".{name_of(head)}.{os.getpid()}"
    try:
        with draft.open("w") as file:
            json.dump(head, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / name_of(head))
    finally:
        draft.unlink(missing_ok=True)


def _by_email(head: dict[str, Any], address: str) -> None:
    said = head["statement"]
    host = urlsplit(settings.LAPOR_PUBLIC_URL).hostname or "localhost"
    message = EmailMessage(
        subject=f"{settings.LAPOR_NAME} kepala pohon bukti {said['at'][:10]} ({said['size']})",
        body="Simpan surel ini. Isinya sidik seluruh riwayat laporan sampai saat itu, tanpa isi laporan apa pun.\n"
        "Dengan berkas terlampir siapa pun dapat menunjukkan bila riwayat itu diubah sesudahnya:\n"
        f"{settings.LAPOR_PUBLIC_URL}/bukti/\n\n{json.dumps(head, indent=1)}\n",
        to=[address],
        headers={"Auto-Submitted": "auto-generated", "Message-ID": f"<head-{said['size']}-{said['root'][:16]}@{host}>"},
    )
    message.attach(name_of(head), json.dumps(head), "application/json")
    message.send()


def _by_webhook(head: dict[str, Any], address: str) -> None:
    httpx.post(address, json=head, timeout=PATIENCE, follow_redirects=False).raise_for_status()


_WAYS: dict[str, Callable[[dict[str, Any], str], None]] = {
    Place.FOLDER: _to_folder,
    Place.EMAIL: _by_email,
    Place.WEBHOOK: _by_webhook,
}
