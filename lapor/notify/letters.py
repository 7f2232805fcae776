"""Letters that are about no report: the invitation with the way to a password, the news of a sign-in elsewhere, the
warning that the 72 hours of a breach run out, the news that something fell silent.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from lapor.accounts.invitation import open_set_up, password_link
from lapor.accounts.models import Device, User
from lapor.privacy import breaches

from .models import ALARM, BREACH, INVITATION, NEW_DEVICE, Audience, Notice

BATCH = 100
ALARM_EVERY = timedelta(hours=1)


class AlreadyIn(Exception):
    """The person has a password already; who forgot it asks for another one at the sign-in page, by their own mail."""


def invite(user: User, *, by: User | None, now: datetime) -> str:
    """Puts the invitation in the queue of the worker; returns "". From now on the time for a second factor runs.

    Where no mail server is set the address itself is returned, to be shown once to whoever invites and kept nowhere.
    """
    if user.has_usable_password():
        raise AlreadyIn
    open_set_up(user=user, by=by, now=now)
    if not settings.EMAIL_HOST:
        return settings.LAPOR_PUBLIC_URL.rstrip("/") + password_link(user=user)
    _letter(user.pk, INVITATION, now=now).save()
    return ""


@transaction.atomic
def tell_of_devices(*, now: datetime) -> int:
    """Puts one letter in the queue for each sign-in with a device that was new; says how many."""
    news = list(Device.objects.select_for_update(skip_locked=True).filter(is_news=True).order_by("first_at")[:BATCH])
    Notice.objects.bulk_create(_letter(device.user_id, NEW_DEVICE, now=now) for device in news)
    Device.objects.filter(pk__in=[device.pk for device in news]).update(is_news=False)
    return len(news)


@transaction.atomic
def warn_of_breaches(*, now: datetime) -> int:
    """Puts a letter to each national administrator in the queue for every breach whose 72 hours run out; says how many
    breaches. Each warning goes out once.
    """
    due = breaches.to_warn_of(now=now)
    people = breaches.keepers(now=now) if due else []
    Notice.objects.bulk_create(_letter(person.pk, BREACH, now=now) for _breach in due for person in people)
    return len(due)


def tell_of_alarms(people: Iterable[User], *, now: datetime) -> int:
    """Puts one letter in the queue for each person who was not told of an alarm within the hour; says how many."""
    told = Notice.objects.filter(template=ALARM, made_at__gt=now - ALARM_EVERY)
    keys = [person.pk for person in people]
    heard = set(told.filter(user__in=keys).values_list("user_id", flat=True))
    news = [_letter(key, ALARM, now=now) for key in keys if key not in heard]
    Notice.objects.bulk_create(news)
    return len(news)


def _letter(user_id: int, template: str, *, now: datetime) -> Notice:
    return Notice(user_id=user_id, audience=Audience.NAMED, template=template, next_try_at=now, made_at=now)
