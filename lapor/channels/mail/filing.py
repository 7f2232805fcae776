"""A mail becomes a report: place and facts are read from its words, its files kept; the answer has code and PIN."""

from __future__ import annotations

import io
import uuid
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from lapor.agencies.models import Agency
from lapor.agencies.places import deepest_known
from lapor.channels.reading import report_of
from lapor.channels.sms.draft import short_day
from lapor.lib.codes import show_code, show_pin
from lapor.lib.files import Refused
from lapor.lib.text import normalise
from lapor.reports import actions, files, own
from lapor.reports.models import Channel
from lapor.reports.submission import MAX_TEXT, MIN_TEXT, Receipt
from lapor.routing.propose import Proposal
from lapor.routing.reading.facts import read_facts
from lapor.routing.reading.places import read_place

from . import says
from .letter import Letter
from .read import Mail


def file(
    mail: Mail, *, external_id: str, now: datetime, text: str = "", is_secret: bool = False, is_trusted: bool = True
) -> Letter:
    """Files the mail, or these words of it; what is to be answered. Without a `report_id` when it says too little to be
    a report.

    Of a sender who is not `is_trusted` no address is kept, since somebody else may have written under it.
    """
    said = text or mail.text
    title = "" if text else mail.subject
    if len(normalise(said)) < MIN_TEXT and title:
        said, title = f"{title}\n{said}".strip(), ""
    kept, refused = keep_files(mail, now=now)
    if len(normalise(said)) < MIN_TEXT and not kept:
        return Letter(subject=says.HELLO_SUBJECT, body=says.TOO_SHORT + says.left_out(refused), answers=mail.message_id)
    said, is_cut = normalise(said)[:MAX_TEXT], len(normalise(said)) > MAX_TEXT
    whole = f"{title}\n{said}"
    facts = read_facts(said, title=title, on=timezone.localdate(now))
    region = deepest_known(read_place(whole).code)
    is_secret = is_secret or facts.wants_secrecy
    submission, proposal = report_of(
        said,
        title=title,
        channel=Channel.EMAIL,
        external_id=external_id,
        region_code=region,
        facts=facts,
        is_secret=is_secret,
        on=timezone.localdate(now),
        name=mail.name if is_trusted else "",
        email=mail.sender if is_trusted else "",
        attachment_ids=kept,
    )
    receipt = actions.submit(submission, now=now)
    more = (says.ASK_WHERE if region is None else "") + says.left_out(refused) + (says.CUT if is_cut else "")
    return _answer(mail, receipt, proposal, more=more, is_secret=is_secret)


def keep_files(mail: Mail, *, now: datetime) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """(keys of the files that wait to be claimed, why the others were refused)."""
    pending, kept, refused = uuid.uuid4(), [], list(mail.left_out)
    for one in mail.files:
        try:
            kept.append(files.keep(io.BytesIO(one.data), name=one.name, pending=pending, now=now).pk)
        except Refused as reason:
            refused.append(reason.reason)
    return tuple(kept), tuple(refused)


def _answer(mail: Mail, receipt: Receipt, proposal: Proposal, *, more: str, is_secret: bool) -> Letter:
    agency = proposal.agency
    template = says.FILED_QUIETLY if is_secret else says.FILED
    body = template.format(
        code=show_code(receipt.code),
        pin=show_pin(receipt.pin),
        due=short_day(receipt.answer_by),
        link=track_link(),
        verifier=Agency.objects.get(pk=receipt.verifier_id).name,
        proposed=says.PROPOSED.format(agency=agency.name) if agency is not None else "",
    )
    danger = f"{proposal.emergency}\n\n" if proposal.emergency else ""
    return Letter(
        subject=says.FILED_SUBJECT.format(code=show_code(receipt.code)),
        body=f"{danger}{body}{more}{says.HOW}",
        report_id=own.key_of(receipt.code),
        answers=mail.message_id,
    )


def track_link() -> str:
    """Where a report is followed with code and PIN."""
    return f"{settings.LAPOR_PUBLIC_URL.rstrip('/')}/lacak/"
