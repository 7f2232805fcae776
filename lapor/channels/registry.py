"""Which channels there are: who listens to what comes in, and which gateway takes what goes out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from lapor.reports.models import Channel

from . import inbox, outbox
from .base import Gateway, Listener, digest_of
from .kannel.send import Kannel
from .models import Received, Sending, Subscription, Talk
from .push.send import Push
from .sms import talk

LISTENERS: Mapping[str, Listener] = {Channel.SMS: talk.Telephone()}
PUSH = "push"  # a way out alone: nobody reports by it
GATEWAYS: Mapping[str, Gateway] = {Channel.SMS: Kannel(), PUSH: Push()}
KEPT = timedelta(days=90)  # what came in and went out, raw; the report has its own words
SUBSCRIBED = timedelta(days=365)  # a browser that still wants to hear says so again when its reporter comes back
_PAGE = 5_000


def read(*, now: datetime) -> int:
    """Reads what came in; returns how much."""
    return inbox.work(LISTENERS, now=now)


def send(*, now: datetime) -> int:
    """Sends what is due; returns how much was tried."""
    return outbox.deliver(GATEWAYS, now=now)


def finish(*, now: datetime) -> int:
    """Files reports that nobody completed."""
    return talk.finish_idle(now=now)


def is_stopped(channel: str, sender: str) -> bool:
    """Whether this number asked to be sent nothing more; what it asks is answered all the same."""
    return Talk.objects.filter(channel=channel, sender=digest_of(sender), is_stopped=True).exists()


def forget(*, now: datetime) -> int:
    """Deletes raw messages and subscriptions whose time is over, never a message that still waits; returns how many."""
    over = Received.objects.filter(came_at__lt=now - KEPT).exclude(state=Received.State.WAITING)
    done = list(over.values_list("pk", flat=True)[:_PAGE])
    sent = Sending.objects.filter(made_at__lt=now - KEPT).exclude(state=Sending.State.QUEUED).values("pk")[:_PAGE]
    inbox.forget_files(done)
    gone, _in = Received.objects.filter(pk__in=done).delete()
    went, _out = Sending.objects.filter(pk__in=sent).delete()
    left, _by = Subscription.objects.filter(made_at__lt=now - SUBSCRIBED).delete()
    return gone + went + left
