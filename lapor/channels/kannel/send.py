"""The way out by Kannel's `sendsms` (Kannel 1.4 user's guide, chapter 10): one GET, 202 when it is taken."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

import httpcore
from django.conf import settings

from lapor.channels.base import NotNow, Refused

TIMEOUT: Final = 10.0  # seconds
LINES: Final = 4
SUCCESS, FAILURE = 1, 2  # bits of `dlr-mask`: arrived, will never arrive
UCS2: Final = 2
_PATIENCE: Final = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), TIMEOUT)}
_TROUBLES: Final = (
    httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, httpcore.UnsupportedProtocol,
)  # fmt: skip
REPORT_PATH = "/channels/kannel/report"


class Kannel:
    """One smsbox, by the settings LAPOR_KANNEL_*."""

    def is_set_up(self) -> bool:
        return bool(settings.LAPOR_KANNEL_URL)

    def send(self, *, to: str, text: str, reference: int) -> None:
        """Hands one message over; a long one is split by Kannel and joined by the telephone."""
        asked: dict[str, str | int] = {
            "username": settings.LAPOR_KANNEL_USER,
            "password": settings.LAPOR_KANNEL_PASSWORD,
            "from": settings.LAPOR_SMS_NUMBER,
            "to": to,
            "text": text,
            "charset": "UTF-8",
            "dlr-mask": SUCCESS | FAILURE,
            "dlr-url": report_address(reference),
        }
        if not is_gsm(text):
            asked["coding"] = UCS2
        try:
            answer = _line().request("GET", f"{settings.LAPOR_KANNEL_URL}?{urlencode(asked)}", extensions=_PATIENCE)
        except _TROUBLES as problem:
            raise NotNow(type(problem).__name__) from None  # its own text holds the address, and so the message
        if answer.status == HTTPStatus.ACCEPTED:
            return
        if answer.status == HTTPStatus.BAD_REQUEST:
            raise Refused
        raise NotNow  # a wrong password or address too: an operator mends it, and nothing is lost


@cache
def _line() -> httpcore.ConnectionPool:
    """A line to Kannel that stays open: one of its own for each message costs ten times the message, and what httpx
    does for redirects, cookies and passwords as much again as the message.
    """
    return httpcore.ConnectionPool(max_connections=LINES)


def report_address(reference: int) -> str:
    """Where Kannel reports what became of a message; `%d` is filled in by Kannel."""
    asked = urlencode({"secret": settings.LAPOR_KANNEL_SECRET, "reference": reference})
    return f"{settings.LAPOR_KANNEL_BACK_URL.rstrip('/')}{REPORT_PATH}?{asked}&type=%d"


def is_gsm(text: str) -> bool:
    """Whether every sign is one of the alphabet of GSM 03.38, so that 160 fit in a message."""
    return all(sign in _GSM for sign in text)


_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€"
)
