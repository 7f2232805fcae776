"""Writing into a sealed report: whatever is said goes into a box that needs the report's public half alone.

Who can open is decided here too: each entitled investigator gets an envelope. Reading is the business of `opening`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lapor.agencies.models import Agency
from lapor.agencies.oversight import next_admin_above
from lapor.agencies.people import who_opens, with_investigators
from lapor.vault import envelopes, pins
from lapor.vault.models import Envelope
from lapor.vault.sealing import Private, seal_for

from . import accused, clockwork
from .days import to_the_day
from .models import Report, Visibility

# Boxes grow in steps, so that their length does not tell a short text from a shorter one.
STEP = 512
REGENCY = 5  # signs of a region's code down to regency or city
HANDS = ("verifier", "guardian", "holder", "responsible")


def hands(report: Report) -> tuple[int | None, ...]:
    """The bodies that have the report."""
    return tuple(getattr(report, f"{name}_id") for name in HANDS)


def moment(report: Report, now: datetime) -> datetime:
    """When something that is done to this report counts as done: to the day where it is sealed."""
    return to_the_day(now, region_code=report.region_id) if report.sealed_id else now


def coarse(region_code: str | None) -> str | None:
    """The regency or city of a place: enough to find who must act, and by whose clock."""
    return region_code[:REGENCY] if region_code else None


def above(report: Report, body: Agency, *, on: date) -> Agency:
    """The next body up where somebody may act on the report; of a sealed one the next whose investigators have keys."""
    found = next_admin_above(body, on=on)
    if report.visibility == Visibility.SEALED:
        found = with_investigators(found, on=on)
    return accused.next_able(report, found, on=on)


def external(external_id: str) -> str:
    """What is kept of the id by which another system knows a sealed report: who knows the id finds the report, but the
    report does not tell the id, which may lead to a person's mailbox.
    """
    return pins.key_digest(f"external:{external_id}").hex() if external_id else ""


def box(public: bytes, content: dict[str, Any]) -> bytes:
    """A box with these plain values; dates become text."""
    text = json.dumps(content, default=str).encode()
    return seal_for(public, text.ljust(-(-len(text) // STEP) * STEP))


def said(
    report: Report,
    text: str,
    *,
    done_by: str = "",
    done_on: date | None = None,
    sealed: bytes | memoryview | None = None,
) -> dict[str, Any]:
    """The columns of what somebody wrote: in plain, or one box where the report is sealed. `sealed` is a box of this
    report that was made before.
    """
    if report.seal_public is None:
        return {"text": text, "done_by": done_by, "done_on": done_on}
    made = sealed or box(bytes(report.seal_public), {"text": text, "done_by": done_by, "done_on": done_on})
    return {"text": "", "done_by": "", "done_on": None, "sealed": made}


def letters(
    *,
    sealed_id: UUID,
    private: Private,
    bodies: Iterable[Agency],
    reporter_public: bytes | None,
    marks: frozenset[bytes],
    on: date,
) -> list[Envelope]:
    """The first envelopes of a report (unsaved): for whoever may open it at these bodies and at those to which lateness
    may carry it, for its reporter, and for recovery.
    """
    pairs = who_opens(bodies, on=on)
    absent = accused.absent_among({key.owner_id for _body, key in pairs}, marks, on=on)
    return envelopes.wrap(
        sealed_id=sealed_id,
        private=private,
        for_keys=[(body, key) for body, key in pairs if key.owner_id not in absent],
        reporter_public=reporter_public,
        with_recovery=True,
    )


def take_from_absent(report: Report, *, now: datetime) -> None:
    """Whom the report names, and who stepped aside, holds no key to it from now on."""
    assert report.sealed_id is not None
    mine = Envelope.objects.filter(sealed_id=report.sealed_id, key__isnull=False)
    holders = set(mine.values_list("key__owner_id", flat=True))
    absent = accused.absent_user_ids(report_id=report.pk, among=holders, on=clockwork.day_of(now))
    mine.filter(key__owner_id__in=absent).delete()


def top_up(report: Report, private: Private, *, now: datetime) -> int:
    """Gives an envelope to everybody who may open the report and has none yet, its reporter and recovery included; how
    many were made. It takes somebody who can open it: nobody else can let another in.
    """
    assert report.sealed_id is not None
    bodies = [body for name in HANDS if (body := getattr(report, name)) is not None]
    waiting = report.reporter_public
    wanted = letters(
        sealed_id=report.sealed_id,
        private=private,
        bodies=bodies,
        reporter_public=bytes(waiting) if waiting else None,
        marks=accused.marks_on(report.pk) if report.is_shielded else frozenset(),
        on=clockwork.day_of(now),
    )
    there = set(Envelope.objects.filter(sealed_id=report.sealed_id).values_list("holder", "key", "body_id", "recovery"))
    missing = [one for one in wanted if (one.holder, one.key_id, one.body_id, one.recovery_id) not in there]
    Envelope.objects.bulk_create(missing, ignore_conflicts=True)
    if waiting:
        Report.objects.filter(pk=report.pk).update(reporter_public=None)
    return len(missing)
