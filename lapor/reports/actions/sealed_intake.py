"""A sealed report is encrypted before anything of it is stored: words, place, day, name, contact and files.

What stays readable: code, kind, regency or city, the bodies that have it, its step, its deadlines, and the day.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from lapor.agencies.people import NobodyCanOpen
from lapor.deadlines.models import Step
from lapor.lib.codes import new_code
from lapor.lib.text import normalise
from lapor.vault import pins, receipts
from lapor.vault.models import Holder
from lapor.vault.sealing import new_pair

from .. import accused, files, sealing
from .. import receipts as evidence
from ..days import to_the_day
from ..models import Attachment, Clock, Report, Visibility
from ..submission import MAX_TITLE, Receipt, Seal, Submission
from .intake import ATTEMPTS, checked_text, clocks_for, digest, insert
from .named import new_namings


def submit_sealed(submission: Submission, *, now: datetime) -> Receipt:
    """Files the report sealed and returns the digits of its receipt. Sent again with the same seal or idempotency key
    and content, it is the same report.

    Refuses with `Incomplete` one that says nothing, with `NobodyCanOpen` where no investigator has a key.
    """
    seal = submission.seal or _seal_of(submission)
    keys = receipts.read_receipt(seal.digits)
    if known := _repeat(keys.tag, seal.digits):
        return known
    text = checked_text(submission)
    region = sealing.coarse(submission.region_code)
    day = to_the_day(now, region_code=region)
    today = timezone.localdate(day)
    named = new_namings(submission, now=day, today=today)
    receiver = accused.verifier_of(
        region_code=region, category=submission.category, accused=submission.accused, is_sealed=True, on=today
    )
    deadlines = clocks_for(replace(submission, region_code=region), now=day, today=today)
    _seal_files(submission, seal, now=now)
    sealed_id = uuid.uuid4()
    letters = sealing.letters(
        sealed_id=sealed_id,
        private=seal.pair.private,
        bodies=[receiver],
        reporter_public=keys.pair.public,
        marks=frozenset(mark for one in named for mark in one.marks),
        on=today,
    )
    if not any(one.holder == Holder.INVESTIGATOR for one in letters):
        raise NobodyCanOpen
    salt = evidence.new_salt()  # with the words in the box: who cannot read them has nothing to try guesses on
    content = content_of(submission, text=text) | {"receipt_salt": salt.hex()}
    box = sealing.box(seal.pair.public, content)
    for _ in range(ATTEMPTS):
        code = new_code()
        said = evidence.said(salt=salt, code=code, title=content["title"], text=text, at=day, to_the_day=True)
        columns = _columns(submission, region=region) | {
            "code": code,
            "sealed_id": sealed_id,
            "seal_public": seal.pair.public,
            "sealed": box,
            "receipt_tag": keys.tag,
            "received_at": day,
            "active_at": day,
            "verifier_id": receiver.pk,
            "holder_id": receiver.pk,
            "guardian_id": receiver.pk,
            "due_at": min(due for due, _warn in deadlines.values()),
            "is_shielded": any(one.marks for one in named),
        }
        is_new = insert(
            columns,
            deadlines=deadlines,
            people=[one.secret for one in named if one.secret is not None],
            kept=[],
            named=named,
            attachment_ids=submission.attachment_ids,
            facts={"receipt": said, "sealed": evidence.box_digest(box)},
            letters=letters,
        )
        if is_new:
            return Receipt(
                code=code,
                digits=seal.digits,
                received_at=day,
                verify_by=deadlines[Step.VERIFY][0],
                answer_by=deadlines[Step.RESOLVE][0],
                verifier_id=receiver.pk,
            )
        if known := _repeat(keys.tag, seal.digits):
            return known
    raise RuntimeError("no free report code after several attempts")


def sealed_receipt(seal: Seal) -> Receipt | None:
    """The receipt once more for the browser that holds the seal and never got it; None when nothing was sent."""
    return _repeat(receipts.read_receipt(seal.digits).tag, seal.digits)


def content_of(submission: Submission, *, text: str) -> dict[str, Any]:
    """Everything that only investigators and the reporter may read, as it is put into the box."""
    return {
        "title": normalise(submission.title)[:MAX_TITLE],
        "text": text,
        "place": normalise(submission.place)[:200],
        "region": submission.region_code,
        "latitude": str(submission.latitude) if submission.latitude is not None else None,
        "longitude": str(submission.longitude) if submission.longitude is not None else None,
        "occurred_on": submission.occurred_on,
        "category": submission.category,
        "agency": normalise(submission.agency_named)[:200],
        "name": submission.name.strip(),
        "phone": submission.phone.strip(),
        "email": submission.email.strip(),
    }


def _columns(submission: Submission, *, region: str | None) -> dict[str, Any]:
    return {
        "channel": submission.channel,
        "external_id": sealing.external(submission.external_id),
        "language": submission.language,
        "kind": submission.kind,
        "is_urgent": False,
        "title": "",
        "text": "",
        "place": "",
        "proposal_reason": "",
        "region_id": region,
        "entered_by_id": submission.entered_by_id,
        "is_anonymous": True,
        "shows_name": False,
        "visibility": Visibility.SEALED,
    }


def _seal_of(submission: Submission) -> Seal:
    """A new seal. A retry with an idempotency key gets the digits it got before, though nothing of the key is kept."""
    key = submission.idempotency_key
    digits = pins.derived_receipt(key, digest(submission)) if key else receipts.new_receipt()
    return Seal(new_pair(), digits)


def _seal_files(submission: Submission, seal: Seal, *, now: datetime) -> None:
    """Seals what a channel kept in plain until now."""
    if submission.attachment_ids:
        for file in Attachment.objects.filter(pk__in=submission.attachment_ids, report=None, sealed=None):
            files.seal(file, seal.pair.public, now=now)


def _repeat(tag: bytes, digits: str) -> Receipt | None:
    first = Report.objects.filter(receipt_tag=tag).first()
    if first is None or first.verifier_id is None:
        return None
    due = dict(Clock.objects.filter(report=first).order_by("-id").values_list("step", "first_due_at"))
    return Receipt(
        code=first.code,
        digits=digits,
        received_at=first.received_at,
        verify_by=due[Step.VERIFY],
        answer_by=due[Step.RESOLVE],
        verifier_id=first.verifier_id,
        is_repeat=True,
    )
