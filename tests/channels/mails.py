"""Mails for tests, written as programs write them, and the way in without a mailbox."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from itertools import count
from typing import Any

from django.core import mail as django_mail
from django.core.mail import EmailMessage as Sent

from lapor.channels import registry
from lapor.channels.mail.take import take
from lapor.channels.models import Received
from tests.cast import MONDAY

ADDRESS = "lapor@lapor.invalid"
AUTHSERV = "mx.lapor.invalid"
REPORTER = "pelapor@uji.invalid"
WHOLE = "Lampu jalan di Samarinda Utara mati sejak tiga hari lalu, gelap sekali dan sudah ada yang jatuh."
GENUINE: dict[str, Any] = {"Authentication-Results": f"{AUTHSERV}; dmarc=pass header.from=uji.invalid"}
_ids = count(1)


def written(
    text: str = WHOLE,
    *,
    sender: str = f"Pelapor Uji <{REPORTER}>",
    to: str = ADDRESS,
    subject: str = "Lampu jalan mati",
    html: str = "",
    files: tuple[tuple[str, str, bytes], ...] = (),
    message_id: str = "",
    **headers: str,
) -> bytes:
    """The bytes of a mail. `files` are (name, type, content); an underscore in a header's name is a hyphen."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    letter["Date"] = "Mon, 05 Oct 2026 08:00:00 +0700"
    letter["Message-ID"] = message_id or f"<uji-{next(_ids)}@uji.invalid>"
    for name, value in headers.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(text)
    if html:
        letter.add_alternative(html, subtype="html")
    for name, kind, content in files:
        main, _slash, sub = kind.partition("/")
        letter.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return letter.as_bytes()


def bring(raw: bytes, *, now: datetime = MONDAY) -> list[Sent]:
    """One mail comes in, is read, and what is answered is sent; the answers."""
    before = len(django_mail.outbox)
    take(raw, now=now)
    registry.read(now=now)
    registry.send(now=now)
    return list(django_mail.outbox[before:])


def held_mail(why: str = "another_sender", **said: Any) -> Received:
    """A mail that waits for an officer."""
    take(written(**said), now=MONDAY)
    row = last()
    row.state, row.why, row.next_try_at = Received.State.REFUSED, why, None
    row.save()
    return row


def last() -> Received:
    return Received.objects.latest("pk")


def header(sent: Any, name: str) -> str:
    return str(sent.message()[name] or "")
