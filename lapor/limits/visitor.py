"""Who asks, as a digest that nobody can turn back into an address: the key lies outside the database, the salt of the
day is deleted two days later. An IPv6 network counts as one place by its first 64 bits (RFC 6177).
"""

from __future__ import annotations

import ipaddress
import os
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from lapor.vault.pins import blind_index

from .models import Salt

KEPT = timedelta(days=2)
_SALT_BYTES = 32
_known: dict[date, bytes] = {}


def visitor(request: HttpRequest) -> str:
    """The digest of the place that a request comes from, good for one day."""
    return digest_of(address(request), on=timezone.localdate())


def address(request: HttpRequest) -> str:
    """The client's address: the connection's own, or what the outermost proxy of ours saw (`LAPOR_PROXIES`).

    Without proxies of ours a header says nothing: whoever asks could have written it.
    """
    seen = str(request.META.get("REMOTE_ADDR", ""))
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if proxies:
        chain = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
        seen = chain[-proxies] if len(chain) >= proxies else seen
    return _network(seen)


def digest_of(place: str, *, on: date) -> str:
    """Without the salt of the day and the key outside the database this cannot be made, nor guessed at."""
    return blind_index(f"{_salt(on).hex()}:{place}", purpose="visitor").hex()[:32]


def forget_salts(*, now: datetime) -> int:
    """Deletes the salts of days gone by; says how many."""
    deleted, _by_table = Salt.objects.filter(day__lt=timezone.localdate(now - KEPT)).delete()
    return deleted


def _network(seen: str) -> str:
    try:
        place = ipaddress.ip_address(seen.strip("[]").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(place, ipaddress.IPv6Address):
        if place.ipv4_mapped is not None:
            return str(place.ipv4_mapped)
        return str(ipaddress.ip_network((place, 64), strict=False))
    return str(place)


def _salt(on: date) -> bytes:
    known = _known.get(on)
    if known is None:
        salt, _is_new = Salt.objects.get_or_create(day=on, defaults={"value": os.urandom(_SALT_BYTES)})
        known = bytes(salt.value)
        if not connection.in_atomic_block:  # what is rolled back must not be remembered
            _known.clear()
            _known[on] = known
    return known
