"""Where to look for reports of the same matter: the terms of each open report, at its regency and in the whole country.

The consumer "postings" keeps the table; `nearest` reads it. Terms are stored as keyed digests and say which reports to
compare, never to whom they may be shown: `similar` asks `access`. Sealed reports have none, and of one that ended or
joined another they go. `transparency` keeps a table of the same shape over its redacted copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection, models

from lapor.lib.likeness import Message, key_terms
from lapor.vault.pins import blind_index

from .lifecycle import ENDED
from .models import Event, EventKind, MassReport, Posting, Report, Stage, State, Visibility

CONSUMER = "postings"
HERE, ANYWHERE = 24, 12  # terms of one report that are kept: at its regency, and for the whole country
RARE = 0.02  # in the whole country only terms that fewer reports than this share have
READ = 200  # newest reports that are read of each term
# What changes the words of a report, or whether it is looked for.
TURNS = frozenset({
    EventKind.RECEIVED, EventKind.IMPORTED, EventKind.CORRECTED, EventKind.REOPENED, EventKind.OBJECTED,
    EventKind.MERGED, EventKind.LEFT, EventKind.CLOSED, EventKind.ARCHIVED, EventKind.WITHDRAWN,
    EventKind.SECRECY_RAISED, EventKind.OBJECTION_ACCEPTED, EventKind.OBJECTION_REJECTED, EventKind.MASS_OPENED,
    EventKind.SENT_BACK,
})  # fmt: skip


def consume(events: Sequence[Event]) -> None:
    """Brings the terms of every report in the batch up to date. Reading an event twice changes nothing."""
    turned = {event.report_id: event.report for event in events if event.kind in TURNS}
    masses = MassReport.objects.filter(lead__in=turned, stage=Stage.OPEN)
    open_masses = set(masses.values_list("lead_id", flat=True))
    keep(
        Posting,
        {
            key: marks_of(message_of(report)) if is_looked_for(report, leads_mass=key in open_masses) else set()
            for key, report in turned.items()
        },
    )


def is_looked_for(report: Report, *, leads_mass: bool) -> bool:
    """Open ones that lead themselves; of those that ended only who leads a mass report, which others may still join."""
    if report.visibility == Visibility.SEALED or report.leads_id is not None or not (report.text or report.title):
        return False
    return report.state not in ENDED | {State.MERGED} or (leads_mass and report.state == State.CLOSED)


def message_of(report: Report) -> Message:
    """What of a report is compared."""
    return Message(
        text=report.text,
        title=report.title,
        region_code=report.region_id or "",
        category=report.category_id or "",
        received_on=report.received_at.date(),
    )


def marks_of(message: Message, *, purpose: str = "posting") -> set[int]:
    """The digests under which a message is found."""
    here = [(message.region_code[:5], term) for term in key_terms(message, HERE)] if _is_placed(message) else []
    anywhere = [("", term) for term in key_terms(message, ANYWHERE, rarer_than=RARE)]
    return {_mark(f"{place}|{term}", purpose) for place, term in [*here, *anywhere]}


def _is_placed(message: Message) -> bool:
    return len(message.region_code) >= 5


def _mark(text: str, purpose: str) -> int:
    return int.from_bytes(blind_index(text, purpose=purpose)[:8], "big", signed=True)


def keep(table: type[models.Model], wanted: Mapping[int, set[int]]) -> None:
    """Makes the postings of these reports be exactly these; writes only what differs."""
    rows = table._default_manager.filter(report_id__in=wanted).values_list("report_id", "mark")
    there = {(key, mark) for key, mark in rows}
    should = {(key, mark) for key, marks in wanted.items() for mark in marks}
    gone: dict[int, list[int]] = {}
    for key, mark in there - should:
        gone.setdefault(key, []).append(mark)
    for key, marks in gone.items():
        table._default_manager.filter(report_id=key, mark__in=marks).delete()
    table._default_manager.bulk_create(
        [table(report_id=key, mark=mark) for key, mark in sorted(should - there)], ignore_conflicts=True
    )


def forget(report_id: int) -> None:
    """At once, for a report that is being sealed."""
    Posting.objects.filter(report_id=report_id).delete()


def nearest(table: type[models.Model], marks: Iterable[int], *, most: int, shared: int = 1) -> list[int]:
    """Keys of reports that share most of these marks, at least `shared`, a rare mark counting more; the newest first
    where they tie.

    Reads at most `READ` rows of each mark, whatever the table holds.
    """
    name = connection.ops.quote_name(table._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH found AS (
                SELECT asked.mark, posting.report_id FROM unnest(%s::bigint[]) AS asked (mark), LATERAL (
                    SELECT report_id FROM {name} WHERE mark = asked.mark ORDER BY report_id DESC LIMIT {READ}
                ) AS posting
            ), weighed AS (SELECT mark, ln(1 + {READ}.0 / count(*)) AS weight FROM found GROUP BY mark)
            SELECT report_id FROM found JOIN weighed USING (mark)
            GROUP BY report_id HAVING count(*) >= %s ORDER BY sum(weight) DESC, report_id DESC LIMIT %s
            """,  # noqa: S608 -- the name of a table of ours, and numbers of ours
            [sorted(marks), shared, most],
        )
        return [key for (key,) in cursor.fetchall()]
