"""Shapes of the API, in and out. The OpenAPI document is made from these types, so that it cannot
disagree with them.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

Kind = Literal["complaint", "aspiration", "information_request", "whistleblowing", "procurement"]
Text = Annotated[str, Meta(max_length=20_000, description="What happened; at least 20 characters.")]
RegionCode = Annotated[str, Meta(pattern=r"^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$")]
Slug = Annotated[str, Meta(pattern=r"^[a-z0-9_-]{1,100}$")]


class NewAccused(Struct, forbid_unknown_fields=True, kw_only=True):
    """Whom the report is about, as far as known. They, their unit and their superior do not see it."""

    agency: Slug | None = None
    unit: Annotated[str, Meta(max_length=150, description="The unit's name at that agency.")] = ""
    name: Annotated[str, Meta(max_length=120, description="A person's name or office; kept encrypted.")] = ""


class NewReport(Struct, forbid_unknown_fields=True, kw_only=True):
    """A report as an app or another system hands it in."""

    text: Text
    kind: Kind = "complaint"
    title: Annotated[str, Meta(max_length=150)] = ""
    category: Slug | None = None
    region: RegionCode | None = None
    place: Annotated[str, Meta(max_length=200)] = ""
    latitude: Annotated[float, Meta(ge=-12, le=7)] | None = None
    longitude: Annotated[float, Meta(ge=94, le=142)] | None = None
    occurred_on: date | None = None
    agency: Slug | None = None
    accused: Annotated[list[NewAccused], Meta(max_length=10)] = []
    name: Annotated[str, Meta(max_length=120)] = ""
    phone: Annotated[str, Meta(max_length=30)] = ""
    email: Annotated[str, Meta(max_length=254)] = ""
    is_anonymous: bool = False
    is_confidential: bool = False
    shows_name: bool = False


class AgencyRef(Struct, kw_only=True):
    slug: str
    name: str


class RegionRef(Struct, kw_only=True):
    code: str
    name: str
    label: str
    level: int


class Filed(Struct, kw_only=True):
    """The receipt. `pin` is shown once; the same Idempotency-Key and content show it again.

    A whistleblowing report is sealed: it has no code and PIN, and its sixteen digits in `receipt` are the only way to
    it.
    """

    code: str
    pin: str
    receipt: Annotated[str, Meta(description="Sixteen digits of a sealed report, else empty.")]
    received_at: datetime
    verify_by: datetime
    due_at: datetime
    verifier: AgencyRef
    agency: AgencyRef | None
    reason: str
    track_url: str


class TimelineEntry(Struct, kw_only=True):
    kind: str
    at: datetime
    agency: str | None
    text: str
    done_by: str
    done_on: date | None


class PublishedReport(Struct, kw_only=True):
    """A published copy: personal data are masked, the reporter's name is there only when they chose to show it."""

    code: str
    kind: str
    title: str
    text: str
    category: str | None
    region: RegionRef | None
    place: str
    occurred_on: date | None
    agency: AgencyRef | None
    holder: AgencyRef | None
    reporter: str
    state: str
    bucket: str
    outcome: str
    received_at: datetime
    due_at: datetime | None
    is_late: bool
    answered_at: datetime | None
    closed_at: datetime | None
    stars: int | None
    supporters: int
    url: str
    timeline: list[TimelineEntry] | UnsetType = UNSET


class ReportPage(Struct, kw_only=True):
    results: list[PublishedReport]
    next: str | None
    previous: str | None


class RegionList(Struct, kw_only=True):
    results: list[RegionRef]


class AgencyEntry(Struct, kw_only=True):
    slug: str
    name: str
    short: str
    level: str
    region: str | None
    answers_for: str
    is_connected: bool
    connected_on: date | None


class AgencyList(Struct, kw_only=True):
    results: list[AgencyEntry]


class CategoryEntry(Struct, kw_only=True):
    slug: str
    name: str
    name_en: str
    description: str


class CategoryList(Struct, kw_only=True):
    results: list[CategoryEntry]


class HeadStatement(Struct, kw_only=True):
    """What is signed of a tree: how many leaves, its root in hexadecimal, and when."""

    type: str
    size: int
    root: str
    at: str


class SignedHead(Struct, kw_only=True):
    """`signature` is over the statement as JSON with sorted names, without blanks, everything but ASCII escaped."""

    statement: HeadStatement
    key: str
    signature: str


class HeadPage(Struct, kw_only=True):
    heads: list[SignedHead]
    next: int | None


class SigningKey(Struct, kw_only=True):
    """An Ed25519 public key; `vouched` is the signature over `lapor-key-1 ` and the key by the one before it."""

    key: str
    public: str
    made_at: str
    vouched_by: str
    vouched: str


class KeyList(Struct, kw_only=True):
    keys: list[SigningKey]


class Consistency(Struct, kw_only=True):
    """The consistency proof of RFC 6962, §2.1.2."""

    old: int
    new: int
    path: list[str]


class Inclusion(Struct, kw_only=True):
    """The audit path of RFC 6962, §2.1.1, and the head that it leads to."""

    index: int
    path: list[str]
    head: SignedHead


class FieldError(Struct, kw_only=True):
    """`pointer` is a JSON pointer into the body (RFC 6901), or the name of a parameter."""

    pointer: str
    detail: str


class Problem(Struct, kw_only=True):
    """RFC 9457 problem details, with the fields that are wrong."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] = []


def decimal(number: float | None) -> Decimal | None:
    """Five decimals, about a metre."""
    return None if number is None else Decimal(str(round(number, 5)))
