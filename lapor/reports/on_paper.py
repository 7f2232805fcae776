"""Answers for whoever can be told by paper alone: who came or wrote, and left neither number nor e-mail."""

from __future__ import annotations

from datetime import datetime

from lapor.audit.record import record
from lapor.vault.models import Identity

from . import access
from .actors import Officer
from .case import Case, open_case
from .models import Audience, Channel, Message, MessageKind, Report

_ON_PAPER = frozenset({Channel.LETTER, Channel.COUNTER})


def answers(actor: Officer, case: Case) -> list[Message]:
    """The answers of this case that go by letter; none where the reporter is told otherwise, the report is sealed, or
    the officer only looks on.
    """
    if not access.acts_for(actor) or not _is_for_paper(case.report):
        return []
    return [one for one in case.messages if one.kind == MessageKind.ANSWER and one.audience == Audience.THREAD]


def answer(actor: Officer, code: str, message_id: int, *, now: datetime) -> tuple[Case, Message]:
    """One of them with its case, for drawing; else `NotFound`. Leaves an entry in the audit trail."""
    case = open_case(actor, code, now=now)
    for one in answers(actor, case):
        if one.pk == message_id:
            subject = f"report:{case.report.pk}"
            record(user_id=actor.user_id, act="answer.drawn", subject=subject, now=now, data={"message": one.pk})
            return case, one
    raise access.NotFound(code)


def _is_for_paper(report: Report) -> bool:
    if report.channel not in _ON_PAPER or report.sealed_id is not None:
        return False
    if report.identity_id is None:
        return True
    known = Identity.objects.filter(pk=report.identity_id)
    return known.filter(phone_index=None, email_index=None, account_index=None).exists()


Answer = Message

__all__ = ["Answer", "answer", "answers"]
