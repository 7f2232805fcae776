"""One mail and what is answered: first its sort, then whose thread it is in, then a command, else it is a new report.

What cannot be placed waits for an officer (`pen`): a forged sender, a thread that is not there, one who writes into the
thread of somebody else.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from lapor.channels.base import Aside, Incoming, digest_of
from lapor.channels.models import Received
from lapor.channels.sms.grammar import Said, Word
from lapor.reports import by_contact
from lapor.reports.models import Report

from . import addresses, bounces, filing, orders, says, sort, stops
from .letter import Letter
from .read import Mail, Unreadable, read
from .sort import Sort

MOST_A_DAY: Final = 30  # of one sender; what is more is likely two machines that answer each other
DAY: Final = timedelta(hours=24)
QUIET: Final = {Sort.AUTOMATIC, Sort.LIST, Sort.LOOP}  # known for what they are: noted, never answered


class Postbox:
    """The listener for e-mail."""

    @transaction.atomic
    def hear(self, message: Incoming, *, now: datetime) -> list[str]:
        """Acts in the caller's transaction; nothing a sender writes makes it fail."""
        try:
            mail = read(message.files[0].data)
        except Unreadable:
            raise Aside("unreadable") from None
        found = sort.sort_of(mail)
        if found == Sort.BOUNCE:
            returned = sort.returned(mail)
            if returned is None:  # not of ours: whoever made it up learns nothing
                raise Aside(found, waits=False)
            bounces.note(returned, now=now)
            return []
        if found != Sort.PERSON:
            raise Aside(found, waits=found not in QUIET)
        if _is_flood(message, now=now):
            raise Aside("flood")
        letter = answer(mail, external_id=message.external_id, is_cut="cut" in message.about, now=now)
        return [letter.folded()]


def answer(mail: Mail, *, external_id: str, is_cut: bool, now: datetime) -> Letter:
    """Acts on the mail of a person; what is answered. Raises `Aside` for what cannot be placed."""
    if is_cut:
        return _plain(mail, says.TOO_LARGE)
    report = _thread(mail)
    said = orders.said_in(mail, in_thread=report is not None)
    _remember(mail, said, now=now)
    match said.word:
        case Word.STOP:
            return _plain(mail, says.STOPPED)
        case Word.HELP:
            return _plain(mail, says.HELP)
        case Word.NEW if said.text:
            return _filed(mail, external_id=external_id, text=said.text, now=now)
        case Word.SECRET if said.text and report is None and not said.has_number:
            return _filed(mail, external_id=external_id, text=said.text, is_secret=True, now=now)
    if report is not None:
        return orders.in_thread(mail, report, said, now=now)
    if said.word is not None and said.word != Word.NEW:
        return orders.elsewhere(mail, said, is_genuine=sort.is_genuine(mail), now=now)
    return _filed(mail, external_id=external_id, now=now)


def _thread(mail: Mail) -> Report | None:
    """The report whose thread this mail is in; None for a new mail. Raises `Aside` when it is not the sender's."""
    key = addresses.report_of(mail.to, mail.ids)
    if key is None:
        if addresses.has_tag(mail.to):
            raise Aside("unknown_thread")
        return None
    report = by_contact.of_mail(key)
    if report is None:
        raise Aside("unknown_thread")
    if not by_contact.writes_from(report, mail.sender, digest=digest_of(mail.sender)):
        raise Aside("another_sender")
    return report


def _remember(mail: Mail, said: Said, *, now: datetime) -> None:
    """Whoever writes is there, and is told again what happens; who writes STOP is not."""
    stops.set_stopped(digest_of(mail.sender), is_stopped=said.word == Word.STOP, now=now)
    bounces.forget(digest_of(mail.sender))


def _filed(mail: Mail, *, external_id: str, now: datetime, text: str = "", is_secret: bool = False) -> Letter:
    if mail.is_empty:
        return _plain(mail, says.EMPTY)
    return filing.file(mail, external_id=external_id, text=text, is_secret=is_secret, now=now)


def _is_flood(message: Incoming, *, now: datetime) -> bool:
    came = Received.objects.filter(channel=message.channel, sender=digest_of(message.sender), came_at__gt=now - DAY)
    return came.count() > MOST_A_DAY


def _plain(mail: Mail, body: str) -> Letter:
    return Letter(subject=says.HELLO_SUBJECT, body=body, answers=mail.message_id)
