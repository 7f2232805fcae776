"""Housekeeping once a day. Whichever worker comes first takes the day; the others find it taken."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from lapor.accounts import devices
from lapor.accounts.sessions import SessionStore
from lapor.causes import counting as causes
from lapor.channels import registry as channels
from lapor.channels.letters import entering, pile
from lapor.deadlines.changes import calendar_warning
from lapor.editions import monthly
from lapor.limits import counting as attempts
from lapor.limits import visitor
from lapor.pulse.models import Beat
from lapor.reports import floods, own, pending
from lapor.transparency import vocabulary
from lapor.vault import investigators, receipts
from lapor.voice import counting

log = logging.getLogger(__name__)
DAY = timedelta(hours=23)  # a little less, so that the hour does not wander


def once_a_day(name: str, task: Callable[[datetime], int], now: datetime) -> int:
    """Runs the task unless it ran within the day. Returns 0: a daily job never asks to be run again at once."""
    key = f"day:{name}"
    _beat, is_new = Beat.objects.get_or_create(name=key, defaults={"at": now})
    if is_new or Beat.objects.filter(name=key, at__lte=now - DAY).update(at=now):
        task(now)
    return 0


def _forget_unsent(now: datetime) -> int:
    return pending.forget_old(now=now)


def _forget_attempts(now: datetime) -> int:
    return own.forget_attempts(now=now)


def _forget_words(now: datetime) -> int:
    return vocabulary.forget()


def _forget_single_texts(now: datetime) -> int:
    return floods.forget_single(now=now)


def _forget_sessions(now: datetime) -> int:
    SessionStore.clear_expired()
    return devices.forget_unused(now=now)


def _forget_salts(now: datetime) -> int:
    return visitor.forget_salts(now=now) + attempts.forget_counts(now=now)


def _forget_messages(now: datetime) -> int:
    return channels.forget(now=now)


def _forget_paper(now: datetime) -> int:
    """Letters that were set aside over a week ago, and the numbers of letters of writers who were erased."""
    return pile.forget_dropped(now=now) + entering.forget_numbers()


def _lock_what_expired(now: datetime) -> int:
    return investigators.tidy(now=now) + receipts.tidy(now=now)


def _check_calendar(now: datetime) -> int:
    warning = calendar_warning(on=timezone.localdate(now))
    if warning:
        log.warning("%s", warning)
    return int(warning is not None)


def _count_voices(now: datetime) -> int:
    return counting.recount(now=now)


def _count_causes(now: datetime) -> int:
    return causes.recount(now=now) + causes.find_candidates(now=now)


def _make_monthly(now: datetime) -> int:
    return monthly.make_due(now=now)


TASKS: dict[str, Callable[[datetime], int]] = {
    "unsent reports": _forget_unsent,
    "old attempts": _forget_attempts,
    "forgotten words": _forget_words,
    "texts filed once": _forget_single_texts,
    "old sessions and devices": _forget_sessions,
    "old salts": _forget_salts,
    "old messages": _forget_messages,
    "set aside letters": _forget_paper,
    "expired keys": _lock_what_expired,
    "calendar": _check_calendar,
    "counted voices": _count_voices,
    "monthly report": _make_monthly,
    "root causes": _count_causes,
}
