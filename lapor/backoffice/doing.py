"""What each act calls: one function of the room that owns the rule, with its refusals as one kind of exception."""

from __future__ import annotations

from datetime import date
from typing import Any

from lapor.accounts.invitation import AddressTaken, OwnFactor, forget_second_factor
from lapor.accounts.models import User
from lapor.agencies import connection, editing, posts, standard, trained, units
from lapor.agencies.connection import ConnectionRefused
from lapor.agencies.models import Absence, Agency, Category, Membership, Training, Unit
from lapor.agencies.onboarding import NewOfficer
from lapor.agencies.posts import PostRefused
from lapor.agencies.trained import Proof, TrainingRefused
from lapor.agencies.units import UnitRefused
from lapor.channels import inbox, outbox
from lapor.channels import overview as channels
from lapor.channels.mail import pen
from lapor.channels.mail.pen import PenRefused
from lapor.channels.models import Received, Sending
from lapor.channels.overview import HadItsShare
from lapor.deadlines import changes, exemptions, promises
from lapor.deadlines.exemptions import ExemptionRefused
from lapor.deadlines.models import Exemption, Holiday
from lapor.deadlines.promises import PromiseRefused
from lapor.disclosure import grounds
from lapor.disclosure.grounds import GroundRefused
from lapor.disclosure.models import Ground
from lapor.notify import letters, overview
from lapor.notify.letters import AlreadyIn
from lapor.privacy import breaches, holds, terms
from lapor.privacy.breaches import BreachRefused
from lapor.privacy.holds import HoldRefused
from lapor.privacy.models import Breach, Hold
from lapor.privacy.terms import TermRefused
from lapor.reports import answer_templates, staff
from lapor.routing import numbers
from lapor.routing.models import Rule
from lapor.routing.numbers import ThresholdRefused
from lapor.routing.rules import changing
from lapor.routing.rules.changing import RuleRefused
from lapor.routing.rules.said import Said

from .session import Manager

_KEYS: dict[type[Exception], str] = {
    AddressTaken: "address_taken",
    AlreadyIn: "already_in",
    OwnFactor: "own_factor",
    Holiday.DoesNotExist: "not_in_force",
    HadItsShare: "had_its_share",
}
REFUSALS: tuple[type[Exception], ...] = (
    PostRefused,
    ConnectionRefused,
    UnitRefused,
    TrainingRefused,
    PromiseRefused,
    ExemptionRefused,
    GroundRefused,
    TermRefused,
    HoldRefused,
    BreachRefused,
    RuleRefused,
    ThresholdRefused,
    PenRefused,
    *_KEYS,
)


def reason_of(refusal: Exception) -> str:
    """The stable key of a refusal."""
    return str(getattr(refusal, "reason", "")) or _KEYS.get(type(refusal), "")


def connect(agency: Agency, manager: Manager, *, on: date, reason: str) -> object:
    return connection.connect(agency, on=on, by=manager.user, reason=reason)


def disconnect(agency: Agency, manager: Manager, *, on: date, reason: str) -> object:
    return connection.disconnect(agency, on=on, by=manager.user, reason=reason)


def adopt(agency: Agency, manager: Manager, *, on: date | None, reason: str) -> list[Agency]:
    if agency.region_id is None:
        raise ConnectionRefused("no_standard_set")
    return connection.adopt_standard_set(agency.region_id, on=on, by=manager.user, reason=reason)


def adopt_units(_here: Agency, manager: Manager, *, chosen: list[tuple[Agency, str]]) -> int:
    return standard.adopt(chosen)


def add_days(here: Agency, manager: Manager, *, days: list[tuple[date, str]], source: str) -> int:
    for day, name in days:
        changes.add_holiday(
            day=day,
            name=name,
            kind=Holiday.Kind.REGIONAL,
            region_code=str(here.region_id),
            by=manager.user,
            source=source,
        )
    return len(days)


def take_certificates(_here: Agency, manager: Manager, *, proofs: list[Proof]) -> int:
    for proof in proofs:
        trained.note_certificate(proof, by=manager.user, today=manager.today, now=manager.now)
    return len(proofs)


def note_training(_here: Agency, manager: Manager, *, posts: list[Membership], done_on: date, reason: str) -> int:
    for post in posts:
        trained.note(post, done_on=done_on, reason=reason, by=manager.user, today=manager.today, now=manager.now)
    return len(posts)


def withdraw_training(row: Training, manager: Manager) -> object:
    return trained.withdraw(row, by=manager.user, now=manager.now)


def connect_many(_here: Agency, manager: Manager, *, agencies: list[Agency], on: date, reason: str) -> int:
    for agency in agencies:
        connection.connect(agency, on=on, by=manager.user, reason=reason)
    return len(agencies)


def edit_body(agency: Agency, manager: Manager, **said: str) -> object:
    return editing.describe_body(agency, **said)


def add_unit(agency: Agency, manager: Manager, *, name: str) -> object:
    return units.add(agency, name=name)


def rename_unit(unit: Unit, manager: Manager, *, name: str) -> object:
    return units.rename(unit, name=name)


def close_unit(unit: Unit, manager: Manager, *, into: Unit | None) -> int:
    return staff.close_unit(unit, into=into, by=manager.user, now=manager.now)


def invite(agency: Agency, manager: Manager, *, email: str, name: str, **post: Any) -> tuple[User, str | None]:
    """Who it is, and the link to show where there is no mail server; None for somebody who had an account."""
    user, is_new = posts.invite(email=email, name=name, agency=agency, by=manager.user, **post)
    return user, letters.invite(user, by=manager.user, now=manager.now) if is_new else None


def invite_many(_agency: Agency, manager: Manager, *, officers: list[NewOfficer], starts_on: date) -> int:
    """How many officers got their post. Whoever is new gets a letter; without a mail server their page has the link."""
    for one in officers:
        unit = Unit.objects.filter(agency=one.agency, name=one.unit, is_active=True).first() if one.unit else None
        if one.unit and unit is None:
            unit = units.add(one.agency, name=one.unit)
        user, is_new = posts.invite(
            email=one.email,
            name=one.name,
            agency=one.agency,
            role=one.role,
            unit=unit,
            starts_on=starts_on,
            by=manager.user,
        )
        if is_new:
            letters.invite(user, by=manager.user, now=manager.now)
    return len(officers)


def invite_again(user: User, manager: Manager) -> tuple[User, str]:
    return user, letters.invite(user, by=manager.user, now=manager.now)


def add_post(user: User, manager: Manager, **post: Any) -> object:
    return posts.join(user, by=manager.user, **post)


def end_post(post: Membership, manager: Manager, *, on: date, heir: User | None) -> staff.Passed:
    return staff.end_post(post, on=on, heir=heir, by=manager.user, now=manager.now)


def set_absent(user: User, manager: Manager, **days: Any) -> object:
    return posts.set_absent(user, **days)


def return_early(absence: Absence, manager: Manager) -> object:
    return posts.return_early(absence, on=manager.today)


def forget_factor(user: User, manager: Manager) -> object:
    return forget_second_factor(user=user, by=manager.user, now=manager.now)


def shut_out(user: User, manager: Manager) -> staff.Passed:
    return staff.shut_out(user, by=manager.user, now=manager.now)


def let_in(user: User, manager: Manager) -> object:
    return staff.let_in_again(user)


def add_day(_section: None, manager: Manager, **said: Any) -> object:
    return changes.add_holiday(by=manager.user, **said)


def remove_day(day: Holiday, manager: Manager) -> object:
    return changes.remove_holiday(holiday_id=day.pk, by=manager.user)


def enter_decree(year: int, manager: Manager, **decree: Any) -> object:
    return changes.enter_decree(year=year, by=manager.user, now=manager.now, **decree)


def add_promise(_section: None, manager: Manager, **terms: Any) -> object:
    return promises.add_promise(today=manager.today, **terms)


def add_category(_section: None, manager: Manager, **words: str) -> object:
    return editing.add_category(**words)


def edit_category(category: Category, manager: Manager, **words: Any) -> object:
    return editing.change_category(category, **words)


def add_template(agency: Agency | None, manager: Manager, *, title: str, text: str) -> object:
    return answer_templates.add_template(agency=agency, title=title, text=text)


def edit_template(template: Any, manager: Manager, **words: Any) -> object:
    return answer_templates.change_template(template, **words)


def add_term(_section: None, manager: Manager, **said: Any) -> object:
    return terms.add(by=manager.user, now=manager.now, today=manager.today, **said)


def place_hold(_section: None, manager: Manager, **said: Any) -> object:
    return holds.place(by=manager.user, now=manager.now, today=manager.today, **said)


def lift_hold(hold: Hold, manager: Manager) -> object:
    return holds.lift(hold, by=manager.user, now=manager.now)


def open_breach(_section: None, manager: Manager, **said: Any) -> object:
    return breaches.open_breach(by=manager.user, now=manager.now, **said)


def add_entry(breach: Breach, manager: Manager, **said: Any) -> object:
    return breaches.add(breach, by=manager.user, now=manager.now, **said)


def file_mail(row: Received, manager: Manager, *, is_trusted: bool) -> object:
    return pen.file(row, is_trusted=is_trusted, now=manager.now)


def add_mail(row: Received, manager: Manager, *, report: Any) -> object:
    return pen.add(row, report_id=report.pk, now=manager.now)


def drop_mail(row: Received, manager: Manager, *, reason: str) -> None:
    pen.drop(row, reason=reason, now=manager.now)


def exempt(agency: Agency, manager: Manager, **given: Any) -> object:
    return exemptions.exempt(agency, by=manager.user, now=manager.now, today=manager.today, **given)


def end_exemption(row: Exemption, manager: Manager) -> object:
    return exemptions.end(row.pk, by=manager.user, now=manager.now)


def add_ground(_section: None, manager: Manager, **said: Any) -> object:
    return grounds.replace(today=manager.today, **said)


def end_ground(ground: Ground, manager: Manager, *, on: date) -> object:
    return grounds.end(ground, on=on, today=manager.today)


def add_rule(_section: None, manager: Manager, *, said: Said, why: str) -> object:
    return changing.add(said, by=manager.user, why=why, now=manager.now)


def edit_rule(rule: Rule, manager: Manager, *, said: Said, why: str) -> object:
    return changing.change(rule, said, by=manager.user, why=why, now=manager.now)


def end_rule(rule: Rule, manager: Manager, *, why: str) -> object:
    return changing.switch(rule, is_active=False, by=manager.user, why=why, now=manager.now)


def revive_rule(rule: Rule, manager: Manager, *, why: str) -> object:
    return changing.switch(rule, is_active=True, by=manager.user, why=why, now=manager.now)


def set_threshold(_section: None, manager: Manager, *, value: float) -> None:
    numbers.set_threshold(value, manager.user, manager.now)


def retry(_section: None, manager: Manager) -> int:
    return overview.retry_failed(now=manager.now)


def channel_retry(name: str, manager: Manager) -> int:
    return channels.retry(name, now=manager.now)


def channel_test(name: str, manager: Manager, *, to: str) -> None:
    channels.send_test(name, to=to, now=manager.now)


def read_again(row: Received, manager: Manager) -> None:
    inbox.again(Received.objects.filter(pk=row.pk), now=manager.now)


def give_up_received(row: Received, manager: Manager) -> None:
    inbox.give_up(Received.objects.filter(pk=row.pk), now=manager.now)


def send_again(row: Sending, manager: Manager) -> None:
    outbox.again(Sending.objects.filter(pk=row.pk), now=manager.now)


def give_up_sending(row: Sending, manager: Manager) -> None:
    outbox.give_up(Sending.objects.filter(pk=row.pk))
