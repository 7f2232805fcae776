"""Open data of a night: whole or not there, the published columns, and nothing else in reach."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.db import connection
from django.test import Client
from pypdf import PdfReader

from lapor.agencies.models import Region
from lapor.channels.opendata.columns import COLUMNS, harmless
from lapor.editions import monthly, shelf, writing
from lapor.editions.models import Edition, Monthly, Part
from lapor.reports import actions
from lapor.reports.models import Event, Report
from lapor.statistics import count
from lapor.transparency import publish
from tests.cast import MONDAY, Stage, file_report, reporter, to_assigned

TOMORROW = MONDAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def place(stage: Stage, own_data: Path) -> Path:
    """A folder of its own for what is written."""
    return own_data


@pytest.fixture
def reports(stage: Stage) -> list[Report]:
    return [to_assigned(stage, file_report()[0]) for _ in range(3)]


def published() -> None:
    publish.consume(list(Event.objects.select_related("report").order_by("id")))


def steps() -> Iterator[None]:
    while writing.step(now=MONDAY):
        yield


def fetch(name: str) -> bytes:
    answer: Any = Client().get(f"/data-terbuka/{name}")
    assert answer.status_code == 200, name
    return b"".join(answer.streaming_content)


def parquet_in(data: bytes) -> list[dict[str, Any]]:
    """Read by somebody else's reader."""
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        file.write(data)
        file.flush()
        found = duckdb.read_parquet(file.name)
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def rows_in(data: bytes) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = sorted(name for name in file.namelist() if name.endswith(".csv") and name != shelf.DICTIONARY)
        rows = [row for name in names for row in csv.DictReader(io.StringIO(file.read(name).decode()))]
        lines = [file.read(name.replace(".csv", ".jsonl")).decode().splitlines() for name in names]
        assert [json.loads(line)["TrackingID"] for ones in lines for line in ones] == [
            row["TrackingID"] for row in rows
        ]
        packed = [row for name in names for row in parquet_in(file.read(name.replace(".csv", ".parquet")))]
        assert packed == [json.loads(line) for ones in lines for line in ones]
        assert [{name: harmless(cell) for name, cell in row.items()} for row in packed] == rows
        assert {"BACA-SAYA.txt", shelf.DICTIONARY} <= set(file.namelist())
    return rows


def test_an_edition_is_served_once_it_is_whole_in_pieces_with_the_published_columns(
    reports: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "CHUNK", 2)
    actions.ask_secrecy(
        report_id=reports[2].pk, is_anonymous=False, is_confidential=True, actor=reporter(reports[2]), now=MONDAY
    )
    published()
    work = steps()
    next(work)
    assert Client().get("/data-terbuka/lapor-semua.zip").status_code == 404
    list(work)
    rows = rows_in(fetch("lapor-semua.zip"))
    assert {row["TrackingID"] for row in rows} == {reports[0].code, reports[1].code}
    assert tuple(rows[0]) == COLUMNS
    by_place = Part.objects.exclude(year=None).get()
    assert by_place.name.startswith("lapor-64-kalimantan-timur") and rows_in(fetch(f"{by_place.name}.zip")) == rows
    sums = dict(line.split("  ")[::-1] for line in fetch("SHA256SUMS").decode().splitlines())
    assert sums["lapor-semua.zip"] == hashlib.sha256(fetch("lapor-semua.zip")).hexdigest()
    assert by_place.name in Client().get("/data-terbuka/").content.decode()


def test_an_edition_has_the_figures_of_regencies_with_small_numbers_held_back(reports: list[Report]) -> None:
    published()
    count.consume(list(Event.objects.select_related("report").order_by("id")))
    list(steps())
    data = fetch("lapor-kabupaten-kota.geojson")
    found = json.loads(data)
    assert len(found["features"]) == Region.objects.filter(level=2).count()
    here = next(one["properties"] for one in found["features"] if one["id"] == "64.72")
    assert here["received"] is None and here["why_null"]["received"] == "hidden"
    assert f"{hashlib.sha256(data).hexdigest()}  lapor-kabupaten-kota.geojson" in fetch("SHA256SUMS").decode()
    keys = {
        row["column"].removeprefix("geojson: ") for row in csv.DictReader(io.StringIO(fetch("kamus-data.csv").decode()))
    }
    assert set(here) <= keys
    assert "lapor-kabupaten-kota.geojson" in Client().get("/data-terbuka/").content.decode()


def test_the_last_edition_stays_until_the_next_is_whole_and_loses_what_became_secret(reports: list[Report]) -> None:
    published()
    list(steps())
    actions.ask_secrecy(
        report_id=reports[0].pk, is_anonymous=False, is_confidential=True, actor=reporter(reports[0]), now=MONDAY
    )
    published()
    assert writing.step(now=TOMORROW) == 1
    assert len(rows_in(fetch("lapor-semua.zip"))) == 3
    old = writing.folder(Edition.objects.get(day=MONDAY.date()))
    while writing.step(now=TOMORROW):
        pass
    assert len(rows_in(fetch("lapor-semua.zip"))) == 2
    assert Edition.objects.count() == 1 and old != writing.folder(Edition.objects.get())


def test_a_step_that_was_cut_short_is_begun_anew(reports: list[Report], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "CHUNK", 2)
    published()
    writing.step(now=MONDAY)
    part = Part.objects.get(year=None)
    path = writing.folder(part.edition) / f"{part.name}.zip"
    path.write_bytes(path.read_bytes()[:-30])
    list(steps())
    assert len(rows_in(fetch("lapor-semua.zip"))) == 3


@pytest.mark.django_db(transaction=True)
def test_an_edition_that_another_worker_begins_meanwhile_is_gone_on_with(stage: Stage) -> None:
    others: list[threading.Thread] = []

    def begin() -> None:
        writing.step(now=MONDAY)
        connection.close()

    def meanwhile(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        if not others and "editions_edition" in sql:  # we have looked, and there was none
            others.append(threading.Thread(target=begin))
            others[0].start()
            others[0].join(30)
        return answer

    with connection.execute_wrapper(meanwhile):
        list(steps())
    assert not others[0].is_alive()
    assert writing.folder(Edition.objects.get()).is_dir() and fetch("lapor-semua.zip")


@pytest.mark.parametrize("name", ["..%2f..%2fkeys", "lapor-semua", "x.pdf", "SHA256SUMS.zip", ""])
def test_no_address_reaches_any_other_file(stage: Stage, name: str) -> None:
    list(steps())
    assert Client().get(f"/data-terbuka/{name}").status_code in ({200} if not name else {404})


def test_the_monthly_report_is_made_once_in_two_languages_and_can_be_read_out(reports: list[Report]) -> None:
    published()
    november = MONDAY + timedelta(days=30)
    assert (monthly.make_due(now=november), monthly.make_due(now=november)) == (2, 0)
    for row in Monthly.objects.all():
        pdf = PdfReader(io.BytesIO(fetch(row.name)))
        catalog: Any = pdf.trailer["/Root"]
        assert catalog["/Lang"] == row.language and catalog["/MarkInfo"]["/Marked"]
        kids = [kid.get_object() for kid in catalog["/StructTreeRoot"]["/K"][0].get_object()["/K"]]
        kinds = [str(kid["/S"]) for kid in kids]
        assert kinds[0] == "/H1" and kinds.count("/H2") == 5 and "/P" in kinds and kinds[-1] == "/L"
        pictures = [kid for kid in kids if kid["/S"] == "/Figure"]
        assert kinds.count("/Table") == 3 and len(pictures) == 1 and "3" in str(pictures[0]["/Alt"])
        assert "LAPOR" in pdf.pages[0].extract_text()
