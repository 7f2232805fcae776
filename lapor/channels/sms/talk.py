"""One message to 1708 and what is said back: a command, the answer to an open question, a reply, or a new report.

Told apart in this order: what a command names; the question that is open; a report of this number that waits for its
reporter; else it is a new report. The sender corrects a wrong guess with BARU.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from lapor.channels import outbox
from lapor.channels.base import KIND, POINT, Incoming, digest_of
from lapor.channels.models import Talk
from lapor.reports import by_contact
from lapor.reports.lifecycle import Move
from lapor.reports.models import Report
from lapor.reports.submission import MIN_TEXT

from . import attached, deeds, draft, says
from .grammar import Said, Word, read, stars_alone
from .state import Memory, bring_over, keep, recall

PATIENCE = timedelta(hours=12)  # an unfinished report is filed with what there is
AT_ONCE = 50
SAME_MATTER = timedelta(days=1)  # within which a picture without words belongs to the report before it
QUIET = frozenset({"reaction", "edited", "system"})  # kinds of message that want no answer


class Telephone:
    """The listener for messages from telephones: SMS, and whatever else comes as plain words from a number."""

    def hear(self, message: Incoming, *, now: datetime) -> list[str]:
        """Acts in the caller's transaction; nothing a sender writes makes it fail."""
        sender = digest_of(message.sender)
        talk, memory, is_open_elsewhere = recall(message.channel, sender, now=now)
        if is_open_elsewhere and not (memory.has_draft or memory.question):
            bring_over(memory, channel=message.channel, sender=sender, now=now)
        if not (message.text.strip() or message.files or message.about.get(POINT)):
            return _without_content(message)
        asked = deeds.Asked(read(message.text), message.channel, sender, memory, now)
        if asked.said.word == Word.NEW:
            memory.drop_draft()
        refused = attached.keep(memory, message.files, now=now)
        answers = _act(asked, message)
        keep(talk, memory, is_stopped=asked.said.word == Word.STOP, now=now)
        return [*answers, says.FILE_REFUSED] if refused else answers


def finish_idle(*, now: datetime) -> int:
    """Files reports whose sender wrote nothing more, with what there is; returns how many talks were looked at."""
    keys = Talk.objects.filter(is_open=True, moved_at__lt=now - PATIENCE).values_list("channel", "sender")[:AT_ONCE]
    for channel, sender in keys:
        _finish(channel, bytes(sender), now=now)
    return len(keys)


@transaction.atomic
def _finish(channel: str, sender: bytes, *, now: datetime) -> None:
    talk, memory, _is_open_elsewhere = recall(channel, sender, now=now)
    if not talk.is_open or talk.moved_at >= now - PATIENCE:  # somebody wrote meanwhile
        return
    told = draft.reading_of(memory, on=timezone.localdate(now))
    if told.can_be_filed:
        answer = draft.file(memory, told, channel=channel, sender=memory.number, now=now)
        once = f"idle:{channel}:{memory.first}"
        outbox.queue(channel=channel, to=memory.number, text=answer, once=once, now=now)
    memory.drop_draft()
    keep(talk, memory, is_stopped=talk.is_stopped, now=now)


def _act(asked: deeds.Asked, message: Incoming) -> list[str]:
    said, memory = asked.said, asked.memory
    if not message.text.strip():
        return _wordless(asked, message)
    match said.word:
        case None:
            return _told(asked, message)
        case Word.HELP:
            return [says.HELP]
        case Word.STOP:
            return [says.by(asked.channel, says.STOPPED)]
        case Word.NEW:
            return _new(asked, message)
        case Word.SECRET if not said.has_number:
            return _secret(asked, message)
        case Word.CANCEL if memory.has_draft and not said.has_number:
            memory.drop_draft()
            return [says.DROPPED]
        case _:
            return [deeds.do(asked)]


def _told(asked: deeds.Asked, message: Incoming) -> list[str]:
    """Words of the sender's own."""
    memory = asked.memory
    if memory.question == "objection":
        said = Said(Word.OBJECT, asked.said.text, memory.about, has_number=True)
        memory.question, memory.about = "", ""
        return [deeds.do(replace(asked, said=said))]
    if memory.question == "reliable":
        about, stars = memory.about, stars_alone(asked.said.text)
        memory.question, memory.about = "", ""
        if stars:
            said = Said(Word.RELY, "", about, stars=stars, has_number=True)
            return [deeds.do(replace(asked, said=said))]
    if not memory.has_draft and not memory.is_secret:
        waiting = by_contact.awaiting_reporter(asked.sender, channel=asked.channel)
        if waiting is None and len(asked.said.text) < MIN_TEXT and message.files:
            waiting = _just_reported(asked)
        if waiting is not None:
            return [deeds.reply(asked, waiting, asked.said.text)]
    return _draft(memory, message, asked.said.text, now=asked.now)


def _wordless(asked: deeds.Asked, message: Incoming) -> list[str]:
    """Files or a position alone: for the report in the making, else the one that was just made, else a new one."""
    memory = asked.memory
    if not attached.waiting(memory) and not message.about.get(POINT):
        return []  # none of its files could be kept, which is said
    if not memory.has_draft and not memory.is_secret and not message.about.get(POINT):
        report = by_contact.awaiting_reporter(asked.sender, channel=asked.channel) or _just_reported(asked)
        if report is not None:
            return [deeds.reply(asked, report, "")]
    memory.point = message.about.get(POINT, "") or memory.point
    return _draft(memory, message, "", now=asked.now)


def _just_reported(asked: deeds.Asked) -> Report | None:
    """The newest report of this sender, if it is of today and goes on."""
    open_ones = by_contact.that_allow(deeds.reports_of(asked), Move.REPLY)
    newest = open_ones[0] if open_ones else None
    return newest if newest is not None and newest.received_at > asked.now - SAME_MATTER else None


def _without_content(message: Incoming) -> list[str]:
    kind = message.about.get(KIND, "")
    return [] if kind in QUIET else [says.UNKNOWN_KIND if kind else says.EMPTY]


def _draft(memory: Memory, message: Incoming, text: str, *, now: datetime) -> list[str]:
    """Goes on with the report in the making, or begins one. Where somebody is in danger nothing more is asked."""
    if not memory.has_draft:
        memory.first, memory.number = message.external_id, message.sender
    if text:
        memory.texts.append(text)
    memory.taken = ""
    told = draft.reading_of(memory, on=timezone.localdate(now))
    danger = told.facts.urgent
    question = None if danger else draft.missing(memory, told)
    if question is not None:
        memory.question = question
        memory.asked.append(question)
        if question == draft.WHAT and not memory.texts and told.has_files:
            return [says.FILE_KEPT]
        return [draft.question(question, channel=message.channel)]
    warned = [says.by(message.channel, says.DANGER).format(number=danger.number)] if danger else []
    if not told.can_be_filed:
        memory.drop_draft()
        return [*warned, says.HELP]
    answer = draft.file(memory, told, channel=message.channel, sender=message.sender, now=now)
    memory.drop_draft()
    return [*warned, answer]


def _new(asked: deeds.Asked, message: Incoming) -> list[str]:
    memory = asked.memory
    text = asked.said.text or memory.taken
    memory.taken = ""
    return _draft(memory, message, text, now=asked.now) if text or message.files else [says.NEW]


def _secret(asked: deeds.Asked, message: Incoming) -> list[str]:
    """With words behind it a report to be kept secret; alone, the one in the making, else the newest of the number."""
    memory = asked.memory
    if asked.said.text:
        memory.is_secret = True
        return _draft(memory, message, asked.said.text, now=asked.now)
    if memory.has_draft:
        memory.is_secret = True
        asking = memory.question in draft.QUESTIONS
        return [draft.question(memory.question, channel=asked.channel) if asking else says.NEXT_HIDDEN]
    if not by_contact.that_allow(deeds.reports_of(asked), Move.ASK_SECRECY):
        memory.is_secret = True
        return [says.NEXT_HIDDEN]
    return [deeds.do(asked)]
