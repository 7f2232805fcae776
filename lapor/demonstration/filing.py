"""A sample enters by the same door as every report: `propose`, then `submit`."""

from __future__ import annotations

from functools import cache

from lapor.accounts.models import User
from lapor.reports import actions
from lapor.reports.models import Report
from lapor.reports.submission import Receipt, Submission
from lapor.routing.propose import propose

from . import people
from .case import Case
from .samples import SURNAME, Sample

MARK = "peragaan-"
# First names that are no words of the language, so that masking one spoils no sentence.
_FIRST = ("Suparno", "Yulianti", "Hendra", "Ratnasari", "Fitriyah", "Baharuddin", "Agustina", "Maryono", "Rosmala")
_PRINTED = frozenset({"web", "letter", "email"})


def submission_of(sample: Sample, case: Case) -> Submission:
    """What the channel would hand in. No reporter has an e-mail address, so that no mail can go out."""
    proposal = propose(
        text=sample.text,
        title=sample.title,
        kind=sample.kind,
        category=sample.category if sample.channel == "web" and case.dice.random() < 0.6 else None,
        region_code=sample.region_code,
        agency_id=None,
        on=case.now.date(),
    )
    number = int(sample.id.removeprefix("s"))
    return Submission(
        channel=sample.channel,
        kind=sample.kind,
        text=sample.text,
        title=sample.title,
        category=proposal.category,
        region_code=sample.region_code,
        name=_name(sample, number),
        phone="" if sample.channel in _PRINTED and number % 3 else f"081200000{number:03d}",
        is_anonymous=number % 7 == 0,
        is_confidential=number % 23 == 0,
        is_urgent=proposal.urgent,
        proposed_agency_id=proposal.agency.pk if proposal.agency else None,
        proposal_reason=proposal.reason,
        account_id=_person(people.CITIZEN.email) if number % 60 == 3 else None,
        entered_by_id=_person(people.COUNTER.email) if sample.channel == "letter" else None,
        external_id=f"{MARK}{sample.id}",
        idempotency_key=f"{MARK}{sample.id}",
    )


def file(case: Case) -> Receipt:
    """Files the sample of this case, now."""
    receipt = actions.submit(submission_of(case.sample, case), now=case.now)
    case.report = Report.objects.get(code=receipt.code)
    return receipt


def _name(sample: Sample, number: int) -> str:
    if sample.signed and sample.kind != "whistleblowing":
        return sample.signed
    return f"{_FIRST[number % len(_FIRST)]} {SURNAME}" if sample.channel in _PRINTED else ""


@cache
def _person(email: str) -> int:
    return User.objects.values_list("pk", flat=True).get(email=email)
