"""Filing through the API: the same action as the form, errors that name their field, retries that make one report."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lapor.lib.codes import is_code
from lapor.reports import own, visits
from lapor.reports.models import Report
from lapor.vault import investigators
from tests.cast import MONDAY, TEXT, Stage

GOOD = {
    "text": TEXT,
    "region": "64.72.05",
    "category": "jalan_jembatan",
    "name": "Pelapor Uji",
    "phone": "0812 3456 7890",
}
KEY = "kunci-uji-0123456789"


def post(client: Client, body: Any, *, key: str = "", language: str = "id") -> Any:
    headers = {"Accept-Language": language} | ({"Idempotency-Key": key} if key else {})
    data = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return client.post("/api/v1/reports", data, content_type="application/json", headers=headers)


def test_a_filed_report_answers_201_with_code_pin_due_date_and_body(stage: Stage, client: Client) -> None:
    answer = post(client, GOOD)
    assert answer.status_code == 201
    got = json.loads(answer.content)
    assert is_code(got["code"])
    assert got["verifier"]["slug"] == stage.city_inspectorate.slug
    assert got["due_at"] > got["verify_by"]
    assert own.prove(code=got["code"], pin=got["pin"], now=MONDAY).report_id == Report.objects.get().pk
    assert answer["Cache-Control"] == "no-store"


def test_without_an_agency_it_is_routed_like_one_from_the_form(stage: Stage, client: Client) -> None:
    got = json.loads(post(client, GOOD).content)
    assert got["agency"] == {"slug": stage.roads.slug, "name": stage.roads.name}
    assert got["reason"]
    report = Report.objects.get()
    assert (report.proposed_agency, report.channel) == (stage.roads, "api")


def test_officers_read_the_reason_in_indonesian_whatever_language_the_caller_reads(
    stage: Stage, client: Client
) -> None:
    told = json.loads(post(client, GOOD, language="en").content)["reason"]
    kept = Report.objects.get().proposal_reason
    assert told != kept
    post(client, GOOD)
    assert Report.objects.latest("pk").proposal_reason == kept


def test_the_same_key_gives_one_report_and_the_same_pin(stage: Stage, client: Client) -> None:
    first, again = post(client, GOOD, key=KEY), post(client, GOOD, key=KEY)
    assert (first.status_code, again.status_code) == (201, 200)
    one, two = json.loads(first.content), json.loads(again.content)
    assert (one["code"], one["pin"]) == (two["code"], two["pin"])
    assert Report.objects.count() == 1


def test_a_used_key_with_other_content_is_a_conflict_that_tells_nothing(stage: Stage, client: Client) -> None:
    first = json.loads(post(client, GOOD, key=KEY).content)
    answer = post(client, GOOD | {"text": "Isi lain yang cukup panjang untuk diterima."}, key=KEY)
    assert answer.status_code == 409
    assert first["code"].encode() not in answer.content


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"text": "pendek"}, "/text"),
        ({"text": "x" * 20_001}, "/text"),
        ({"kind": "gosip"}, "/kind"),
        ({"region": "99.99"}, "/region"),
        ({"region": "Samarinda"}, "/region"),
        ({"category": "tidak-ada"}, "/category"),
        ({"agency": "tidak-ada"}, "/agency"),
        ({"phone": "12"}, "/phone"),
        ({"email": "bukan"}, "/email"),
        ({"occurred_on": "2999-01-01"}, "/occurred_on"),
        ({"latitude": 99}, "/latitude"),
        ({"unknown": 1}, "/unknown"),
    ],
)
def test_a_wrong_field_is_named_by_its_path(stage: Stage, client: Client, change: dict[str, Any], pointer: str) -> None:
    answer = post(client, GOOD | change)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert pointer in [error["pointer"] for error in json.loads(answer.content)["errors"]]
    assert Report.objects.count() == 0


@pytest.mark.parametrize(("body", "status"), [("{", 400), (b"\xff\xfe", 400), ("[]", 422), ('{"text": null}', 422)])
def test_a_body_that_is_no_report_is_refused_kindly(stage: Stage, client: Client, body: Any, status: int) -> None:
    assert post(client, body).status_code == status


def test_another_content_type_and_method_are_refused(stage: Stage, client: Client) -> None:
    assert client.post("/api/v1/reports", "text=x", content_type="text/plain").status_code == 415
    assert client.post("/api/v1/reports", {"text": "x"}).status_code == 400, "a form without the part `report`"
    answer = client.delete("/api/v1/reports/4827193056")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"


def test_a_short_idempotency_key_is_refused(stage: Stage, client: Client) -> None:
    assert post(client, GOOD, key="1").status_code == 400


def test_whistleblowing_through_the_api_is_sealed(stage: Stage, client: Client) -> None:
    answer = post(client, GOOD | {"kind": "whistleblowing"}).json()
    report = Report.objects.get()
    assert (report.visibility, report.is_anonymous, report.text) == ("sealed", True, "")
    assert (answer["code"], answer["pin"]) == ("", "") and report.code not in str(answer)
    assert visits.visit(answer["receipt"], now=timezone.now())


def test_a_sealed_report_is_refused_where_nobody_could_open_it(stage: Stage, client: Client) -> None:
    investigators.retire(owner_id=stage.people["investigator"].pk, now=MONDAY)
    answer = post(client, GOOD | {"kind": "whistleblowing"})
    assert answer.status_code == 422 and "KPK" in answer.content.decode()
    assert not Report.objects.exists()


def test_whom_a_report_accuses_does_not_receive_it(stage: Stage, client: Client) -> None:
    accused = [{"agency": stage.city_inspectorate.slug, "name": "Kepala Loket Uji"}]
    answer = post(client, GOOD | {"accused": accused, "agency": stage.city_inspectorate.slug})
    got = json.loads(answer.content)
    assert answer.status_code == 201
    assert got["verifier"]["slug"] == stage.province_inspectorate.slug
    assert got["agency"] is None or got["agency"]["slug"] != stage.city_inspectorate.slug
    report = Report.objects.get()
    assert (report.holder, report.proposed_agency_id) == (stage.province_inspectorate, None)
    assert report.namings.get().agency == stage.city_inspectorate


@pytest.mark.parametrize(
    ("accused", "pointer"),
    [
        ({"agency": "tidak-ada"}, "/accused/0/agency"),
        ({"unit": "Loket Tiga"}, "/accused/0/agency"),
        ({"name": " "}, "/accused/0"),
    ],
)
def test_an_accusation_of_nobody_names_its_field(
    stage: Stage, client: Client, accused: dict[str, str], pointer: str
) -> None:
    answer = post(client, GOOD | {"accused": [accused]})
    assert answer.status_code == 422
    assert [error["pointer"] for error in json.loads(answer.content)["errors"]] == [pointer]
    assert not Report.objects.exists()


def test_a_retry_that_accuses_somebody_else_is_another_report(stage: Stage, client: Client) -> None:
    first = post(client, GOOD | {"accused": [{"name": "Orang Uji Satu"}]}, key=KEY)
    again = post(client, GOOD | {"accused": [{"name": "Orang Uji Satu"}]}, key=KEY)
    other = post(client, GOOD | {"accused": [{"name": "Orang Uji Dua"}]}, key=KEY)
    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
