"""What the leak guard finds on the page of a case: shown beside what was written, with a place for a reason."""

from __future__ import annotations

from typing import Any

import pytest

from lapor.audit.models import Entry
from lapor.desk.bulk import dispose
from lapor.reports.models import Message, MessageKind, Report
from tests.cast import MONDAY, Stage, file_report, to_assigned
from tests.desk.office import Office, field_value, text_of, words_of

NAME, PHONE = "Kenari Sunyi Uji", "081255554444"
TOLD = "Jalan sudah kami lihat. Hubungi petugas di 0541 123456 pada jam kerja."
WHY = "Nomor loket pelayanan kami."


def reported(stage: Stage, **changes: Any) -> Report:
    return to_assigned(stage, file_report(name=NAME, phone=PHONE, **changes)[0])


def test_what_was_found_stands_beside_the_typed_text_and_asks_for_a_reason(office: Office, stage: Stage) -> None:
    report = reported(stage)
    assert "follow_up-leak_reason" not in text_of(office.case("liaison", report))
    answer = office.act("liaison", report, "follow_up", {"text": TOLD})
    said = text_of(answer)
    assert answer.status_code == 422
    assert "Nomor telepon: “Hubungi petugas di 0541 123456 pada jam kerja.”" in said
    assert field_value(answer, "follow_up-text") == TOLD
    assert 'id="follow_up-leak_reason"' in said
    assert not Message.objects.filter(report=report).exists()


def test_with_a_reason_it_is_sent_and_the_inspectorate_reads_the_reason(office: Office, stage: Stage) -> None:
    report = reported(stage)
    assert office.act("liaison", report, "follow_up", {"text": TOLD, "leak_reason": WHY}).status_code == 302
    assert Message.objects.get(report=report, kind=MessageKind.FOLLOW_UP).text == TOLD
    seen = words_of(office.case("admin", report))
    assert WHY in seen and "Data pribadi dikirim dengan alasan" in seen


def test_a_reason_sent_to_a_form_that_asks_for_none_changes_nothing(office: Office, stage: Stage) -> None:
    report = reported(stage)
    assert office.act("liaison", report, "start", {"leak_reason": WHY}).status_code == 302


def test_the_page_says_the_same_of_a_right_and_a_wrong_guess(office: Office, stage: Stage) -> None:
    report = reported(stage, is_anonymous=True)
    pages = []
    for guess in (NAME, "Merpati Jingga Uji"):
        answer = office.act("liaison", report, "follow_up", {"text": f"Kami menemui orang atas nama {guess}."})
        assert answer.status_code == 422
        pages.append(words_of(answer).replace(guess, "NAMA"))
    assert pages[0] == pages[1]
    assert "Data yang dapat menunjukkan orang: “Kami menemui orang atas nama NAMA.”" in pages[0]
    assert "Data pelapor" not in pages[0]


def test_whoever_guesses_too_often_is_told_to_stop_and_keeps_the_text(office: Office, stage: Stage) -> None:
    report = reported(stage, is_anonymous=True)
    for _n in range(3):
        office.act("liaison", report, "follow_up", {"text": "Apakah pelapornya ini kenari?"})
    answer = office.act("liaison", report, "follow_up", {"text": "Jalan akan ditambal besok pagi."})
    assert answer.status_code == 409
    assert "ditutup untuk Anda sampai besok" in words_of(answer)
    assert field_value(answer, "follow_up-text") == "Jalan akan ditambal besok pagi."


def test_many_at_once_are_guarded_and_the_try_is_kept(stage: Stage) -> None:
    secret, plain = (file_report(name=NAME, phone=PHONE, is_anonymous=one)[0] for one in (True, False))
    results = dispose(
        stage.officer("admin"),
        [f"{one.code}.{one.version}" for one in (secret, plain)],
        to=stage.roads,
        instruction="Temui kenari di rumahnya.",
        now=MONDAY,
    )
    assert [result.is_done for result in results] == [False, True]
    assert "Kenari" not in results[0].text and "kenari" not in results[0].text
    secret.refresh_from_db()
    assert secret.state == "received"
    assert Entry.objects.filter(act="leak.own", user=stage.people["admin"]).count() == 1


@pytest.mark.parametrize("name", ["follow_up", "draft", "hold", "note", "hand_back", "extend"])
def test_every_form_of_words_can_carry_a_reason(office: Office, stage: Stage, name: str) -> None:
    report = reported(stage, is_anonymous=True)
    field = {"hold": "question", "hand_back": "reason", "extend": "reason"}.get(name, "text")
    written = {field: "Menurut warga, pelapor adalah kenari yang tinggal di sana."}
    assert f'id="{name}-leak_reason"' in text_of(office.act("liaison", report, name, written))
    assert office.act("liaison", report, name, written | {"leak_reason": WHY}).status_code == 302
    assert not Message.objects.filter(report=report, text__icontains="kenari").exists()
