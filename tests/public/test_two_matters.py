"""A report with two matters becomes two, and its reporter follows both with the proof of the first."""

from __future__ import annotations

from django.test import Client

from lapor.reports import actions
from lapor.reports.models import Report
from tests.cast import MONDAY, Stage, file_report


def split(stage: Stage, report: Report) -> Report:
    return actions.split(
        report_id=report.pk,
        text="Selain itu lampu jalan di sana mati semua.",
        title="Lampu jalan",
        actor=stage.officer("admin"),
        now=MONDAY,
    )


def test_the_second_report_opens_with_the_proof_of_the_first_and_for_nobody_else(stage: Stage, client: Client) -> None:
    report, receipt = file_report()
    part = split(stage, report)
    second = f"/lacak/{part.code}/"
    assert client.get(second).status_code == 302, "nothing was proved yet"
    proved = client.post("/lacak/", {"code": receipt.code, "pin": receipt.pin}, follow=True)
    assert second in proved.content.decode()
    assert "Lampu jalan" in client.get(second).content.decode()

    stranger, other = Client(), file_report()[1]
    stranger.post("/lacak/", {"code": other.code, "pin": other.pin})
    assert stranger.get(second).status_code == 302
