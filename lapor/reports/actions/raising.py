"""A report becomes sealed later: everything that was said moves into boxes, and the plain words are gone from its rows.

What others read before, and backups made before, cannot be taken back; history until then keeps its times.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from lapor.agencies.people import NobodyCanOpen, receiver_for
from lapor.deadlines.models import Step
from lapor.vault import identities, receipts
from lapor.vault.models import Envelope
from lapor.vault.sealing import Pair, new_pair

from .. import accused, clockwork, files, namings, postings, sealing, withheld
from .. import receipts as evidence
from ..actors import Actor, Reporter
from ..change import Change, changing
from ..lifecycle import OPEN, Move, MoveRefused
from ..models import Attachment, Draft, EventKind, MassReport, Naming, Report, State, Visibility
from .joined import release_followers


def seal(*, report_id: int, actor: Actor, now: datetime, version: int | None = None) -> str:
    """Seals a report that was open, anonim or rahasia, and has it read anew by those who can open it.

    Its reporter gets the sixteen digits of a receipt, which are returned; where an officer seals, nothing is returned:
    the reporter takes them later (`take_receipt`). Refuses with `MoveRefused` where no investigator has a key.
    """
    with changing(report_id, Move.SEAL, actor=actor, now=now, version=version) as change:
        digits = receipts.new_receipt() if isinstance(actor, Reporter) else ""
        _seal(change, new_pair(), digits)
        assert change.report.sealed is not None
        box = evidence.box_digest(bytes(change.report.sealed))
        change.record(EventKind.SECRECY_RAISED, visibility=Visibility.SEALED, is_anonymous=True, sealed=box)
    return digits


def take_receipt(*, report_id: int, actor: Reporter, now: datetime) -> str:
    """A receipt for a reporter who proved a report with code and PIN that an officer sealed; code and PIN end with it.

    What was said becomes readable to the reporter when an investigator next opens the report, since nobody else has the
    key: until then the reporter can write.
    """
    with changing(report_id, Move.TAKE_RECEIPT, actor=actor, now=now) as change:
        report = change.report
        if report.sealed_id is None or report.receipt_tag is not None:
            raise MoveRefused(Move.TAKE_RECEIPT, "not_from_here")
        digits = receipts.new_receipt()
        keys = receipts.read_receipt(digits)
        report.receipt_tag, report.reporter_public, report.pin_digest = keys.tag, keys.pair.public, None
    return digits


def _seal(change: Change, pair: Pair, digits: str) -> None:
    report = change.report
    if report.sealed_id is not None:
        raise MoveRefused(Move.SEAL, "sealed")
    region = sealing.coarse(report.region_id)
    today = clockwork.day_of(change.now)
    try:
        receiver = accused.next_able(report, receiver_for(region, is_sealed=True, on=today), on=today)
    except NobodyCanOpen:
        raise MoveRefused(Move.SEAL, "nobody_opens") from None
    keys = receipts.read_receipt(digits) if digits else None
    sealed_id = uuid.uuid4()
    _seal_thread(change, pair)
    content = _content(report)
    report.sealed_id, report.seal_public = sealed_id, pair.public
    report.sealed = sealing.box(pair.public, content)
    report.receipt_tag = keys.tag if keys else None
    if keys:
        report.pin_digest = None
    _empty(report)
    _erase_person(report, now=change.now)
    report.region_id = region
    _separate(change)
    _hand_to_receiver(change, receiver.pk)
    change.now = sealing.moment(report, change.now)
    bodies = [receiver, *(body for name in sealing.HANDS if (body := getattr(report, name)) is not None)]
    Envelope.objects.bulk_create(
        sealing.letters(
            sealed_id=sealed_id,
            private=pair.private,
            bodies=bodies,
            reporter_public=keys.pair.public if keys else None,
            marks=accused.marks_on(report.pk) if report.is_shielded else frozenset(),
            on=today,
        )
    )


def _content(report: Report) -> dict[str, object]:
    """What goes into the box: the report's own words, and its reporter, who is erased in the vault when this holds."""
    person = identities.reveal(report.identity_id) if report.identity_id is not None else None
    return {
        "title": report.title,
        "text": report.text,
        "place": report.place,
        "region": report.region_id,
        "latitude": str(report.latitude) if report.latitude is not None else None,
        "longitude": str(report.longitude) if report.longitude is not None else None,
        "occurred_on": report.occurred_on,
        "category": report.category_id,
        "agency": "",
        "name": person.name if person else "",
        "phone": person.phone if person else "",
        "email": person.email if person else "",
        "receipt_salt": bytes(report.receipt_salt).hex() if report.receipt_salt is not None else "",
    }


def _empty(report: Report) -> None:
    report.visibility, report.is_anonymous, report.shows_name = Visibility.SEALED, True, False
    report.title = report.text = report.place = report.proposal_reason = report.archive_reason = ""
    report.latitude = report.longitude = report.occurred_on = report.category = None
    report.proposed_agency = report.account = None
    report.request_digest = report.idempotency_digest = report.receipt_salt = None
    report.external_id = sealing.external(report.external_id)


def _erase_person(report: Report, *, now: datetime) -> None:
    """The reporter lies in the box now; the vault keeps them only for another report of theirs (one that was split)."""
    identity, report.identity = report.identity_id, None
    if identity is not None and not Report.objects.filter(identity=identity).exclude(pk=report.pk).exists():
        identities.erase(identity, now=now)


def _seal_thread(change: Change, pair: Pair) -> None:
    """Messages, drafts, files and whom it names, before the report itself is marked: as they were written, with what
    the vault kept of the reporter's own name in them, since it forgets that now.
    """
    report, public = change.report, pair.public
    messages, drafts = list(report.messages.all()), list(Draft.objects.filter(report=report))
    attached = list(Attachment.objects.filter(report=report))
    withheld.as_written(report.identity_id, [report, *messages, *drafts, *attached])
    for message in messages:
        said = {"text": message.text, "done_by": message.done_by, "done_on": message.done_on}
        message.sealed = sealing.box(public, said)
        # The salt goes with the words: the digest in history then fits no guess.
        message.text, message.done_by, message.done_on, message.salt = "", "", None, None
        message.save(update_fields=["text", "done_by", "done_on", "salt", "sealed"])
    for draft in drafts:
        said = {"text": draft.text, "done_by": draft.done_by, "done_on": draft.done_on}
        draft.sealed, draft.sealed_remark = sealing.box(public, said), sealing.box(public, {"text": draft.remark})
        draft.text, draft.done_by, draft.done_on, draft.remark = "", "", None, ""
        draft.save()
    for one in namings.named(report):
        kept = identities.keep(name=one.label, phone="", email="")
        Naming.objects.filter(pk=one.key).update(agency=None, unit=None, officer=None, identity=kept)
    for file in attached:
        files.seal(file, public, now=change.now)


def _separate(change: Change) -> None:
    """A sealed report stands alone: what was joined to it goes on by itself, and no row leads from another to it."""
    report = change.report
    release_followers(change)
    MassReport.objects.filter(lead=report).delete()
    postings.forget(report.pk)
    report.leads = report.split_from = None
    report.parts.update(split_from=None)


def _hand_to_receiver(change: Change, receiver_id: int) -> None:
    """The body whose investigators can open it has the report from now on; what is not answered is verified anew."""
    report, now = change.report, change.now
    was = State(change.from_state)
    report.verifier_id = report.guardian_id = receiver_id
    report.unit = report.officer = None
    report.assignments.filter(ended_at=None).update(ended_at=now)
    if was in OPEN - {State.ANSWERED, State.OBJECTED} or was == State.MERGED:
        report.state, report.resume_state = State.RECEIVED, ""
        report.agency = report.responsible = None
        report.holder_id = receiver_id
        report.holds.filter(ended_at=None).update(ended_at=now)
        clockwork.stop(report, Step.RESPOND, Step.COMPLETE, now=now)
        clockwork.resume(report, now=now)
        clockwork.start(report, Step.VERIFY, now=now, agency_id=receiver_id)
        if not report.clocks.filter(step=Step.RESOLVE, stopped_at=None).exists():
            clockwork.start(report, Step.RESOLVE, now=now, agency_id=receiver_id)
        clockwork.hand_to(report, agency_id=receiver_id, steps=(Step.RESOLVE,))
        return
    if report.responsible_id is not None:
        report.agency_id = report.responsible_id = receiver_id
    report.holder_id = receiver_id if report.holder_id is not None else None
    clockwork.hand_to(report, agency_id=receiver_id, steps=(Step.OBJECTION,))
