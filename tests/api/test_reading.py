"""Reading through the API: published copies only, by cursor; places, bodies, categories; health."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from lapor.reports import actions
from tests.cast import MONDAY, Stage, file_report, to_answered, to_assigned
from tests.transparency.steps import read_all


def get(client: Client, path: str, **query: Any) -> Any:
    answer = client.get(path, query)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def test_only_published_copies_are_read_and_never_the_reporters_name(stage: Stage, client: Client) -> None:
    shown = file_report(name="Kenari Uji Canary")[0]
    secret = file_report(is_confidential=True, text="Rahasia uji canary yang tidak boleh tampil di mana pun.")[0]
    to_answered(stage, shown)
    to_assigned(stage, secret)
    read_all()
    page = get(client, "/api/v1/reports")
    assert [row["code"] for row in page["results"]] == [shown.code]
    one = client.get(f"/api/v1/reports/{shown.code}").content.decode()
    assert "Kenari" not in one
    assert "Bidang Bina Marga" in one
    assert client.get(f"/api/v1/reports/{secret.code}").status_code == 404
    assert client.get("/api/v1/reports/4827193056").status_code == 404


def test_the_cursor_walks_over_every_report_once(stage: Stage, client: Client) -> None:
    codes = set()
    for _ in range(5):
        report = file_report()[0]
        actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
        codes.add(report.code)
    read_all()
    seen: list[str] = []
    url = "/api/v1/reports?limit=2"
    while url:
        page = json.loads(client.get(url).content)
        seen += [row["code"] for row in page["results"]]
        url = page["next"] and page["next"][page["next"].index("/api/") :]
    assert sorted(seen) == sorted(codes)


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "x"}, {"limit": "9" * 30}, {"since": "kemarin"}, {"sort": "acak"}]
)
def test_a_wrong_parameter_is_named(db: None, client: Client, query: dict[str, str]) -> None:
    answer = client.get("/api/v1/reports", query)
    assert answer.status_code == 422
    assert json.loads(answer.content)["errors"][0]["pointer"] == next(iter(query))


def test_places_bodies_and_categories_can_be_read(stage: Stage, client: Client) -> None:
    assert get(client, "/api/v1/regions", q="samarinda")["results"][0]["code"] == "64.72"
    assert [row["code"] for row in get(client, "/api/v1/regions")["results"]] == ["64"]
    assert {row["slug"] for row in get(client, "/api/v1/agencies", region="64.72")["results"]} >= {stage.roads.slug}
    assert get(client, "/api/v1/categories")["results"][0]["slug"] == "jalan_jembatan"


def test_health_says_alive_and_ready(stage: Stage, client: Client) -> None:
    assert client.get("/healthz").content == b"ok"
    assert get(client, "/readyz")["status"] == "ready"


def test_the_answer_speaks_the_callers_language(stage: Stage, client: Client) -> None:
    indonesian = client.get("/api/v1/reports", {"limit": "0"}, headers={"Accept-Language": "id"})
    english = client.get("/api/v1/reports", {"limit": "0"}, headers={"Accept-Language": "en"})
    assert indonesian.content != english.content
