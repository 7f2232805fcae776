"""Joining, leaving and being away: who holds what, who inherits, who stands in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress

from lapor.accounts.invitation import AddressTaken
from lapor.accounts.models import User
from lapor.agencies import posts
from lapor.agencies.models import Absence, Membership, Role
from lapor.agencies.people import officers_of, roles_of, someone_must, stands_in_for
from lapor.agencies.posts import PostRefused
from tests.cast import LONG_AGO, MONDAY, Stage, person

TODAY = MONDAY.date()
NEXT_WEEK = TODAY + timedelta(days=7)


def post_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def roles(user: User, on: date = TODAY) -> set[tuple[str, int | None]]:
    return {(post.role, post.unit_id) for post in roles_of(user, on=on)}


def away(user: User, deputy: User | None, *, days: int = 3) -> Absence:
    return posts.set_absent(user, starts_on=TODAY, ends_on=TODAY + timedelta(days=days), deputy=deputy)


def refusal(call: object) -> str:
    with pytest.raises(PostRefused) as refused:
        call()  # type: ignore[operator]
    return refused.value.reason


def test_a_post_begins_and_ends_on_its_days_and_twice_given_is_given_once(stage: Stage) -> None:
    user = User.objects.create_user("baru@uji.invalid", name="Petugas Uji baru")
    first = posts.join(user, stage.roads, Role.OPERATOR, starts_on=TODAY, unit=stage.roads_unit)
    assert posts.join(user, stage.roads, Role.OPERATOR, starts_on=NEXT_WEEK, unit=stage.roads_unit) == first
    user.refresh_from_db()
    assert user.is_officer, "and so needs a second factor"
    posts.leave(first, on=NEXT_WEEK)
    assert not roles(user, TODAY - timedelta(days=1))
    assert roles(user, NEXT_WEEK - timedelta(days=1)) == {("operator", stage.roads_unit.pk)}
    assert not roles(user, NEXT_WEEK)
    assert refusal(lambda: posts.leave(first, on=NEXT_WEEK)) == "already_ended"


def test_what_a_post_may_not_be(stage: Stage) -> None:
    liaison, stranger = stage.people["liaison"], stage.people["stranger"]
    assert refusal(lambda: posts.join(liaison, stage.roads, Role.ADMIN, by=liaison, starts_on=TODAY)) == "own_post"
    assert refusal(
        lambda: posts.join(stranger, stage.health, Role.OPERATOR, unit=stage.roads_unit, starts_on=TODAY)
    ) == ("unit_of_another_body")
    assert refusal(lambda: posts.join(stranger, stage.roads, Role.NATIONAL, starts_on=TODAY)) == "national_only_there"
    stage.roads_unit.is_active = False
    stage.roads_unit.save()
    assert refusal(
        lambda: posts.join(stranger, stage.roads, Role.OPERATOR, unit=stage.roads_unit, starts_on=TODAY)
    ) == ("unit_is_closed")


def test_leaving_names_the_colleagues_of_the_unit_as_heirs_and_the_person_who_must_act(stage: Stage) -> None:
    colleague = person("rekan", stage.roads, Role.OPERATOR, stage.roads_unit)
    of_all_units = person("semua_unit", stage.roads, Role.OPERATOR)
    left = posts.leave(post_of(stage.people["operator"]), on=TODAY, by=stage.people["liaison"])
    assert left.heirs == (colleague, of_all_units)
    assert left.must_act == stage.people["liaison"]
    assert left.membership.ended_by == stage.people["liaison"]


def test_a_named_heir_comes_before_the_colleagues(stage: Stage) -> None:
    person("rekan", stage.roads, Role.OPERATOR, stage.roads_unit)
    left = posts.leave(post_of(stage.people["operator"]), on=TODAY, heir=stage.people["other_operator"])
    assert left.heirs == (stage.people["other_operator"],)


def test_only_who_sees_the_same_work_may_be_named_as_heir(stage: Stage) -> None:
    colleague = person("rekan", stage.roads, Role.OPERATOR, stage.roads_unit)
    found = posts.heirs_for(post_of(stage.people["operator"]), on=TODAY)
    assert found == [colleague, stage.people["liaison"]], "not the operator of another unit"
    second = person("second_investigator", stage.city_inspectorate, Role.INVESTIGATOR)
    assert posts.heirs_for(post_of(stage.people["investigator"]), on=TODAY) == [second]


def test_the_last_national_administrator_cannot_leave(stage: Stage) -> None:
    last = post_of(stage.people["national"])
    assert refusal(lambda: posts.leave(last, on=TODAY)) == "last_national"
    person("second_national", stage.national, Role.NATIONAL)
    assert posts.leave(last, on=TODAY).membership.ends_on == TODAY


def test_leaving_altogether_leaves_nobody_who_leaves_as_an_heir(stage: Stage) -> None:
    operator = stage.people["operator"]
    posts.join(operator, stage.roads, Role.LIAISON, starts_on=LONG_AGO)
    left = posts.leave_all(operator, on=TODAY)
    assert {departure.role for departure in left} == {"operator", "liaison"}
    assert all(operator not in departure.heirs for departure in left)
    assert roles_of(operator, on=TODAY) == ()


def test_a_deputy_holds_the_post_of_the_colleague_while_they_are_away(stage: Stage) -> None:
    operator, other = stage.people["operator"], stage.people["other_operator"]
    own = {("operator", stage.other_unit.pk)}
    absence = away(operator, other)
    assert roles(other) == {*own, ("operator", stage.roads_unit.pk)}
    assert stands_in_for(other, on=TODAY) == {operator.pk}
    assert roles(other, absence.ends_on + timedelta(days=1)) == own
    assert roles(operator) == {("operator", stage.roads_unit.pk)}, "who is away may still sign in"
    posts.return_early(absence, on=TODAY + timedelta(days=1))
    assert roles(other, TODAY + timedelta(days=1)) == own


def test_a_deputy_who_is_away_too_is_stood_in_for_and_a_circle_ends_at_nobody(stage: Stage) -> None:
    first, second = stage.people["operator"], stage.people["other_operator"]
    third = stage.people["liaison"]
    away(first, second)
    away(second, third)
    assert stands_in_for(third, on=TODAY) == {first.pk, second.pk}
    assert officers_of(stage.roads, [Role.OPERATOR], on=TODAY) == [third]
    away(third, first)
    assert officers_of(stage.roads, [Role.OPERATOR, Role.LIAISON], on=TODAY) == []
    assert someone_must(stage.roads, on=TODAY) == stage.people["admin"], "then the body above must act"


def test_a_deputy_who_left_the_body_gets_nothing_of_it_any_more(stage: Stage) -> None:
    operator, other = stage.people["operator"], stage.people["other_operator"]
    away(operator, other)
    posts.leave(post_of(other), on=TODAY)
    posts.join(other, stage.health, Role.OPERATOR, starts_on=TODAY)
    assert {post.agency_id for post in roles_of(other, on=TODAY)} == {stage.health.pk}
    assert other not in officers_of(stage.roads, [Role.OPERATOR], on=TODAY)


def test_who_may_not_be_a_deputy(stage: Stage) -> None:
    operator, investigator = stage.people["operator"], stage.people["investigator"]
    assert refusal(lambda: away(operator, operator)) == "own_deputy"
    assert refusal(lambda: away(operator, stage.people["stranger"])) == "deputy_works_elsewhere"
    assert refusal(lambda: away(investigator, stage.people["admin"])) == "deputy_lacks_role"
    second = person("second_investigator", stage.city_inspectorate, Role.INVESTIGATOR)
    assert posts.deputies_for(investigator, on=TODAY) == [second]
    assert posts.deputies_for(operator, on=TODAY) == [stage.people["liaison"], stage.people["other_operator"]]


def test_days_of_absence_do_not_overlap_and_may_be_given_back(stage: Stage) -> None:
    operator = stage.people["operator"]
    later = posts.set_absent(operator, starts_on=NEXT_WEEK, ends_on=NEXT_WEEK)
    assert refusal(lambda: away(operator, None, days=7)) == "absent_already"
    assert refusal(lambda: posts.set_absent(operator, starts_on=NEXT_WEEK, ends_on=TODAY)) == "ends_before_start"
    posts.return_early(later, on=TODAY)
    assert not Absence.objects.filter(user=operator).exists()


def test_an_officer_who_works_elsewhere_keeps_the_account_and_gets_one_more_post(stage: Stage) -> None:
    known, is_new = posts.invite(
        email="STRANGER@uji.invalid", name="Lain", agency=stage.roads, role=Role.OPERATOR, starts_on=TODAY, by=None
    )
    assert (known, is_new) == (stage.people["stranger"], False)
    assert known.name == "Petugas Uji stranger"
    fresh, is_new = posts.invite(
        email="segar@uji.invalid", name="Petugas Uji segar", agency=stage.roads, role=Role.OPERATOR, starts_on=TODAY,
        by=stage.people["liaison"],
    )  # fmt: skip
    assert is_new and not fresh.has_usable_password()


def test_nobody_is_made_an_officer_by_the_address_of_a_citizens_account(stage: Stage) -> None:
    citizen = User.objects.create_user("warga@uji.invalid", name="Warga Uji")
    EmailAddress.objects.create(user=citizen, email=citizen.email, verified=True, primary=True)
    with pytest.raises(AddressTaken):
        posts.invite(
            email="warga@uji.invalid", name="x", agency=stage.roads, role=Role.OPERATOR, starts_on=TODAY, by=None
        )
    assert not User.objects.get(email="warga@uji.invalid").is_officer
