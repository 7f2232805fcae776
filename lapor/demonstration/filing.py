"""A sample enters by the same door as every report: `propose`, then `submit`."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lapor.accounts.models import User
from lapor.reports import actions
from lapor.reports.models import Kind, Report
from lapor.reports.sealing import external
from lapor.reports.submission import Receipt, Submission
from lapor.routing.propose import propose

from . import people
from .case import Case
from .samples import SURNAME, Sample, read_all
from .wording import rows

MARK = "peragaan-"
TO_TRY = "s104"  # answered, and its reporter may agree or object; its key shows the same PIN at every load
# First names that are no words of the language, so that masking one spoils no sentence.
_FIRST = ("Suparno", "Yulianti", "Hendra", "Ratnasari", "Fitriyah", "Baharuddin", "Agustina", "Maryono", "Rosmala")
_DELICATE = frozenset({"kepegawaian", "kepolisian", "ketenagakerjaan", "pungli_korupsi"})
_WRITTEN = frozenset({"letter", "email"})
_NAMED = _WRITTEN | {"web"}


def ours() -> QuerySet[Report]:
    """The reports of the demonstration; sealed ones keep their mark hidden."""
    sealed = [mark_of(sample) for sample in read_all() if sample.kind == Kind.WHISTLEBLOWING]
    return Report.objects.filter(Q(external_id__startswith=MARK) | Q(external_id__in=sealed))


def mark_of(sample: Sample) -> str:
    """By which the report of this sample is known again."""
    mark = f"{MARK}{sample.id}"
    return external(mark) if sample.kind == Kind.WHISTLEBLOWING else mark


def file(case: Case) -> Receipt:
    """Files the sample of this case, now."""
    receipt = actions.submit(submission_of(case.sample, on_behalf=case), now=case.now)
    case.report = Report.objects.get(code=receipt.code)
    return receipt


def submission_of(sample: Sample, *, on_behalf: Case) -> Submission:
    """What the channel would hand in. No reporter has an e-mail address, so that no mail can go out."""
    dice = sample.dice("filing")
    gives_category = sample.channel == "web" and dice.random() < 0.6
    proposal = propose(
        text=sample.text,
        title=sample.title,
        kind=sample.kind,
        category=sample.category if gives_category else None,
        region_code=sample.region_code,
        agency_id=None,
        on=on_behalf.today,
    )
    is_anonymous = dice.random() < 0.15
    return Submission(
        channel=sample.channel,
        kind=sample.kind,
        text=sample.text,
        title=sample.title,
        category=proposal.category,
        region_code=sample.region_code,
        name=_name(sample),
        phone="" if sample.channel in _NAMED and dice.random() < 0.6 else f"081200000{sample.number:03d}",
        is_anonymous=is_anonymous,
        shows_name=sample.channel == "web" and not is_anonymous and dice.random() < 0.3,
        is_confidential=sample.category in _DELICATE and dice.random() < 0.25,
        is_urgent=proposal.urgent,
        proposed_agency_id=proposal.agency.pk if proposal.agency else None,
        proposal_reason=proposal.reason,
        account_id=_person(people.CITIZEN) if sample.id in _of_citizen() else None,
        entered_by_id=_person(people.COUNTER) if sample.channel == "letter" else None,
        external_id=f"{MARK}{sample.id}",
        idempotency_key=f"{MARK}{sample.id}" if sample.id == TO_TRY else "",
    )


def _name(sample: Sample) -> str:
    if sample.id in _of_citizen():
        return people.CITIZEN.name
    if sample.signed and sample.channel in _WRITTEN and sample.kind != "whistleblowing":
        return sample.signed
    return f"{_FIRST[sample.number % len(_FIRST)]} {SURNAME}" if sample.channel in _NAMED else ""


def _of_citizen() -> set[str]:
    return {row["id"] for row in rows("lives.csv") if row["by_account"]}


def _person(account: people.Account) -> int:
    return User.objects.values_list("pk", flat=True).get(email=account.email)
