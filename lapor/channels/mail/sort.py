"""What sort of mail it is, before anybody acts on it: a person's, or something that must not be answered.

By the standards: bounces RFC 3464 and the null return path of RFC 5321 §4.5.5, automatic answers RFC 3834, lists RFC
2919 and 2369, the verdict on the sender RFC 8601, of our own mail server alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum
from typing import Final

from django.conf import settings

from . import addresses, headers
from .read import Mail, parts, words_of

OURS: Final = "X-Lapor"  # in all that we send, so that it is known when it comes back
_PERMANENT: Final = "5"
_VERDICT = re.compile(r"\b(dmarc|spf|dkim)\s*=\s*([a-z]+)\b([^;]*)", re.IGNORECASE)
_DOMAIN = re.compile(r"\b(?:header\.d|header\.i|smtp\.mailfrom)\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
_STATUS = re.compile(r"^Status:\s*([245]\.\d{1,3}\.\d{1,3})", re.MULTILINE | re.IGNORECASE)
_ACTION = re.compile(r"^Action:\s*([a-z]+)", re.MULTILINE | re.IGNORECASE)
_AWAY = re.compile(r"(automatic reply|out of office|balasan otomatis|jawaban otomatis)\b", re.IGNORECASE)
_MOST_READ = 100_000


class Sort(StrEnum):
    """What a mail is. The words stand in the inbox as the reason why it was put away."""

    PERSON = "person"
    BOUNCE = "bounce"
    AUTOMATIC = "automatic"
    LIST = "list"
    LOOP = "loop"
    FORGED = "forged"
    NO_SENDER = "no_sender"


@dataclass(frozen=True)
class Returned:
    """What a mail server says of a message of ours: which, and whether it will never arrive."""

    of: str
    key: int
    status: str
    is_final: bool


def sort_of(mail: Mail) -> Sort:
    """The sort of this mail; what proves more comes first."""
    head = mail.head
    if is_bounce(mail):
        return Sort.BOUNCE
    if headers.first(head, OURS) or addresses.is_own(mail.sender):
        return Sort.LOOP
    if is_automatic(head):
        return Sort.AUTOMATIC
    if headers.first(head, "List-Id") or headers.first(head, "List-Post"):
        return Sort.LIST
    if not mail.sender:
        return Sort.NO_SENDER
    return Sort.FORGED if is_forged(mail) else Sort.PERSON


def is_bounce(mail: Mail) -> bool:
    """Whether a mail server speaks of a message that did not arrive."""
    head = mail.head
    is_report = head.get_content_type() == "multipart/report"
    told = str(head.get_param("report-type") or "").lower()
    if is_report and told in {"delivery-status", ""}:
        return True
    is_null = any(path.replace(" ", "") == "<>" for path in headers.every(head, "Return-Path"))
    return is_null and not headers.first(head, "Auto-Submitted").startswith("auto-replied")


def is_automatic(head: Message) -> bool:
    """Whether no person wrote it, or it is not to be answered by a machine."""
    said = headers.first(head, "Auto-Submitted").lower()
    if said and not said.startswith("no"):
        return True
    if any(headers.first(head, name) for name in ("X-Autoreply", "X-Autorespond", "X-Autoresponder")):
        return True
    if headers.first(head, "Precedence").lower() in {"bulk", "junk", "auto_reply", "list"}:
        return not headers.first(head, "List-Id")
    return bool(_AWAY.match(headers.first(head, "Subject")))


def is_forged(mail: Mail) -> bool:
    """Whether our own mail server found that the sender is another; False where it says nothing."""
    said = _verdicts(mail.head)
    dmarc = said.get("dmarc", ("", ""))[0]
    if dmarc:
        return dmarc == "fail"
    results = {name: result for name, (result, _rest) in said.items()}
    return (results.get("spf") == "fail" and results.get("dkim") != "pass") or (
        results.get("dkim") == "fail" and results.get("spf") not in {"pass", "neutral", "none", None}
    )


def is_genuine(mail: Mail) -> bool:
    """Whether our own mail server found that the sender is who the mail says: by DMARC, or by SPF or DKIM of the very
    domain in the address.
    """
    said = _verdicts(mail.head)
    if said.get("dmarc", ("", ""))[0] == "pass":
        return True
    domain = mail.sender.rpartition("@")[2]
    for name in ("dkim", "spf"):
        result, rest = said.get(name, ("", ""))
        if result == "pass" and any(one.rpartition("@")[2].lower() == domain for one in _DOMAIN.findall(rest)):
            return True
    return False


def returned(mail: Mail) -> Returned | None:
    """Which message of ours it is about; None when that cannot be told, or made up."""
    reports, inside = [], mail.ids
    for part in parts(mail.head):
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            reports.append(_flat(part))
        elif kind in {"message/rfc822", "message/rfc822-headers", "text/rfc822-headers"}:
            inside += " " + _flat(part)
    found = addresses.message_of(mail.to, inside)
    if found is None:
        return None
    text = "\n".join(reports)
    statuses, actions = _STATUS.findall(text), {one.lower() for one in _ACTION.findall(text)}
    status = next((one for one in statuses if one.startswith(_PERMANENT)), statuses[0] if statuses else "")
    is_final = "failed" in actions and not (statuses and not status.startswith(_PERMANENT))
    return Returned(*found, status, is_final)


def _flat(part: Message) -> str:
    """A part that holds headers, as text: the parser may have taken it apart already."""
    inside = part.get_payload()
    if isinstance(inside, list):
        return "\n".join(
            f"{name}: {value}" for one in inside if isinstance(one, Message) for name, value in one.raw_items()
        )[:_MOST_READ]
    return words_of(part)[:_MOST_READ]


def _verdicts(head: Message) -> dict[str, tuple[str, str]]:
    """method → (result, the rest) in the topmost header of our own mail server; none without its name."""
    ours = settings.LAPOR_MAIL_AUTHSERV_ID.lower()
    if not ours:
        return {}
    for written in headers.every(head, "Authentication-Results"):
        server, _semicolon, said = written.partition(";")
        if server.split() and server.split()[0].lower() == ours:
            found: dict[str, tuple[str, str]] = {}
            for method, result, rest in _VERDICT.findall(said[:_MOST_READ]):
                known = found.get(method.lower())
                if known is None or (result.lower() == "pass" and known[0] != "pass"):  # several DKIM signatures
                    found[method.lower()] = (result.lower(), rest)
            return found
    return {}
