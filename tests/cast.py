"""The people, places and bodies that every test uses. All people are invented; places and bodies give only setting.

`set_stage()` makes them in an empty database: Samarinda with its inspectorate and one agency connected, Kutai
Kartanegara not connected at all, East Kalimantan's inspectorate above both, the national administrator above everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from unittest.mock import patch

import time_machine

from lapor.accounts.models import User
from lapor.agencies import oversight
from lapor.agencies.models import Agency, Category, Membership, Region, Role, Unit
from lapor.deadlines import load
from lapor.disclosure import grounds
from lapor.privacy import terms
from lapor.reports import actions
from lapor.reports.actors import Officer, Reporter, officer
from lapor.reports.models import Report
from lapor.reports.submission import Receipt, Submission
from lapor.routing.rules import in_force
from lapor.vault import investigators
from lapor.vault.sealing import Private

PASSPHRASE = "kata sandi pemeriksa uji"
MONDAY = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)  # 09.00 in Samarinda, a week without holidays
LONG_AGO = date(2025, 1, 1)
TEXT = "Jalan di depan pasar berlubang dalam sejak bulan lalu dan sudah dua orang jatuh dari motor."
ANSWER = (
    "Lubang di depan pasar sudah kami tambal dengan aspal panas sepanjang dua belas meter dan rambu peringatan "
    "dipasang di kedua ujungnya. Kami memeriksanya lagi bulan depan."
)


@dataclass(frozen=True)
class Stage:
    """Names for what `set_stage` made."""

    national: Agency
    province_inspectorate: Agency
    city_inspectorate: Agency
    city: Agency
    roads: Agency
    health: Agency
    regency_inspectorate: Agency
    regency_roads: Agency
    power: Agency
    roads_unit: Unit
    other_unit: Unit
    category: Category
    city_region: Region
    regency_region: Region
    people: dict[str, User]

    def officer(self, name: str) -> Officer:
        """With the keys unlocked, where the person has some."""
        user = self.people[name]
        return officer(user, on=MONDAY.date(), keys=unlocked(user))


def unlocked(user: User) -> Private | None:
    """The private half of the person's key; None for one who has none."""
    if investigators.current(user.pk) is None:
        return None
    token = investigators.unlock(owner_id=user.pk, passphrase=PASSPHRASE, now=MONDAY)
    return investigators.keys_of(owner_id=user.pk, token=token, now=MONDAY)


def _agency(slug: str, name: str, kind: str, level: str, **fields: object) -> Agency:
    return Agency.objects.create(slug=slug, name=name, kind=kind, level=level, **fields)


def person(name: str, agency: Agency, role: Role, unit: Unit | None = None) -> User:
    """A test officer with one post, marked as invented by name and address; an investigator has a key."""
    user = User.objects.create_user(f"{name}@uji.invalid", name=f"Petugas Uji {name}", is_officer=True)
    Membership.objects.create(user=user, agency=agency, role=role, unit=unit, starts_on=LONG_AGO)
    if role == Role.INVESTIGATOR:
        investigators.set_up(owner_id=user.pk, passphrase=PASSPHRASE, now=MONDAY)
    return user


def forget() -> None:
    """What a test before this one left in memory of its own database."""
    load.forget()
    oversight.forget()
    in_force.forget()


def on_monday() -> Stage:
    """The stage set on the cast's Monday; with the calendar up to now for tests whose clock goes on."""
    with time_machine.travel(MONDAY, tick=False):
        made = set_stage()
    with patch.object(load, "FIRST_YEAR", 2025):
        load.load_all()
    return made


def set_stage() -> Stage:
    """Fills an empty database with the cast and the calendar of the years that tests live in."""
    with patch.object(load, "FIRST_YEAR", 2025):
        load.load_all()
    grounds.load_all()
    terms.load_all()
    forget()
    kaltim = Region.objects.create(
        code="64",
        name="Kalimantan Timur",
        level=1,
        kind="provinsi",
        plain="kalimantan timur",
        search="kalimantan timur",
    )
    samarinda = Region.objects.create(
        code="64.72",
        name="Kota Samarinda",
        level=2,
        kind="kota",
        parent=kaltim,
        label="Kalimantan Timur",
        plain="samarinda",
        search="kota samarinda kalimantan timur",
    )
    kukar = Region.objects.create(
        code="64.02",
        name="Kabupaten Kutai Kartanegara",
        level=2,
        kind="kabupaten",
        parent=kaltim,
        label="Kalimantan Timur",
        plain="kutai kartanegara",
        search="kabupaten kutai kartanegara kalimantan timur",
    )
    Region.objects.create(
        code="64.72.05",
        name="Samarinda Utara",
        level=3,
        kind="kecamatan",
        parent=samarinda,
        label="Kota Samarinda, Kalimantan Timur",
        plain="samarinda utara",
        search="samarinda utara kota samarinda kalimantan timur",
    )
    national = _agency("sp4n-lapor", "Administrator Nasional", "national_admin", "central", connected_on=LONG_AGO)
    above = _agency(
        "inspektorat-provinsi-kalimantan-timur",
        "Inspektorat Daerah Provinsi Kalimantan Timur",
        "inspectorate",
        "province",
        region=kaltim,
        parent=national,
        connected_on=LONG_AGO,
    )
    city = _agency(
        "pemkot-samarinda",
        "Pemerintah Kota Samarinda",
        "government",
        "regency",
        region=samarinda,
        parent=above,
        connected_on=LONG_AGO,
    )
    inspectorate = _agency(
        "inspektorat-kota-samarinda",
        "Inspektorat Daerah Kota Samarinda",
        "inspectorate",
        "regency",
        region=samarinda,
        parent=city,
        connected_on=LONG_AGO,
    )
    roads = _agency(
        "dinas-pupr-kota-samarinda",
        "Dinas PUPR Kota Samarinda",
        "office",
        "regency",
        region=samarinda,
        field="pekerjaan_umum",
        parent=city,
        connected_on=LONG_AGO,
    )
    health = _agency(
        "dinas-kesehatan-kota-samarinda",
        "Dinas Kesehatan Kota Samarinda",
        "office",
        "regency",
        region=samarinda,
        field="kesehatan",
        parent=city,
        connected_on=LONG_AGO,
    )
    regency = _agency(
        "pemkab-kutai-kartanegara",
        "Pemerintah Kabupaten Kutai Kartanegara",
        "government",
        "regency",
        region=kukar,
        parent=above,
    )
    regency_inspectorate = _agency(
        "inspektorat-kabupaten-kutai-kartanegara",
        "Inspektorat Daerah Kabupaten Kutai Kartanegara",
        "inspectorate",
        "regency",
        region=kukar,
        parent=regency,
    )
    regency_roads = _agency(
        "dinas-pu-kabupaten-kutai-kartanegara",
        "Dinas Pekerjaan Umum Kabupaten Kutai Kartanegara",
        "office",
        "regency",
        region=kukar,
        field="pekerjaan_umum",
        parent=regency,
    )
    power = _agency(
        "pln",
        "PT PLN (Persero)",
        "state_company",
        "central",
        field="listrik",
        parent=national,
        connected_on=LONG_AGO,
    )
    unit = Unit.objects.create(agency=roads, name="Bidang Bina Marga")
    other_unit = Unit.objects.create(agency=roads, name="Bidang Cipta Karya")
    category = Category.objects.create(slug="jalan_jembatan", name="Jalan dan jembatan", name_en="Roads and bridges")
    people = {
        "admin": person("admin", inspectorate, Role.ADMIN),
        "province_admin": person("province_admin", above, Role.ADMIN),
        "national": person("national", national, Role.NATIONAL),
        "liaison": person("liaison", roads, Role.LIAISON),
        "operator": person("operator", roads, Role.OPERATOR, unit),
        "other_operator": person("other_operator", roads, Role.OPERATOR, other_unit),
        "stranger": person("stranger", health, Role.LIAISON),
        "power": person("power", power, Role.LIAISON),
        "investigator": person("investigator", inspectorate, Role.INVESTIGATOR),
        "overseer": person("overseer", national, Role.OVERSEER),
    }
    return Stage(
        national=national,
        province_inspectorate=above,
        city_inspectorate=inspectorate,
        city=city,
        roads=roads,
        health=health,
        regency_inspectorate=regency_inspectorate,
        regency_roads=regency_roads,
        power=power,
        roads_unit=unit,
        other_unit=other_unit,
        category=category,
        city_region=samarinda,
        regency_region=kukar,
        people=people,
    )


def submission(**changes: object) -> Submission:
    """An ordinary complaint in Samarinda, with any field changed."""
    fields: dict[str, object] = {
        "channel": "web",
        "kind": "complaint",
        "text": TEXT,
        "title": "Jalan berlubang di depan pasar",
        "category": "jalan_jembatan",
        "region_code": "64.72.05",
        "name": "Pelapor Uji Satu",
        "phone": "081234567890",
    }
    return Submission(**(fields | changes))  # type: ignore[arg-type]


def file_report(*, now: datetime = MONDAY, **changes: Any) -> tuple[Report, Receipt]:
    """Files a report and returns it with its receipt."""
    receipt = actions.submit(submission(**changes), now=now)
    return Report.objects.get(code=receipt.code), receipt


def reporter(report: Report) -> Reporter:
    return Reporter(report_id=report.pk)


def to_assigned(stage: Stage, report: Report, *, to: Agency | None = None, now: datetime = MONDAY) -> Report:
    """Verified and disposed by the inspectorate."""
    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=now)
    return actions.assign(report_id=report.pk, to=to or stage.roads, actor=stage.officer("admin"), now=now)


def ready_draft(
    stage: Stage, report: Report, *, by: str = "operator", text: str = ANSWER, now: datetime = MONDAY
) -> None:
    """A draft, by the operator unless told otherwise, waits for whoever sends it."""
    actions.draft(
        report_id=report.pk,
        text=text,
        done_by="Bidang Bina Marga",
        done_on=now.date(),
        is_ready=True,
        actor=stage.officer(by),
        now=now,
    )


def to_answered(stage: Stage, report: Report, *, now: datetime = MONDAY) -> Report:
    """Assigned, drafted by the operator, sent by the liaison officer."""
    to_assigned(stage, report, now=now)
    actions.assign_unit(
        report_id=report.pk,
        unit=stage.roads_unit,
        officer_id=stage.people["operator"].pk,
        actor=stage.officer("liaison"),
        now=now,
    )
    ready_draft(stage, report, now=now)
    return actions.send_answer(report_id=report.pk, actor=stage.officer("liaison"), now=now)
