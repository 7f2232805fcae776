"""What is published: which reports, which events, and which of their texts. One table each, read on a page."""

from __future__ import annotations

from lapor.reports.models import Channel, EventKind, Kind, Report, State, Visibility

HIDDEN_STATES = frozenset({State.WITHDRAWN, State.MERGED})

# Lines of the timeline, and whether the words that officers wrote there are published. The reporter's own later words,
# questions to the reporter and the reasons that offices give each other stay with those they were written for.
EVENTS: dict[EventKind, bool] = {
    EventKind.RECEIVED: False,
    EventKind.IMPORTED: False,
    EventKind.VERIFIED: False,
    EventKind.HELD: False,
    EventKind.RESUMED: False,
    EventKind.PASSED: False,
    EventKind.ASSIGNED: False,
    EventKind.CONTRIBUTOR_ADDED: False,
    EventKind.STARTED: False,
    EventKind.FOLLOWED_UP: True,
    EventKind.EXTENDED: True,
    EventKind.HANDED_BACK: False,
    EventKind.HANDED_OVER: False,
    EventKind.HAND_OVER_REPLIED: False,
    EventKind.ANSWERED: True,
    EventKind.AGREED: False,
    EventKind.RATED: False,
    EventKind.OBJECTED: False,
    EventKind.OBJECTION_ACCEPTED: True,
    EventKind.OBJECTION_REJECTED: True,
    EventKind.SENT_BACK: True,
    EventKind.REPLIED: False,
    EventKind.ARCHIVED: False,
    EventKind.REOPENED: False,
    EventKind.CLOSED: False,
    EventKind.LED: False,
    EventKind.OVERDUE: False,
    EventKind.ESCALATED: False,
    EventKind.RUNG_DECIDED: False,
    EventKind.RUNG_WAITS: False,
    EventKind.RECOMMENDED: True,
    EventKind.ADVICE_ANSWERED: True,
    EventKind.ADVICE_LATE: False,
    EventKind.ADVICE_RAISED: False,
    EventKind.FILE_TAKEN: False,
}
WITH_TEXT = frozenset(kind for kind, has_text in EVENTS.items() if has_text)


def may_publish(report: Report) -> bool:
    """Public reports that an officer has read first, or that were published before they came here.

    Never a secret one, never whistleblowing, not one withdrawn, and not one that was joined to another: it is counted
    there. An archived report is published as an empty page that says why.
    """
    if report.visibility != Visibility.PUBLIC or report.kind == Kind.WHISTLEBLOWING:
        return False
    if report.state in HIDDEN_STATES or report.leads_id is not None:
        return False
    return report.verified_at is not None or report.state == State.ARCHIVED or report.channel == Channel.OPENDATA


def shows_content(report: Report) -> bool:
    """Whether the words of the report are published with it."""
    return report.state != State.ARCHIVED
