"""The data of one reporter about one report, as plain values: what was written, kept, chosen, decided and disclosed.

Nothing of other people is in it: officers appear as the body they acted for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from lapor.reports.models import Attachment, Author, Event
from lapor.reports.own import OwnView
from lapor.vault.identities import Person

Told = Mapping[str, Any]


def of_report(
    view: OwnView, *, person: Person, disclosed: Sequence[Told], survey: Told, now: datetime
) -> dict[str, Any]:
    """Everything kept about this report and its reporter. `disclosed`: what the reporter was told of requests;
    `survey`: what they answered after closing, by question.
    """
    report = view.report
    return {
        "code": report.code,
        "made_at": now,
        "identity": {"name": person.name, "phone": person.phone, "email": person.email, "account": person.account},
        "choices": {
            "is_anonymous": report.is_anonymous,
            "shows_name": report.shows_name,
            "visibility": report.visibility,
        },
        "report": {
            "kind": report.kind,
            "title": report.title,
            "text": report.text,
            "category": str(report.category or ""),
            "place": report.place,
            "region": str(report.region or ""),
            "latitude": report.latitude,
            "longitude": report.longitude,
            "occurred_on": report.occurred_on,
            "channel": report.channel,
            "language": report.language,
            "received_at": report.received_at,
            "state": report.state,
            "outcome": report.outcome,
            "agency": str(report.agency or ""),
        },
        "files": [_file(file) for file in view.attachments],
        "messages": [
            {
                "from": "reporter" if message.author == Author.REPORTER else "officer",
                "body": str(message.agency or ""),
                "kind": message.kind,
                "text": message.text,
                "written_at": message.written_at,
                "files": [_file(file) for file in message.attachments.all()],
            }
            for message in view.messages
        ],
        "rating": {"stars": view.rating.stars, "dealt_with": view.rating.dealt_with} if view.rating else None,
        "survey": dict(survey),
        "history": [_event(event) for event in view.events],
        "disclosed": [dict(one) for one in disclosed],
    }


def files_of(view: OwnView) -> list[Attachment]:
    """Every file of the report that its reporter may read."""
    return [*view.attachments, *(file for message in view.messages for file in message.attachments.all())]


def path_of(file: Attachment) -> str:
    """Under which name a file lies in the package: its own, made unique, without any folder of its own."""
    name = "".join(letter for letter in file.name if letter.isalnum() or letter in " ._-").strip(" .") or "berkas"
    return f"berkas/{str(file.key)[:8]}-{name}"


def _file(file: Attachment) -> dict[str, Any]:
    return {"name": file.name, "path": path_of(file), "type": file.content_type, "bytes": file.size}


def _event(event: Event) -> dict[str, Any]:
    return {"what": event.kind, "words": str(event.get_kind_display()), "at": event.at, "body": str(event.agency or "")}
