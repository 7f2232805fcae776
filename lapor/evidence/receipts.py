"""The receipt that a reporter holds: signed at once, later with the proof that it is in the tree."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lapor.lib import canonical
from lapor.lib.merkle import leaf_hash
from lapor.reports.models import Event, EventKind, Report

from . import keys, proofs
from .sources import statement


class NoReceipt(Exception):
    """The report came before receipts were given, or its words were erased and the salt with them."""


def of_report(report_id: int, *, salt: bytes | None = None, now: datetime) -> dict[str, Any]:
    """The receipt of this report, for its reporter alone, with the proof once a signed tree holds it.

    `salt` is of a sealed report, whose row does not keep it. Raises `NoReceipt`, and `MissingKey` or `WrongKey` of the
    vault when nothing can be signed: the report is filed all the same, and its receipt can be had later.
    """
    said = (
        Event.objects.filter(report=report_id, kind=EventKind.RECEIVED)
        .order_by("id")
        .values_list("data__receipt", flat=True)
        .first()
    )
    known = salt or Report.objects.filter(pk=report_id).values_list("receipt_salt", flat=True).first()
    if said is None or known is None:
        raise NoReceipt
    words = statement(said)
    message = canonical.canonical(words)
    signer = keys.current(now=now)
    receipt = {
        "statement": words,
        "key": signer.key_id,
        "signature": signer.sign(message).hex(),
        "salt": bytes(known).hex(),
    }
    try:
        return {**receipt, "inclusion": proofs.inclusion(leaf_hash(message))}
    except proofs.NotThere:
        return receipt
