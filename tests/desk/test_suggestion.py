"""The suggestion on the desk: with its reasons, taken over by one click or key, confirmed by another; plainly unsure."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from lapor.desk.words import MISSING
from lapor.reports import actions
from lapor.reports.models import Report
from lapor.reports.submission import Accused
from lapor.routing import explain
from tests.cast import MONDAY, Stage, file_report
from tests.desk import office as lives
from tests.desk.office import Office, text_of, words_of

LAMPS = "Jalan kota di depan pasar berlubang dan trotoarnya pecah sejak bulan lalu."


def chosen(answer: Any, name: str) -> str:
    select = re.search(rf'<select name="to" [^>]*id="{name}-to".*?</select>', answer.content.decode(), re.S)
    assert select is not None
    found = re.findall(r'<option value="([^"]*)" selected>', select[0])
    return found[0] if found else ""


def box(answer: Any) -> str:
    found = re.search(r'<section class="panel suggestion".*?</section>', answer.content.decode(), re.S)
    return found[0] if found else ""


def test_a_sure_suggestion_tells_body_words_and_law_and_one_key_takes_it(office: Office, stage: Stage) -> None:
    page = office.case("admin", file_report(text=LAMPS)[0])
    said = box(page)
    assert stage.roads.name in said and "jalan kota" in said and "trotoar" in said and "UU 38/2004" in said
    assert "Tidak yakin" not in said
    assert f'href="?untuk={stage.roads.slug}#direct" data-accept' in said
    assert 'data-into="direct-to"' in said and '<select name="to"' in text_of(page)


def test_a_click_without_javascript_fills_the_form_and_changes_nothing(office: Office, stage: Stage) -> None:
    report = file_report(text=LAMPS)[0]
    page = office.case("admin", report, untuk=stage.health.slug)
    assert chosen(page, "direct") == stage.health.slug
    assert '<details class="box" id="direct" open>' in text_of(page)
    report.refresh_from_db()
    assert (report.state, report.agency) == ("received", None)


@pytest.mark.parametrize("nonsense", ["tidak-ada", "x" * 5_000, "<script>", "' or 1=1"])
def test_nonsense_in_the_address_chooses_nothing(office: Office, stage: Stage, nonsense: str) -> None:
    page = office.case("admin", file_report()[0], untuk=nonsense)
    assert page.status_code == 200
    assert chosen(page, "direct") == ""
    assert "<script>" not in page.content.decode().replace('<script src="', "")


def test_one_confirmation_verifies_and_disposes(office: Office, stage: Stage) -> None:
    report = file_report(text=LAMPS)[0]
    assert chosen(office.case("admin", report), "direct") == stage.roads.slug
    assert office.act("admin", report, "direct", {"to": stage.roads.slug, "instruction": ""}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.agency) == ("assigned", stage.roads)
    kinds = list(report.events.order_by("pk").values_list("kind", flat=True))
    assert kinds.index("verified") < kinds.index("assigned")


def test_verifying_and_disposing_is_done_wholly_or_not_at_all(office: Office, stage: Stage) -> None:
    report = file_report(text=LAMPS, is_anonymous=True, name="Kenari Uji Sunyi")[0]
    data = {"to": stage.roads.slug, "instruction": "Temui kenari di rumahnya."}
    answer = office.act("admin", report, "direct", data)
    assert answer.status_code == 422
    assert "Data orang yang ditemukan" in words_of(answer)
    report.refresh_from_db()
    assert (report.state, report.agency) == ("received", None)


def test_after_verifying_the_suggestion_fills_the_disposition(office: Office, stage: Stage) -> None:
    report = lives.verified(stage)
    page = office.case("admin", report)
    assert "#assign" in box(page)
    assert chosen(office.case("admin", report, untuk=stage.health.slug), "assign") == stage.health.slug


def test_unsure_is_said_plainly_with_what_is_missing_and_nothing_is_chosen(office: Office, stage: Stage) -> None:
    report = file_report(text="Kami bingung harus mengadu ke mana lagi soal ini.", title="", category=None)[0]
    page = office.case("admin", report)
    assert "Tidak yakin" in box(page) and "Pokok laporannya belum jelas" in box(page)
    assert "data-accept" not in box(page)
    assert chosen(page, "direct") == ""


def test_whom_the_citizen_was_shown_stays_an_alternative(office: Office, stage: Stage) -> None:
    report = file_report(
        text=LAMPS, proposed_agency_id=stage.health.pk, proposal_reason="Anda memilih Dinas Kesehatan."
    )[0]
    page = office.case("admin", report)
    assert f"?untuk={stage.health.slug}#direct" in box(page)
    assert "Anda memilih Dinas Kesehatan." in words_of(page)


def test_what_the_reporter_thinks_is_shown_where_nothing_was_proposed(office: Office, stage: Stage) -> None:
    report = file_report(proposal_reason="Pelapor berpendapat instansinya lain.")[0]
    assert "Pelapor berpendapat instansinya lain." in words_of(office.case("admin", report))


def test_a_body_that_gave_the_report_back_is_not_suggested_again(office: Office, stage: Stage) -> None:
    report = lives.assigned(stage)
    actions.hand_back(
        report_id=report.pk, reason="Bukan jalan kota, melainkan jalan nasional.", actor=stage.officer("liaison"),
        now=MONDAY,
    )  # fmt: skip
    page = box(office.case("admin", report))
    assert "sudah mengembalikan laporan ini" in page
    assert "data-accept" not in page


def test_an_accused_body_is_never_suggested(office: Office, stage: Stage) -> None:
    report = file_report(text=LAMPS, accused=(Accused(agency_id=stage.roads.pk),))[0]
    page = office.case("national", report)
    assert page.status_code == 200
    assert f"?untuk={stage.roads.slug}" not in text_of(page)
    assert chosen(office.case("national", report, untuk=stage.roads.slug), "direct") == ""


def test_a_sealed_report_is_not_read_for_it(office: Office, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(**said: Any) -> None:
        raise AssertionError("a sealed report was read")

    monkeypatch.setattr("lapor.desk.sitting.suggest", never)
    monkeypatch.setattr("lapor.desk.page.danger_of", never)
    monkeypatch.setattr("lapor.desk.rows.danger_of", never)
    report = lives.sealed(stage)
    page = office.case("investigator", report)
    assert page.status_code == 200 and box(page) == ""
    assert office("investigator").get("/meja/").status_code == 200


def test_who_may_not_dispose_gets_no_suggestion(office: Office, stage: Stage) -> None:
    report = file_report(text=LAMPS)[0]
    assert box(office.case("overseer", report)) == ""
    assert box(office.case("liaison", lives.assigned(stage))) == ""


FIRE = "Rumah terbakar di belakang pasar, api membesar dan warga mengungsi."


def test_an_urgent_report_stands_on_top_of_the_queue_with_the_number_to_ring(office: Office, stage: Stage) -> None:
    for _ in range(3):
        file_report()
    report = file_report(text=FIRE, title="Kebakaran", is_urgent=True)[0]
    rows = re.findall(r"<li data-row.*?</li>", office("admin").get("/meja/").content.decode(), re.S)
    assert report.code in rows[0] and "pemadam kebakaran 113" in rows[0]
    assert all("113" not in row for row in rows[1:])
    assert "Kebakaran: pemadam kebakaran 113" in words_of(office.case("admin", report))


def test_an_urgent_report_without_known_words_gets_the_general_number(office: Office, stage: Stage) -> None:
    report = file_report(is_urgent=True)[0]
    assert "telepon 112" in words_of(office.case("admin", report))


def test_a_danger_that_nobody_marked_is_pointed_out_and_an_ended_report_calls_nobody(
    office: Office, stage: Stage
) -> None:
    report = file_report(text=FIRE)[0]
    assert "belum ditandai mendesak" in words_of(office.case("admin", report))
    Report.objects.filter(pk=report.pk).update(state="archived", is_urgent=True)
    assert "113" not in words_of(office.case("admin", report))


def test_every_key_of_what_is_missing_has_a_sentence() -> None:
    source = Path(explain.__file__).read_text(encoding="utf-8")
    keys = set(re.findall(r'"(matter|place|narrower_place|office|rule|returned|accused)"', source))
    assert keys == set(MISSING)
