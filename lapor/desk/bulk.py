"""One disposition for several reports: each in its own transaction, each with its own result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from lapor.agencies.models import Agency
from lapor.lib.codes import parse_code
from lapor.reports import actions
from lapor.reports.access import NotFound, find, moves
from lapor.reports.actors import Officer
from lapor.reports.change import ChangedMeanwhile, Incomplete
from lapor.reports.lifecycle import Move, MoveRefused

from . import words

MOST = 100


@dataclass(frozen=True)
class Result:
    code: str
    is_done: bool
    text: str


def dispose(actor: Officer, ticked: Iterable[str], *, to: Agency, instruction: str, now: datetime) -> list[Result]:
    """Verifies where that is still to do and gives each report to the agency. `ticked` are "code.version"."""
    return [_one(actor, mark, to=to, instruction=instruction, now=now) for mark in list(ticked)[:MOST]]


def _one(actor: Officer, mark: str, *, to: Agency, instruction: str, now: datetime) -> Result:
    typed, _sep, seen = mark.partition(".")
    code = parse_code(typed) or typed[:10]
    version = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
    try:
        with transaction.atomic():
            text = _give(actor, code, version, to=to, instruction=instruction, now=now)
    except NotFound:
        return Result(code, False, gettext("Laporan ini tidak ditemukan."))
    except ChangedMeanwhile:
        return Result(code, False, gettext("Tidak diteruskan: rekan Anda mengubah laporan ini lebih dulu."))
    except MoveRefused as no:
        return Result(code, False, words.refused(no.reason))
    except Incomplete as lack:
        return Result(code, False, words.incomplete(lack.reason))
    return Result(code, True, text)


def _give(actor: Officer, code: str, version: int, *, to: Agency, instruction: str, now: datetime) -> str:
    report = find(actor, code)
    text = gettext("Diteruskan.")
    if Move.VERIFY in moves(actor, report):
        report = actions.verify(report_id=report.pk, actor=actor, now=now, version=version)
        version, text = report.version, gettext("Diverifikasi dan diteruskan.")
    actions.assign(report_id=report.pk, to=to, instruction=instruction, actor=actor, now=now, version=version)
    return text
