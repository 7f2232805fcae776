"""The cast at their desks: who signs in, what they see, and reports in every stage of their life."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.test import Client
from django.utils import timezone

from lapor.accounts.models import User
from lapor.agencies.models import Role
from lapor.desk.session import UNLOCKED
from lapor.reports import actions, overdue
from lapor.reports.models import HandOver, MassReport, Report
from lapor.reports.submission import Accused
from lapor.vault import investigators
from tests.cast import MONDAY, PASSPHRASE, Stage, file_report, person, ready_draft, reporter, to_answered, to_assigned

SECRET = "JBSWY3DPEHPK3PXP"


@dataclass
class Office:
    """Browsers of officers who are signed in and have a second factor; a visitor has none of it."""

    stage: Stage
    browsers: dict[str, Client] = field(default_factory=dict)

    def __call__(self, name: str) -> Client:
        if name not in self.browsers:
            self.browsers[name] = Client() if name == "visitor" else signed_in(self.stage.people[name])
        if name != "visitor" and investigators.current(self.stage.people[name].pk):
            self.browsers[name].cookies[UNLOCKED] = investigators.unlock(
                owner_id=self.stage.people[name].pk, passphrase=PASSPHRASE, now=timezone.now()
            )
        return self.browsers[name]

    def case(self, name: str, report: Report, **query: str) -> Any:
        return self(name).get(f"/meja/{report.code}/", query)

    def act(
        self, name: str, report: Report, act: str, data: dict[str, Any] | None = None, *, version: int | None = None
    ) -> Any:
        """Sends the form of an act as somebody who has the newest page open, or an older one."""
        report.refresh_from_db()
        seen = {"version": report.version if version is None else version, "seen": report.events.count()}
        return self(name).post(f"/meja/{report.code}/{act}/", seen | (data or {}))


def signed_in(user: User) -> Client:
    """A browser of this person; an officer has a second factor too."""
    browser = Client()
    if user.is_officer:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(SECRET)})
    browser.force_login(user)
    return browser


def text_of(response: Any) -> str:
    """What the page says, entities resolved; also what stands in attributes."""
    return html.unescape(str(response.content.decode()))


def words_of(response: Any) -> str:
    """What a person reads: without tags, with single blanks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def field_value(response: Any, name: str) -> str:
    """What stands in a text box of the page."""
    found = re.search(rf'<textarea[^>]*id="{name}"[^>]*>\n?(.*?)</textarea>', response.content.decode(), re.S)
    if found is None:
        found = re.search(rf'<input(?=[^>]*id="{name}")[^>]*value="([^"]*)"', response.content.decode())
    return html.unescape(found[1]) if found else ""


def received(stage: Stage) -> Report:
    return file_report()[0]


def offered(stage: Stage) -> Report:
    """The first of many alike, which the service offers as a mass report."""
    report = received(stage)
    MassReport.objects.create(lead=report, stage="offered", alike=5, made_at=MONDAY)
    return report


def verified(stage: Stage) -> Report:
    report = received(stage)
    return actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)


def late(stage: Stage) -> Report:
    """The office of roads stays silent; nobody directs it, so lateness has climbed to the inspectorate."""
    report = assigned(stage)
    clock = report.clocks.get(step="respond")
    while overdue.sweep(now=clock.due_at + timedelta(minutes=1)):
        pass
    report.refresh_from_db()
    return report


def advised(stage: Stage) -> Report:
    """The overseer recommended something to the office of roads."""
    report = in_unit(stage)
    actions.recommend(
        report_id=report.pk, text="Perbaiki drainase di depan pasar. " * 3, actor=stage.officer("overseer"), now=MONDAY
    )
    report.refresh_from_db()
    return report


def named(stage: Stage) -> Report:
    """It names a body that has no part in it."""
    report = assigned(stage)
    whom = Accused(agency_id=stage.health.pk)
    return actions.accuse(report_id=report.pk, whom=whom, actor=stage.officer("admin"), now=MONDAY)


def aside(stage: Stage) -> Report:
    """The only administrator stepped aside, so the body above has it."""
    report = received(stage)
    reason = "Terlapor adalah saudara saya."
    return actions.step_aside(report_id=report.pk, reason=reason, actor=stage.officer("admin"), now=MONDAY)


def held(stage: Stage) -> Report:
    report = received(stage)
    return actions.hold(report_id=report.pk, question="Di pasar yang mana?", actor=stage.officer("admin"), now=MONDAY)


def assigned(stage: Stage) -> Report:
    return to_assigned(stage, received(stage))


def in_unit(stage: Stage) -> Report:
    report = assigned(stage)
    return actions.assign_unit(
        report_id=report.pk, unit=stage.roads_unit, officer_id=None, actor=stage.officer("liaison"), now=MONDAY
    )


def started(stage: Stage) -> Report:
    report = in_unit(stage)
    return actions.start(report_id=report.pk, actor=stage.officer("operator"), now=MONDAY)


def drafted(stage: Stage) -> Report:
    """The operator's draft waits for the liaison officer."""
    report = in_unit(stage)
    ready_draft(stage, report)
    report.refresh_from_db()
    return report


def anonymous(stage: Stage) -> Report:
    """With the roads office, sent by somebody who hides their name; two custodians elsewhere."""
    for name in ("keeper_one", "keeper_two"):
        stage.people[name] = person(name, stage.national, Role.CUSTODIAN)
    return to_assigned(stage, file_report(is_anonymous=True)[0])


def helped(stage: Stage) -> Report:
    report = assigned(stage)
    return actions.add_contributor(report_id=report.pk, agency=stage.health, actor=stage.officer("admin"), now=MONDAY)


def answered(stage: Stage) -> Report:
    return to_answered(stage, received(stage))


def objected(stage: Stage) -> Report:
    report = answered(stage)
    return actions.object_to_answer(
        report_id=report.pk, text="Lubang di sisi kiri masih ada.", actor=reporter(report), now=MONDAY
    )


def closed(stage: Stage) -> Report:
    report = answered(stage)
    return actions.agree(report_id=report.pk, actor=reporter(report), now=MONDAY)


def unconnected(stage: Stage) -> Report:
    """For a body that is not connected; the inspectorate of the province answers for it."""
    report = file_report(region_code="64.02")[0]
    province = stage.officer("province_admin")
    actions.verify(report_id=report.pk, actor=province, now=MONDAY)
    return actions.assign(report_id=report.pk, to=stage.regency_roads, actor=province, now=MONDAY)


def lettered(stage: Stage) -> Report:
    """Handed over by letter; the reply is not there yet."""
    report = unconnected(stage)
    actions.hand_over(report_id=report.pk, actor=stage.officer("province_admin"), now=MONDAY)
    report.refresh_from_db()
    return report


def sealed(stage: Stage) -> Report:
    return file_report(kind="whistleblowing")[0]


Make = Callable[[Stage], Report]


def letter_of(report: Report) -> HandOver:
    return HandOver.objects.get(report=report)
