"""A report in the making: what is still missing, one question at a time, then it is filed with what there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format

from lapor.agencies.places import deepest_known
from lapor.channels.reading import report_of
from lapor.lib.codes import show_code, show_pin
from lapor.lib.text import normalise
from lapor.reports import actions
from lapor.reports.submission import MIN_TEXT, Receipt
from lapor.routing.reading.facts import Facts, read_facts
from lapor.routing.reading.places import read_place

from . import attached, says
from .state import Memory

WHAT, WHERE, WHEN = "what", "where", "when"
QUESTIONS = {WHAT: says.ASK_WHAT, WHERE: says.ASK_WHERE, WHEN: says.ASK_WHEN}
MOST_QUESTIONS = 4


@dataclass(frozen=True)
class Reading:
    """What was told so far, read once."""

    text: str
    region: str | None
    facts: Facts
    has_files: bool = False

    @property
    def says_enough(self) -> bool:
        """Whether its words alone are a report."""
        return len(self.text) >= MIN_TEXT

    @property
    def can_be_filed(self) -> bool:
        """Whether it is a report at all: a picture without words is one too."""
        return self.says_enough or self.has_files


def reading_of(memory: Memory, *, on: date) -> Reading:
    """The place and the facts in all that was told of this report."""
    text = normalise("\n".join(memory.texts))  # as it will be filed: what cannot be seen makes no report
    return Reading(text, read_place(text).code, read_facts(text, title="", on=on), bool(attached.waiting(memory)))


def missing(memory: Memory, told: Reading) -> str | None:
    """The next thing to ask, each once; None when all is there or enough was asked."""
    if len(memory.asked) >= MOST_QUESTIONS:
        return None
    if not told.says_enough and memory.asked.count(WHAT) < (1 if told.has_files else 2):
        return WHAT
    if not told.can_be_filed:
        return None
    if WHERE not in memory.asked and told.region is None:
        return WHERE
    if WHEN not in memory.asked and told.facts.occurred_on is None:
        return WHEN
    return None


def file(memory: Memory, told: Reading, *, channel: str, sender: str, now: datetime) -> str:
    """Files what there is, once for the message it began with; what is said back holds code and PIN."""
    region = deepest_known(told.region)
    latitude, longitude = _point(memory)
    is_secret = memory.is_secret or told.facts.wants_secrecy
    submission, _proposal = report_of(
        told.text,
        channel=channel,
        external_id=memory.first,
        region_code=region,
        facts=told.facts,
        is_secret=is_secret,
        on=timezone.localdate(now),
        latitude=latitude,
        longitude=longitude,
        phone=sender if sender.startswith("+") else "",
        account="" if sender.startswith("+") else sender,
        attachment_ids=attached.waiting(memory),
    )
    receipt = actions.submit(submission, now=now)
    return _filed(receipt, is_secret=is_secret, channel=channel)


def question(name: str, *, channel: str) -> str:
    """The words of a question."""
    return says.by(channel, QUESTIONS[name])


def _point(memory: Memory) -> tuple[Decimal | None, Decimal | None]:
    if not memory.point:
        return None, None
    latitude, _comma, longitude = memory.point.partition(",")
    return Decimal(latitude), Decimal(longitude)


def _filed(receipt: Receipt, *, is_secret: bool, channel: str) -> str:
    template = says.by(channel, says.FILED_QUIETLY if is_secret else says.FILED)
    return template.format(code=show_code(receipt.code), pin=show_pin(receipt.pin), due=short_day(receipt.answer_by))


def short_day(moment: datetime) -> str:
    """ "5 Des 2026" in the time of the service."""
    return date_format(timezone.localtime(moment), "j M Y")
