"""What every channel hands in, and what the reporter gets back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from lapor.vault.receipts import new_receipt
from lapor.vault.sealing import Pair, new_pair

MIN_TEXT = 20
MAX_TEXT = 20_000
MAX_TITLE = 150


@dataclass(frozen=True)
class Seal:
    """What a sealed report is closed and found with, made before it is sent and held by the reporter's browser alone:
    its key pair, and the sixteen digits of its receipt.
    """

    pair: Pair = field(repr=False)
    digits: str = field(repr=False)


def new_seal() -> Seal:
    """A key pair and sixteen digits that nobody has seen before."""
    return Seal(new_pair(), new_receipt())


@dataclass(frozen=True, kw_only=True)
class Accused:
    """Whom a report is about: a body, a unit of it, an officer of it, or the name of a person, as far as known."""

    agency_id: int | None = None
    unit_id: int | None = None
    officer_id: int | None = None
    name: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One report as a channel heard it, before the service has done anything with it.

    `seal` is of a sealed report whose files were sealed before; without it one is made.
    """

    channel: str
    kind: str
    text: str
    title: str = ""
    category: str | None = None
    region_code: str | None = None
    place: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    occurred_on: date | None = None
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    account: str = field(default="", repr=False)
    is_anonymous: bool = False
    shows_name: bool = False
    is_confidential: bool = False
    is_urgent: bool = False
    proposed_agency_id: int | None = None
    proposal_reason: str = ""
    accused: tuple[Accused, ...] = ()
    attachment_ids: tuple[int, ...] = ()
    account_id: int | None = None
    entered_by_id: int | None = None
    external_id: str = ""
    idempotency_key: str = field(default="", repr=False)
    seal: Seal | None = field(default=None, repr=False)
    agency_named: str = field(default="", repr=False)
    language: str = "id"


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Proof of filing. The PIN is shown once; a repeat with the same idempotency key shows it again.

    A sealed report has no PIN: `digits` are the sixteen of its receipt, and its code is of no use to the reporter.
    """

    code: str
    pin: str = field(default="", repr=False)
    digits: str = field(default="", repr=False)
    received_at: datetime
    verify_by: datetime
    answer_by: datetime
    verifier_id: int
    is_repeat: bool = False


class IdempotencyMismatch(Exception):
    """The same idempotency key came with another content."""
