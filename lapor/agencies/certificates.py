"""Certificates of practice as one line of text that another site can check: who practised which role where.

The site for practice and the one for real reports share no accounts and never speak with each other (ADR 0008). What
ties a certificate to a person is the digest of the address they are invited with on both; the signature is checked here
with the public keys of `LAPOR_TRAINING_KEYS`. Whether it fits somebody's post is asked in `trained`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from lapor.lib import base64url
from lapor.vault import signing

PREFIX = "LATIHAN1."
LONGEST = 1_200
_SIGNED_AS = b"lapor-latihan-1 "
_CODE = re.compile(rb"LATIHAN1\.[A-Za-z0-9_-]{1,900}\.[A-Za-z0-9_-]{86}(?![A-Za-z0-9_-])")


@dataclass(frozen=True, kw_only=True)
class Claims:
    """What a certificate says. `person` is the digest of an address, `agency` the slug of a body."""

    number: str
    person: str
    role: str
    agency: str
    done_on: date


class CertificateRefused(Exception):
    """This line is no certificate that can be believed; `reason` is a stable key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def person_of(email: str) -> str:
    """The digest by which a person is known on both sites; the same however the address is typed."""
    return hashlib.sha256(b"lapor-latihan " + email.strip().lower().encode()).hexdigest()[:40]


def write(claims: Claims, *, sign: Callable[[bytes], bytes]) -> str:
    """The line that carries these claims, signed."""
    told = {
        "n": claims.number,
        "p": claims.person,
        "r": claims.role,
        "a": claims.agency,
        "d": claims.done_on.isoformat(),
    }
    body = json.dumps(told, separators=(",", ":"), sort_keys=True).encode()
    return f"{PREFIX}{base64url.encode(body)}.{base64url.encode(sign(_SIGNED_AS + body))}"


def split(text: str) -> list[str]:
    """The lines in what somebody pasted, each once: several, in any order, broken anywhere by a mail program."""
    pieces = "".join(text.split()).split(PREFIX)
    first = [pieces[0]] if pieces[0] else []
    return list(dict.fromkeys([*first, *(PREFIX + piece for piece in pieces[1:])]))


def inside(file: bytes) -> str:
    """The line that a certificate's PDF or text file carries; empty when it carries none."""
    found = _CODE.search(file)
    return found.group().decode() if found else ""


def read(code: str) -> Claims:
    """What a line says, once its signature holds. Refuses a site without keys, a torn line, one that nobody signed."""
    if not settings.LAPOR_TRAINING_KEYS:
        raise CertificateRefused("no_training_keys")
    head, _dot, rest = code.partition(".")
    body, _dot, signature = rest.partition(".")
    if f"{head}." != PREFIX or not signature or len(code) > LONGEST:
        raise CertificateRefused("no_certificate")
    try:
        said, signed = base64url.decode(body), base64url.decode(signature)
    except ValueError:
        raise CertificateRefused("no_certificate") from None
    message = _SIGNED_AS + said
    if not any(signing.verify(public=key, message=message, signature=signed) for key in settings.LAPOR_TRAINING_KEYS):
        raise CertificateRefused("forged_certificate")
    try:
        told = json.loads(said)
        return Claims(
            number=str(told["n"]),
            person=str(told["p"]),
            role=str(told["r"]),
            agency=str(told["a"]),
            done_on=date.fromisoformat(told["d"]),
        )
    except (ValueError, KeyError, TypeError):
        raise CertificateRefused("no_certificate") from None
