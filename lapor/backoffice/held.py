"""Mails that could not be placed: the list, and one of them. Whoever opens one leaves a trace in the audit trail."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from lapor.audit.record import record
from lapor.channels.mail import pen

from .access import NotFound, Right
from .session import Manager, for_managers
from .words import HELD


@require_safe
@for_managers(Right.HELD_MAIL)
def mails(request: HttpRequest, manager: Manager) -> HttpResponse:
    """What waits: since when and why, nothing of what stands in it."""
    rows = [(row, HELD.get(row.why, row.why)) for row in pen.waiting()]
    return render(request, "backoffice/held_mails.html", {"rows": rows, "most": pen.MOST})


@require_GET
@for_managers(Right.HELD_MAIL)
def mail(request: HttpRequest, manager: Manager, key: int) -> HttpResponse:
    """One mail as words: no picture is fetched, no page drawn, no file opened."""
    row = pen.find(key)
    if row is None:
        raise NotFound(key)
    record(user_id=manager.user.pk, act="office.read_mail", subject=f"received:{row.pk}", now=manager.now)
    context = {"row": row, "why": HELD.get(row.why, row.why), "mail": pen.look(row)}
    return render(request, "backoffice/held_mail.html", context)
