"""What a citizen types: the report, the proof of ownership, the answers to an answer, the filters of a list."""

from .accused import NameSomebodyForm
from .body import OtherBodyForm
from .narrow import NarrowForm
from .own import RateForm, ReasonForm, ReceiptForm, ReplyForm, SecrecyForm, TrackForm
from .report import KINDS, SEALED_KIND, ReportForm

__all__ = [
    "KINDS",
    "SEALED_KIND",
    "NameSomebodyForm",
    "NarrowForm",
    "OtherBodyForm",
    "RateForm",
    "ReasonForm",
    "ReceiptForm",
    "ReplyForm",
    "ReportForm",
    "SecrecyForm",
    "TrackForm",
]
