"""Reading a sealed report: what an actor's keys open is put into rows in memory, for reading alone.

Without a key nothing is raised: the report is locked, and shows what is no secret.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from lapor.agencies.models import Category, Region
from lapor.vault.envelopes import NotForYou, report_key
from lapor.vault.models import Holder
from lapor.vault.sealing import Private, open_with

from .actors import Actor, Officer, Reporter
from .models import Attachment, Draft, Message, Report


@dataclass(frozen=True, kw_only=True)
class Inside:
    """What a sealed report says beside its own columns. The repr shows nothing."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    agency: str = field(default="", repr=False)
    salt: bytes = field(default=b"", repr=False)
    """Of the receipt; empty for a report that was filed before receipts were given."""


def key_of(actor: Actor, report: Report) -> Private | None:
    """The private key of this report, when the actor's keys open an envelope of it."""
    if report.sealed_id is None or not isinstance(actor, Officer | Reporter) or actor.keys is None:
        return None
    holder = Holder.REPORTER if isinstance(actor, Reporter) else Holder.INVESTIGATOR
    try:
        return report_key(sealed_id=report.sealed_id, private=actor.keys, holder=holder)
    except NotForYou:
        return None


def unbox(private: Private, blob: bytes) -> dict[str, Any]:
    """What `sealing.box` was given; `WrongKey` when the key does not fit."""
    found: dict[str, Any] = json.loads(open_with(private, blob))
    return found


def open_report(report: Report, private: Private) -> Inside:
    """Fills the report (in memory) with what was said."""
    assert report.sealed is not None
    content = unbox(private, bytes(report.sealed))
    report.title, report.text, report.place = content["title"], content["text"], content["place"]
    report.latitude = Decimal(content["latitude"]) if content["latitude"] else None
    report.longitude = Decimal(content["longitude"]) if content["longitude"] else None
    report.occurred_on = _day(content["occurred_on"])
    report.category = Category.objects.filter(pk=content["category"]).first() if content["category"] else None
    if content["region"] and content["region"] != report.region_id:
        report.region = Region.objects.filter(pk=content["region"]).first() or report.region
    return _inside(content)


def person_in(report: Report, private: Private) -> Inside:
    """Who reported, out of the box alone; nothing is filled."""
    assert report.sealed is not None
    return _inside(unbox(private, bytes(report.sealed)))


def _inside(content: dict[str, Any]) -> Inside:
    said = {name: content[name] for name in ("name", "phone", "email", "agency")}
    return Inside(**said, salt=bytes.fromhex(content.get("receipt_salt", "")))


def open_messages(messages: Iterable[Message | Draft], private: Private) -> None:
    """Fills messages and drafts, and the names of their files (in memory)."""
    for message in messages:
        if message.sealed is not None:
            content = unbox(private, bytes(message.sealed))
            message.text, message.done_by = content["text"], content["done_by"]
            message.done_on = _day(content["done_on"])
        if isinstance(message, Draft) and message.sealed_remark is not None:
            message.remark = unbox(private, bytes(message.sealed_remark))["text"]
        open_files(message.attachments.all(), private)


def open_files(files: Iterable[Attachment], private: Private) -> None:
    """Fills names, types and measures of files (in memory)."""
    for file in files:
        if file.sealed is not None:
            for name, value in unbox(private, bytes(file.sealed)).items():
                setattr(file, name, value)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
