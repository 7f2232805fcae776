"""One table: role × address → answer. An address of the room without a row fails."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import encrypt
from django.test import Client
from django.urls import reverse

from lapor.accounts.invitation import open_set_up
from lapor.accounts.models import User
from lapor.desk import urls
from lapor.reports.files import keep
from lapor.reports.models import Attachment, Report
from tests.cast import MONDAY, TEXT, Stage, file_report
from tests.desk import office as lives
from tests.desk.office import SECRET, Office, letter_of, text_of
from tests.desk.paper import a_photo, pending_key

ROLES = (
    "visitor", "admin", "province_admin", "national", "liaison", "operator", "other_operator", "stranger", "investigator", "overseer",
)  # fmt: skip
OFFICERS = set(ROLES) - {"visitor"}
# Who may open the report of the row; everybody else gets 404, a visitor the sign-in page.
ENTERING = {"admin", "province_admin", "liaison", "stranger"}
KEEPING = {"admin", "province_admin", "national", "liaison", "stranger"}
CITY = {"admin", "national", "liaison", "operator", "overseer"}
TABLE: dict[str, dict[str, set[str]]] = {
    "queue": {"any": OFFICERS},
    "week": {"any": OFFICERS},
    "agencies": {"any": OFFICERS},
    "case": {"in_unit": CITY, "sealed": {"investigator"}, "unconnected": {"province_admin", "national", "overseer"}},
    "presence": {"in_unit": CITY, "sealed": {"investigator"}},
    "file": {"in_unit": CITY, "sealed": {"investigator"}},
    "letter": {"lettered": {"province_admin", "national", "overseer"}},
    "identities": {"any": set()},  # who is not of the cast, a custodian, has it: tests/disclosure
    "lateness": {"any": OFFICERS},
    "held": {"any": {"admin", "province_admin", "national", "investigator"}},
    "photos": {"in_unit": {"admin", "national"}},
    "masses": {"any": {"admin", "province_admin", "national"}},
    "mass": {"in_unit": {"admin", "national"}, "unconnected": {"province_admin", "national"}},
    "quality": {"any": OFFICERS},
    "quality_sample": {"any": set()},  # of one's own body alone: tests/quality
    "quality_answer": {"any": set()},
    "causes": {"any": KEEPING},
    "cause_new": {"any": KEEPING},
    "cause": {"any": set()},  # of bodies in reach: tests/causes
    "counter": {"any": ENTERING},
    "counter_entered": {"any": ENTERING},
    "pile": {"any": ENTERING},
    "sheets": {"any": ENTERING},
    "pile_letter": {"any": set()},  # of one's own pile alone: test_counter_letters
    "pile_page": {"any": set()},
    "answer_letter": {"in_unit": set()},  # of reports that came on paper: test_counter_letters
    "key": {"any": {"investigator"}},
    "key_make": {"any": {"investigator"}},
    "key_change": {"any": {"investigator"}},
    "key_code": {"any": {"investigator"}},
    "key_give_up": {"any": {"investigator"}},
    "recovery": {"any": set()},  # for custodians: test_recovery_pages
    "recovery_new": {"any": set()},
    "recovery_one": {"any": set()},
}
# Addresses of forms: opened without a form they lead to the page that has it.
FORMS: dict[str, dict[str, set[str]]] = {
    "dispose": {"any": OFFICERS},
    "act": {"in_unit": CITY, "sealed": {"investigator"}},
    "counter_review": {"any": ENTERING},  # a key that is not one's own leads to the list of what one entered
    "mass_join": {"in_unit": {"admin", "national"}},
    "identity": {"any": set()},
    "identity_delay": {"any": set()},
    "identity_look": {"any": set()},
}
# Addresses that only take a form, and show nothing.
SENT = {
    "quality_close",
    "settle",
    "photo",
    "take_file",
    "key_unlock",
    "key_lock",
    "key_hand_on",
    "recovery_renew",
    "counter_pin",
    "counter_done",
    "pile_drop",
    "pile_take_back",
}
BOTH = {
    "cause",
    "cause_new",
    "quality",
    "quality_answer",
    "key_make",
    "key_change",
    "key_code",
    "key_give_up",
    "recovery_new",
    "recovery_one",
    "counter",
    "pile",
    "pile_letter",
    "sheets",
}  # a page and its form


def make(stage: Stage, name: str) -> Report:
    return file_report()[0] if name == "any" else getattr(lives, name)(stage)


def address(name: str, report: Report) -> str:
    match name:
        case "identity" | "identity_delay" | "identity_look":
            return reverse(f"desk:{name}", args=[uuid4()])
        case "counter_review" | "counter_pin" | "counter_done" | "pile_letter" | "pile_drop" | "pile_take_back":
            return reverse(f"desk:{name}", args=[uuid4()])
        case "quality_sample" | "quality_close" | "cause":
            return reverse(f"desk:{name}", args=[1])
        case "quality_answer":
            return reverse("desk:quality_answer", args=[1, 1])
        case "pile_page":
            return reverse("desk:pile_page", args=[uuid4(), 1])
        case "answer_letter":
            return reverse("desk:answer_letter", args=[report.code, 1])
        case "recovery_one":
            return reverse("desk:recovery_one", args=[1])
        case "photo":
            return reverse("desk:photo", args=[report.code, uuid4()])
        case "settle" | "take_file":
            return reverse(f"desk:{name}", args=[report.code])
        case _ if name in SENT or "any" in (TABLE | FORMS)[name]:
            return reverse(f"desk:{name}")
        case "file":
            public = bytes(report.seal_public) if report.seal_public else None
            photo = keep(a_photo(), name="foto.jpg", pending=pending_key(), now=MONDAY, public=public)
            Attachment.objects.filter(pk=photo.pk).update(report=report, pending=None)
            return reverse("desk:file", args=[photo.key])
        case "letter":
            return reverse("desk:letter", args=[report.code, letter_of(report).pk])
        case "act":
            return reverse("desk:act", args=[report.code, "note"])
        case _:
            return reverse(f"desk:{name}", args=[report.code])


def test_every_address_of_the_room_has_a_row() -> None:
    assert {pattern.name for pattern in urls.urlpatterns} == set(TABLE) | set(FORMS) | SENT


@pytest.mark.parametrize(("name", "on"), [(name, on) for name, rows in (TABLE | FORMS).items() for on in rows])
def test_who_gets_which_answer(office: Office, stage: Stage, name: str, on: str) -> None:
    report = make(stage, on)
    url = address(name, report)
    allowed = (TABLE | FORMS)[name][on]
    good = 302 if name in FORMS else 200
    wrong: dict[str, Any] = {}
    for role in ROLES:
        answer = office(role).get(url)
        expected = 302 if role == "visitor" else good if role in allowed else 404
        if answer.status_code != expected:
            wrong[role] = answer.status_code
        if role == "visitor":
            assert answer["Location"].startswith(f"{reverse('account_login')}?next=")
        if role not in allowed:
            assert answer.streaming or TEXT not in text_of(answer)
    assert not wrong


@pytest.mark.parametrize(("name", "on"), [(name, on) for name, rows in (TABLE | FORMS).items() for on in rows])
def test_nothing_of_the_room_is_kept_by_a_cache(office: Office, stage: Stage, name: str, on: str) -> None:
    url = address(name, make(stage, on))
    for role in ("visitor", *sorted((TABLE | FORMS)[name][on])[:1]):
        assert office(role).get(url)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", [*TABLE, *FORMS, *SENT])
def test_a_method_that_an_address_does_not_know_changes_nothing(office: Office, stage: Stage, name: str) -> None:
    report = make(stage, "lettered" if name == "letter" else "in_unit")
    url = address(name, report)
    before = report.events.count()
    unknown = ["put", "delete"]
    unknown += ["post"] if name in TABLE and name not in BOTH else []
    unknown += ["get"] if name in SENT else []
    for method in unknown:
        assert office("national").generic(method.upper(), url).status_code == 405
    assert report.events.count() == before


def test_a_citizen_with_an_account_has_no_desk(stage: Stage) -> None:
    citizen = User.objects.create_user("pelapor@uji.invalid", name="Pelapor Uji Berakun")
    client = Client()
    client.force_login(citizen)
    report = lives.in_unit(stage)
    for url in (reverse("desk:queue"), reverse("desk:case", args=[report.code])):
        assert client.get(url).status_code == 404


def test_an_officer_without_a_second_factor_is_sent_to_set_one_up(stage: Stage) -> None:
    client = Client()
    open_set_up(user=stage.people["admin"], by=None, now=MONDAY)
    client.force_login(stage.people["admin"])
    report = lives.received(stage)
    for url in (reverse("desk:queue"), reverse("desk:case", args=[report.code])):
        answer = client.get(url)
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))


def test_an_officer_who_left_sees_nothing_any_more(office: Office, stage: Stage) -> None:
    report = lives.assigned(stage)
    assert office.case("liaison", report).status_code == 200
    stage.people["liaison"].memberships.update(ends_on=MONDAY.date())
    assert office.case("liaison", report).status_code == 404
    assert report.title not in text_of(office("liaison").get("/meja/"))


def test_signing_in_with_password_and_code_leads_to_the_desk(stage: Stage) -> None:
    person = stage.people["admin"]
    person.set_password("kata sandi uji yang panjang")
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": encrypt(SECRET)})
    report, client = lives.received(stage), Client()
    url = reverse("desk:case", args=[report.code])
    first = client.post(
        f"{reverse('account_login')}?next={url}", {"login": person.email, "password": "kata sandi uji yang panjang"}
    )
    assert report.title not in text_of(client.get(url)), "the password alone opens nothing"
    code = format_hotp_value(hotp_value(SECRET, int(MONDAY.timestamp()) // 30))
    second = client.post(first["Location"], {"code": code}, follow=True)
    assert second.redirect_chain[-1][0] == url
    assert report.title in text_of(second)
