"""Which systems of others may hand messages in, where theirs are brought, and the secret that both sign with."""

from __future__ import annotations

import secrets
from datetime import datetime

from lapor.channels.models import Partner
from lapor.channels.webhook import mac
from lapor.vault.envelope import open_sealed, seal


def add(*, slug: str, name: str, callback: str, now: datetime) -> str:
    """Enters a partner, or gives one a new secret and address; the secret, which is shown this once."""
    secret = secrets.token_urlsafe(32)
    said = {"name": name, "callback": callback, "is_active": True, "secret": seal({"secret": secret}, aad=_place(slug))}
    Partner.objects.update_or_create(slug=slug, defaults=said, create_defaults=said | {"made_at": now})
    return secret


def end(slug: str) -> bool:
    """Nothing is taken from this partner any more, nor sent; False for one that is not known."""
    return bool(Partner.objects.filter(slug=slug).update(is_active=False))


def active(slug: str) -> Partner | None:
    """The partner of this name who may hand in and be sent to."""
    return Partner.objects.filter(slug=slug, is_active=True).first()


def signature(partner: Partner, at: str, raw: bytes) -> str:
    """What stands in `X-Lapor-Signature` of a message of this time (seconds since 1970) with these bytes, both ways."""
    secret = open_sealed(bytes(partner.secret), aad=_place(partner.slug))["secret"]
    return f"sha256={mac(secret, at.encode() + b'.' + raw).hex()}"


def _place(slug: str) -> str:
    return f"partner:{slug}"
