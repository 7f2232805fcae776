"""What every channel hands in, and what the reporter gets back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

MIN_TEXT = 20
MAX_TEXT = 20_000
MAX_TITLE = 150


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One report as a channel heard it, before the service has done anything with it."""

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
    is_anonymous: bool = False
    shows_name: bool = False
    is_confidential: bool = False
    is_urgent: bool = False
    proposed_agency_id: int | None = None
    proposal_reason: str = ""
    attachment_ids: tuple[int, ...] = ()
    account_id: int | None = None
    entered_by_id: int | None = None
    external_id: str = ""
    idempotency_key: str = field(default="", repr=False)
    language: str = "id"


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Proof of filing. The PIN is shown once; a repeat with the same idempotency key shows it again."""

    code: str
    pin: str = field(repr=False)
    received_at: datetime
    verify_by: datetime
    answer_by: datetime
    verifier_id: int
    is_repeat: bool = False


class IdempotencyMismatch(Exception):
    """The same idempotency key came with another content."""
