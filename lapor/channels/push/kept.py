"""The browsers that want to hear of a report: each sealed, found by a keyed digest, forgotten when it hears no more."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from lapor.channels.models import Subscription
from lapor.vault.envelope import open_sealed, seal
from lapor.vault.pins import blind_index
from lapor.vault.pushing import Browser

MOST = 5  # browsers of one report; the oldest gives way
LONGEST = 1_000


class NotABrowser(Exception):
    """What was handed in is no subscription of a push service that we send to."""


@transaction.atomic
def keep(*, report_id: int, browser: Browser, language: str, now: datetime) -> None:
    """This browser hears of the report from now on; once, however often it says so. Refuses with `NotABrowser`."""
    if not (is_allowed(browser.endpoint) and browser.is_whole()):
        raise NotABrowser
    key, digest = uuid.uuid4(), _digest(browser.endpoint)
    Subscription.objects.filter(report=report_id, digest=digest).delete()
    Subscription.objects.create(
        id=key,
        report_id=report_id,
        digest=digest,
        box=seal(asdict(browser), aad=_aad(key)),
        language=language,
        made_at=now,
    )
    newest = Subscription.objects.filter(report=report_id).order_by("-made_at", "-pk").values_list("pk", flat=True)
    Subscription.objects.filter(pk__in=list(newest[MOST:])).delete()


def is_allowed(endpoint: str) -> bool:
    """Whether it is an address of a push service in the settings. Anything else would make us ask any address inside
    our own network that somebody names.
    """
    try:
        parts = urlsplit(endpoint)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host == "127.0.0.1")
    is_plain = len(endpoint) <= LONGEST and not (parts.username or parts.password)
    return is_safe and is_plain and any(_fits(host, service) for service in settings.LAPOR_PUSH_SERVICES)


def browser_of(name: str) -> Browser | None:
    """The browser behind a subscription; None once it was forgotten."""
    row = Subscription.objects.filter(pk=uuid.UUID(name)).first()
    return Browser(**open_sealed(bytes(row.box), aad=_aad(row.pk))) if row else None


def forget(name: str) -> None:
    """Its push service says that it is gone."""
    Subscription.objects.filter(pk=uuid.UUID(name)).delete()


def forget_browser(endpoint: str) -> int:
    """A browser that wants to hear of no report any more, whichever they were; says how many."""
    gone, _by_model = Subscription.objects.filter(digest=_digest(endpoint)).delete()
    return gone


def forget_report(report_id: int) -> None:
    """Nobody is told of this report by this way any more."""
    Subscription.objects.filter(report=report_id).delete()


def _fits(host: str, service: str) -> bool:
    return host.endswith(service[1:]) if service.startswith("*.") else host == service


def _digest(endpoint: str) -> bytes:
    return blind_index(endpoint, purpose="push")


def _aad(key: uuid.UUID) -> str:
    return f"push:{key}"
