"""What plain words are about, where no form asked: whether a complaint, a wish or a question, and who is competent."""

from __future__ import annotations

from datetime import date

from lapor.reports.models import Kind
from lapor.routing.propose import Proposal, propose

# What the model may read out of words alone. Whistleblowing takes a sealed way that no message has, and a report on
# procurement goes to the same bodies as a complaint.
_READ = frozenset({Kind.ASPIRATION, Kind.INFORMATION_REQUEST})


def proposal_for(text: str, *, title: str = "", region_code: str | None, on: date) -> tuple[Kind, Proposal]:
    """The kind of the report and its proposal: a complaint, unless the model reads a wish or a question."""
    found = _ask(Kind.COMPLAINT, text, title, region_code, on)
    read = found.suggestion.kind if found.suggestion is not None else None
    kind = next((one for one in _READ if one == read), Kind.COMPLAINT)
    return kind, found if kind == Kind.COMPLAINT else _ask(kind, text, title, region_code, on)


def _ask(kind: Kind, text: str, title: str, region_code: str | None, on: date) -> Proposal:
    return propose(text=text, title=title, kind=kind, category=None, region_code=region_code, agency_id=None, on=on)
