"""The reporter's page: the whole thread, who has it, until when, what next, and everything a reporter may do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lapor.public.next_steps import NEXT
from lapor.reports import actions
from lapor.reports.models import Attachment, Rating, Report, State
from tests.cast import ANSWER, MONDAY, Stage, file_report, to_answered, to_assigned
from tests.public.citizen import Citizen, Proof, named, photo
from tests.public.page import read
from tests.transparency.steps import read_all


@pytest.fixture
def proof(stage: Stage, citizen: Citizen) -> Proof:
    """A report filed by this citizen, opened in the browser."""
    proof = citizen.report()
    citizen.open(proof)
    return proof


def row(proof: Proof) -> Report:
    return Report.objects.get(code=proof.code)


def page(citizen: Citizen, proof: Proof) -> str:
    answer = citizen.client.get(f"/lacak/{proof.code}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_every_state_has_its_sentence_on_what_comes_next() -> None:
    assert set(NEXT) == set(State)


def test_the_page_says_who_has_it_until_when_and_what_comes_next(stage: Stage, citizen: Citizen, proof: Proof) -> None:
    html = page(citizen, proof)
    assert f"Sekarang di tangan {stage.city_inspectorate.name}, yang memeriksa laporan Anda" in html
    assert "Diperiksa paling lambat" in html and "Kamis, 8 Oktober 2026" in html
    assert "Dijawab paling lambat" in html and "Jumat, 23 Oktober 2026" in html
    to_assigned(stage, row(proof), now=timezone.now())
    assert f"Sekarang di tangan {stage.roads.name}. Berikutnya: kabar pertama" in page(citizen, proof)


def test_the_whole_thread_is_there_and_nothing_that_offices_say_among_themselves(
    stage: Stage, citizen: Citizen, proof: Proof
) -> None:
    report = to_assigned(stage, row(proof))
    liaison = stage.officer("liaison")
    actions.follow_up(report_id=report.pk, text="Regu sudah melihat lubang itu pagi ini.", actor=liaison, now=MONDAY)
    actions.note(report_id=report.pk, text="CATATANDALAM untuk rekan.", actor=liaison, now=MONDAY)
    actions.draft(
        report_id=report.pk,
        text=f"KONSEPDALAM {ANSWER}",
        done_by="Bidang",
        done_on=MONDAY.date(),
        is_ready=False,
        actor=liaison,
        now=MONDAY,
    )
    html = page(citizen, proof)
    assert "Regu sudah melihat lubang itu pagi ini." in html
    assert "DALAM" not in html
    assert "Petugas Uji" not in html, "which officer wrote is not told"


def test_a_reply_with_files_reaches_the_thread(citizen: Citizen, proof: Proof) -> None:
    answer = citizen.do(proof, "reply", text="Lubangnya makin dalam.", files=photo("lubang.jpg"))
    assert answer.status_code == 302
    html = page(citizen, proof)
    assert "Lubangnya makin dalam." in html and "foto-1.jpg" in html
    assert "lubang.jpg" not in html, "people call files by what they should not tell"


def test_a_photo_alone_is_a_reply_and_nothing_at_all_is_none(citizen: Citizen, proof: Proof) -> None:
    assert citizen.do(proof, "reply", text="").status_code == 422
    assert citizen.do(proof, "reply", text="", files=photo("lubang.jpg")).status_code == 302
    assert "foto-1.jpg" in page(citizen, proof)


def test_a_bad_file_keeps_the_words_and_the_good_file(citizen: Citizen, proof: Proof) -> None:
    answer = citizen.do(
        proof, "reply", text="Lihat dua berkas ini.", files=[photo("baik.jpg"), named(b"MZ\x90", "rusak.jpg")]
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "rusak.jpg tidak dapat dibaca" in html and "foto-1.jpg" in html
    assert read(answer).form("/reply/").values["text"] == ["Lihat dua berkas ini."]
    assert citizen.do(proof, "reply", text="Lihat berkas ini.").status_code == 302
    assert Attachment.objects.filter(report=row(proof)).count() == 1


def test_answering_a_question_sets_the_clock_going_again(stage: Stage, citizen: Citizen, proof: Proof) -> None:
    actions.hold(report_id=row(proof).pk, question="Di mana tepatnya?", actor=stage.officer("admin"), now=MONDAY)
    html = page(citizen, proof)
    assert "Giliran Anda: jawab pertanyaan petugas" in html
    assert "berhenti sementara, menunggu Anda" in html
    citizen.do(proof, "reply", text="Di depan pintu utara pasar.")
    assert row(proof).state == "received"


def test_the_reporter_agrees_and_rates(stage: Stage, citizen: Citizen, proof: Proof) -> None:
    to_answered(stage, row(proof))
    assert ANSWER.split(".")[0] in page(citizen, proof)
    citizen.do(proof, "agree")
    assert (row(proof).state, row(proof).outcome) == ("closed", "agreed")
    assert citizen.do(proof, "rate", stars="4", dealt_with="no").status_code == 302
    rating = Rating.objects.get(report=row(proof))
    assert (rating.stars, rating.dealt_with) == (4, False)


@pytest.mark.parametrize("given", [{"stars": "4"}, {"dealt_with": "yes"}, {"stars": "6", "dealt_with": "yes"}, {}])
def test_a_rating_needs_stars_and_whether_it_dealt_with_the_matter(
    stage: Stage, citizen: Citizen, proof: Proof, given: dict[str, str]
) -> None:
    to_answered(stage, row(proof))
    answer = citizen.do(proof, "rate", **given)
    assert answer.status_code == 422
    shown = read(answer).form("/rate/").values
    assert {name: shown.get(name) for name in given if given[name] != "6"} == {
        name: [value] for name, value in given.items() if value != "6"
    }


def test_an_objection_goes_to_the_inspectorate_with_its_reason(stage: Stage, citizen: Citizen, proof: Proof) -> None:
    to_answered(stage, row(proof))
    assert citizen.do(proof, "object", text="Masih.").status_code == 422
    citizen.do(proof, "object", text="Lubangnya masih ada sampai pagi ini.", files=photo("bukti.jpg"))
    report = row(proof)
    assert (report.state, report.holder) == ("objected", stage.city_inspectorate)
    assert "Keberatan Anda sekarang diperiksa" in page(citizen, proof)
    assert "foto-1.jpg" in page(citizen, proof)


def test_an_archived_report_says_why_and_may_be_objected_to(stage: Stage, citizen: Citizen, proof: Proof) -> None:
    actions.archive(
        report_id=row(proof).pk,
        reason="too_general",
        explanation="Mohon sebutkan jalan dan patokannya.",
        actor=stage.officer("admin"),
        now=MONDAY,
    )
    assert "Mohon sebutkan jalan dan patokannya." in page(citizen, proof)
    citizen.do(proof, "object_to_archive", text="Jalan dan patokannya sudah saya tulis.")
    assert row(proof).state == "objected"


def test_a_withdrawn_report_can_be_opened_again(citizen: Citizen, proof: Proof) -> None:
    citizen.do(proof, "withdraw", text="Sudah saya selesaikan sendiri.")
    assert row(proof).state == "withdrawn"
    citizen.do(proof, "reopen", text="Ternyata rusak lagi.")
    assert row(proof).state == "received"


def test_secrecy_can_be_asked_for_later_and_one_choice_must_be_made(citizen: Citizen, proof: Proof) -> None:
    assert citizen.do(proof, "ask_secrecy").status_code == 422
    citizen.do(proof, "ask_secrecy", is_anonymous="on")
    assert (row(proof).is_anonymous, row(proof).visibility) == (True, "public")
    citizen.do(proof, "ask_secrecy", is_confidential="on")
    assert row(proof).visibility == "confidential"
    assert "Minta kerahasiaan" not in page(citizen, proof), "nothing is left to hide"
    citizen.do(proof, "lift_secrecy")
    assert row(proof).visibility == "public"


@pytest.mark.parametrize("move", ["agree", "object", "reopen", "object_to_archive"])
def test_a_step_that_is_not_open_gives_the_words_back(citizen: Citizen, proof: Proof, move: str) -> None:
    answer = citizen.do(proof, move, text="Kata-kata yang lama saya pikirkan.")
    assert answer.status_code == 409
    assert "langkah tadi tidak berlaku lagi" in answer.content.decode()
    if move != "agree":
        assert "Kata-kata yang lama saya pikirkan." in answer.content.decode()


def test_words_written_after_the_proof_ran_out_come_back(citizen: Citizen, proof: Proof) -> None:
    citizen.client.cookies.clear()
    answer = citizen.do(proof, "reply", text="Kata-kata yang lama saya pikirkan.")
    assert answer.status_code == 403
    assert "Kata-kata yang lama saya pikirkan." in answer.content.decode()


@pytest.mark.parametrize("move", ["verify", "archive", "send_answer", "note", "tidak-ada"])
def test_what_only_officers_do_has_no_address_here(citizen: Citizen, proof: Proof, move: str) -> None:
    assert citizen.do(proof, move, text="Saya putuskan sendiri.").status_code == 404


def test_lateness_is_shown_to_the_reporter(stage: Stage, citizen: Citizen) -> None:
    report, receipt = file_report(now=MONDAY - timedelta(days=30))
    to_assigned(stage, report, now=MONDAY - timedelta(days=29))
    proof = Proof(receipt.code, receipt.pin)
    citizen.open(proof)
    assert "Terlambat" in page(citizen, proof)


def test_a_stranger_cannot_act_nor_read_a_file(citizen: Citizen, proof: Proof) -> None:
    citizen.do(proof, "reply", text="Lihat.", files=photo("lubang.jpg"))
    file = Attachment.objects.get(report=row(proof))
    path = f"/lacak/{proof.code}/berkas/{file.key}/"
    assert citizen.client.get(path).status_code == 200
    assert Client().get(path).status_code == 404
    assert Client().post(f"/lacak/{proof.code}/withdraw/").status_code == 403
    assert row(proof).state == "received"


def test_the_reporter_finds_the_public_page_once_there_is_one(stage: Stage, citizen: Citizen, proof: Proof) -> None:
    assert "Belum atau tidak lagi tampil untuk publik." in page(citizen, proof)
    to_assigned(stage, row(proof))
    read_all()
    assert f'href="/laporan/{proof.code}/"' in page(citizen, proof)


@pytest.mark.parametrize("text", ["🙏" * 30, "الطريق مليء بالحفر منذ شهر", "x" * 20_000, "<b>tebal</b> & 'kutip'"])
def test_any_writing_is_kept_in_the_thread(citizen: Citizen, proof: Proof, text: str) -> None:
    assert citizen.do(proof, "reply", text=text).status_code == 302
    assert "<b>tebal" not in page(citizen, proof)
    assert row(proof).messages.get().text == text


def test_too_long_a_reply_is_refused_and_kept(citizen: Citizen, proof: Proof) -> None:
    long: Any = "panjang " * 12_500
    answer = citizen.do(proof, "reply", text=long)
    assert answer.status_code == 422
    assert read(answer).form("/reply/").values["text"] == [long]


def test_the_history_says_by_whom_and_to_whom(stage: Stage, citizen: Citizen, proof: Proof) -> None:
    to_assigned(stage, row(proof))
    history = page(citizen, proof).split('id="riwayat"')[1].split("</section>")[0]
    passed = history.split("Diteruskan ke instansi")[1].split("</li>")[0]
    assert f"<strong>{stage.roads.name}</strong>" in passed
    assert f"oleh {stage.city_inspectorate.name}" in passed


def test_a_point_is_shown_as_a_map_reads_it(citizen: Citizen, proof: Proof) -> None:
    assert "-0.49120, 117.14360" in page(citizen, proof)
