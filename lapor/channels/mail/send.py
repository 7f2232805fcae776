"""The way out by mail: what every letter carries in its headers, and what a mail server's refusal means."""

from __future__ import annotations

import smtplib
from typing import Final

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from lapor.channels.base import NotNow, Refused

from . import addresses
from .letter import unfolded
from .sort import OURS

PERMANENT: Final = 500
CLOSING: Final = "\n\n-- \n{name}\n"


class Post:
    """The gateway: Django's own mail server settings, and the address of LAPOR_MAIL_ADDRESS."""

    def is_set_up(self) -> bool:
        return addresses.is_set_up()

    def send(self, *, to: str, text: str, reference: int) -> None:
        """Sends one letter."""
        letter = unfolded(text)
        message = compose(
            to=to,
            subject=letter.subject,
            body=letter.body + CLOSING.format(name=settings.LAPOR_NAME),
            of=addresses.SENDING,
            key=reference,
            report_id=letter.report_id,
            answers=letter.answers,
            how="auto-replied",
        )
        try:
            message.send()
        except (smtplib.SMTPException, OSError, BadHeaderError) as problem:
            # The text of the problem may hold the address.
            raise (Refused() if is_permanent(problem) else NotNow(type(problem).__name__)) from None


def compose(
    *,
    to: str,
    subject: str,
    body: str,
    of: str,
    key: int,
    report_id: int | None,
    answers: str = "",
    how: str = "auto-generated",
    more: dict[str, str] | None = None,
    connection: BaseEmailBackend | None = None,
) -> EmailMessage:
    """A letter that says it is a machine's (RFC 3834), stays in the thread of its report, takes replies there, and
    whose bounces come back to an address of their own.
    """
    headers = {"Auto-Submitted": how, "Message-ID": addresses.message_id(of, key), OURS: "1", **(more or {})}
    root = addresses.message_id(addresses.REPORT, report_id) if report_id is not None else ""
    if thread := " ".join(filter(None, [root, answers])):
        headers["References"], headers["In-Reply-To"] = thread, answers or root
    sender = None
    if addresses.is_set_up():
        headers["From"], sender = settings.DEFAULT_FROM_EMAIL, addresses.comes_back_to(of, key)
        headers["Reply-To"] = addresses.reply_to(report_id) if report_id is not None else addresses.own()
    return EmailMessage(subject=subject, body=body, from_email=sender, to=[to], headers=headers, connection=connection)


def is_permanent(problem: Exception) -> bool:
    """Whether trying again is useless: the server refused with a 5xx, or the headers cannot be."""
    match problem:
        case BadHeaderError():
            return True
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            return all(code >= PERMANENT for code, _text in refused.values())
        case smtplib.SMTPResponseException(smtp_code=code):
            return code >= PERMANENT and not isinstance(problem, smtplib.SMTPAuthenticationError)
        case _:
            return False
