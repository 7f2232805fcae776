"""The tables of the core. Doors never import this package; they call `access`, `actions` and `own`."""

from .accused import Naming, Recusal, Shield
from .attempts import PinAttempts
from .clocks import Clock, Hold
from .floods import SameText
from .history import Cursor, Event, EventKind
from .mass import MassReport, Spread, Stage
from .origin import Origin
from .oversight import Recommendation
from .pending import Pending
from .postings import Posting
from .report import Channel, Kind, Outcome, Report, State, Visibility
from .thread import Attachment, Audience, Author, Draft, Message, MessageKind, Scan
from .work import AnswerTemplate, Assignment, HandOver, Presence, Rating

__all__ = [
    "AnswerTemplate",
    "Assignment",
    "Attachment",
    "Audience",
    "Author",
    "Channel",
    "Clock",
    "Cursor",
    "Draft",
    "Event",
    "EventKind",
    "HandOver",
    "Hold",
    "Kind",
    "MassReport",
    "Message",
    "MessageKind",
    "Naming",
    "Origin",
    "Outcome",
    "Pending",
    "PinAttempts",
    "Posting",
    "Presence",
    "Rating",
    "Recommendation",
    "Recusal",
    "Report",
    "SameText",
    "Scan",
    "Shield",
    "Spread",
    "Stage",
    "State",
    "Visibility",
]
