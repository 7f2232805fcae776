"""Blank forms for offices without a network: each has a code, and on its strip a PIN, with which the visitor asks for
the report once it was entered.

Who prints sheets sees their PINs. So neither they nor whoever entered the report is let in by them; what remains is in
docs/threat-model.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from lapor.audit.record import record
from lapor.lib.codes import new_pin, new_sheet_code, parse_pin, parse_sheet_code
from lapor.reports import access, own
from lapor.reports.actors import Officer, Reporter
from lapor.vault import pins

from .models import Entered, Sheet

MOST = 100


@dataclass(frozen=True)
class Blank:
    """What is printed on one form and its strip. The PIN is nowhere else."""

    code: str
    pin: str = field(repr=False)


class NotEntered(Exception):
    """Code and PIN are right, but nobody has entered this sheet yet."""


def print_blank(how_many: int, *, actor: Officer, now: datetime) -> list[Blank]:
    """New codes and PINs, at most `MOST`; refuses with `NotFound` whoever may not enter reports."""
    access.require_entering(actor)
    made: dict[str, Blank] = {}
    while len(made) < min(how_many, MOST):
        code = new_sheet_code()
        if not Sheet.objects.filter(code=code).exists():
            made[code] = Blank(code, new_pin())
    blanks = list(made.values())
    with transaction.atomic():
        Sheet.objects.bulk_create(
            Sheet(
                code=one.code,
                pin_digest=pins.pin_digest(one.code, one.pin),
                printed_by_id=actor.user_id,
                printed_at=now,
            )
            for one in blanks
        )
        record(
            user_id=actor.user_id,
            act="sheets.printed",
            subject=f"user:{actor.user_id}",
            now=now,
            data={"first": blanks[0].code, "how_many": len(blanks)},
        )
    return blanks


def prove(*, code: str, pin: str, now: datetime, by: int | None = None) -> Reporter:
    """The reporter, for code and PIN of a strip. Refuses as `reports.own.prove` does, and with `NotEntered`."""
    parsed_code, parsed_pin = parse_sheet_code(code), parse_pin(pin)
    if parsed_code is None or parsed_pin is None:
        raise own.WrongProof
    sheet = Sheet.objects.filter(code=parsed_code).first()
    own.try_pin(parsed_code, parsed_pin, bytes(sheet.pin_digest) if sheet else None, now=now)
    entry = Entered.objects.filter(sheet=sheet).first()
    if entry is None or sheet is None:
        raise NotEntered
    if by is not None and by in {sheet.printed_by_id, entry.by_id}:
        record(user_id=by, act="own.refused_to_helper", subject=f"report:{entry.report_id}", now=now)
        raise own.TypedByYou
    return Reporter(report_id=entry.report_id)
