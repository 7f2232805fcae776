"""Proof of work (altcha): a browser that calculates for a second is let through, and no third party hears of it.

Two ways, each good once and for twenty minutes: a number whose SHA-256 fits the challenge, or, for telephones that
cannot calculate and people without JavaScript, some seconds of waiting and a sum in words. Both are signed with a key
of the vault, and tied to what they were made for.
"""

from __future__ import annotations

import binascii
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from altcha.v1 import ChallengeOptions, Payload, create_challenge, verify_solution
from django.core import signing
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from lapor.vault.keys import derived
from lapor.vault.tokens import token_digest

HOLDS = timedelta(minutes=20)
WAIT = timedelta(seconds=15)
HARDEST = 50_000  # the number to find: about a second on a telephone of 2020, some seconds on an older one
_DIGITS = (
    _("nol"), _("satu"), _("dua"), _("tiga"), _("empat"), _("lima"), _("enam"), _("tujuh"), _("delapan"), _("sembilan"),
)  # fmt: skip


@dataclass(frozen=True)
class Challenge:
    """What a page asks: `work` for the script, `ticket` with the words of a sum for a person."""

    work: dict[str, Any]
    ticket: str
    one: Any
    other: Any


def ask(rule: str, *, now: datetime) -> Challenge:
    """A new challenge for one kind of request."""
    work = create_challenge(
        ChallengeOptions(hmac_key=_key(), max_number=HARDEST, expires=now + HOLDS, params={"for": rule})
    )
    one, other = random.SystemRandom().sample(range(1, 10), 2)
    # A robot can add up too: it is the waiting that costs, and that each place may wait so often only (`budgets`).
    ticket = signing.dumps([rule, one, other, now.timestamp(), work.salt], key=_key(), salt="waiting")
    return Challenge(work.to_dict(), ticket, _DIGITS[one], _DIGITS[other])


def is_worked(payload: str, rule: str) -> bool:
    """Whether the number fits, for this kind of request, in time and for the first time."""
    try:
        given = Payload.from_base64(payload)
        _nonce, _expires, made_for = given.parse_salt()
        is_right, _error = verify_solution(given, _key(), check_expires=True)
    except (binascii.Error, ValueError, KeyError, TypeError, AttributeError):  # whatever somebody typed in there
        return False
    return is_right and made_for.get("for") == [rule] and _first_use(given.signature)


def is_waited(ticket: str, answer: str, rule: str, *, now: datetime) -> bool:
    """Whether the person waited and added up, for this kind of request, in time and for the first time."""
    try:
        made_for, one, other, asked, _salt = signing.loads(ticket, key=_key(), salt="waiting")
    except (signing.BadSignature, ValueError):
        return False
    age = now - datetime.fromtimestamp(asked, tz=UTC)
    is_right = made_for == rule and WAIT <= age <= HOLDS and answer.strip() == str(one + other)
    return is_right and _first_use(ticket)


def _first_use(proof: str) -> bool:
    return bool(cache.add(f"limits.proof.{token_digest(proof).hex()}", True, timeout=int(HOLDS.total_seconds())))


def _key() -> str:
    return derived("proof of work").hex()
