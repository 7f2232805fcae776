"""Whatever happens between opening a form and sending it, words and files come back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core.files.storage import default_storage

from lapor.reports import actions, pending
from lapor.reports.models import Attachment, Draft, Report
from tests.cast import ANSWER, MONDAY, Stage
from tests.desk import office as lives
from tests.desk.office import Office, field_value, text_of, words_of
from tests.desk.paper import a_paper, not_a_photo, photo

LONG = "Petugas kami memeriksa lokasi besok pagi bersama kelurahan."


def facts(**changes: Any) -> dict[str, Any]:
    return {"text": ANSWER, "done_by": "Bidang Bina Marga", "done_on": str(MONDAY.date())} | changes


def pending_of(answer: Any) -> str:
    found = re.search(r'name="pending" value="([0-9a-f-]{36})"', answer.content.decode())
    assert found, "the page carries the key under which the files wait"
    return found[1]


def test_a_report_that_left_my_reach_while_i_wrote_gives_me_my_words_back(office: Office, stage: Stage) -> None:
    report = lives.in_unit(stage)
    office.case("operator", report)
    version = report.version
    actions.hand_back(
        report_id=report.pk, reason="Ini jalan nasional, bukan jalan kota.", actor=stage.officer("liaison"), now=MONDAY
    )
    answer = office.act("operator", report, "follow_up", {"text": LONG}, version=version)
    assert answer.status_code == 404
    assert field_value(answer, "typed-1") == LONG
    assert report.text not in text_of(answer)


def test_a_report_that_never_was_mine_answers_just_the_same(office: Office, stage: Stage) -> None:
    report = lives.in_unit(stage)
    mine = office.act("power", report, "follow_up", {"text": LONG})
    none = office("power").post("/meja/1234567890/follow_up/", {"text": LONG, "version": 1})
    assert mine.status_code == none.status_code == 404
    assert _without_tokens(mine) == _without_tokens(none)


def _without_tokens(answer: Any) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(answer))
    return re.sub(r"/meja/\d{10}/", "/meja/…/", page)


def test_a_session_that_ended_while_i_wrote_gives_me_my_words_back(office: Office, stage: Stage) -> None:
    report = lives.in_unit(stage)
    office.case("operator", report)
    office("operator").logout()
    answer = office.act("operator", report, "follow_up", {"text": LONG})
    assert answer.status_code == 403
    assert field_value(answer, "typed-1") == LONG
    assert f"next=/meja/{report.code}/follow_up/" in text_of(answer)
    assert report.text not in text_of(answer)
    assert "followed_up" not in set(report.events.values_list("kind", flat=True))


def test_the_address_of_a_form_leads_to_its_place_on_the_page(office: Office, stage: Stage) -> None:
    report = lives.in_unit(stage)
    answer = office("operator").get(f"/meja/{report.code}/follow_up/")
    assert answer["Location"] == f"/meja/{report.code}/#follow_up"


def test_a_step_that_is_gone_keeps_the_words_to_copy(office: Office, stage: Stage) -> None:
    report = lives.in_unit(stage)
    old = report.version
    actions.hold(report_id=report.pk, question="Di pasar yang mana?", actor=stage.officer("operator"), now=MONDAY)
    for version in (old, None):
        answer = office.act("liaison", report, "follow_up", {"text": LONG, "seen": 4}, version=version)
        assert answer.status_code == 409
        assert field_value(answer, "kept-1") == LONG
        assert "Petugas Uji operator, Dinas PUPR Kota Samarinda: Menunggu keterangan pelapor" in words_of(answer)


def test_garbled_facts_about_what_was_seen_do_no_harm(office: Office, stage: Stage) -> None:
    report = lives.in_unit(stage)
    for seen in ("9" * 5000, "-1", "²", "x", ""):
        answer = office.act("operator", report, "follow_up", {"text": LONG, "seen": seen}, version=1)
        assert answer.status_code in {409, 422}
        assert field_value(answer, "follow_up-text") == LONG
    for version in ("", "x", "9" * 5000):
        answer = office("operator").post(f"/meja/{report.code}/follow_up/", {"text": LONG, "version": version})
        assert answer.status_code in {409, 422}
        assert field_value(answer, "follow_up-text") == LONG


def test_a_bad_file_loses_neither_text_nor_the_good_files(office: Office, stage: Stage) -> None:
    report = lives.in_unit(stage)
    data = facts(is_ready="1", uploads=[photo("sebelum.jpg"), not_a_photo("virus.jpg"), a_paper()])
    answer = office.act("operator", report, "draft", data)
    assert answer.status_code == 422
    said = words_of(answer)
    assert "virus.jpg bukan foto, PDF, atau video pendek." in said
    assert "Buang sebelum.jpg" in said
    assert "Buang berita acara.pdf" in said
    assert field_value(answer, "draft-text") == ANSWER
    assert not Draft.objects.exists()
    again = office.act("operator", report, "draft", facts(is_ready="1", pending=pending_of(answer)))
    assert again.status_code == 302
    assert [file.name for file in Draft.objects.get().attachments.order_by("id")] == ["sebelum.jpg", "berita acara.pdf"]


def test_good_files_survive_a_text_that_is_missing_or_too_short(office: Office, stage: Stage) -> None:
    report = lives.in_unit(stage)
    first = office.act("operator", report, "draft", facts(text="", is_ready="1", uploads=[photo()]))
    assert first.status_code == 422
    key = pending_of(first)
    second = office.act("operator", report, "draft", facts(text="Sudah.", is_ready="1", pending=key))
    assert second.status_code == 422
    assert "terlalu singkat" in words_of(second)
    assert "Buang aspal.jpg" in words_of(second)
    assert office.act("operator", report, "draft", facts(is_ready="1", pending=key)).status_code == 302
    assert Draft.objects.get().attachments.count() == 1


def test_files_survive_a_colleague_who_was_faster(office: Office, stage: Stage) -> None:
    report = lives.in_unit(stage)
    old = report.version
    office.act("liaison", report, "note", {"text": "Saya lihat dulu."})
    late = office.act("operator", report, "follow_up", {"text": LONG, "uploads": [photo()]}, version=old)
    assert late.status_code == 409
    assert "Buang aspal.jpg" in words_of(late)
    done = office.act("operator", report, "follow_up", {"text": LONG, "pending": pending_of(late)})
    assert done.status_code == 302
    assert Attachment.objects.get(report=report).message.text == LONG  # type: ignore[union-attr]


def test_a_file_chosen_by_mistake_can_be_dropped(office: Office, stage: Stage) -> None:
    report = lives.in_unit(stage)
    first = office.act(
        "operator", report, "follow_up", {"text": "", "uploads": [photo("salah.jpg"), photo("benar.jpg")]}
    )
    key = pending_of(first)
    wrong = next(file for file in pending.files(UUID(key)) if file.name == "salah.jpg")
    done = office.act("operator", report, "follow_up", {"text": LONG, "pending": key, "drop": str(wrong.key)})
    assert done.status_code == 302
    assert [file.name for file in Attachment.objects.filter(report=report)] == ["benar.jpg"]
    assert not default_storage.exists(wrong.stored_as)


def test_a_wrong_file_can_be_taken_out_of_a_saved_draft(office: Office, stage: Stage) -> None:
    report = lives.in_unit(stage)
    office.act("operator", report, "draft", facts(uploads=[photo("salah.jpg"), photo("benar.jpg")]))
    wrong = Attachment.objects.get(name="salah.jpg")
    assert "Buang salah.jpg" in words_of(office.case("operator", report))
    assert office.act("operator", report, "draft", facts(without=[str(wrong.key)])).status_code == 302
    assert [file.name for file in Draft.objects.get().attachments.all()] == ["benar.jpg"]
    assert office("operator").get(f"/meja/berkas/{wrong.key}/").status_code == 404
    pending.forget_old(now=MONDAY + timedelta(days=2))
    assert not default_storage.exists(wrong.stored_as)


def test_a_file_of_another_report_cannot_be_taken_out_through_my_draft(office: Office, stage: Stage) -> None:
    mine, other = lives.in_unit(stage), lives.in_unit(stage)
    office.act("operator", other, "draft", facts(uploads=[photo()]))
    kept = Attachment.objects.get()
    office.act("operator", mine, "draft", facts(without=[str(kept.key), "x"]))
    kept.refresh_from_db()
    assert kept.draft == Draft.objects.get(report=other)


def test_five_files_are_the_limit_of_a_draft_however_often_it_is_saved(office: Office, stage: Stage) -> None:
    report = lives.in_unit(stage)
    office.act("operator", report, "draft", facts(uploads=[photo(f"{n}.jpg") for n in range(4)]))
    answer = office.act("operator", report, "draft", facts(uploads=[photo("lima.jpg"), photo("enam.jpg")]))
    assert answer.status_code == 422
    assert "enam.jpg tidak disimpan: paling banyak 5 berkas." in words_of(answer)
    first = Draft.objects.get().attachments.first()
    assert first is not None
    swapped = facts(without=[str(first.key)], pending=pending_of(answer), uploads=[photo("enam.jpg")])
    assert office.act("operator", report, "draft", swapped).status_code == 302
    assert Draft.objects.get().attachments.count() == 5


def test_saving_a_draft_is_not_asking_for_approval_even_after_that_failed(office: Office, stage: Stage) -> None:
    """The page that came back must not carry the pressed button along in a hidden field."""
    report = lives.in_unit(stage)
    failed = office.act("operator", report, "draft", facts(text="Sudah kami tambal.", is_ready="1"))
    assert failed.status_code == 422
    hidden = set(re.findall(r'<input type="hidden" name="(\w+)"', failed.content.decode()))
    assert "is_ready" not in hidden
    assert office.act("operator", report, "draft", facts(text="Sudah kami tambal.")).status_code == 302
    assert not Draft.objects.get().is_ready


def test_two_officers_on_one_report_see_each_other(office: Office, stage: Stage) -> None:
    report = lives.in_unit(stage)
    assert "Sedang dibuka juga oleh Petugas Uji" not in words_of(office.case("operator", report))
    assert "Sedang dibuka juga oleh Petugas Uji operator." in words_of(office.case("liaison", report))
    heard = office("operator").get(f"/meja/{report.code}/hadir/").json()
    assert heard == {"others": ["Petugas Uji liaison"], "version": report.version}
    office.act("liaison", report, "note", {"text": "Saya lihat dulu."})
    assert office("operator").get(f"/meja/{report.code}/hadir/").json()["version"] == report.version + 1


def test_who_closed_the_page_is_not_shown_for_long(office: Office, stage: Stage) -> None:
    report = lives.in_unit(stage)
    office.case("operator", report)
    with time_machine.travel(MONDAY + timedelta(minutes=3), tick=False):
        assert office("liaison").get(f"/meja/{report.code}/hadir/").json()["others"] == []


@pytest.mark.parametrize("letters", ["tidak ada", "a\0b"])
def test_nonsense_in_an_address_is_a_page_that_is_not_there(office: Office, stage: Stage, letters: str) -> None:
    report = lives.received(stage)
    browser = office("admin")
    assert browser.get(f"/meja/{letters}/").status_code == 404
    assert browser.get(f"/meja/{letters}/hadir/").status_code == 404
    assert browser.get(f"/meja/{letters}/surat/1.pdf").status_code == 404
    answer = browser.post(f"/meja/{letters}/note/", {"text": LONG, "version": 1})
    assert answer.status_code == 404
    for address in ("/meja/", "/meja/instansi/", f"/meja/{report.code}/"):
        for name in ("q", "agency", "region", "cursor", "instansi", "templat", "tab"):
            assert browser.get(address, {name: letters}).status_code in {200, 404}, (address, name)


def untouched(report: Report) -> bool:
    return set(report.events.values_list("kind", flat=True)) == {"received"}


def test_words_with_a_nul_are_refused_and_nothing_breaks(office: Office, stage: Stage) -> None:
    report = lives.received(stage)
    for name, data in {
        "note": {"text": "a\0b"},
        "pass_on": {"to": "x\0", "reason": "a b\0"},
        "merge": {"into": "1\0"},
        "correct": {"kind": "\0", "region_text": "\0", "region": "\0", "category": "\0"},
        "hold": {"question": "a b", "pending": "\0", "drop": "\0"},
    }.items():
        assert office.act("admin", report, name, data).status_code in {404, 422}, name
    assert untouched(report)
