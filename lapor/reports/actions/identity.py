"""What history keeps of a request to know an anonymous reporter. Who must allow it, and for how long, is decided in the
room `disclosure`; nothing here holds or reads an identity.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..actors import Actor, System
from ..change import changing
from ..lifecycle import Move, MoveRefused
from ..models import EventKind, Report, Visibility

_SYSTEM = System()


def ask_identity(
    *, report_id: int, request: str, ground: str, actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """An officer who handles the report asks to know who sent it.

    Refuses a sealed report: there even custodians have no key, and the promise to its reporter knows no exception. And
    one that hides no name.
    """
    with changing(report_id, Move.ASK_IDENTITY, actor=actor, now=now, version=version) as change:
        _check(change.report, Move.ASK_IDENTITY)
        change.record(EventKind.IDENTITY_ASKED, request=request, ground=ground)
    return change.report


def see_identity(*, report_id: int, request: str, actor: Actor, now: datetime) -> Report:
    """The officer looks at what was allowed; each time is an event. Refuses as `ask_identity` does."""
    with changing(report_id, Move.SEE_IDENTITY, actor=actor, now=now) as change:
        _check(change.report, Move.SEE_IDENTITY)
        change.record(EventKind.IDENTITY_VIEWED, request=request)
    return change.report


def record_identity(
    *, report_id: int, kind: EventKind, request: str, now: datetime, person: int | None = None, what: str = ""
) -> Report:
    """What became of a request, without who decided: custodians are known to the audit trail alone. `person` is the
    officer to be told.
    """
    facts: dict[str, Any] = {name: value for name, value in {"person": person, "what": what}.items() if value}
    with changing(report_id, Move.RECORD_IDENTITY, actor=_SYSTEM, now=now) as change:
        change.record(kind, request=request, **facts)
    return change.report


def _check(report: Report, move: Move) -> None:
    if report.visibility == Visibility.SEALED:
        raise MoveRefused(move, "sealed_identity")
    if not report.is_anonymous:
        raise MoveRefused(move, "not_hidden")
