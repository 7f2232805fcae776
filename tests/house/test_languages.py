"""The reader chooses the language; what one government writes to another, or to its officers, stays Indonesian."""

from __future__ import annotations

import re
import zlib
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import translation

from config.place import BASE_DIR
from lapor.agencies.models import Category
from lapor.desk.letter import draw
from lapor.reports import actions
from lapor.reports.case import open_case
from lapor.reports.models import Report
from lapor.routing.propose import propose
from tests.cast import MONDAY, TEXT, file_report, set_stage

MOMENT = datetime(2026, 10, 3, 7, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_the_language_form_changes_words_and_the_language_of_the_page() -> None:
    set_stage()
    client = Client()
    assert b'<html lang="id">' in client.get("/").content
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    page = client.get("/").content
    assert b'<html lang="en">' in page
    assert b"Buat laporan" not in page


@pytest.mark.parametrize(
    ("language", "expected"), [("id", "3 Oktober 2026, 14.30 WIB"), ("en", "3 October 2026, 14:30 WIB")]
)
def test_a_moment_is_written_the_way_the_reader_writes_it(language: str, expected: str) -> None:
    with translation.override(language):
        assert Template('{{ at|date:"DATETIME_FORMAT" }}').render(Context({"at": MOMENT})) == expected


def test_no_template_writes_hours_in_letters_of_its_own() -> None:
    own = re.compile(r"""\|(?:date|time):["'][^"']*\b[GHgh][.:]i""")
    found = [str(path) for path in (BASE_DIR / "lapor").rglob("*.html") if own.search(path.read_text())]
    assert found == [], "use the names in config/formats: hours are written otherwise in English"


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_typed_date_begins_with_the_day_in_every_language(language: str) -> None:
    with translation.override(language):
        assert forms.DateField().clean("03/10/2026") == date(2026, 10, 3)


def test_a_category_is_called_in_the_readers_language() -> None:
    category = Category(name="Jalan dan jembatan", name_en="Roads and bridges")
    with translation.override("en"):
        assert str(category) == "Roads and bridges"
        assert str(Category(name="Baru, belum diterjemahkan")) == "Baru, belum diterjemahkan"
    with translation.override("id"):
        assert str(category) == "Jalan dan jembatan"


@pytest.mark.django_db
def test_a_letter_is_indonesian_even_when_its_officer_reads_english() -> None:
    stage = set_stage()
    report, _ = file_report(region_code="64.02")
    actor = stage.officer("province_admin")
    actions.verify(report_id=report.pk, actor=actor, now=MONDAY)
    actions.assign(report_id=report.pk, to=stage.regency_roads, actor=actor, now=MONDAY)
    letter = actions.hand_over(report_id=report.pk, actor=actor, now=MONDAY)
    case = open_case(actor, report.code, now=MONDAY)
    with translation.override("en"):
        written = _words(draw(case, next(one for one in case.hand_overs if one.pk == letter.pk)))
    assert "Tanggal" in written
    assert "Oktober 2026" in written


@pytest.mark.django_db
def test_officers_read_the_reason_of_a_proposal_in_indonesian_when_its_reporter_read_english() -> None:
    set_stage()
    client = Client(headers={"Accept-Language": "en"})
    told = {"kind": "complaint", "text": TEXT, "region": "64.72.05", "place_text": "Samarinda Utara"}
    review = client.post("/lapor/", told)["Location"]
    assert b"Check before you send" in client.get(review).content
    client.post(review)
    report = Report.objects.get()
    with translation.override("id"):
        assert report.proposal_reason == _reason(report)
    with translation.override("en"):
        assert report.proposal_reason != _reason(report)


def _reason(report: Report) -> str:
    return propose(
        text=report.text,
        kind=report.kind,
        category=None,
        region_code=report.region_id,
        agency_id=None,
        on=report.received_at.date(),
    ).reason


def _words(pdf: bytes) -> str:
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S)
    return b"".join(zlib.decompress(one) for one in streams if one[:1] == b"x").decode("latin-1")
