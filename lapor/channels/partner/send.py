"""The way out to other systems: one signed call a message, to the address that was agreed with the partner.

A partner who does not answer holds up no other: for a minute nothing is tried there.
"""

from __future__ import annotations

import json
import time
from typing import Final

from django.utils import timezone

from lapor.channels import http
from lapor.channels.base import NotNow, Refused
from lapor.channels.models import Partner

from . import known

REST: Final = 60.0  # seconds
_resting: dict[str, float] = {}


class Partners:
    """All partners that were entered (`lapor manage partner`)."""

    def is_set_up(self) -> bool:
        return Partner.objects.filter(is_active=True).exists()

    def send(self, *, to: str, text: str, reference: int) -> None:
        """Brings one message to the partner whose sender this is; anything in the 200s means that it was taken."""
        _partner, slug, sender = to.split(":", 2)
        partner = known.active(slug)
        if partner is None:
            raise Refused("no such partner")
        if _resting.get(slug, 0.0) > time.monotonic():
            raise NotNow("resting")
        raw = json.dumps({"id": str(reference), "to": sender, "text": text}).encode()
        at = str(int(timezone.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "X-Lapor-Timestamp": at,
            "X-Lapor-Signature": known.signature(partner, at, raw),
        }
        try:
            http.settle(http.ask("POST", partner.callback, raw=raw, headers=headers, is_foreign=True))
        except NotNow as problem:  # of this partner alone
            if problem.is_general:
                _resting[slug] = time.monotonic() + REST
            raise NotNow(str(problem)) from None
