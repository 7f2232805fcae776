"""The places outside that heads are sent to, as the operator configured them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings

from .models import Place


@dataclass(frozen=True)
class Outside:
    """One place. `address` may hold a secret, so it is shown nowhere; `label` may be."""

    place: Place
    label: str
    address: str = field(repr=False)

    @property
    def target(self) -> str:
        """What stands for the address in the database."""
        return hashlib.sha256(self.address.encode()).hexdigest()[:16]


def configured() -> list[Outside]:
    """Every place that heads are to be sent to."""
    return list(_configured())


def _configured() -> Iterator[Outside]:
    if settings.LAPOR_HEADS_FOLDER:
        yield Outside(Place.FOLDER, str(settings.LAPOR_HEADS_FOLDER), str(settings.LAPOR_HEADS_FOLDER))
    for address in settings.LAPOR_HEADS_EMAILS:
        yield Outside(Place.EMAIL, address, address)
    for address in settings.LAPOR_HEADS_WEBHOOKS:
        yield Outside(Place.WEBHOOK, urlsplit(address).hostname or "?", address)
