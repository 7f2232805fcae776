"""One report of each class, full of words that nobody else uses, lived through up to the office that handles it; and a
browser for everybody who could open something of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Any

from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import Client

from lapor.accounts.models import User
from lapor.agencies.models import Role
from lapor.desk.session import UNLOCKED
from lapor.lib.codes import show_code
from lapor.reports import actions, events
from lapor.reports.files import keep
from lapor.reports.models import Attachment, MassReport, Report
from lapor.reports.submission import Accused
from lapor.routing.rules import changing
from lapor.routing.rules.said import Said
from lapor.vault import investigators
from tests.cast import ANSWER, MONDAY, PASSPHRASE, Stage, file_report, person, ready_draft, reporter, set_stage
from tests.desk.office import signed_in
from tests.desk.paper import a_photo, pending_key

OPEN, ANONYMOUS, CONFIDENTIAL, NAMING, SEALED = CLASSES = ("open", "anonymous", "confidential", "naming", "sealed")
ASKED: dict[str, dict[str, Any]] = {
    OPEN: {},
    ANONYMOUS: {"is_anonymous": True},
    CONFIDENTIAL: {"is_confidential": True},
    NAMING: {},  # of the office of roads, which would have handled it
    SEALED: {"kind": "whistleblowing"},
}
# Words that belong to one class alone, so that all four can be looked for on one page.
CONTENT = {
    OPEN: "kepodang",
    ANONYMOUS: "cucakrawa",
    CONFIDENTIAL: "jalakbali",
    NAMING: "punaigading",
    SEALED: "anisbatu",
}
NAMES = {OPEN: "Branjangan", ANONYMOUS: "Kacamata", CONFIDENTIAL: "Tekukur", NAMING: "Gelatik", SEALED: "Perkutut"}
PHONES = {
    OPEN: "081277770001",
    ANONYMOUS: "081277770002",
    CONFIDENTIAL: "081277770003",
    NAMING: "081277770005",
    SEALED: "081277770004",
}


class Level(IntEnum):
    """How much of a report somebody got to see."""

    NOTHING = 0  # a page without it, a refusal, or the answer that an unknown code gets
    CODE = 1
    CONTENT = 2
    NAME = 3


@dataclass
class World:
    """The reports by class, and browsers by role."""

    stage: Stage
    reports: dict[str, Report] = field(default_factory=dict)
    files: dict[str, Attachment] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)
    media: Path = Path()
    temporary: Path = Path()
    mails: list[EmailMessage] = field(default_factory=list)
    log: str = ""


def name_of(kind: str) -> str:
    return f"{NAMES[kind]} Uji Sunyi"


def seen(kind: str, report: Report, text: str) -> Level:
    """The most that this text says of the report of that class."""
    said = text.lower()
    if NAMES[kind].lower() in said or PHONES[kind] in said or PHONES[kind][4:] in said:
        return Level.NAME
    if CONTENT[kind] in said:
        return Level.CONTENT
    return Level.CODE if report.code in said or show_code(report.code) in said else Level.NOTHING


def build() -> World:
    """Fills an empty database; committed, so that the worker's consumers read it as they always do."""
    stage = set_stage()
    stage.people["custodian"] = person("custodian", stage.national, Role.CUSTODIAN)
    stage.people["auditor"] = person("auditor", stage.national, Role.AUDITOR)
    stage.people["counter"] = person("counter", stage.city_inspectorate, Role.COUNTER)
    stage.people["head"] = person("head", stage.roads, Role.HEAD)
    stage.people["ppid"] = person("ppid", stage.health, Role.PPID)
    stage.people["citizen"] = User.objects.create_user("warga@uji.invalid", name="Warga Uji")
    world = World(stage)
    for kind in CLASSES:
        _live(world, kind)
    _rule(world)
    MassReport.objects.create(lead=world.reports[OPEN], stage="offered", alike=5, made_at=MONDAY)
    events.settle()  # other tests hold transactions open on the same server
    call_command("worker", "--once", verbosity=0)
    for name in stage.people:
        world.browsers[name] = signed_in(stage.people[name])
    world.browsers["investigator"].cookies[UNLOCKED] = investigators.unlock(
        owner_id=stage.people["investigator"].pk, passphrase=PASSPHRASE, now=MONDAY
    )
    world.browsers["visitor"] = Client()
    world.mails = list(mail.outbox)
    return world


def _rule(world: World) -> None:
    """By which they would all go to the office of health; it came after them."""
    said = Said(
        priority=1, category="jalan_jembatan", level="regency", body="kesehatan", reason="{agency}", source="Uji"
    )
    changing.add(said, by=world.stage.people["national"], why="Uji", now=MONDAY)


def _live(world: World, kind: str) -> None:
    """Filed with a photograph, asked and answered, handled by the office of roads; one that names this office by that of
    health, a sealed one by its investigator.
    """
    stage, mark = world.stage, CONTENT[kind]
    accused = Accused(agency_id=stage.roads.pk, unit_id=None, officer_id=None, name="")
    photo = keep(a_photo(), name=f"{NAMES[kind]} {mark}.jpg", pending=pending_key(), now=MONDAY)
    report, receipt = file_report(
        name=name_of(kind),
        phone=PHONES[kind],
        email=f"{NAMES[kind].lower()}@uji.invalid",
        title=f"Jalan {mark} berlubang",
        text=f"Jalan {mark} berlubang di depan pasar. Salam, {name_of(kind)}, {PHONES[kind]}.",
        place=f"Depan pasar {mark}, rumah {name_of(kind)}",
        attachment_ids=(photo.pk,),
        accused=(accused,) if kind == NAMING else (),
        **ASKED[kind],
    )
    world.reports[kind], world.files[kind] = report, photo
    browser = world.browsers.setdefault("reporter", Client())
    if kind == SEALED:
        browser.post("/lacak/tanda-terima/", {"receipt": receipt.digits})
    else:
        browser.post("/lacak/", {"code": receipt.code, "pin": receipt.pin})
    writer = {SEALED: "investigator", NAMING: "stranger"}.get(kind, "operator")
    actor = stage.officer("investigator" if kind == SEALED else "admin")
    key: dict[str, Any] = {"report_id": report.pk, "now": MONDAY}
    actions.hold(question=f"Di sisi mana {mark}?", actor=actor, **key)
    actions.reply(text=f"Sebelah kiri {mark}. {name_of(kind)}", actor=reporter(report), **key)
    actions.verify(actor=actor, **key)
    if kind == SEALED:
        actions.assign(to=stage.city_inspectorate, actor=actor, **key)
    elif kind == NAMING:
        actions.assign(to=stage.health, actor=actor, **key)
    else:
        actions.assign(to=stage.roads, actor=actor, **key)
        actions.assign_unit(unit=stage.roads_unit, officer_id=None, actor=stage.officer("liaison"), **key)
    ready_draft(stage, report, by=writer, text=f"{ANSWER} {mark}")
    actions.note(text=f"Catatan {mark}", actor=stage.officer(writer), **key)
