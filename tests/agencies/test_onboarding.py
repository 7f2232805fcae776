"""Bringing bodies on: who must take the next step, and many officers from a table, all or none."""

from __future__ import annotations

import pytest

from lapor.accounts.models import User
from lapor.agencies import onboarding, trained
from lapor.agencies.connected import bodies_in, by_province, by_regency
from lapor.agencies.models import Agency, Region, Role, Training
from lapor.agencies.onboarding import OfficersRefused, Stage, read_officers
from tests.cast import MONDAY
from tests.cast import Stage as Cast

TODAY = MONDAY.date()
TITLES = "email,name,role,agency,unit\n"


def read(stage: Cast, text: str) -> list[onboarding.NewOfficer]:
    here = [stage.roads, stage.health]
    return read_officers(text, agencies=here, may_give=lambda _agency: {Role.OPERATOR, Role.LIAISON}, by=None)


def test_a_table_may_be_pasted_from_a_sheet_and_names_bodies_and_roles_in_words(stage: Cast) -> None:
    text = (
        TITLES.replace(",", "\t") + "a@uji.invalid\tPetugas Uji A\tOperator\tDinas PUPR Kota Samarinda\tBidang Baru\n"
    )
    found = read(stage, text)
    assert [(one.role, one.agency, one.unit) for one in found] == [(Role.OPERATOR, stage.roads, "Bidang Baru")]


def test_a_prepared_post_without_a_name_is_left_for_later(stage: Cast) -> None:
    text = TITLES + f",,liaison,{stage.health.slug},\na@uji.invalid,Petugas Uji A,liaison,{stage.roads.slug},\n"
    assert [one.agency for one in read(stage, text)] == [stage.roads]


def train(person: User, agency: Agency) -> Training:
    return Training.objects.create(
        user=person, agency=agency, role=Role.LIAISON, done_on=TODAY, reason="Uji", noted_at=MONDAY
    )


def test_every_line_in_doubt_is_named_and_nothing_is_read(stage: Cast) -> None:
    User.objects.create_user("warga@uji.invalid", name="Warga Uji")
    good = f"b@uji.invalid,Petugas Uji B,liaison,{stage.health.slug},\n"
    text = (
        TITLES
        + good
        + (
            f"bukan alamat,Petugas,liaison,{stage.health.slug},\n"
            f"c@uji.invalid,,liaison,{stage.health.slug},\n"
            f"d@uji.invalid,Petugas,raja,{stage.health.slug},\n"
            f"e@uji.invalid,Petugas,admin,{stage.health.slug},\n"
            "f@uji.invalid,Petugas,liaison,pln,\n"
            f"warga@uji.invalid,Warga,liaison,{stage.health.slug},\n" + good
        )
    )
    with pytest.raises(OfficersRefused) as refused:
        read(stage, text)
    problems = "\n".join(refused.value.problems)
    assert [f"Baris {line}:" in problems for line in range(2, 10)] == [False, True, True, True, True, True, False, True]
    assert "warga@uji.invalid" in problems
    for broken in ("", "nama;surel\n", TITLES):
        with pytest.raises(OfficersRefused):
            read(stage, broken)


def test_the_stage_says_who_must_take_the_next_step(stage: Cast) -> None:
    def found(agency: Agency, *answered: int) -> Stage:
        return onboarding.stages([agency], on=TODAY, answered=answered)[agency.pk]

    assert found(stage.regency_roads) == Stage.LISTED
    assert found(stage.city) == Stage.EMPTY
    assert found(stage.roads, stage.roads.pk) == Stage.ANSWERING
    Agency.objects.filter(pk=stage.health.pk).update(connected_on=None)
    stage.health.refresh_from_db()
    assert found(stage.health) == Stage.INVITED
    User.objects.filter(pk=stage.people["stranger"].pk).update(last_login=MONDAY)
    assert found(stage.health) == Stage.ACCOUNTS
    train(stage.people["stranger"], stage.health)
    assert found(stage.health) == Stage.READY
    assert found(stage.roads) == Stage.ABSENT
    User.objects.filter(pk=stage.people["operator"].pk).update(last_login=MONDAY)
    assert found(stage.roads) == Stage.UNTRAINED
    train(stage.people["liaison"], stage.health)  # for a body where this person has no post
    assert found(stage.roads) == Stage.UNTRAINED
    row = train(stage.people["liaison"], stage.roads)
    assert found(stage.roads) == Stage.CONNECTED
    trained.withdraw(row, by=stage.people["admin"], now=MONDAY)
    assert found(stage.roads) == Stage.UNTRAINED
    assert set(onboarding.NEXT) == set(Stage) - {Stage.ANSWERING}


def test_the_public_sees_how_many_work_here(stage: Cast) -> None:
    (province,) = by_province(on=TODAY)
    assert (province.connected, province.total) == (5, 8)
    assert (province.inspectorates, province.all_inspectorates) == (2, 3)
    assert province.trained == 0
    train(stage.people["liaison"], stage.roads)
    train(stage.people["liaison"], stage.health)  # holds no post there
    assert by_province(on=TODAY)[0].trained == 1
    regencies = {row.code: row for row in by_regency(province.code, on=TODAY)}
    assert (regencies["64.72"].trained, regencies["64.02"].trained) == (1, 0)
    assert sum(row.total for row in regencies.values()) + len(bodies_in(Region.objects.get(code=province.code))) == 8
