"""The rows of whom a report names and who stepped aside: written, copied to a part, undone, and read for those who may.

The vault keeps names and reasons, each under a data key of its own as it keeps identities. Of a sealed report it keeps
all that would say in clear who is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from lapor.vault import identities
from lapor.vault.models import Identity

from . import accused
from .models import Naming, Recusal, Report, Shield, Visibility
from .submission import Accused


@dataclass(frozen=True, kw_only=True)
class Named:
    """One naming as those who handle the report read it. `agency_id` is empty where the report is sealed."""

    key: UUID
    label: str = field(repr=False)
    by: str
    named_at: datetime
    agency_id: int | None


@dataclass(frozen=True, kw_only=True)
class SteppedAside:
    """One officer who stepped aside. The reason is None for all but the administrators of the body that guards."""

    key: UUID
    name: str
    at: datetime
    reason: str | None = field(repr=False)


def prepared(
    one: Accused, *, is_sealed: bool, by: str, user_id: int | None, now: datetime
) -> tuple[Naming, Identity | None]:
    """The row of a naming and what the vault keeps of it; neither is stored yet, and the report is still to be set."""
    row = Naming(by=by, named_by_id=user_id, named_at=now)
    if not is_sealed:
        row.agency_id, row.unit_id, row.officer_id = one.agency_id, one.unit_id, one.officer_id
    secret = identities.sealed(name=label(one) if is_sealed else one.name, phone="", email="")
    row.identity_id = secret.pk if secret else None
    return row, secret


def add(report: Report, one: Accused, *, by: str, user_id: int | None, now: datetime, on: date) -> Naming:
    """Writes a naming and its marks."""
    is_sealed = report.visibility == Visibility.SEALED
    row, secret = prepared(one, is_sealed=is_sealed, by=by, user_id=user_id, now=now)
    if secret is not None:
        secret.save(force_insert=True)
    row.report = report
    row.save(force_insert=True)
    put_marks(report, accused.marks_against([one], on=on), naming=row)
    return row


def keep_reason(reason: str) -> Identity:
    """Puts a reason into the vault, since it may say who somebody is to whom."""
    kept = identities.keep(name=reason, phone="", email="")
    assert kept is not None  # a reason has words: the actions see to it
    return kept


def put_marks(
    report: Report, marks: Iterable[bytes], *, naming: Naming | None = None, recusal: Recusal | None = None
) -> None:
    """Marks the report: whoever carries one of the marks does not see it any more."""
    Shield.objects.bulk_create(
        Shield(report=report, mark=mark, naming=naming, recusal=recusal) for mark in sorted(marks)
    )
    report.is_shielded = Shield.objects.filter(report=report).exists()


def drop_marks(report: Report, *, naming: Naming | None = None, recusal: Recusal | None = None) -> None:
    """Takes away the marks of one cause; those of others stay."""
    Shield.objects.filter(report=report, naming=naming, recusal=recusal).delete()
    report.is_shielded = Shield.objects.filter(report=report).exists()


def copy(report: Report, part: Report) -> None:
    """A part of a report names whom the whole names, and keeps away whom the whole keeps away."""
    if not report.is_shielded:
        return
    for naming in report.namings.filter(removed_at=None):
        marks = _marks(naming)
        naming.pk, naming.report, naming._state.adding = None, part, True
        naming.save()
        put_marks(part, marks, naming=naming)
    for recusal in report.recusals.filter(undone_at=None):
        marks = _marks(recusal)
        recusal.pk, recusal.report, recusal._state.adding = None, part, True
        recusal.save()
        put_marks(part, marks, recusal=recusal)


def _marks(cause: Naming | Recusal) -> list[bytes]:
    return [bytes(mark) for mark in cause.shields.values_list("mark", flat=True)]


def named(report: Report, *, by: str = "") -> list[Named]:
    """Whom the report names, in words, in the order in which they were named; only by the reporter with `by`."""
    rows = list(
        report.namings.filter(removed_at=None).select_related("agency", "unit", "officer").order_by("named_at", "pk")
    )
    names = identities.reveal_many([row.identity_id for row in rows if row.identity_id is not None])
    return [
        Named(
            key=row.pk,
            label=_words(names[row.identity_id].name if row.identity_id in names else "", row),
            by=row.by,
            named_at=row.named_at,
            agency_id=row.agency_id,
        )
        for row in rows
        if by in {"", row.by}
    ]


def stepped_aside(report: Report, *, with_reasons: bool) -> list[SteppedAside]:
    """Who stepped aside from the report, in the order in which they did."""
    rows = list(report.recusals.filter(undone_at=None).select_related("officer").order_by("at", "pk"))
    reasons = identities.reveal_many([row.reason_id for row in rows]) if with_reasons else {}
    return [
        SteppedAside(
            key=row.pk,
            name=str(row.officer),
            at=row.at,
            reason=reasons[row.reason_id].name if row.reason_id in reasons else None,
        )
        for row in rows
    ]


def label(one: Accused) -> str:
    """Such as "Nama, Bidang Bina Marga, Dinas PUPR Kota Samarinda"."""
    row = Naming(agency_id=one.agency_id, unit_id=one.unit_id, officer_id=one.officer_id)
    return _words(one.name, row)


def _words(name: str, row: Naming) -> str:
    parts = (name.strip() or row.officer, row.unit, row.agency)
    return ", ".join(str(part) for part in parts if part)
