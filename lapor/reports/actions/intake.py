"""Filing a report in one statement, from any channel. What is to be sealed goes by way of `sealed_intake`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from lapor.deadlines.due import due_at, promise_for, warn_at
from lapor.deadlines.models import Step
from lapor.lib.codes import new_code, new_pin
from lapor.lib.text import normalise
from lapor.vault import identities, originals, pins
from lapor.vault.models import Envelope, Identity, Original

from .. import accused, receipts
from ..change import Incomplete
from ..models import Attachment, Clock, Event, Report, Visibility
from ..submission import MAX_TEXT, MAX_TITLE, MIN_TEXT, IdempotencyMismatch, Receipt, Submission
from ..withheld import Parted
from .named import NewNaming, new_namings, statement

ATTEMPTS = 5
# No part of what was said: what this service worked out may come out otherwise when a telephone tries again days later,
# after the model was trained anew; and files bear other keys then.
_NOT_SAID = frozenset({
    "idempotency_key", "category", "is_urgent", "proposed_agency_id", "proposal_reason", "attachment_ids", "accused",
    "seal",
})  # fmt: skip
# Of every new report the same; written into the statement, which psycopg takes apart anew each time it has more than
# fifty parameters.
_NEW = {
    "version": "1",
    "state": "'received'",
    "resume_state": "''",
    "outcome": "''",
    "archive_reason": "''",
    "hand_backs": "0",
    "is_extended": "false",
}


def submit_open(submission: Submission, *, now: datetime) -> Receipt:
    """Files a report that is not sealed and returns its code and PIN; what is returned is on disk.

    The same idempotency key with the same content returns the first receipt again. Refuses with `Incomplete` a report
    that says nothing, with `IdempotencyMismatch` a key that was used for something else.
    """
    content = digest(submission)
    key = pins.key_digest(submission.idempotency_key) if submission.idempotency_key else None
    try:
        text = checked_text(submission)
    except Incomplete:
        # Of a repeat the files were claimed by the first one, and without them it may seem to say nothing.
        if key is not None and (known := _repeat(key, content, submission)):
            return known
        raise
    pin = pins.derived_pin(submission.idempotency_key, content) if key is not None else new_pin()
    today = timezone.localtime(now).date()
    named = new_namings(submission, now=now, today=today)
    verifier = accused.verifier_of(
        region_code=submission.region_code,
        category=submission.category,
        accused=submission.accused,
        is_sealed=False,
        on=today,
    )
    deadlines = clocks_for(submission, now=now, today=today)
    identity = identities.sealed(
        name=submission.name, phone=submission.phone, email=submission.email, account=submission.account
    )
    typed = {"title": normalise(submission.title)[:MAX_TITLE], "text": text, "place": normalise(submission.place)[:200]}
    parted = Parted(submission, typed) if identity is not None else None
    for _ in range(ATTEMPTS):
        code, salt = new_code(), receipts.new_salt()
        columns = _columns(submission, code=code, now=now) | (parted.columns if parted else typed)
        said = receipts.said(salt=salt, code=code, title=typed["title"], text=text, at=now)
        is_new = insert(
            columns
            | {
                "receipt_salt": salt,
                "pin_digest": pins.pin_digest(code, pin),
                "idempotency_digest": key,
                "request_digest": content if key is not None else None,
                "identity_id": identity.pk if identity else None,
                "verifier_id": verifier.pk,
                "holder_id": verifier.pk,
                "guardian_id": verifier.pk,
                "due_at": min(due for due, _warn in deadlines.values()),
                "is_shielded": any(one.marks for one in named),
            },
            deadlines=deadlines,
            people=[one for one in (identity, *(naming.secret for naming in named)) if one is not None],
            kept=originals.sealed(identity, parted.originals(code)) if identity and parted else [],
            named=named,
            attachment_ids=submission.attachment_ids,
            facts={"receipt": said, "text": receipts.text_digest(salt, columns["text"])},
        )
        if is_new:
            return Receipt(
                code=code,
                pin=pin,
                received_at=now,
                verify_by=deadlines[Step.VERIFY][0],
                answer_by=deadlines[Step.RESOLVE][0],
                verifier_id=verifier.pk,
            )
        if key is not None and (known := _repeat(key, content, submission)):
            return known
    raise RuntimeError("no free report code after several attempts")


def deadlines_for(*, kind: str, region_code: str | None, now: datetime) -> tuple[datetime, datetime]:
    """(verify by, answer by) as they would be for a report filed now: what the form shows before sending."""
    probe = Submission(channel="web", kind=kind, text="", region_code=region_code)
    found = clocks_for(probe, now=now, today=timezone.localtime(now).date())
    return found[Step.VERIFY][0], found[Step.RESOLVE][0]


def checked_text(submission: Submission) -> str:
    text = normalise(submission.text)
    if len(text) < MIN_TEXT and not submission.attachment_ids:
        raise Incomplete("text", "too_short" if text else "empty")
    if len(text) > MAX_TEXT:
        raise Incomplete("text", "too_long")
    return text


def digest(submission: Submission) -> bytes:
    """A keyed digest of what was said, to tell a retry from another report under the same key; no guess at the text or
    the telephone number can be tried on it without the key outside the database.
    """
    said = {name: str(value) for name, value in vars(submission).items() if name not in _NOT_SAID}
    if submission.accused:
        said["accused"] = repr([astuple(one) for one in submission.accused])
    return pins.content_digest(json.dumps(said, sort_keys=True))


def _repeat(key: bytes, content: bytes, submission: Submission) -> Receipt | None:
    first = Report.objects.filter(idempotency_digest=key).first()
    if first is None:
        return None
    if bytes(first.request_digest or b"") != content or first.verifier_id is None:
        raise IdempotencyMismatch
    due = dict(Clock.objects.filter(report=first).values_list("step", "first_due_at"))
    return Receipt(
        code=first.code,
        pin=pins.derived_pin(submission.idempotency_key, content),
        received_at=first.received_at,
        verify_by=due[Step.VERIFY],
        answer_by=due[Step.RESOLVE],
        verifier_id=first.verifier_id,
        is_repeat=True,
    )


def clocks_for(submission: Submission, *, now: datetime, today: date) -> Mapping[Step, tuple[datetime, datetime]]:
    """step → (due, first alarm) of the clocks that run from the moment of receipt."""
    found: dict[Step, tuple[datetime, datetime]] = {}
    for step in (Step.VERIFY, Step.RESOLVE):
        terms = promise_for(kind=submission.kind, has_oversight=None, step=step, on=today)
        due = due_at(started_at=now, terms=terms, region_code=submission.region_code)
        warn = warn_at(due_at=due, step=step, region_code=submission.region_code)
        found[step] = (due, warn if warn > now else due)
    return found


def _columns(submission: Submission, *, code: str, now: datetime) -> dict[str, Any]:
    visibility = Visibility.PUBLIC
    if submission.is_confidential or submission.accused:  # whom it names would read the public copy
        visibility = Visibility.CONFIDENTIAL
    proposed, reason = submission.proposed_agency_id, submission.proposal_reason
    if proposed in {one.agency_id for one in submission.accused}:
        proposed, reason = None, ""
    return {
        "code": code,
        "channel": submission.channel,
        "external_id": submission.external_id,
        "language": submission.language,
        "kind": submission.kind,
        "is_urgent": submission.is_urgent,
        "category_id": submission.category,
        "region_id": submission.region_code,
        "latitude": submission.latitude,
        "longitude": submission.longitude,
        "occurred_on": submission.occurred_on,
        "account_id": submission.account_id,
        "entered_by_id": submission.entered_by_id,
        "is_anonymous": submission.is_anonymous,
        "shows_name": submission.shows_name and not submission.is_anonymous and visibility == Visibility.PUBLIC,
        "visibility": visibility,
        "proposed_agency_id": proposed,
        "proposal_reason": reason[:400],
        "received_at": now,
        "active_at": now,
    }


def insert(
    columns: dict[str, Any],
    *,
    deadlines: Mapping[Step, tuple[datetime, datetime]],
    people: Sequence[Identity],
    kept: Sequence[Original],
    named: Sequence[NewNaming],
    attachment_ids: tuple[int, ...],
    facts: dict[str, Any],
    letters: Sequence[Envelope] = (),
) -> bool:
    """Report, clocks, first event, sealed identities, what was taken out, whom it names, envelopes and claimed files in
    one statement: the hot path is one round trip, and all of it is there or nothing. False when a unique key is taken.
    """
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in (*_NEW, *columns))
    report, clock, event, person, original, attachment, letter = (
        quote(model._meta.db_table) for model in (Report, Clock, Event, Identity, Original, Attachment, Envelope)
    )
    sql = f"""
        WITH filed AS (
            INSERT INTO {report} ({names}) VALUES ({", ".join([*_NEW.values(), *["%s"] * len(columns)])})
            ON CONFLICT DO NOTHING RETURNING id, verifier_id, received_at
        ), clocks AS (
            INSERT INTO {clock}
                (report_id, step, agency_id, started_at, due_at, first_due_at, extra_days, wake_at, is_paused)
            SELECT filed.id, promise.step, filed.verifier_id, filed.received_at, promise.due, promise.due, 0,
                promise.wake, false
            FROM filed, (VALUES {", ".join(["(%s, %s::timestamptz, %s::timestamptz)"] * len(deadlines))})
                AS promise (step, due, wake)
        ), history AS (
            INSERT INTO {event} (report_id, kind, at, actor, from_state, to_state, data)
            SELECT filed.id, 'received', filed.received_at, 'reporter', '', 'received', %s::jsonb FROM filed
        )"""  # noqa: S608 -- names come from the models, values are parameters
    values = [
        *columns.values(),
        *(part for step, (due, wake) in deadlines.items() for part in (str(step), due, wake)),
        json.dumps({"channel": columns["channel"], "verifier": columns["verifier_id"], **facts}),
    ]
    if people:
        rows = ", ".join(
            ["(%s::uuid, %s::bytea, %s::smallint, %s::bytea, %s::bytea, %s::bytea, %s::bytea)"] * len(people)
        )
        sql += f""", known AS (
            INSERT INTO {person} (id, data_key, key_version, sealed, phone_index, email_index, account_index,
                made_at)
            SELECT one.id, one.data_key, one.version, one.sealed, one.phone, one.email, one.account,
                filed.received_at
            FROM filed, (VALUES {rows}) AS one (id, data_key, version, sealed, phone, email, account)
        )"""  # noqa: S608
        for one in people:
            values += [one.pk, one.data_key, one.key_version, one.sealed, one.phone_index, one.email_index]
            values.append(one.account_index)
    if kept:
        sql += f""", kept AS (
            INSERT INTO {original} (identity_id, place, sealed) SELECT %s::uuid, said.place, said.sealed
            FROM filed, unnest(%s::text[], %s::bytea[]) AS said (place, sealed)
        )"""  # noqa: S608
        values += [kept[0].identity_id, [one.place for one in kept], [one.sealed for one in kept]]
    if named:
        more, given = statement(named)
        sql += more
        values += given
    if letters:
        row = "(%s::uuid, %s::text, %s::bigint, %s::bigint, %s::bigint, %s::bytea)"
        sql += f""", letters AS (
            INSERT INTO {letter} (sealed_id, holder, key_id, body_id, recovery_id, wrapped)
            SELECT one.sealed_id, one.holder, one.key, one.body, one.recovery, one.wrapped FROM filed, (VALUES
                {", ".join([row] * len(letters))}) AS one (sealed_id, holder, key, body, recovery, wrapped)
        )"""  # noqa: S608
        for box in letters:
            values += [box.sealed_id, box.holder, box.key_id, box.body_id, box.recovery_id, box.wrapped]
    if attachment_ids:
        sql += f""", claimed AS (
            UPDATE {attachment} AS file SET report_id = filed.id, pending = NULL,
                added_at = CASE WHEN file.sealed IS NULL THEN file.added_at ELSE filed.received_at END
            FROM filed WHERE file.id = ANY(%s) AND file.report_id IS NULL
        )"""  # noqa: S608
        values.append(list(attachment_ids))
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} SELECT id FROM filed", values)  # noqa: S608
        return cursor.fetchone() is not None
