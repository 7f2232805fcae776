"""From what stands in the form to the submission: the proposed body, whom it names, what the reporter thinks of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext

from lapor.reports import pending
from lapor.reports.submission import Accused, Seal, Submission
from lapor.routing.propose import Proposal, propose

LONGEST_PROPOSAL = 400


def proposal(content: dict[str, Any]) -> Proposal:
    """Who should answer, in the language of this moment. Refuses as `routing.propose` does."""
    return propose(
        text=content["text"],
        title=content["title"],
        kind=content["kind"],
        category=content["category"] or None,
        region_code=content["region"] or None,
        agency_id=content["agency_id"],
        accused=accused(content),
        on=timezone.localdate(),
    )


def submission(key: UUID, content: dict[str, Any], *, channel: str = "web", **more: Any) -> Submission:
    """The report as it is filed, once under this key; `more` are further fields of `Submission`."""
    with translation.override(settings.LANGUAGE_CODE):  # officers read the reason, whatever the reporter reads
        proposed, opinion = proposal(content), _opinion(content)
    return Submission(
        **_said(key, content),
        channel=channel,
        category=proposed.category,
        is_anonymous=content["is_anonymous"],
        is_confidential=content["is_confidential"],
        shows_name=content["shows_name"] and not content["is_anonymous"],
        is_urgent=proposed.urgent,
        proposed_agency_id=proposed.agency.pk if proposed.agency else None,
        proposal_reason=Truncator(f"{opinion} {proposed.reason}".strip()).chars(LONGEST_PROPOSAL),
        accused=accused(content),
        idempotency_key=f"{channel}:{key}",
        **more,
    )


def sealed_submission(key: UUID, content: dict[str, Any], seal: Seal) -> Submission:
    """The same for a report that is sealed: nothing proposed, no account."""
    return Submission(
        **_said(key, content),
        channel="web",
        category=content["category"] or None,
        agency_named=content["agency_text"],
        accused=accused(content),
        seal=seal,
    )


def accused(content: dict[str, Any]) -> tuple[Accused, ...]:
    """Whom the report names."""
    agency_id, unit_id, officer_id, name = content.get("accused") or (None, None, None, "")
    found = Accused(agency_id=agency_id, unit_id=unit_id, officer_id=officer_id, name=name)
    return (found,) if content.get("accused") else ()


def day(text: str) -> date | None:
    """The day that was kept as text."""
    return date.fromisoformat(text) if text else None


def _said(key: UUID, content: dict[str, Any]) -> dict[str, Any]:
    """What the form asked for, as it goes into every report."""
    return {
        "kind": content["kind"],
        "text": content["text"],
        "title": content["title"],
        "region_code": content["region"] or None,
        "place": content["place"],
        "latitude": _decimal(content["latitude"]),
        "longitude": _decimal(content["longitude"]),
        "occurred_on": day(content["occurred_on"]),
        "name": content["name"],
        "phone": content["phone"],
        "email": content["email"],
        "attachment_ids": tuple(file.pk for file in pending.files(key)),
        "language": content["language"],
    }


def _opinion(content: dict[str, Any]) -> str:
    """What the reporter thinks of the proposed body, for the officer who disposes; in the officers' language."""
    said = []
    if content.get("objects"):
        said.append(gettext("Pelapor berpendapat instansinya lain."))
        if content["agency_text"]:
            said.append(gettext("Disebutnya: %(name)s.") % {"name": content["agency_text"]})
    if content.get("because"):
        said.append(gettext("Alasan pelapor: “%(words)s”.") % {"words": content["because"]})
    return " ".join(said)


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None
