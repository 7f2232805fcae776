"""The queue as a page: filters that stay, numbers beside the lists, ticks that are not lost, several reports at once."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from lapor.lib.codes import new_code, show_code
from lapor.reports import actions
from lapor.reports.models import Report
from tests.cast import MONDAY, Stage, file_report, to_assigned
from tests.desk import office as lives
from tests.desk.office import Office, text_of, words_of

ALL_FILTERS = {
    "tab": "all", "q": "pasar", "state": "received", "kind": "complaint", "lateness": "week", "category": "jalan_jembatan",
    "region": "64.72", "agency": "dinas-pupr-kota-samarinda", "mine": "on",
}  # fmt: skip


def codes(answer: Any) -> list[str]:
    return re.findall(r'<h2><a href="/meja/(\d{10})/"', answer.content.decode())


def links(answer: Any) -> dict[str, tuple[str, int | None]]:
    """The lists at the side: label → address and number."""
    page = answer.content.decode()
    found = re.findall(r'<a href="([^"]+)"[^>]*><span>([^<]+)</span>(?:<span class="n">(\d+)</span>)?</a>', page)
    return {label: (unescape(url), int(n) if n else None) for url, label, n in found}


def many(stage: Stage, number: int) -> None:
    example = file_report()[0]
    columns = {field.attname: getattr(example, field.attname) for field in Report._meta.concrete_fields}
    for column in ("id", "code"):
        del columns[column]
    Report.objects.bulk_create(Report(code=new_code(), **columns) for _ in range(number - 1))


def test_every_row_says_what_it_is_where_who_has_it_until_when_and_what_to_do(office: Office, stage: Stage) -> None:
    report = lives.drafted(stage)
    said = words_of(office("liaison").get("/meja/"))
    for word in (
        report.title, show_code(report.code), "Samarinda Utara", "Pengaduan", "Sedang ditangani", "Bidang Bina Marga",
        "Setujui dan kirim jawaban", "hari kerja lagi",
    ):  # fmt: skip
        assert word in said
    assert "Tunggu persetujuan jawaban" in words_of(office("operator").get("/meja/", {"tab": "ready"}))


def test_urgent_reports_stand_on_top_then_the_latest(office: Office, stage: Stage) -> None:
    old = file_report(now=MONDAY - timedelta(days=20))[0]
    urgent, new = file_report(is_urgent=True)[0], file_report()[0]
    answer = office("admin").get("/meja/")
    assert codes(answer) == [urgent.code, old.code, new.code]
    assert "Mendesak" in words_of(answer)
    assert "Terlambat" in words_of(answer)


def test_the_numbers_at_the_side_are_the_lengths_of_their_lists(office: Office, stage: Stage) -> None:
    for days in (20, 6, 0, 0):
        file_report(now=MONDAY - timedelta(days=days))
    lives.verified(stage), lives.held(stage), lives.objected(stage), lives.drafted(stage)
    with time_machine.travel(MONDAY + timedelta(days=2), tick=False):
        for who in ("admin", "liaison", "operator", "national"):
            numbers = links(office(who).get("/meja/"))
            assert numbers
            for label, (url, number) in numbers.items():
                if number is not None:
                    assert len(codes(office(who).get(url))) == number, (who, label)


def test_filters_live_in_the_address_and_come_back_with_it(office: Office, stage: Stage) -> None:
    file_report()
    answer = office("admin").get("/meja/", ALL_FILTERS)
    page = text_of(answer)
    assert 'name="q" id="filter-q" value="pasar"' in page
    for name, value in ALL_FILTERS.items():
        if name in {"tab", "q"}:
            continue
        if name == "mine":
            assert re.search(r'<input[^>]*name="mine"[^>]*checked', page)
        else:
            chosen = re.search(rf'<select name="{name}".*?</select>', page, re.S)
            assert chosen and re.search(rf'<option value="{re.escape(value)}" selected', chosen[0]), name
    assert "Hapus saringan" in page
    tab = dict(parse_qs(urlsplit(links(answer)["Menunggu pelapor"][0]).query))
    assert {name: value[0] for name, value in tab.items()} == ALL_FILTERS | {"tab": "waiting"}


@pytest.mark.parametrize(
    "nonsense",
    [
        {"tab": "x"}, {"state": "x"}, {"kind": "x"}, {"lateness": "x"}, {"category": "x"}, {"region": "99"}, {"agency": "x"},
        {"cursor": "x~y"}, {"mine": "x" * 500}, {"q": "x" * 5000},
    ],
)  # fmt: skip
def test_a_filter_that_says_nothing_is_left_out(office: Office, stage: Stage, nonsense: dict[str, str]) -> None:
    report = file_report()[0]
    answer = office("admin").get("/meja/", nonsense)
    assert answer.status_code == 200
    if "mine" not in nonsense:
        assert codes(answer) == [report.code]


def test_every_page_is_reached_by_its_link_and_keeps_the_filters(office: Office, stage: Stage) -> None:
    many(stage, 60)
    for query in ({"q": "berlubang"}, {"tab": "all", "kind": "complaint"}):
        met: list[str] = []
        answer = office("admin").get("/meja/", query)
        for _page in range(3):
            met += codes(answer)
            found = re.search(r'rel="next" href="([^"]+)"', answer.content.decode())
            if not found:
                break
            url = unescape(found[1])
            assert query.items() <= {name: value[0] for name, value in parse_qs(urlsplit(url).query).items()}.items()
            answer = office("admin").get(url)
        assert len(met) == len(set(met)) == 60


def test_a_number_opens_its_report_on_whatever_list_it_stands(office: Office, stage: Stage) -> None:
    report = lives.closed(stage)
    answer = office("admin").get("/meja/", {"q": show_code(report.code)})
    assert answer["Location"] == f"/meja/{report.code}/"
    unseen = office("power").get("/meja/", {"q": report.code})
    assert unseen.status_code == 200
    assert codes(unseen) == []


def test_one_who_only_looks_on_sees_lists_and_no_work(office: Office, stage: Stage) -> None:
    report = file_report(region_code=None)[0]
    answer = office("overseer").get("/meja/")
    assert codes(answer) == [report.code]
    assert set(links(answer)) == {"Semua", "Berakhir", "Menunggu keputusan saya"}  # the last of whoever has a rung
    assert 'name="report"' not in answer.content.decode()


def test_an_empty_queue_says_so(office: Office, stage: Stage) -> None:
    assert "Tidak ada yang perlu dikerjakan sekarang." in words_of(office("admin").get("/meja/"))
    assert "Tidak ada laporan yang cocok" in words_of(office("admin").get("/meja/", {"q": "kolam"}))


def test_bodies_are_found_by_name_for_the_type_ahead(office: Office, stage: Stage) -> None:
    found = office("admin").get("/meja/instansi/", {"q": "pekerjaan umum kutai"}).json()["agencies"]
    assert found == [
        {"slug": stage.regency_roads.slug, "name": "Dinas Pekerjaan Umum Kabupaten Kutai Kartanegara (belum terhubung)"}
    ]
    assert office("admin").get("/meja/instansi/", {"q": "p"}).json() == {"agencies": []}


def mark(report: Report) -> str:
    report.refresh_from_db()
    return f"{report.code}.{report.version}"


def test_several_reports_go_to_one_agency_and_each_has_its_own_result(office: Office, stage: Stage) -> None:
    fresh, checked, stale, gone = (file_report()[0] for _ in range(4))
    actions.verify(report_id=checked.pk, actor=stage.officer("admin"), now=MONDAY)
    old = mark(stale)
    actions.verify(report_id=stale.pk, actor=stage.officer("admin"), now=MONDAY)
    to_assigned(stage, gone)
    foreign = file_report(region_code="64.02")[0]
    answer = office("admin").post(
        "/meja/disposisi/?kind=complaint",
        {
            "report": [mark(fresh), mark(checked), old, mark(foreign), "0000000000.1", "x"],
            "to": stage.roads.slug,
            "instruction": "Tinjau bersama kelurahan.",
        },
    )
    said = words_of(answer)
    assert "2 dari 6 laporan diteruskan ke Dinas PUPR Kota Samarinda" in said
    for report, result in (
        (fresh, "Diverifikasi dan diteruskan."), (checked, "Diteruskan."), (stale, "rekan Anda mengubah laporan ini"),
    ):  # fmt: skip
        assert re.search(rf"{show_code(report.code)}[^0-9]*{result}", said)
    assert said.count("Laporan ini tidak ditemukan.") == 3
    assert '"/meja/?kind=complaint"' in text_of(answer)
    for report, agency in ((fresh, stage.roads), (checked, stage.roads), (stale, None), (foreign, None)):
        report.refresh_from_db()
        assert report.agency == agency
    assert checked.messages.get().text == "Tinjau bersama kelurahan."


@pytest.mark.parametrize(("data", "said"), [({"to": ""}, "Pilih instansi tujuan"), ({"report": []}, "Centang dulu")])
def test_what_was_ticked_and_typed_stays_when_something_is_missing(
    office: Office, stage: Stage, data: dict[str, Any], said: str
) -> None:
    report, other = file_report()[0], file_report()[0]
    sent = {"report": [mark(report)], "to": stage.roads.slug, "instruction": "Tinjau bersama kelurahan."} | data
    answer = office("admin").post("/meja/disposisi/?kind=complaint", sent)
    assert answer.status_code == 422
    assert said in words_of(answer)
    page = text_of(answer)
    ticked = re.findall(r'name="report" value="([\d.]+)" checked', page)
    assert ticked == sent["report"]
    assert mark(other) in page
    assert 'value="Tinjau bersama kelurahan."' in page
    assert not report.events.filter(kind="assigned").exists()


def test_who_may_not_dispose_is_not_offered_it_and_changes_nothing(office: Office, stage: Stage) -> None:
    report = lives.assigned(stage)
    assert 'name="report"' not in text_of(office("liaison").get("/meja/"))
    answer = office("liaison").post("/meja/disposisi/", {"report": [mark(report)], "to": stage.health.slug})
    assert "bukan wewenang Anda" in words_of(answer)
    report.refresh_from_db()
    assert report.agency == stage.roads


def test_the_address_of_the_disposition_leads_back_to_its_list(office: Office, stage: Stage) -> None:
    assert office("admin").get("/meja/disposisi/?kind=complaint")["Location"] == "/meja/?kind=complaint"
