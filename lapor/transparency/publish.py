"""The consumer "transparency": keeps the published copies equal to what may be published now.

A copy is made anew from its source each time something happens, so reading the same event twice changes nothing. That
a copy never outlives secrecy is kept by triggers of the database (migration 0002), in the transaction that asks for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Count, Min, Q
from django.utils.dateparse import parse_datetime

from lapor.redaction.masks import MASKS
from lapor.redaction.redact import redact, still_tells
from lapor.reports.models import Event, EventKind, MassReport, Rating, Report, Stage
from lapor.statistics.buckets import bucket_of
from lapor.vault import identities

from . import alike, photos
from .doubts import FIELDS, Stretches, without
from .held import let_through, masks_of
from .models import PublicEvent, PublicReport, Support
from .rules import EVENTS, WITH_TEXT, may_publish, shows_content
from .vocabulary import learn, words_of

CONSUMER = "transparency"
_PASSES = 5
_KEPT = {"report_id", "search", "support_count"}  # key, generated, and counted by `support`
_UPDATED = [field.name for field in PublicReport._meta.concrete_fields if field.name not in _KEPT]


def consume(events: Sequence[Event]) -> None:
    """Makes the copies of all reports in the batch anew, and of the reports that lead them."""
    touched = {event.report_id for event in events}
    touched |= {event.report.leads_id for event in events if event.report.leads_id is not None}
    publish(touched)


def publish(report_ids: Collection[int]) -> None:
    """Publishes, updates or removes the copies of these reports. Inside a transaction of the caller."""
    reports = Report.objects.filter(pk__in=report_ids).select_related("region", "agency", "origin")
    able = [report for report in reports if may_publish(report)]
    names = _names(able)
    shown = let_through(able, {report.pk: _masks(report, names[report.pk]) for report in able})
    PublicEvent.objects.filter(report__in=report_ids).delete()
    hidden = set(report_ids) - {report.pk for report in shown}
    PublicReport.objects.filter(pk__in=hidden).delete()
    photos.forget(set(report_ids) - {report.pk for report in able if shows_content(report)})
    alike.forget(hidden)
    if not shown:
        return
    copies = _copies(shown, names)
    PublicReport.objects.bulk_create(copies, update_conflicts=True, unique_fields=["report_id"], update_fields=_UPDATED)
    PublicEvent.objects.bulk_create(_timeline(shown, names))
    alike.keep(copies)
    learn(copies)


def _names(reports: Sequence[Report]) -> dict[int, str]:
    """The name of each reporter, to be shown or to be masked; empty where there is none."""
    people = identities.reveal_many([report.identity_id for report in reports if report.identity_id is not None])
    return {report.pk: people[report.identity_id].name if report.identity_id in people else "" for report in reports}


def masks(reports: Sequence[Report]) -> dict[int, tuple[str, ...]]:
    """The names of reporters that are masked in the copy of each report."""
    names = _names(reports)
    return {report.pk: _masks(report, names[report.pk]) for report in reports}


def _masks(report: Report, name: str) -> tuple[str, ...]:
    return (name,) if name and not report.shows_name else ()


def _copies(reports: Sequence[Report], names: dict[int, str]) -> list[PublicReport]:
    keys = [report.pk for report in reports]
    stars = dict(Rating.objects.filter(report__in=keys).values_list("report_id", "stars"))
    similar = _counts(Report.objects.filter(leads__in=keys).values_list("leads_id").annotate(n=Count("pk")).order_by())
    supported = _counts(
        Support.objects.filter(report_id__in=keys).values_list("report_id").annotate(n=Count("pk")).order_by()
    )
    by_hand = masks_of(reports)
    titles = dict(MassReport.objects.filter(lead__in=keys, stage=Stage.OPEN).values_list("lead_id", "title"))
    return [
        _copy(
            report,
            name=names[report.pk],
            by_hand=by_hand.get(report.pk, {}),
            mass_title=titles.get(report.pk, ""),
            stars=stars.get(report.pk),
            similar_count=similar.get(report.pk, 0),
            support_count=supported.get(report.pk, 0),
        )
        for report in reports
    ]


def _counts(rows: Iterable[tuple[Any, ...]]) -> dict[int, int]:
    return dict(rows)


def _copy(report: Report, *, name: str, by_hand: Stretches, mass_title: str, **counted: Any) -> PublicReport:
    """A mass report is published under its own title, with the words of the one that leads it."""
    region_code = report.region_id or ""
    masks = _masks(report, name)
    has_content = shows_content(report)
    agency_text, category_text = _unmatched(report)
    told = {field: without(getattr(report, field), by_hand.get(field, ())) for field in FIELDS}
    if mass_title:
        told["title"] = mass_title
    title, text, place, agency_text, category_text = (
        masked(words, masks) if has_content else ""
        for words in (told["title"], told["text"], told["place"], agency_text, category_text)
    )
    return PublicReport(
        report_id=report.pk,
        code=report.code,
        title=title[:200],
        text=text,
        kind=report.kind,
        category_id=report.category_id,
        region_id=report.region_id,
        province=region_code[:2],
        regency=region_code[:5] if len(region_code) >= 5 else "",
        district=region_code[:8] if len(region_code) >= 8 else "",
        place=place[:250],
        occurred_on=report.occurred_on,
        agency_id=report.agency_id,
        holder_id=report.holder_id,
        agency_text=agency_text[:250],
        category_text=category_text[:150],
        reporter_label=name[:150] if report.shows_name else "",
        state=report.state,
        bucket=bucket_of(state=report.state, resume_state=report.resume_state),
        outcome=report.outcome,
        archive_reason=report.archive_reason,
        channel=report.channel,
        received_at=report.received_at,
        assigned_at=report.assigned_at,
        active_at=report.active_at,
        due_at=report.due_at,
        answered_at=report.answered_at,
        closed_at=report.closed_at,
        words=words_of(title, text, place, agency_text, region=report.region, agency=report.agency)
        if has_content
        else "",
        **counted,
    )


def _unmatched(report: Report) -> tuple[str, str]:
    """What a source calls its agency and its category, where ours are not known."""
    origin = getattr(report, "origin", None)
    if origin is None:
        return "", ""
    return (
        origin.agency if report.agency_id is None else "",
        origin.category if report.category_id is None else "",
    )


def masked(text: str, names: tuple[str, ...]) -> str:
    """Masked until nothing is left to mask: a mask may bring a number nearer to the word that gives it away.

    So a copy that is taken over elsewhere and masked there again comes out the same. A text that still tells the name
    is held back as a whole.
    """
    for _ in range(_PASSES):
        clean = redact(text, names=names).text if text else ""
        if clean == text:
            break
        text = clean
    return MASKS["held"] if still_tells(text, names) else text


def _timeline(reports: Sequence[Report], names: dict[int, str]) -> list[PublicEvent]:
    """Every line once; of the many that joined a report the first alone: their number stands beside it."""
    by_key = {report.pk: report for report in reports}
    of_them = Event.objects.filter(report__in=by_key)
    first = of_them.filter(kind=EventKind.LED).values("report").annotate(first=Min("pk")).values("first").order_by()
    shown = Q(kind__in=set(EVENTS) - {EventKind.LED}) | Q(pk__in=first)
    events = of_them.filter(shown).select_related("message").order_by("pk")
    return [_line(event, by_key[event.report_id], names[event.report_id]) for event in events]


def _line(event: Event, report: Report, name: str) -> PublicEvent:
    line = PublicEvent(
        event_id=event.pk,
        report_id=event.report_id,
        kind=event.kind,
        at=event.at,
        actor=event.actor,
        agency_id=event.agency_id,
        to_agency_id=event.data.get("to") or event.data.get("agency"),
        state=event.to_state,
    )
    if event.kind == EventKind.EXTENDED:
        line.due_at = parse_datetime(event.data["now"])
    if event.kind in {EventKind.RECOMMENDED, EventKind.ADVICE_LATE}:
        line.due_at = parse_datetime(event.data["due"])
    if event.data.get("office"):
        line.office, line.decision = event.data["office"], event.data.get("decision", "")
        line.skipped, line.due_at = event.data.get("skipped", {}), parse_datetime(event.data["next"])
    message = event.message
    if message is not None and event.kind in WITH_TEXT and shows_content(report):
        masks = _masks(report, name)
        line.text = masked(message.text, masks)
        line.done_by = masked(message.done_by, masks)[:250]
        line.done_on = message.done_on
    return line
