"""What a citizen types: the report, the proof of ownership, the answers to an answer, the filters of a list."""

from lapor.channels.written.accused import NameSomebodyForm
from lapor.channels.written.body import OtherBodyForm
from lapor.channels.written.report import KINDS, SEALED_KIND, ReportForm

from .narrow import NarrowForm
from .own import RateForm, ReasonForm, ReceiptForm, ReplyForm, SecrecyForm, TrackForm

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
