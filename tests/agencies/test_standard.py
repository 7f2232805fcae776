"""Standard units: proposed where they are missing, never over what is there; and the prepared table of posts."""

from __future__ import annotations

import csv
import io

from lapor.agencies import standard, units
from lapor.agencies.connection import read_standard
from lapor.agencies.models import Agency, Role, Unit
from lapor.agencies.onboarding import read_officers
from tests.cast import MONDAY, Stage

TODAY = MONDAY.date()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def office(stage: Stage, field: str = "pangan") -> Agency:
    return Agency.objects.create(
        slug=f"{field}-uji",
        name=f"Dinas {field} Uji",
        kind=Agency.Kind.OFFICE,
        level=Agency.Level.REGENCY,
        field=field,
        region=stage.city.region,
        parent=stage.city,
    )


def test_every_standard_office_has_standard_units_and_no_unit_stands_there_twice() -> None:
    fields = {row["field"] for row in read_standard()}
    assert {field for field, _unit, _role in standard.rows()} == fields
    names = [(field, unit.casefold()) for field, unit, _role in standard.rows()]
    assert len(names) == len(set(names))
    assert {role for _field, _unit, role in standard.rows()} <= {Role.LIAISON, Role.OPERATOR}


def test_what_a_body_has_or_once_closed_is_not_proposed(stage: Stage) -> None:
    body = office(stage)
    whole = standard.proposals([body])[0].new
    assert len(whole) == 3
    Unit.objects.create(agency=body, name=whole[0].upper())
    units.close(units.add(body, name=whole[1]), into=None, on=TODAY)
    (found,) = standard.proposals([body])
    assert found.new == whole[2:]
    assert found.has == (whole[0].upper(),)


def test_adopting_twice_makes_nothing_twice_and_touches_nothing_else(stage: Stage) -> None:
    body = office(stage)
    new = standard.proposals([body])[0].new
    before = set(Unit.objects.values_list("pk", "name", "is_active"))
    assert standard.adopt([(body, name) for name in new]) == len(new)
    assert standard.adopt([(body, name) for name in new]) == 0
    assert standard.adopt([(body, "Bidang yang bukan standar")]) == 0
    assert before <= set(Unit.objects.values_list("pk", "name", "is_active"))


def test_the_prepared_table_names_the_posts_that_nobody_holds_and_can_be_sent_back(stage: Stage) -> None:
    body = office(stage)
    standard.adopt([(body, name) for name in standard.proposals([body])[0].new])
    found = rows(standard.posts_to_fill([body, stage.roads]))
    assert [(row["role"], row["agency"]) for row in found if row["role"] == "liaison"] == [("liaison", body.slug)]
    assert {row["unit"] for row in found if row["role"] == "operator" and row["agency"] == body.slug} == {
        unit for field, unit, role in standard.rows() if field == body.field and role == Role.OPERATOR
    }
    filled = io.StringIO()
    table = csv.DictWriter(filled, found[0].keys())
    table.writeheader()
    mine = [row for row in found if row["agency"] == body.slug]
    table.writerows(row | {"email": f"p{n}@uji.invalid", "name": f"Uji {n}"} for n, row in enumerate(mine))
    officers = read_officers(filled.getvalue(), agencies=[body], may_give=lambda _agency: set(Role), by=None)
    assert len(officers) == len(mine)
