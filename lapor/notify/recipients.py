"""Whom one line of the table reaches: people of a body, or the reporter. Answers with keys, never with addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lapor.accounts.models import User
from lapor.agencies.models import Agency, Role, Unit
from lapor.agencies.oversight import inspectorate_of
from lapor.agencies.people import officers_of, present, someone_must
from lapor.channels.registry import GATEWAYS, PUSH
from lapor.disclosure import custodians
from lapor.reports import accused
from lapor.reports.models import Channel, Event, EventKind, Report, Visibility

from .table import ROLES, SEALED_ROLES, Line, People


@dataclass(frozen=True)
class Recipient:
    """One person, as a user or as a kept identity, or one browser of theirs; and by which channel they are reached, if
    there is one.
    """

    user_id: int | None = None
    identity_id: UUID | None = None
    subscription_id: UUID | None = None
    language: str = "id"
    channel: str = "email"
    has_channel: bool = True


class Roster:
    """Who works where, asked once for all events that are read together."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, tuple[Role, ...], date, int | None], list[User]] = {}

    def officers(self, body: Agency, roles: tuple[Role, ...], *, on: date, unit: Unit | None = None) -> list[User]:
        """As `officers_of`."""
        asked = (body.pk, roles, on, unit.pk if unit else None)
        if asked not in self._known:
            self._known[asked] = officers_of(body, roles, on=on, unit=unit)
        return self._known[asked]


def recipients(line: Line, event: Event, roster: Roster, *, on: date) -> list[Recipient]:
    """The people that this line reaches for this event; never whoever did it."""
    report = event.report
    if line.people == People.REPORTER:
        if event.actor == "reporter" and event.kind != EventKind.RECEIVED:
            return []
        return [*_reporter(report), *_browsers(report)]
    people = list(_officers(line, event, roster, on=on))
    if report.is_shielded:
        people = _allowed(people, report, on=on) or _instead(line, report, on=on)
    return [Recipient(user_id=user.pk) for user in people if user.pk != event.user_id]


def _allowed(people: list[User], report: Report, *, on: date) -> list[User]:
    """Without those who may not know of the report."""
    absent = accused.absent_user_ids(report_id=report.pk, among=[user.pk for user in people], on=on)
    return [user for user in people if user.pk not in absent]


def _instead(line: Line, report: Report, *, on: date) -> list[User]:
    """Where none of a body's people may know of it: whoever directs the work where the report is."""
    if line.people in {People.KEEPERS, People.CONTRIBUTOR, People.OVERSEERS, People.WATCHERS} or report.holder is None:
        return []
    one = accused.somebody(report, report.holder, on=on, answers=report.holder_id == report.responsible_id)
    return [one] if one else []


def _reporter(report: Report) -> list[Recipient]:
    """By the e-mail given with the report, else by the account that sent it; else by the messages it came by."""
    person = report.identity
    if person is not None and person.has_email:
        return [Recipient(identity_id=report.identity_id, language=report.language)]
    if report.account_id is not None:
        return [Recipient(user_id=report.account_id, language=report.language)]
    channel = _channel(report) if person is not None else ""
    if not channel:
        return []
    return [Recipient(identity_id=report.identity_id, channel=channel, has_channel=GATEWAYS[channel].is_set_up())]


def _channel(report: Report) -> str:
    """By which messages the reporter is reached: those they wrote by; empty for none."""
    person = report.identity
    assert person is not None
    if person.has_phone:
        writes_there = report.channel == Channel.WHATSAPP and GATEWAYS[Channel.WHATSAPP].is_set_up()
        return Channel.WHATSAPP if writes_there else Channel.SMS
    return report.channel if person.has_account and report.channel in GATEWAYS else ""


def _browsers(report: Report) -> list[Recipient]:
    """Besides: every browser in which the reporter asked for it. Of a sealed report none is told anything."""
    if report.sealed_id is not None:
        return []
    has_push = GATEWAYS[PUSH].is_set_up()
    return [
        Recipient(subscription_id=one.pk, language=one.language, channel=PUSH, has_channel=has_push)
        for one in report.subscriptions.all()
    ]


def _officers(line: Line, event: Event, roster: Roster, *, on: date) -> Iterable[User]:
    report = event.report
    if line.people == People.KEEPERS:
        return custodians.deciders_of(event.data.get("request", ""), on=on)
    if report.visibility == Visibility.SEALED:
        if line.people == People.NAMED:
            return _body(event.data.get("to"), SEALED_ROLES, roster, on=on)
        return roster.officers(report.holder, SEALED_ROLES, on=on) if report.holder else []
    if report.leads is not None and line.people == People.UNIT:  # what a merged reporter adds is read with the lead
        report = report.leads
    roles = ROLES[line.people]
    match line.people:
        case People.TRIAGE:
            return (
                _or_above(report.holder, roster.officers(report.holder, roles, on=on), on=on) if report.holder else []
            )
        case People.LIAISONS:
            return _liaisons(report, roster, on=on)
        case People.CONTRIBUTOR:
            return _body(event.data.get("to"), roles, roster, on=on)
        case People.OVERSEERS:
            return _body(event.data.get("by", event.data.get("to")), roles, roster, on=on)
        case People.WATCHERS:
            return _watchers(event.data.get("to"), roles, roster, on=on)
        case People.UNIT:
            return _unit(report, roster, on=on)
        case _:
            person = User.objects.filter(pk=event.data.get("person"), is_active=True).first()
            return [person] if person else _body(event.data.get("to"), roles, roster, on=on)


def _liaisons(report: Report, roster: Roster, *, on: date) -> list[User]:
    """Liaison officers of the body that must answer; where it answers for another and has none, its administrators."""
    body = report.responsible or report.holder
    if body is None:
        return []
    found = roster.officers(body, ROLES[People.LIAISONS], on=on) or roster.officers(body, ROLES[People.TRIAGE], on=on)
    return _or_above(body, found, on=on)


def _or_above(body: Agency, found: list[User], *, on: date) -> list[User]:
    """Where a body has nobody at all, the person above it who must act: nothing waits unheard."""
    above = someone_must(body, on=on) if not found else None
    return [above] if above else found


def _unit(report: Report, roster: Roster, *, on: date) -> list[User]:
    body = report.responsible or report.holder
    if report.officer is not None and body is not None:
        here = present([report.officer], at=body, on=on)
        if here:
            return here
    if report.responsible is not None and report.unit is not None:
        found = roster.officers(report.responsible, ROLES[People.UNIT], on=on, unit=report.unit)
        if found:
            return found
    return _liaisons(report, roster, on=on)


def _watchers(agency_id: int | None, roles: tuple[Role, ...], roster: Roster, *, on: date) -> list[User]:
    body = Agency.objects.filter(pk=agency_id).first() if agency_id is not None else None
    if body is None:
        return []
    above = inspectorate_of(body, on=on)
    return list(dict.fromkeys([*roster.officers(body, roles, on=on), *roster.officers(above, roles, on=on)]))


def _body(agency_id: int | None, roles: tuple[Role, ...], roster: Roster, *, on: date) -> list[User]:
    agency = Agency.objects.filter(pk=agency_id).first() if agency_id is not None else None
    return roster.officers(agency, roles, on=on) if agency else []
