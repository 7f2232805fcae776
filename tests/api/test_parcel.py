"""A report with its photos in one request: both or neither, and once, however often a telephone tries."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from lapor.reports import visits
from lapor.reports.models import Attachment, Report
from tests.cast import TEXT, Stage
from tests.public.citizen import named, photo
from tests.samples import EICAR

KEY = "kunci-uji-0123456789"


def post(client: Client, *files: BytesIO, key: str = KEY, **changes: Any) -> Any:
    body = {"report": json.dumps({"text": TEXT} | changes), "files": list(files)}
    return client.post("/api/v1/reports", body, headers={"Idempotency-Key": key})


def test_photos_come_with_their_report(stage: Stage, client: Client) -> None:
    answer = post(client, photo(), photo(size=(80, 60)))
    assert answer.status_code == 201, answer.content
    assert Report.objects.get().attachments.count() == 2


def test_a_photo_alone_says_something(stage: Stage, client: Client) -> None:
    assert post(client, photo(), text="").status_code == 201
    assert post(client, text="", key=KEY + "2").status_code == 422


def test_a_retry_after_a_lost_answer_is_the_same_report_with_the_same_photos(stage: Stage, client: Client) -> None:
    first, again = post(client, photo()).json(), post(client, photo())
    assert again.status_code == 200
    assert (first["code"], first["pin"]) == (again.json()["code"], again.json()["pin"])
    assert Report.objects.count() == 1
    assert Attachment.objects.count() == 1, "files of a retry are not kept"


def test_a_retry_finds_its_report_although_another_category_is_proposed_by_now(stage: Stage, client: Client) -> None:
    first = post(client, category=None).json()
    again = post(client, category=stage.category.slug)  # as if the model had been trained anew meanwhile
    assert again.status_code == 200 and again.json()["pin"] == first["pin"]


@pytest.mark.parametrize("bad", [b"bukan gambar", EICAR, b""], ids=["words", "not-a-picture", "empty"])
def test_a_bad_file_is_named_and_nothing_is_filed(stage: Stage, client: Client, bad: bytes) -> None:
    answer = post(client, photo(), named(bad, "rusak.jpg"))
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "/files/1" and "rusak.jpg" in error["detail"]
    assert Report.objects.count() == Attachment.objects.count() == 0


def test_the_sixth_file_is_refused(stage: Stage, client: Client) -> None:
    answer = post(client, *[photo() for _ in range(6)])
    assert answer.status_code == 422 and answer.json()["errors"][0]["pointer"] == "/files/5"


def test_photos_of_a_report_that_is_refused_are_not_kept(stage: Stage, client: Client) -> None:
    assert post(client, photo(), text="x" * 20_001).status_code == 422
    assert post(client, photo()).status_code == 201
    refused = post(client, photo(), text=f"Lain sama sekali. {TEXT}")
    assert refused.status_code == 409
    assert Attachment.objects.filter(report=None).count() == 0


def test_photos_of_whistleblowing_are_sealed(stage: Stage, client: Client) -> None:
    answer = post(client, photo(), kind="whistleblowing", region="64.72.05").json()
    file = Report.objects.get().attachments.get()
    assert file.sealed is not None and file.name == ""
    with default_storage.open(file.stored_as, "rb") as kept:
        assert not kept.read().startswith(b"\xff\xd8")
    assert visits.visit(answer["receipt"], now=timezone.now())


def test_a_form_that_breaks_off_is_refused_kindly(stage: Stage, client: Client) -> None:
    answer = client.post("/api/v1/reports", b"--x\r\nContent", content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"
