"""Units and bodies as people correct them: a closed unit keeps its name, its people go on, files do not undo it."""

from __future__ import annotations

import pytest

from lapor.agencies import editing, units
from lapor.agencies.models import Category, Membership, Role, Unit
from lapor.agencies.units import UnitRefused
from tests.cast import MONDAY, Stage, person

TODAY = MONDAY.date()


def refusal(call: object) -> str:
    with pytest.raises(UnitRefused) as refused:
        call()  # type: ignore[operator]
    return refused.value.reason


def test_a_unit_is_added_renamed_and_opened_again_under_a_name_used_once(stage: Stage) -> None:
    unit = units.add(stage.roads, name="  Bidang   Tata Ruang ")
    assert unit.name == "Bidang Tata Ruang"
    assert refusal(lambda: units.add(stage.roads, name="Bidang Tata Ruang")) == "name_taken"
    assert refusal(lambda: units.rename(unit, name="Bidang Bina Marga")) == "name_taken"
    assert refusal(lambda: units.rename(unit, name="  ")) == "no_name"
    renamed = units.rename(unit, name="Bidang Penataan Ruang")
    assert renamed.pk == unit.pk
    units.close(renamed, into=None, on=TODAY)
    assert units.add(stage.roads, name="Bidang Penataan Ruang").pk == unit.pk


def test_whoever_works_in_a_closed_unit_goes_on_in_the_one_that_follows(stage: Stage) -> None:
    other_body = Unit.objects.create(agency=stage.health, name="Bidang Layanan")
    assert refusal(lambda: units.close(stage.roads_unit, into=other_body, on=TODAY)) == "no_such_unit"
    assert refusal(lambda: units.close(stage.roads_unit, into=stage.roads_unit, on=TODAY)) == "no_such_unit"
    liaison = stage.people["liaison"]
    closed = units.close(stage.roads_unit, into=stage.other_unit, on=TODAY, by=liaison)
    assert not closed.is_active
    posts = Membership.objects.filter(user=stage.people["operator"])
    assert {(post.unit, post.ends_on) for post in posts} == {(stage.roads_unit, TODAY), (stage.other_unit, None)}
    assert units.people_in(closed) == []
    assert refusal(lambda: units.close(closed, into=None, on=TODAY)) == "closed_already"


def test_somebody_with_a_post_in_both_units_keeps_one(stage: Stage) -> None:
    both = person("dua_unit", stage.roads, Role.OPERATOR, stage.roads_unit)
    Membership.objects.create(user=both, agency=stage.roads, unit=stage.other_unit, role=Role.OPERATOR, starts_on=TODAY)
    units.close(stage.roads_unit, into=stage.other_unit, on=TODAY)
    assert Membership.objects.filter(user=both, ends_on=None).count() == 1


def test_a_new_category_comes_last_and_gets_an_address_of_its_own(stage: Stage) -> None:
    first = editing.add_category(name="Air bersih", name_en="Drinking water", description="")
    second = editing.add_category(name="Air bersih!", name_en="", description="")
    assert (first.pk, second.pk) == ("air_bersih", "air_bersih_2")
    assert [category.sort for category in (first, second)] == [1, 2]
    editing.change_category(first, name="Air minum", name_en="Water", description="PDAM", is_active=False)
    changed = Category.objects.get(pk="air_bersih")
    assert (changed.name, changed.is_active, changed.is_edited) == ("Air minum", False, True)


def test_a_body_keeps_its_address_and_place_under_another_name(stage: Stage) -> None:
    body = editing.describe_body(
        stage.roads, name="Dinas PU", short="DPU", answers_for="Jalan", address="Jl. Uji 1", letterhead=""
    )
    assert (body.slug, body.region, body.name, body.is_edited) == (
        "dinas-pupr-kota-samarinda", stage.city_region, "Dinas PU", True,
    )  # fmt: skip
