"""One way in: `submit` files a report from any channel, sealed where its kind says so."""

from __future__ import annotations

from datetime import datetime

from ..models import Kind
from ..submission import Receipt, Submission
from .intake import submit_open
from .sealed_intake import submit_sealed


def submit(submission: Submission, *, now: datetime) -> Receipt:
    """Files the report and returns its receipt; what is returned is on disk.

    The same idempotency key with the same content returns the first receipt again. Refuses with `Incomplete` a report
    that says nothing, with `IdempotencyMismatch` a key that was used for something else, with `NobodyCanOpen` one that
    is to be sealed where no investigator has a key.
    """
    if submission.kind == Kind.WHISTLEBLOWING:
        return submit_sealed(submission, now=now)
    return submit_open(submission, now=now)
