"""One table says what every address answers; a secret report and one that does not exist answer alike."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from lapor.reports import actions
from tests.cast import MONDAY, Stage, file_report, reporter, to_answered, to_assigned
from tests.public.exits import NAMES, OF_A_REPORT, TABLE, UNKNOWN_CODE, address
from tests.public.page import without_tokens
from tests.transparency.steps import read_all


def test_every_address_has_its_row() -> None:
    assert set(TABLE) == NAMES, "write down what the new address answers to a visitor"


@pytest.mark.parametrize("name", TABLE)
def test_a_visitor_is_answered_as_the_table_says(stage: Stage, client: Client, name: str) -> None:
    path = address(name, stage)
    assert (client.get(path).status_code, client.post(path).status_code) == (TABLE[name].get, TABLE[name].post)


def test_a_published_report_is_answered_as_the_table_says(stage: Stage, client: Client) -> None:
    report, _ = file_report()
    to_answered(stage, report)
    read_all()
    answers = {name: client.get(address(name, stage, code=report.code)).status_code for name in OF_A_REPORT}
    assert answers == {name: TABLE[name].published for name in OF_A_REPORT}


def _received(stage: Stage) -> str:
    return file_report()[0].code


def _confidential(stage: Stage) -> str:
    report, _ = file_report(is_confidential=True)
    return to_answered(stage, report).code


def _whistleblowing(stage: Stage) -> str:
    return file_report(kind="whistleblowing")[0].code


def _made_confidential(stage: Stage) -> str:
    report, _ = file_report()
    to_answered(stage, report)
    read_all()
    actions.ask_secrecy(
        report_id=report.pk, is_anonymous=False, is_confidential=True, actor=reporter(report), now=MONDAY
    )
    return report.code


def _withdrawn(stage: Stage) -> str:
    report, _ = file_report()
    to_assigned(stage, report)
    actions.withdraw(report_id=report.pk, reason="", actor=reporter(report), now=MONDAY)
    return report.code


@pytest.mark.parametrize(
    "hidden",
    [_received, _confidential, _whistleblowing, _made_confidential, _withdrawn],
    ids=lambda made: made.__name__,
)
def test_what_is_not_public_answers_like_a_code_that_does_not_exist(stage: Stage, hidden: Any) -> None:
    code = hidden(stage)
    read_all()
    for name in OF_A_REPORT:
        for method in ("get", "post", "head"):
            assert _answer(method, name, stage, code) == _answer(method, name, stage, UNKNOWN_CODE), (method, name)
    for path in ("/laporan/?q={}", "/api/v1/reports/{}", "/api/v1/reports?q={}"):
        seen, unknown = (Client().get(path.format(code)) for code in (code, UNKNOWN_CODE))
        assert _same(seen, code) == _same(unknown, UNKNOWN_CODE), path


def _answer(method: str, name: str, stage: Stage, code: str) -> Any:
    return _same(getattr(Client(), method)(address(name, stage, code=code), {"text": "Kunjungan uji"}), code)


def _same(response: Any, code: str) -> Any:
    """Status, headers and body, with this code taken out of them."""
    headers = {name: value.replace(code, "CODE") for name, value in response.headers.items() if name != "Expires"}
    body = without_tokens(response.content.decode())
    return (
        response.status_code,
        headers,
        body.replace(code, "CODE").replace(_shown(code), "CODE"),
        set(response.cookies),
    )


def _shown(code: str) -> str:
    return re.sub(r"(\d{4})(\d{3})(\d{3})", r"\1 \2 \3", code)


@pytest.mark.parametrize(
    "code", ["0000000000", "4827193057", "x", "%00", "4" * 4000, "..%2f..", "4827193056%0d%0aX-A:b"]
)
def test_a_code_that_is_none_breaks_nothing(stage: Stage, client: Client, code: str) -> None:
    assert client.get(f"/laporan/{code}/").status_code == 404
    assert client.get(f"/lacak/{code}/").status_code in {302, 404, 405}
    client.force_login(stage.people["stranger"])
    assert client.get(f"/lacak/{code}/").status_code in {302, 404, 405}


def test_a_code_typed_with_blanks_leads_to_the_one_address_of_the_report(stage: Stage, client: Client) -> None:
    report, _ = file_report()
    to_assigned(stage, report)
    read_all()
    answer = client.get(f"/laporan/{report.code[:4]}-{report.code[4:7]} {report.code[7:]}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/laporan/{report.code}/")
