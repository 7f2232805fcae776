"""What plain words are about, where no form asked: whether a complaint, a wish or a question, and who is competent."""

from __future__ import annotations

from datetime import date
from typing import Any

from lapor.reports.models import Kind
from lapor.reports.submission import MAX_TITLE, Submission
from lapor.routing.propose import Proposal, propose
from lapor.routing.reading.facts import Facts

# What the model may read out of words alone. Whistleblowing takes a sealed way that no message has, and a report on
# procurement goes to the same bodies as a complaint.
_READ = frozenset({Kind.ASPIRATION, Kind.INFORMATION_REQUEST})


def proposal_for(text: str, *, title: str = "", region_code: str | None, on: date) -> tuple[Kind, Proposal]:
    """The kind of the report and its proposal: a complaint, unless the model reads a wish or a question."""
    found = _ask(Kind.COMPLAINT, text, title, region_code, on)
    read = found.suggestion.kind if found.suggestion is not None else None
    kind = next((one for one in _READ if one == read), Kind.COMPLAINT)
    return kind, found if kind == Kind.COMPLAINT else _ask(kind, text, title, region_code, on)


def report_of(
    text: str,
    *,
    title: str = "",
    channel: str,
    external_id: str,
    region_code: str | None,
    facts: Facts,
    is_secret: bool,
    on: date,
    **more: Any,
) -> tuple[Submission, Proposal]:
    """The report as it is filed, once for the message it began with, and its proposal; `more` are further fields of
    `Submission`.
    """
    kind, proposal = proposal_for(text, title=title, region_code=region_code, on=on)
    submission = Submission(
        channel=channel,
        kind=kind,
        title=title[:MAX_TITLE],
        text=text,
        category=proposal.category,
        region_code=region_code,
        occurred_on=facts.occurred_on,
        is_anonymous=is_secret,
        is_confidential=is_secret,
        is_urgent=proposal.urgent,
        proposed_agency_id=proposal.agency.pk if proposal.agency else None,
        proposal_reason=proposal.reason,
        external_id=external_id,
        idempotency_key=f"{channel}:{external_id}",
        **more,
    )
    return submission, proposal


def _ask(kind: Kind, text: str, title: str, region_code: str | None, on: date) -> Proposal:
    return propose(text=text, title=title, kind=kind, category=None, region_code=region_code, agency_id=None, on=on)
