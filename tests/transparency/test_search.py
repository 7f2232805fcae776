from __future__ import annotations

from datetime import timedelta

import pytest

from lapor.reports.models import Report
from lapor.transparency import shelf
from lapor.transparency.alike import similar
from lapor.transparency.models import PublicReport, Word
from lapor.transparency.search import search
from lapor.transparency.vocabulary import forget
from tests.cast import MONDAY, Stage, file_report, to_assigned
from tests.transparency.steps import read_all

ROAD = "Jalan di depan pasar berlubang dalam dan sudah dua orang jatuh dari motor."
LIGHT = "Lampu penerangan jalan umum padam sejak seminggu, gelap dan rawan kecelakaan."
WATER = "Air ledeng tidak mengalir tiga hari, warga kesulitan memasak dan mandi."


@pytest.fixture
def three(stage: Stage) -> dict[str, str]:
    """Three public reports: road (oldest), light, water (newest)."""
    codes = {}
    for hours, (name, text) in enumerate({"road": ROAD, "light": LIGHT, "water": WATER}.items()):
        report, _ = file_report(text=text, title="", now=MONDAY + timedelta(hours=hours))
        to_assigned(stage, report, now=MONDAY + timedelta(hours=hours))
        codes[name] = report.code
    read_all()
    return codes


def found(**asked: object) -> list[str]:
    return [row.code for row in search(**asked).rows]  # type: ignore[arg-type]


def test_another_form_of_a_word_finds_it(three: dict[str, str]) -> None:
    assert found(q="pengaliran air") == [three["water"]]
    assert found(q="LUBANG") == [three["road"]]


def test_stop_words_are_not_asked_for(three: dict[str, str]) -> None:
    assert found(q="yang lampu di dan itu") == [three["light"]]


def test_all_words_must_be_there(three: dict[str, str]) -> None:
    assert found(q="jalan") == [three["light"], three["road"]]
    assert found(q="jalan lampu") == [three["light"]]


def test_a_typing_error_is_understood_and_said(three: dict[str, str]) -> None:
    page = search(q="lampuu penerangn")
    assert [row.code for row in page.rows] == [three["light"]]
    assert page.meant == "lampu penerangan"


def test_when_none_has_all_words_those_with_some_are_offered(three: dict[str, str]) -> None:
    page = search(q="lampu motor")
    assert page.is_loose
    assert {row.code for row in page.rows} == {three["light"], three["road"]}


def test_what_is_nowhere_finds_nothing(three: dict[str, str]) -> None:
    page = search(q="xylofon")
    assert (page.rows, page.meant, page.is_loose) == ([], "", False)


def test_a_place_or_a_body_is_found_by_name(three: dict[str, str]) -> None:
    assert len(found(q="samarinda")) == 3
    assert found(q="lampu samarinda") == [three["light"]]


def test_the_mask_of_a_number_is_no_word_of_the_report(stage: Stage) -> None:
    report, _ = file_report(text=f"{ROAD} Hubungi 081299887766.", title="")
    to_assigned(stage, report)
    read_all()
    assert "[nomor telepon]" in shelf.one(report.code).text
    assert found(q="telepon") == []


def test_a_code_finds_its_report(three: dict[str, str]) -> None:
    code = three["water"]
    assert found(q=f"{code[:4]} {code[4:7]} {code[7:]}") == [code]


@pytest.mark.parametrize(
    "asked",
    [
        {"region": "64"},
        {"region": "64.72"},
        {"region": "64.72.05"},
        {"agency": "dinas-pupr-kota-samarinda"},
        {"category": "jalan_jembatan"},
        {"kind": "complaint"},
        {"state": "assigned"},
        {"bucket": "proses"},
        {"since": MONDAY.date(), "until": MONDAY.date()},
    ],
)
def test_a_filter_keeps_what_fits(three: dict[str, str], asked: dict[str, object]) -> None:
    assert found(**asked) == [three["water"], three["light"], three["road"]]


@pytest.mark.parametrize(
    "asked",
    [
        {"region": "32"},
        {"region": "64.02"},
        {"region": "64.72.0"},
        {"agency": "pln"},
        {"agency": "no-such-body"},
        {"category": "listrik"},
        {"kind": "aspiration"},
        {"state": "closed"},
        {"bucket": "selesai"},
        {"since": MONDAY.date() + timedelta(days=1)},
        {"until": MONDAY.date() - timedelta(days=1)},
    ],
)
def test_a_filter_leaves_out_what_does_not_fit(three: dict[str, str], asked: dict[str, object]) -> None:
    assert found(**asked) == []


@pytest.mark.parametrize("sort", ["newest", "supported"])
def test_pages_follow_each_other_and_lead_back(three: dict[str, str], sort: str) -> None:
    shelf.support(three["light"], "somebody", now=MONDAY)
    every = found(sort=sort)
    pages = [search(sort=sort, limit=1)]  # type: ignore[arg-type]
    while pages[-1].next_cursor:
        pages.append(search(sort=sort, limit=1, cursor=pages[-1].next_cursor))  # type: ignore[arg-type]
    assert [page.rows[0].code for page in pages] == every
    assert pages[0].previous_cursor == ""
    back = search(sort=sort, limit=1, cursor=pages[-1].previous_cursor)  # type: ignore[arg-type]
    assert [row.code for row in back.rows] == [every[1]]
    first = search(sort=sort, limit=1, cursor=back.previous_cursor)  # type: ignore[arg-type]
    assert [row.code for row in first.rows] == [every[0]]
    assert first.previous_cursor == ""
    if sort == "supported":
        assert every[0] == three["light"]


@pytest.mark.parametrize("cursor", ["x", "n~", "nabc~1234567890", "n" + "9" * 40 + "~1234567890", "p1~x", "\0"])
def test_a_cursor_that_cannot_be_read_gives_the_first_page(three: dict[str, str], cursor: str) -> None:
    assert len(found(cursor=cursor)) == 3


def test_a_zero_byte_or_an_impossible_date_is_no_error(three: dict[str, str]) -> None:
    assert found(agency="a\0b") == []
    assert found(q="\0") == found()
    far = MONDAY.date().replace(year=9999, month=12, day=31)
    assert len(found(until=far)) == 3
    assert found(since=far) == []


def test_archived_reports_come_only_when_asked_for(three: dict[str, str]) -> None:
    Report.objects.filter(code=three["road"]).update(state="archived")
    read_all()
    assert three["road"] not in found()
    assert found(state="archived") == [three["road"]]
    assert found(state="archived", q="lubang") == []  # published without its words


def test_similar_reports_of_the_same_place_are_shown_best_first(three: dict[str, str]) -> None:
    rows = similar("Ada lubang besar di jalan dekat pasar, motor sering jatuh", region="64.72.05")
    assert rows[0].code == three["road"]
    assert similar("lubang jalan pasar", region="32.04") == []
    assert similar("yang dan di", region="64.72") == []


def test_newest_and_most_supported(three: dict[str, str]) -> None:
    assert [row.code for row in shelf.newest(2)] == [three["water"], three["light"]]
    assert shelf.most_supported() == []
    shelf.support(three["road"], "somebody", now=MONDAY)
    assert [row.code for row in shelf.most_supported()] == [three["road"]]


def test_words_of_a_copy_that_was_taken_back_are_forgotten(three: dict[str, str]) -> None:
    before = set(Word.objects.values_list("stem", flat=True))
    PublicReport.objects.filter(code=three["water"]).delete()
    assert forget() > 0
    after = set(Word.objects.values_list("stem", flat=True))
    assert after < before
    assert found(q="ledeng") == []
