"""The reporter of a sealed report, proved by sixteen digits: a short visit, whose key lies in a cookie alone.

Wrong digits cost the same work as right ones and get the same answer. They are slowed down without knowing whose they
are: by a budget of the whole service for a minute, and by one for each number that is tried.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from lapor.lib.codes import parse_receipt
from lapor.vault import pins, receipts

from .actors import Reporter
from .models import Report
from .models.attempts import PinAttempts

MAX_WRONG = 10  # of one number in an hour
MINUTE = timedelta(minutes=1)
# Of all numbers: at this pace one of ten thousand receipts is guessed in sixteen thousand years.
MAX_A_MINUTE = 120
HOUR = timedelta(hours=1)
_EVERYBODY = "receipts"


class WrongReceipt(Exception):
    """No report has this receipt, or it is none at all."""


class TooManyTries(Exception):
    """So many wrong receipts came in that all must wait until `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


def visit(typed: str, *, now: datetime) -> str:
    """Begins a visit: the token for the reporter's browser. Refuses with `WrongReceipt` or `TooManyTries`."""
    digits = parse_receipt(typed) or "-"
    keys = receipts.read_receipt(digits)
    everybody, one = pins.code_digest(_EVERYBODY), pins.code_digest(keys.tag.hex())
    _check(everybody, most=MAX_A_MINUTE, within=MINUTE, now=now)
    _check(one, most=MAX_WRONG, within=HOUR, now=now)
    report = Report.objects.filter(receipt_tag=keys.tag).only("pk", "sealed_id").first()
    if report is None or report.sealed_id is None:
        _count(everybody, within=MINUTE, now=now)
        _count(one, within=HOUR, now=now)
        raise WrongReceipt
    return receipts.remember(keys.pair.private, sealed_id=report.sealed_id, now=now)


def visitor(token: str, *, now: datetime) -> Reporter | None:
    """Who visits with this token; None when the visit is over."""
    found = receipts.recall(token, now) if token else None
    if found is None:
        return None
    sealed_id, private = found
    report = Report.objects.filter(sealed_id=sealed_id).only("pk").first()
    return Reporter(report_id=report.pk, keys=private) if report else None


def leave(token: str) -> None:
    """Ends the visit."""
    receipts.forget(token)


def _check(digest: bytes, *, most: int, within: timedelta, now: datetime) -> None:
    """Refuses when the budget is spent. Leaves nothing behind: a right receipt is not counted."""
    tries = PinAttempts.objects.filter(code_digest=digest, since__gt=now - within, wrong__gte=most).first()
    if tries is not None:
        raise TooManyTries(tries.since + within)


@transaction.atomic
def _count(digest: bytes, *, within: timedelta, now: datetime) -> None:
    PinAttempts.objects.get_or_create(code_digest=digest, defaults={"since": now})
    tries = PinAttempts.objects.select_for_update().get(code_digest=digest)
    if tries.since + within <= now:
        tries.since, tries.wrong = now, 0
    tries.wrong += 1
    tries.save()
