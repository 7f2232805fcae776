"""Which channels there are: who listens to what comes in, and which gateway takes what goes out."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from lapor.reports.models import Channel

from . import inbox, invitations, outbox, reader, standing
from .base import Fetcher, Gateway, Listener, NeedsAttention, NotNow, Poller, Refused, digest_of
from .kannel.send import Kannel
from .mail import fetch as mailbox
from .mail.hear import Postbox
from .mail.send import Post
from .mentions import Public
from .meta.send import Instagram, Page
from .models import Received, Sending, Subscription, Talk
from .partner.send import Partners
from .push.send import Push
from .sms import talk
from .telegram.send import Telegram
from .whatsapp.send import WhatsApp
from .x.poll import Mentions
from .x.send import X
from .youtube.poll import Comments
from .youtube.send import YouTube

log = logging.getLogger(__name__)
PUSH = "push"  # a way out alone: nobody reports by it
_TELEGRAM, _WHATSAPP, _PAGE_OF_OURS, _INSTAGRAM, _X = Telegram(), WhatsApp(), Page(), Instagram(), X()
_TALKING = (Channel.SMS, Channel.WHATSAPP, Channel.TELEGRAM, Channel.PARTNER)
_IN_PUBLIC_TOO = (Channel.FACEBOOK, Channel.INSTAGRAM, Channel.X, Channel.YOUTUBE)
LISTENERS: Mapping[str, Listener] = {
    **dict.fromkeys(_TALKING, talk.Telephone()),
    **dict.fromkeys(_IN_PUBLIC_TOO, Public(talk.Telephone())),
    Channel.EMAIL: Postbox(),
}
FETCHERS: Mapping[str, Fetcher] = {
    Channel.WHATSAPP: _WHATSAPP,
    Channel.TELEGRAM: _TELEGRAM,
    Channel.FACEBOOK: _PAGE_OF_OURS,
    Channel.INSTAGRAM: _INSTAGRAM,
    Channel.X: _X,
}
POLLERS: Mapping[str, Poller] = {Channel.X: Mentions(), Channel.YOUTUBE: Comments()}
GATEWAYS: Mapping[str, Gateway] = {
    Channel.SMS: Kannel(),
    Channel.EMAIL: Post(),
    Channel.WHATSAPP: _WHATSAPP,
    Channel.TELEGRAM: _TELEGRAM,
    Channel.FACEBOOK: _PAGE_OF_OURS,
    Channel.INSTAGRAM: _INSTAGRAM,
    Channel.X: _X,
    Channel.YOUTUBE: YouTube(),
    Channel.PARTNER: Partners(),
    PUSH: Push(),
}
KEPT = timedelta(days=90)  # what came in and went out, raw; the report has its own words
SUBSCRIBED = timedelta(days=365)  # a browser that still wants to hear says so again when its reporter comes back
_PAGE = 5_000


def read(*, now: datetime) -> int:
    """Reads what came in; returns how much."""
    return reader.work(LISTENERS, FETCHERS, now=now)


def poll(*, now: datetime) -> None:
    """Asks the services that call nobody for what is new. One in trouble is asked again the next time."""
    ready = {name for name, poller in POLLERS.items() if poller.is_set_up()}
    for name in sorted(ready - standing.resting(ready, now=now)):
        try:
            POLLERS[name].poll(now=now)
        except NeedsAttention:
            standing.note_refusal(name, now=now)
        except (NotNow, Refused) as problem:
            log.warning("%s told nothing new: %s", name, type(problem).__name__)
        else:
            standing.note_success(name)


def fetch(*, now: datetime) -> int:
    """Asks where messages wait for us; returns how many were kept."""
    return mailbox.fetch(now=now)


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
    forgotten = invitations.forget(before=now - KEPT)
    gone, _in = Received.objects.filter(pk__in=done).delete()
    went, _out = Sending.objects.filter(pk__in=sent).delete()
    left, _by = Subscription.objects.filter(made_at__lt=now - SUBSCRIBED).delete()
    return gone + went + forgotten + left
