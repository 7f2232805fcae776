"""Commands about a report that is there: which one is meant, whether this number may, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from lapor.lib.codes import show_code
from lapor.reports import actions, by_contact, own
from lapor.reports.actors import Reporter
from lapor.reports.change import Incomplete
from lapor.reports.hiding import is_guarded
from lapor.reports.lifecycle import Move, MoveRefused
from lapor.reports.models import Author, Report
from lapor.voice import answering
from lapor.voice.questions import RELIABLE

from . import attached, says
from .draft import short_day
from .grammar import Said, Word
from .state import Memory

MOVES = {
    Word.REPLY: Move.REPLY,
    Word.AGREE: Move.AGREE,
    Word.OBJECT: Move.OBJECT,
    Word.RATE: Move.RATE,
    Word.RELY: Move.RATE,
    Word.SECRET: Move.ASK_SECRECY,
    Word.CANCEL: Move.WITHDRAW,
}
LISTED = 2


@dataclass(frozen=True)
class Asked:
    """A command, by whom and when."""

    said: Said
    channel: str
    sender: bytes
    memory: Memory
    now: datetime


class NotFound(Exception):
    """No report is meant, or it cannot be told which; the text says what to write."""

    def __init__(self, answer: str) -> None:
        super().__init__()
        self.answer = answer


def reports_of(asked: Asked) -> list[Report]:
    """Those that this number sent, and those that it proved with a PIN, newest first."""
    own_ones = by_contact.newest(asked.sender, channel=asked.channel)
    proved = by_contact.known(asked.memory.known) if asked.memory.known else []
    found = {one.pk: one for one in (*own_ones, *proved)}
    return sorted(found.values(), key=lambda one: one.received_at, reverse=True)


def meant(asked: Asked, move: Move | None = None) -> Report:
    """The report that the command is about. Raises `NotFound` with what to write instead."""
    said, word = asked.said, asked.said.word
    assert word is not None
    reports = reports_of(asked)
    if said.has_number:
        found = next((one for one in reports if one.code == said.code), None)
        return found or _proved(asked)
    fit = by_contact.that_allow(reports, move) if move else reports
    if not fit:
        raise NotFound(says.NONE.format(word=word))
    if len(fit) > 1 and move not in {None, Move.ASK_SECRECY}:  # to hide the newest does no harm
        codes = " / ".join(show_code(one.code) for one in fit[:LISTED])
        raise NotFound(says.WHICH.format(word=word, codes=codes))
    return fit[0]


def do(asked: Asked) -> str:
    """Carries the command out; what is said back."""
    said = asked.said
    try:
        if said.word == Word.STATUS:
            return _status(meant(asked), channel=asked.channel)
        if said.word == Word.READ:
            return _read(meant(asked), channel=asked.channel)
        assert said.word is not None
        report = meant(asked, MOVES[said.word])
    except NotFound as instead:
        return instead.answer
    try:
        with transaction.atomic():
            return _DEEDS[said.word](asked, report)
    except Incomplete:
        return says.TOO_SHORT
    except MoveRefused:
        return says.REFUSED.format(code=show_code(report.code), state=says.STATES[report.state])


def reply(asked: Asked, report: Report, text: str) -> str:
    """Adds the words, and the files that wait, to the thread of the report."""
    files = attached.waiting(asked.memory)
    actions.reply(report_id=report.pk, text=text, actor=_reporter(report), now=asked.now, attachments=files)
    asked.memory.taken, asked.memory.files = text, ""
    return says.ADDED.format(code=show_code(report.code))


def _proved(asked: Asked) -> Report:
    said = asked.said
    try:
        own.prove(code=said.code, pin=said.pin, now=asked.now)
    except own.WrongProof:
        raise NotFound(says.WRONG.format(word=said.word)) from None
    except own.TooManyTries:
        raise NotFound(says.LOCKED) from None
    asked.memory.known = [*asked.memory.known[-4:], said.code]
    return by_contact.known([said.code])[0]


def _status(report: Report, *, channel: str) -> str:
    code, state = show_code(report.code), says.STATES[report.state]
    holder = report.agency or report.holder
    if report.due_at is None or not report.is_open:
        return says.STATUS_SHORT.format(code=code, state=state)
    agency = "" if is_guarded(report) or holder is None else f"{(holder.short or holder.name)[: says.AGENCY_LETTERS]}. "
    full = says.STATUS.format(code=code, state=state, agency=agency, due=short_day(report.due_at))
    return full if len(full) <= says.room(channel) else says.STATUS_SHORT.format(code=code, state=state)


def _read(report: Report, *, channel: str) -> str:
    """The last words of an officer; never of a report that is kept secret, since a telephone may be shared."""
    code = show_code(report.code)
    if is_guarded(report):
        link = f"{settings.LAPOR_PUBLIC_URL.rstrip('/')}/lacak/"
        return says.by(channel, says.NOT_HERE).format(code=code, link=link)
    theirs = [one.text for one in own.view(_reporter(report)).messages if one.author != Author.REPORTER and one.text]
    if not theirs:
        return says.NOTHING_YET.format(code=code)
    text = " ".join(theirs[-1].split())
    room = says.room_to_read(channel) - len(says.READ.format(code=code, text=""))
    return says.READ.format(code=code, text=text if len(text) <= room else f"{text[: room - 3]}...")


def _reply(asked: Asked, report: Report) -> str:
    return reply(asked, report, asked.said.text)


def _agree(asked: Asked, report: Report) -> str:
    actions.agree(report_id=report.pk, actor=_reporter(report), now=asked.now)
    return says.AGREED.format(code=show_code(report.code))


def _object(asked: Asked, report: Report) -> str:
    if not asked.said.text:
        asked.memory.question, asked.memory.about = "objection", report.code
        return says.ASK_OBJECTION.format(code=show_code(report.code))
    files = attached.waiting(asked.memory)
    actions.object_to_answer(
        report_id=report.pk, text=asked.said.text, actor=_reporter(report), now=asked.now, attachments=files
    )
    asked.memory.files = ""
    return says.OBJECTED.format(code=show_code(report.code))


def _rate(asked: Asked, report: Report) -> str:
    if not asked.said.stars:
        return says.ASK_STARS.format(code=show_code(report.code))
    stars = asked.said.stars
    actions.rate(report_id=report.pk, stars=stars, dealt_with=stars > 2, actor=_reporter(report), now=asked.now)
    survey = answering.survey_of(report, now=asked.now)
    if survey is None or RELIABLE in survey.given:
        return says.RATED.format(code=show_code(report.code))
    return _ask_reliable(asked, report)


def _rely(asked: Asked, report: Report) -> str:
    """The second question of the survey."""
    if not asked.said.stars:
        return _ask_reliable(asked, report)
    answers = {RELIABLE: asked.said.stars}
    try:
        answering.give(report_id=report.pk, answers=answers, actor=_reporter(report), now=asked.now)
    except (answering.SurveyOver, answering.NoSuchAnswer):
        return says.VOICE_OVER.format(code=show_code(report.code))
    return says.THANKS_FOR_VOICE


def _ask_reliable(asked: Asked, report: Report) -> str:
    asked.memory.question, asked.memory.about = "reliable", report.code
    return says.ASK_RELIABLE.format(code=show_code(report.code))


def _hide(asked: Asked, report: Report) -> str:
    actor = _reporter(report)
    actions.ask_secrecy(report_id=report.pk, is_anonymous=True, is_confidential=True, actor=actor, now=asked.now)
    return says.HIDDEN.format(code=show_code(report.code))


def _withdraw(asked: Asked, report: Report) -> str:
    actions.withdraw(report_id=report.pk, reason=asked.said.text, actor=_reporter(report), now=asked.now)
    return says.WITHDRAWN.format(code=show_code(report.code))


def _reporter(report: Report) -> Reporter:
    return Reporter(report_id=report.pk)


_DEEDS: dict[Word, Callable[[Asked, Report], str]] = {
    Word.REPLY: _reply,
    Word.AGREE: _agree,
    Word.OBJECT: _object,
    Word.RATE: _rate,
    Word.RELY: _rely,
    Word.SECRET: _hide,
    Word.CANCEL: _withdraw,
}
