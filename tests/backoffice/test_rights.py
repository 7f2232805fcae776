"""Who may open which page of the back office: one table of (address, role, answer). An address without a row fails."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLPattern, reverse

from lapor.accounts.invitation import open_set_up
from lapor.accounts.models import User
from lapor.agencies.models import Absence, Membership, Role, Training
from lapor.backoffice import access
from lapor.backoffice.acts import ACTS
from lapor.backoffice.urls import urlpatterns
from lapor.channels.models import Received, Sending
from lapor.deadlines.models import Exemption, Holiday
from lapor.disclosure.models import Ground
from lapor.privacy.breaches import open_breach
from lapor.privacy.holds import place
from lapor.reports.actors import officer
from lapor.reports.answer_templates import add_template
from lapor.routing.models import Rule
from tests.backoffice.conftest import A_RULE, SignIn
from tests.cast import MONDAY, Stage, file_report, person
from tests.channels.mails import held_mail

TODAY = MONDAY.date()
# liaison: roads of Samarinda. stranger: health of Samarinda. admin: inspectorate of Samarinda.
# province_admin: inspectorate of East Kalimantan, above an unconnected regency. The other officers manage nothing.
PEOPLE = ("national", "admin", "province_admin", "liaison", "stranger")
NOBODY = ("operator", "investigator", "overseer", "citizen")
ALL, NATIONAL, MANY = set(PEOPLE), {"national"}, {"national", "admin", "province_admin"}
CITY = {"national", "admin"}  # bodies of Samarinda, whose inspectorate is connected
REGENCY = {"national", "province_admin"}  # bodies of a regency without a connected inspectorate

# address (name, what it is about) -> who gets 200; everybody else gets 404, a visitor the sign-in page
TABLE: dict[tuple[str, str], set[str]] = {
    ("home", ""): ALL,
    ("bodies", ""): ALL,
    ("people", ""): ALL,
    ("calendar", ""): ALL,
    ("calendar_year", "2027"): ALL,
    ("calendar_year", "1999"): set(),
    ("promises", ""): ALL,
    ("templates", ""): ALL,
    ("categories", ""): NATIONAL,
    ("deliveries", ""): NATIONAL,
    ("body", "roads"): CITY | {"liaison"},
    ("body", "health"): CITY | {"stranger"},
    ("body", "city_inspectorate"): CITY,
    ("body", "regency_roads"): REGENCY,
    ("body", "regency_inspectorate"): REGENCY,
    ("body", "province_inspectorate"): REGENCY,
    ("body", "power"): NATIONAL,
    ("body", "national"): NATIONAL,
    ("body", "nowhere"): set(),
    ("connect", "regency_roads"): REGENCY,
    ("connect", "roads"): CITY,
    ("disconnect", "roads"): CITY,
    ("disconnect", "power"): NATIONAL,
    ("adopt", "city"): CITY,
    ("edit_body", "roads"): CITY,
    ("add_unit", "roads"): CITY | {"liaison"},
    ("add_unit", "regency_roads"): REGENCY,
    ("rename_unit", "roads_unit"): CITY | {"liaison"},
    ("close_unit", "roads_unit"): CITY | {"liaison"},
    ("close_unit", "closed_unit"): set(),
    ("invite", "roads"): CITY | {"liaison"},
    ("invite_many", "city"): CITY,
    ("onboarding", "city"): CITY,
    ("onboarding", "city_inspectorate"): CITY,
    ("onboarding", "roads"): set(),  # one body is no region
    ("posts_to_fill", "city"): CITY,
    ("adopt", "roads"): set(),
    ("adopt_units", "city"): CITY,
    ("adopt_units", "roads"): set(),
    ("add_days", "city"): CITY,
    ("take_certificates", "city"): CITY,
    ("note_training", "city"): CITY,
    ("connect_many", "city"): CITY,
    ("connect_many", "regency_inspectorate"): REGENCY,
    ("withdraw_training", "training"): CITY | {"liaison"},
    ("withdraw_training", "training_of_admin"): {"national"},  # nobody withdraws their own
    ("invite", "city_inspectorate"): CITY,
    ("add_template", "roads"): CITY | {"liaison"},
    ("person", "operator"): CITY | {"liaison"},
    ("person", "admin"): CITY,
    ("person", "power"): NATIONAL,
    ("person", "citizen"): set(),
    ("add_post", "operator"): CITY | {"liaison"},
    ("end_post", "operator"): CITY | {"liaison"},
    ("end_post", "liaison"): CITY,  # a liaison officer gives and takes the post of operator only
    ("end_post", "investigator"): NATIONAL,  # who opens sealed reports is named from above
    ("end_post", "national"): NATIONAL,
    ("end_post", "ended"): set(),
    ("set_absent", "operator"): CITY | {"liaison"},
    ("set_absent", "liaison"): CITY | {"liaison"},  # oneself
    ("set_absent", "investigator"): NATIONAL,
    ("set_absent", "both"): NATIONAL,  # works at two bodies: nobody below reaches all of it
    ("return_early", "absence"): CITY | {"liaison"},
    ("forget_factor", "operator"): CITY,
    ("forget_factor", "both"): NATIONAL,
    ("forget_factor", "investigator"): NATIONAL,
    ("shut_out", "operator"): CITY,
    ("shut_out", "national"): NATIONAL,
    ("let_in", "operator"): CITY,
    ("invite_again", "operator"): CITY | {"liaison"},
    ("add_day", ""): MANY,
    ("remove_day", "regional"): CITY,
    ("remove_day", "nationwide"): NATIONAL,
    ("decree", "2027"): NATIONAL,
    ("decree", "1999"): set(),
    ("add_promise", ""): NATIONAL,
    ("add_category", ""): NATIONAL,
    ("edit_category", "category"): NATIONAL,
    ("add_general_template", ""): NATIONAL,
    ("edit_template", "of_roads"): CITY | {"liaison"},
    ("edit_template", "general"): NATIONAL,
    ("retry", ""): NATIONAL,
    ("channels", ""): NATIONAL,
    ("channel_retry", "sms"): NATIONAL,
    ("channel_retry", "nowhere"): set(),
    ("channel_test", "sms"): NATIONAL,
    ("read_again", "came"): NATIONAL,
    ("read_again", "999999"): set(),
    ("give_up_received", "came"): NATIONAL,
    ("send_again", "went"): NATIONAL,
    ("give_up_sending", "went"): NATIONAL,
    ("terms", ""): NATIONAL,
    ("add_term", ""): NATIONAL,
    ("place_hold", ""): NATIONAL,
    ("lift_hold", "hold"): NATIONAL,
    ("breaches", ""): NATIONAL,
    ("breach", "breach"): NATIONAL,
    ("breach_letter", "breach"): NATIONAL,
    ("open_breach", ""): NATIONAL,
    ("add_entry", "breach"): NATIONAL,
    ("held_mails", ""): NATIONAL,
    ("held_mail", "mail"): NATIONAL,
    ("held_mail", "999999"): set(),
    ("file_mail", "mail"): NATIONAL,
    ("add_mail", "mail"): NATIONAL,
    ("drop_mail", "mail"): NATIONAL,
    ("alarms", ""): ALL,
    ("ladder", ""): NATIONAL,
    ("exempt", "roads"): NATIONAL,
    ("end_exemption", "exemption"): NATIONAL,
    ("grounds", ""): NATIONAL,
    ("add_ground", ""): NATIONAL,
    ("end_ground", "ground"): NATIONAL,
    ("rules", ""): NATIONAL,
    ("rule", "rule"): NATIONAL,
    ("rule", "off_rule"): NATIONAL,
    ("rule", "999999"): set(),
    ("add_rule", ""): NATIONAL,
    ("edit_rule", "rule"): NATIONAL,
    ("edit_rule", "off_rule"): set(),
    ("end_rule", "rule"): NATIONAL,
    ("end_rule", "off_rule"): set(),
    ("revive_rule", "off_rule"): NATIONAL,
    ("revive_rule", "rule"): set(),
    ("numbers", ""): NATIONAL,
    ("set_threshold", ""): NATIONAL,
}  # fmt: skip


@pytest.fixture
def things(stage: Stage) -> dict[str, Any]:
    """What the second word of a row stands for: the key in the address."""
    closed = stage.roads.units.create(name="Unit tutup", is_active=False)
    both = person("both", stage.roads, Role.OPERATOR, stage.roads_unit)
    Membership.objects.create(user=both, agency=stage.power, role=Role.OPERATOR, starts_on=TODAY)
    ended = person("ended", stage.roads, Role.OPERATOR)
    post = Membership.objects.get(user=ended)
    Membership.objects.filter(pk=post.pk).update(ends_on=TODAY)
    citizen = User.objects.create_user("lain@uji.invalid", name="Warga Uji lain")
    absence = Absence.objects.create(user=stage.people["operator"], starts_on=TODAY, ends_on=TODAY)
    days = {
        name: Holiday.objects.create(
            day=TODAY, name=name, kind=kind, region_code=code, source="Uji", added_at=MONDAY
        ).pk
        for name, kind, code in (("regional", "regional", "64.72"), ("nationwide", "national", ""))
    }
    exemption = Exemption.objects.create(
        agency=stage.roads, office="superior", starts_on=TODAY, ends_on=TODAY, reason="Uji", made_at=MONDAY
    )
    trainings = {
        name: Training.objects.create(
            user=stage.people[who], agency=body, role=role, done_on=TODAY, reason="Uji", noted_at=MONDAY
        ).pk
        for name, who, body, role in (
            ("training", "operator", stage.roads, Role.OPERATOR),
            ("training_of_admin", "admin", stage.city_inspectorate, Role.ADMIN),
        )
    }
    return {
        **trainings,
        "exemption": exemption.pk,
        "closed_unit": closed.pk,
        "roads_unit": stage.roads_unit.pk,
        "both": both.pk,
        "ended": post.pk,
        "citizen": citizen.pk,
        "absence": absence.pk,
        "category": stage.category.pk,
        "of_roads": add_template(agency=stage.roads, title="Judul", text="Isi").pk,
        "general": add_template(agency=None, title="Judul", text="Isi").pk,
        "nowhere": "tidak-ada",
        "sms": "sms",
        "came": Received.objects.create(
            channel="sms", external_id="gagal", sender=b"", box=b"", came_at=MONDAY, state="failed"
        ).pk,
        "went": Sending.objects.create(
            channel="sms", once="gagal", recipient=b"", box=b"", made_at=MONDAY, state="failed"
        ).pk,
        "hold": place(
            file_report()[0],
            reason="x",
            reference="y",
            until=TODAY,
            by=stage.people["national"],
            now=MONDAY,
            today=TODAY,
        ).pk,
        "breach": open_breach(
            known_at=MONDAY, happened="x", data="x", people=1, measures="", by=stage.people["national"], now=MONDAY
        ).pk,
        "rule": Rule.objects.create(**asdict(A_RULE)).pk,
        "off_rule": Rule.objects.create(**asdict(A_RULE), is_active=False).pk,
        "mail": held_mail().pk,
        "ground": Ground.objects.values_list("pk", flat=True)[0],
        **days,
    }


def address(stage: Stage, things: dict[str, Any], name: str, of: str) -> str:
    if not of:
        return reverse(f"backoffice:{name}")
    if of in things:
        key = things[of]
    elif of.isdecimal():
        key = of
    elif of in stage.people and (name not in ACTS or ACTS[name].about.path.startswith("petugas")) and name != "body":
        key = stage.people[of].pk
    elif name == "end_post":
        key = Membership.objects.get(user=stage.people[of]).pk
    else:
        key = getattr(stage, of).slug
    return reverse(f"backoffice:{name}", args=[key, "subjek"] if name == "breach_letter" else [key])


def test_every_address_has_a_row() -> None:
    named = {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)}
    assert named == {name for name, _of in TABLE}


@pytest.mark.parametrize("who", [*PEOPLE, *NOBODY])
def test_who_may_open_what(stage: Stage, things: dict[str, Any], sign_in: SignIn, who: str) -> None:
    client = sign_in(who)
    for (name, of), allowed in TABLE.items():
        answer = client.get(address(stage, things, name, of)).status_code
        assert answer == (200 if who in allowed else 404), (name, of, who)


@pytest.mark.parametrize("who", [*PEOPLE, *NOBODY])
def test_who_may_not_open_a_page_cannot_send_it_either(
    stage: Stage, things: dict[str, Any], sign_in: SignIn, who: str
) -> None:
    client = sign_in(who)
    for (name, of), allowed in TABLE.items():
        if name in ACTS and who not in allowed:
            assert client.post(address(stage, things, name, of), {"reason": "x"}).status_code == 404, (name, of, who)


def test_a_visitor_is_asked_to_sign_in_everywhere(stage: Stage, things: dict[str, Any]) -> None:
    for name, of in TABLE:
        answer = Client().get(path := address(stage, things, name, of))
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/akun/login/?next={path}"), (name, of)


def test_nobody_without_a_second_factor_gets_in_anywhere(stage: Stage, things: dict[str, Any], client: Client) -> None:
    open_set_up(user=stage.people["national"], by=None, now=MONDAY)
    client.force_login(stage.people["national"])
    for name, of in TABLE:
        answer = client.get(address(stage, things, name, of))
        assert (answer.status_code, answer.headers["Location"]) == (302, "/akun/2fa/"), (name, of)
    Authenticator.objects.create(user=stage.people["national"], type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get(reverse("backoffice:home")).status_code == 200


def test_no_page_may_be_kept_by_a_browser_or_a_proxy(stage: Stage, things: dict[str, Any], sign_in: SignIn) -> None:
    client = sign_in("national")
    for name, of in TABLE:
        answer = client.get(address(stage, things, name, of))
        if answer.status_code == 200:
            assert answer.headers["Cache-Control"] == "private, no-store", (name, of)


def test_only_those_who_manage_something_see_the_way_in(stage: Stage, sign_in: SignIn) -> None:
    assert b"/kantor/" in sign_in("liaison").get("/meja/").content
    assert b"/kantor/" not in sign_in("operator").get("/meja/").content


def test_a_province_loses_the_regency_when_the_regency_has_an_inspectorate_of_its_own(stage: Stage) -> None:
    actor = stage.officer("province_admin")
    see = access.Right.SEE

    def mine() -> set[str]:
        return set(access.bodies(actor, see, on=TODAY).values_list("slug", flat=True))

    assert stage.regency_roads.slug in mine()
    assert stage.roads.slug not in mine()
    stage.regency_inspectorate.connected_on = TODAY
    stage.regency_inspectorate.save()
    assert mine() == {stage.province_inspectorate.slug}


def test_an_administrator_of_another_kind_of_body_manages_it_and_what_is_unconnected_below(stage: Stage) -> None:
    actor = officer(person("walikota", stage.city, Role.ADMIN), on=TODAY)
    assert set(access.bodies(actor, access.Right.CONNECT, on=TODAY)) == {stage.city}
    stage.health.connected_on = None
    stage.health.save()
    assert set(access.bodies(actor, access.Right.CONNECT, on=TODAY)) == {stage.city, stage.health}


def test_nobody_below_gives_a_post_that_opens_secrets_or_rules_the_whole(stage: Stage) -> None:
    secret = {Role.INVESTIGATOR, Role.CUSTODIAN, Role.NATIONAL, Role.AUDITOR, Role.OVERSEER}
    for role, rights in access.TABLE.items():
        assert role == Role.NATIONAL or not rights.grants & secret
