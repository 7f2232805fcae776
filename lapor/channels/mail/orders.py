"""Commands by mail: the same words as by SMS (`sms.grammar`), in the first line or as the subject, with the same deeds.

Whoever writes from the reporter's address into the report's own thread is the reporter. Elsewhere an address alone
proves nothing, since anybody can write any sender: that takes the PIN, or the word of our own mail server.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from lapor.channels.base import digest_of
from lapor.channels.sms import deeds
from lapor.channels.sms import says as usual
from lapor.channels.sms.grammar import Said, Word
from lapor.channels.sms.grammar import read as understood
from lapor.channels.sms.state import Memory
from lapor.lib.codes import show_code
from lapor.reports import actions, by_contact, own
from lapor.reports.actors import Reporter
from lapor.reports.change import Incomplete
from lapor.reports.hiding import is_guarded
from lapor.reports.lifecycle import Move, MoveRefused
from lapor.reports.models import Channel, Report
from lapor.reports.submission import MIN_TEXT

from . import says
from .filing import keep_files, track_link
from .letter import Letter
from .read import Mail

_ABOUT_A_REPORT = frozenset({Word.STATUS, Word.READ, *deeds.MOVES})


def said_in(mail: Mail, *, in_thread: bool) -> Said:
    """The command, if there is one: in the first line of the words, else (of a new mail) as the subject."""
    first, _newline, rest = mail.text.partition("\n")
    said = understood(first)
    if said.word is not None:
        return replace(said, text="\n".join(filter(None, [said.text, rest.strip()])))
    if not in_thread:
        named = understood(mail.subject)
        if named.word is not None and named.word not in {Word.REPLY, Word.NEW}:
            return replace(named, text="\n".join(filter(None, [named.text, mail.text])))
    return Said(None, mail.text)


def in_thread(mail: Mail, report: Report, said: Said, *, now: datetime) -> Letter:
    """What the reporter does in the thread of this report: a command, or words and files that are added to it."""
    if said.word in _ABOUT_A_REPORT and said.word != Word.REPLY:
        return _done(mail, report, said, now=now)
    words = said.text if said.word == Word.REPLY else mail.text
    return _added(mail, report, words, now=now)


def elsewhere(mail: Mail, said: Said, *, is_genuine: bool, now: datetime) -> Letter:
    """A command outside any thread: for who shows the PIN, or whom our own mail server knows to be the sender."""
    if said.pin:
        try:
            actor = own.prove(code=said.code, pin=said.pin, now=now)
        except own.TooManyTries:
            return _plain(mail, says.LOCKED)
        except own.WrongProof:
            return _plain(mail, says.UNPROVEN.format(word=said.word))
        report = by_contact.of_mail(actor.report_id)
        return in_thread(mail, report, said, now=now) if report else _plain(mail, says.UNPROVEN.format(word=said.word))
    if not is_genuine:
        return _plain(mail, says.UNPROVEN.format(word=said.word))
    asked = _asked(mail, said, now=now)
    try:
        report = deeds.meant(asked, deeds.MOVES.get(said.word) if said.word else None)
    except deeds.NotFound as instead:
        return _plain(mail, instead.answer if not said.has_number else says.UNPROVEN.format(word=said.word))
    return in_thread(mail, report, said, now=now)


def _done(mail: Mail, report: Report, said: Said, *, now: datetime) -> Letter:
    if said.word == Word.READ and is_guarded(report):
        return _about(mail, report, says.GUARDED_READ.format(code=show_code(report.code), link=track_link()))
    if said.word == Word.OBJECT and not said.text:
        return _about(mail, report, usual.ASK_OBJECTION.format(code=show_code(report.code)))
    if said.text and said.word not in {Word.OBJECT, Word.CANCEL}:
        _add_quietly(report, said.text, now=now)  # what stands below "SETUJU" is not lost
    said = replace(said, code=report.code, has_number=True)
    return _about(mail, report, deeds.do(_asked(mail, said, known=[report.code], now=now)))


def _added(mail: Mail, report: Report, words: str, *, now: datetime) -> Letter:
    kept, refused = keep_files(mail, now=now)
    code = show_code(report.code)
    try:
        with transaction.atomic():
            actor = Reporter(report_id=report.pk)
            actions.reply(report_id=report.pk, text=words, attachments=kept, actor=actor, now=now)
    except Incomplete:
        return _about(mail, report, usual.TOO_SHORT + says.left_out(refused))
    except MoveRefused:
        return _about(mail, report, usual.REFUSED.format(code=code, state=usual.STATES[report.state]))
    return _about(mail, report, says.ADDED.format(code=code) + says.left_out(refused))


def _add_quietly(report: Report, words: str, *, now: datetime) -> None:
    actor = Reporter(report_id=report.pk)
    if len(words) >= MIN_TEXT and by_contact.that_allow([report], Move.REPLY):
        actions.reply(report_id=report.pk, text=words, actor=actor, now=now)


def _asked(mail: Mail, said: Said, *, now: datetime, known: list[str] | None = None) -> deeds.Asked:
    return deeds.Asked(said, Channel.EMAIL, digest_of(mail.sender), Memory(known=known or []), now)


def _about(mail: Mail, report: Report, body: str) -> Letter:
    subject = says.REPLY_SUBJECT.format(code=show_code(report.code))
    return Letter(subject=subject, body=body, report_id=report.pk, answers=mail.message_id)


def _plain(mail: Mail, body: str) -> Letter:
    return Letter(subject=says.HELLO_SUBJECT, body=body, answers=mail.message_id)
