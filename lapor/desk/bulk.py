"""One disposition for several reports: each in its own transaction, each with its own result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from lapor.agencies.models import Agency
from lapor.lib.codes import parse_code
from lapor.reports import actions, floods, stops
from lapor.reports.access import NotFound, find, moves
from lapor.reports.actors import Officer
from lapor.reports.change import ChangedMeanwhile, Incomplete, LeakFound
from lapor.reports.lifecycle import Move, MoveRefused

from . import words

MOST = 100
MANY = 20  # above this it asks for elevation (accounts.elevating)


@dataclass(frozen=True)
class Result:
    code: str
    is_done: bool
    text: str


def dispose(actor: Officer, ticked: Iterable[str], *, to: Agency, instruction: str, now: datetime) -> list[Result]:
    """Verifies where that is still to do and gives each report to the agency. `ticked` are "code.version"."""
    return [_one(actor, mark, to=to, instruction=instruction, now=now) for mark in list(ticked)[:MOST]]


def direct(
    *,
    report_id: int,
    actor: Officer,
    now: datetime,
    to: Agency,
    instruction: str,
    version: int | None = None,
    leak_reason: str = "",
) -> object:
    """Verifies a report and gives it to the agency, or neither."""
    try:
        with transaction.atomic():
            report = actions.verify(report_id=report_id, actor=actor, now=now, version=version)
            return actions.assign(
                report_id=report_id,
                to=to,
                instruction=instruction,
                actor=actor,
                now=now,
                version=report.version,
                leak_reason=leak_reason,
            )
    except LeakFound as leak:
        stops.remember(leak, actor=actor, now=now)  # the transaction took the first note with it
        raise


def with_same(actor: Officer, ticked: Sequence[str], *, is_group: bool) -> list[str]:
    """Ticking a row that stands for several ticks them all; in the list of such a group each is ticked by itself."""
    if is_group:
        return list(ticked)
    codes = [read_mark(mark)[0] for mark in ticked]
    more = [f"{report.code}.{report.version}" for report in floods.behind(actor, codes)]
    return [*ticked, *(mark for mark in more if mark not in ticked)]


def read_mark(mark: str) -> tuple[str, int]:
    """Code and version of a ticked row; a version that cannot be read is one that no report has."""
    typed, _sep, seen = mark.replace("\0", "").partition(".")
    return parse_code(typed) or typed[:10], int(seen) if seen.isdecimal() and len(seen) < 10 else 0


def _one(actor: Officer, mark: str, *, to: Agency, instruction: str, now: datetime) -> Result:
    code, version = read_mark(mark)
    try:
        with transaction.atomic():
            text = _give(actor, code, version, to=to, instruction=instruction, now=now)
    except NotFound:
        return Result(code, False, gettext("Laporan ini tidak ditemukan."))
    except ChangedMeanwhile:
        return Result(code, False, gettext("Tidak diteruskan: rekan Anda mengubah laporan ini lebih dulu."))
    except MoveRefused as no:
        return Result(code, False, words.refused(no.reason))
    except LeakFound as leak:
        stops.remember(leak, actor=actor, now=now)  # the transaction above took the first note with it
        return Result(code, False, gettext("Petunjuk memuat data orang. Ubahlah, atau teruskan laporan ini sendiri."))
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
