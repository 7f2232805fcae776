"""The reports of one telephone number, address or account, found by the keyed digest of the vault.

The number proves the reporter only of what came in by a channel whose service vouches for it: on the web anybody can
write any number. SMS and WhatsApp both do, so that who begins by one goes on by the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from lapor.vault.models import Identity

from . import access
from .actors import Reporter
from .lifecycle import Move
from .models import Channel, Report, State, Visibility

MOST = 20
# What is asked of a report before something is done to it.
_TOLD = ("code", "state", "visibility", "is_anonymous", "received_at", "due_at", "closed_at", "holder", "agency")
BY_NUMBER = (Channel.SMS, Channel.WHATSAPP)  # in both the operator, or a code it carried, proves the number


def newest(digest: bytes, *, channel: str) -> list[Report]:
    """What this number sent by this channel, newest first; never sealed ones."""
    return list(_of(digest, channel=channel).only(*_TOLD).order_by("-received_at")[:MOST])


def known(codes: Sequence[str]) -> list[Report]:
    """Reports that somebody proved before with code and PIN, newest first."""
    found = Report.objects.filter(code__in=codes).exclude(visibility=Visibility.SEALED)
    return list(found.only(*_TOLD).order_by("-received_at")[:MOST])


def that_allow(reports: Iterable[Report], move: Move) -> list[Report]:
    """Of these, the ones on which the reporter may do this now."""
    return [one for one in reports if access.may(Reporter(report_id=one.pk), move, one)]


def awaiting_reporter(digest: bytes, *, channel: str) -> Report | None:
    """The one report of this number that waits for its reporter to say more; None for none or several."""
    rows = list(_of(digest, channel=channel).filter(state=State.ON_HOLD).only("pk", "code", "state")[:2])
    return rows[0] if len(rows) == 1 else None


def _of(digest: bytes, *, channel: str) -> QuerySet[Report]:
    known: Q
    through: tuple[Channel, ...]
    match channel:
        case Channel.SMS:
            known, through = Q(phone_index=digest), BY_NUMBER
        case Channel.WHATSAPP:  # who has no number of this country is an account
            known, through = Q(phone_index=digest) | Q(account_index=digest), BY_NUMBER
        case Channel.EMAIL:
            known, through = Q(email_index=digest), (Channel(channel),)
        case _:
            known, through = Q(account_index=digest), (Channel(channel),)
    people = Identity.objects.filter(known)
    if not people.exists():  # as of most who write; much quicker to ask than for their reports
        return Report.objects.none()
    return Report.objects.filter(identity__in=people, channel__in=through).exclude(visibility=Visibility.SEALED)


def of_mail(report_id: int) -> Report | None:
    """The report that a thread of mail is about; None for one that is not there, or sealed."""
    found = Report.objects.filter(pk=report_id).exclude(visibility=Visibility.SEALED)
    return found.select_related("holder", "agency", "identity", "account").first()


def writes_from(report: Report, address: str, *, digest: bytes) -> bool:
    """Whether this is the mail address of the reporter: the one given with the report, or that of the account."""
    known = report.identity
    if known is not None and known.email_index is not None:
        return bytes(known.email_index) == digest
    return report.account is not None and report.account.email.lower() == address
