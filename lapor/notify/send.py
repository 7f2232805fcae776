"""Delivery: takes due notices out of the queue, sends each by mail outside any transaction, notes what became of it.

A notice is leased before it is sent. If the worker dies in between, it is sent again after the lease: at least once,
under the same Message-ID, so that a mailbox can tell the repeat.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import mail
from django.core.mail import BadHeaderError, EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from lapor.channels import outbox, registry
from lapor.channels.mail import addresses, bounces, stops
from lapor.channels.mail import send as post
from lapor.reports import accused
from lapor.reports.models import Channel
from lapor.vault import identities
from lapor.vault.trouble import KeyTrouble
from lapor.voice import asking as voice

from .compose import Mail, compose, compose_push, compose_sms, stop_link
from .models import VOICE, Audience, Notice, NoticeState
from .reach import address_of

log = logging.getLogger(__name__)
BATCH = 20
LEASE = timedelta(minutes=10)
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3))
TRIES = len(WAITS) + 1


class NoAddress(Exception):
    """The person has no address any more, or wants no mail there."""


class Unreached(NoAddress):
    """Mail to this address came back."""


def deliver(*, now: datetime, limit: int = BATCH) -> int:
    """Sends what is due, oldest first; returns how many were tried. Two workers never take the same notice."""
    leased = _drop_what_may_not_be_known(_lease(now=now, limit=limit), now=now)
    if not leased:
        return 0
    connection = mail.get_connection()
    try:
        for notice in leased:
            _deliver(notice, connection, now=now)
    finally:
        connection.close()
    return len(leased)


@transaction.atomic
def _lease(*, now: datetime, limit: int) -> Sequence[Notice]:
    due = (
        Notice.objects.filter(state=NoticeState.QUEUED, next_try_at__lte=now)
        .order_by("next_try_at")
        .select_for_update(skip_locked=True)
        .values_list("pk", flat=True)[:limit]
    )
    keys = list(due)
    Notice.objects.filter(pk__in=keys).update(next_try_at=now + LEASE)
    return list(
        Notice.objects.filter(pk__in=keys)
        .select_related("report__holder", "report__agency", "user", "identity")
        .order_by("made_at", "pk")
    )


def _drop_what_may_not_be_known(leased: Sequence[Notice], *, now: datetime) -> list[Notice]:
    """Notices to people who may not know of the report any more are taken out of the queue unsent."""
    on = timezone.localdate(now)
    gone = [notice for notice in leased if _may_not_know(notice, on=on)]
    Notice.objects.filter(pk__in=[notice.pk for notice in gone]).delete()
    return [notice for notice in leased if notice not in gone]


def _may_not_know(notice: Notice, *, on: date) -> bool:
    report, user_id = notice.report, notice.user_id
    if notice.audience == Audience.REPORTER or report is None or user_id is None or not report.is_shielded:
        return False
    return accused.is_absent(report_id=report.pk, user_id=user_id, on=on)


def _deliver(notice: Notice, connection: BaseEmailBackend, *, now: datetime) -> None:
    notice.attempts += 1
    try:
        if notice.channel == registry.PUSH:
            _hand_to_push(notice, now=now)
        elif notice.channel == Channel.EMAIL:
            _message(notice, connection).send()
        else:
            _hand_to_channel(notice, now=now)
    except KeyTrouble as problem:  # no fault of the notice: it waits for the key, however long that takes
        notice.attempts -= 1
        notice.next_try_at, notice.last_error_class = now + WAITS[0], type(problem).__name__
    except (smtplib.SMTPException, OSError, BadHeaderError, NoAddress) as problem:
        _note_failure(notice, problem, now=now)
    else:
        notice.state, notice.sent_at, notice.next_try_at, notice.last_error_class = NoticeState.SENT, now, None, ""
        if notice.template == VOICE and notice.report_id is not None:
            voice.note_reached(notice.report_id, is_reached=True)
    notice.save(update_fields=["state", "attempts", "sent_at", "next_try_at", "last_error_class"])


def _message(notice: Notice, connection: BaseEmailBackend) -> EmailMessage:
    text = compose(notice)
    if notice.audience == Audience.REPORTER:
        return _to_reporter(notice, text, connection)
    host = urlsplit(settings.LAPOR_PUBLIC_URL).hostname or "localhost"
    return EmailMessage(
        subject=text.subject,
        body=text.body,
        to=[_address(notice)],
        headers={"Auto-Submitted": "auto-generated", "Message-ID": f"<notice-{notice.pk}@{host}>"},
        connection=connection,
    )


def _to_reporter(notice: Notice, text: Mail, connection: BaseEmailBackend) -> EmailMessage:
    """What a citizen gets can be answered, stays in one thread, and is stopped with one press (RFC 8058)."""
    stop = f"<{stop_link(notice)}>"
    if addresses.is_set_up():
        stop += f", <mailto:{addresses.own()}?subject=STOP>"
    return post.compose(
        to=_address(notice),
        subject=text.subject,
        body=text.body,
        of=addresses.NOTICE,
        key=notice.pk,
        report_id=notice.report_id,
        more={"List-Unsubscribe": stop, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        connection=connection,
    )


def _hand_to_channel(notice: Notice, *, now: datetime) -> None:
    """Puts it in the queue of the channel, which sends, counts and tries again; once, however often this is done."""
    assert notice.identity_id is not None  # whoever has an account is told by e-mail
    person = identities.reveal(notice.identity_id)
    to = "" if person is None else person.phone if notice.channel == Channel.SMS else person.phone or person.account
    if not to or registry.is_stopped(notice.channel, to):
        raise NoAddress
    outbox.queue(channel=notice.channel, to=to, text=compose_sms(notice), once=f"notice:{notice.pk}", now=now)


def _hand_to_push(notice: Notice, *, now: datetime) -> None:
    """The same for a browser. Nothing is said of a report that was sealed meanwhile."""
    assert notice.report is not None and notice.subscription_id is not None  # what the queue of browsers is about
    if notice.report.sealed_id is not None:
        raise NoAddress
    to, once = str(notice.subscription_id), f"notice:{notice.pk}"
    outbox.queue(channel=registry.PUSH, to=to, text=compose_push(notice), once=once, now=now)


def _address(notice: Notice) -> str:
    if notice.user is not None:
        found = notice.user.email if notice.user.is_active else ""
    else:
        assert notice.identity_id is not None  # exactly one recipient: database constraint
        person = identities.reveal(notice.identity_id)
        found = person.email if person is not None else ""
    if not found:
        raise NoAddress
    if notice.audience == Audience.REPORTER and (digest := address_of(notice)) is not None:
        if stops.is_stopped(digest):
            raise NoAddress
        if bounces.is_lost(digest):
            raise Unreached
    return found


def _note_failure(notice: Notice, problem: Exception, *, now: datetime) -> None:
    notice.last_error_class = type(problem).__name__
    if is_permanent(problem) or notice.attempts >= TRIES:
        notice.state, notice.next_try_at = NoticeState.FAILED, None
        log.warning("notice %s failed for good: %s", notice.pk, notice.last_error_class)
    else:
        notice.next_try_at = now + WAITS[notice.attempts - 1]


def is_permanent(problem: Exception) -> bool:
    """Whether trying again is useless: the server refused for good, or there is nobody to write to."""
    return isinstance(problem, NoAddress) or post.is_permanent(problem)
