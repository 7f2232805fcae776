"""The requester looks at the identity: nobody else, for a day, while handling the report. Every look counts."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from lapor.audit.record import record
from lapor.reports import access, actions
from lapor.reports.access import NotFound
from lapor.reports.actors import Officer
from lapor.reports.lifecycle import Move, MoveRefused
from lapor.vault import identities
from lapor.vault.identities import Person

from .asking import is_visible
from .models import Request, Viewing


def find(actor: Officer, key: uuid.UUID, *, now: datetime) -> Request:
    """The request whose identity this officer may look at now. `NotFound` for everybody else, once the day is over,
    and for one who does not handle the report any more.
    """
    request = (
        Request.objects.filter(pk=key, requester=actor.user_id).select_related("report", "ground", "agency").first()
    )
    if request is None or not is_visible(request, now=now):
        raise NotFound(key)
    if not access.may(actor, Move.SEE_IDENTITY, request.report):
        raise NotFound(key)
    return request


@transaction.atomic
def look(actor: Officer, key: uuid.UUID, *, now: datetime) -> Person | None:
    """The identity in clear, to be shown once and kept nowhere; None when the reporter left none or it was erased.

    First the traces, then the look: an event, a row and an audit entry. Refuses as `find` does.
    """
    request = find(actor, key, now=now)
    try:
        report = actions.see_identity(report_id=request.report_id, request=str(request.pk), actor=actor, now=now)
    except MoveRefused as refused:
        raise NotFound(key) from refused
    Viewing.objects.create(request=request, user_id=actor.user_id, at=now)
    record(
        user_id=actor.user_id,
        act="identity.viewed",
        subject=f"report:{report.pk}",
        now=now,
        data={"key": str(request.pk)},
    )
    return identities.reveal(report.identity_id) if report.identity_id is not None else None
