"""What a citizen types: the report, the proof of ownership, the answers to an answer, the filters of a list."""

from .body import OtherBodyForm
from .narrow import NarrowForm
from .own import RateForm, ReasonForm, ReplyForm, SecrecyForm, TrackForm
from .report import KINDS, ReportForm

__all__ = [
    "KINDS",
    "NarrowForm",
    "OtherBodyForm",
    "RateForm",
    "ReasonForm",
    "ReplyForm",
    "ReportForm",
    "SecrecyForm",
    "TrackForm",
]
