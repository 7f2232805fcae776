"""What a mail becomes: a report with its files and an answer, words in a thread, a command, or nothing at all."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from PIL import Image

from lapor.agencies.reference import load_categories
from lapor.channels import registry
from lapor.channels.mail import addresses, hear
from lapor.channels.mail.take import take
from lapor.channels.models import Received, ReceivedFile, Sending
from lapor.lib.codes import show_code
from lapor.reports import actions
from lapor.reports.models import Attachment, Message, Rating, Report, State, Visibility
from lapor.vault import identities
from tests.cast import MONDAY, Stage, file_report, reporter, to_answered
from tests.channels.mails import ADDRESS, AUTHSERV, GENUINE, REPORTER, WHOLE, bring, header, last, written


@pytest.fixture(autouse=True)
def postbox(stage: Stage, settings: LazySettings) -> None:
    load_categories()
    settings.LAPOR_MAIL_ADDRESS = ADDRESS
    settings.LAPOR_MAIL_AUTHSERV_ID = AUTHSERV


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 700), "teal").save(out, "PNG")
    return out.getvalue()


def filed() -> Report:
    return Report.objects.get(channel="email")


def thread_of(report: Report) -> str:
    return addresses.reply_to(report.pk)


def replies() -> list[str]:
    return list(Message.objects.filter(author="reporter").order_by("pk").values_list("text", flat=True))


def test_a_mail_is_a_report_and_its_answer_has_code_pin_body_and_day(stage: Stage) -> None:
    (sent,) = bring(written())
    report = filed()
    assert (report.title, report.text, report.region_id) == ("Lampu jalan mati", WHOLE, "64.72.05")
    assert (report.state, report.visibility) == (State.RECEIVED, Visibility.PUBLIC)
    assert report.identity_id is not None
    person = identities.reveal(report.identity_id)
    assert person is not None and (person.name, person.email) == ("Pelapor Uji", REPORTER)
    assert sent.to == [REPORTER] and show_code(report.code) in sent.subject
    assert re.search(r"PIN: \d{4} \d{4}", str(sent.body)) and "Inspektorat Daerah Kota Samarinda" in sent.body
    assert "Dijawab paling lambat" in sent.body and "Kami belum tahu tempatnya" not in sent.body
    assert "Lampu" not in str(sent.message()), "mail is read on lock screens"


def test_what_we_send_can_be_answered_and_says_that_it_is_a_machines(stage: Stage) -> None:
    (sent,) = bring(written(message_id="<pertama@uji.invalid>"))
    report = filed()
    assert header(sent, "Reply-To") == thread_of(report)
    assert report.code not in thread_of(report)
    assert header(sent, "Auto-Submitted") == "auto-replied"
    assert header(sent, "In-Reply-To") == "<pertama@uji.invalid>"
    assert header(sent, "References").split()[0] == addresses.message_id("report", report.pk)
    assert sent.from_email == addresses.comes_back_to("sending", Sending.objects.get().pk)


def test_the_place_is_asked_for_in_the_answer_and_the_reply_is_added(stage: Stage) -> None:
    (sent,) = bring(written("Lampu jalan mati gelap sekali pak tolong segera diperbaiki"))
    assert "Kami belum tahu tempat" in sent.body
    bring(written("Di Samarinda Utara, dekat pasar", to=header(sent, "Reply-To"), subject=f"Re: {sent.subject}"))
    assert Report.objects.count() == 1 and replies() == ["Di Samarinda Utara, dekat pasar"]


def test_files_are_kept_under_the_rules_of_all_files(stage: Stage) -> None:
    (sent,) = bring(
        written(
            files=(
                ("IMG_1.png", "image/png", photo()),
                ("arsip.zip", "application/zip", b"PK\x03\x04" + bytes(400)),
                ("surat.pdf", "application/pdf", b"%PDF-1.4 rusak"),
            )
        )
    )
    assert [one.kind for one in Attachment.objects.filter(report=filed())] == ["image"]
    assert "2 lampiran tidak dapat diterima" in sent.body and "arsip" in sent.body and "rusak" in sent.body
    assert not ReceivedFile.objects.exists(), "the raw mail goes once it was read"


def test_of_more_than_five_files_the_first_five_are_kept(stage: Stage) -> None:
    (sent,) = bring(written(files=tuple((f"{n}.png", "image/png", photo()) for n in range(7))))
    assert Attachment.objects.filter(report=filed()).count() == 5
    assert "2 lampiran tidak dapat diterima: lebih dari 5 berkas" in sent.body


def test_a_photo_with_hardly_a_word_is_a_report(stage: Stage) -> None:
    bring(written("ini pak", subject="", files=(("a.jpg", "image/png", photo()),)))
    assert filed().attachments.count() == 1


def test_a_zip_bomb_is_never_unpacked_and_kindly_refused(stage: Stage) -> None:
    bomb = b"PK\x03\x04" + b"\x00" * 200_000 + b"PK\x05\x06" + bytes(18)
    (sent,) = bring(written(files=(("foto.jpg", "image/jpeg", bomb),)))
    assert "arsip zip" in sent.body and not Attachment.objects.exists()


def test_whoever_asks_for_secrecy_gets_it_and_is_told_nothing_of_the_matter(stage: Stage) -> None:
    (sent,) = bring(written(f"RAHASIA\n{WHOLE}"))
    report = filed()
    assert (report.visibility, report.is_anonymous) == (Visibility.CONFIDENTIAL, True)
    assert not {"lampu", "inspektorat", "samarinda"} & set(re.findall(r"\w+", sent.body.lower()))
    assert report.identity_id is not None


def test_words_that_ask_for_secrecy_are_heard_without_a_command(stage: Stage) -> None:
    bring(written(f"{WHOLE} Mohon identitas saya dirahasiakan."))
    assert filed().is_anonymous


def test_html_alone_is_read_as_words_without_what_acts_or_hides(stage: Stage) -> None:
    page = (
        "<html><head><style>p{color:red}</style><title>x</title></head><body><script>alert(1)</script>"
        f"<p>{WHOLE}</p><div>Mohon <b>segera</b> diperbaiki &amp; diterangi.</div></body></html>"
    )
    bring(written(page).replace(b"text/plain", b"text/html"))
    assert filed().text == f"{WHOLE}\n\nMohon segera diperbaiki & diterangi."


@pytest.mark.parametrize(
    "old",
    [
        "\n\nPada Sen, 5 Okt 2026 pukul 09.00 LAPOR! <lapor@lapor.invalid> menulis:\n> Kode: 1\n> PIN: 2\n",
        "\n\nOn Mon, Oct 5, 2026 at 9:00 AM LAPOR! <lapor@lapor.invalid>\nwrote:\n\n> Kode\n>> lama\n",
        "\n\n-----Original Message-----\nFrom: LAPOR!\nSent: Monday\nKode: 1\nPIN: 2",
        "\n\nDari: LAPOR! <lapor@lapor.invalid>\nDikirim: Senin\nPerihal: x\nKode 1 PIN 2",
        "\n-- \nBudi\n0812-0000-0000",
        "\n\nDikirim dari iPhone saya",
    ],
    ids=["pada", "on", "original", "dari", "signature", "phone"],
)
def test_a_reply_is_added_without_what_it_quotes(stage: Stage, old: str) -> None:
    bring(written())
    bring(written(f"Tiangnya nomor tiga dari pasar.{old}", to=thread_of(filed()), In_Reply_To="<x@y.invalid>"))
    assert replies() == ["Tiangnya nomor tiga dari pasar."]


def test_words_below_the_quoted_mail_are_found(stage: Stage) -> None:
    bring(written())
    text = "Pada Sen, 5 Okt 2026 LAPOR! <lapor@lapor.invalid> menulis:\n> Kami belum tahu.\n\nDekat pasar pagi."
    bring(written(text, to=thread_of(filed()), In_Reply_To="<x@y.invalid>"))
    assert replies() == ["Dekat pasar pagi."]


def test_without_the_tag_a_reply_is_placed_by_the_mails_it_refers_to(stage: Stage) -> None:
    (sent,) = bring(written())
    bring(written("Tambahan: dekat pasar.", References=header(sent, "References"), In_Reply_To="<lain@x.invalid>"))
    assert replies() == ["Tambahan: dekat pasar."]


def test_a_photo_sent_later_joins_the_report(stage: Stage) -> None:
    bring(written())
    bring(written("Ini fotonya", to=thread_of(filed()), files=(("a.png", "image/png", photo()),)))
    assert Message.objects.get(author="reporter").attachments.count() == 1


def test_a_report_from_the_web_is_followed_by_mail_too(stage: Stage) -> None:
    report, _ = file_report(email=REPORTER)
    bring(written("Masih berlubang pak.", to=thread_of(report)))
    assert replies() == ["Masih berlubang pak."]


def test_another_sender_in_a_thread_waits_for_an_officer(stage: Stage) -> None:
    bring(written())
    assert bring(written("Saya juga.", sender="lain@uji.invalid", to=thread_of(filed()))) == []
    assert (last().state, last().why) == ("refused", "another_sender")
    assert last().files.count() == 1 and replies() == []


@pytest.mark.parametrize("tag", ["x" * 26, "a", "4827193056"])
def test_a_made_up_thread_waits_for_an_officer(stage: Stage, tag: str) -> None:
    assert bring(written(to=f"lapor+{tag}@lapor.invalid")) == []
    assert (last().state, last().why) == ("refused", "unknown_thread")


def test_commands_in_the_thread_need_no_code(stage: Stage) -> None:
    report, _ = file_report(email=REPORTER)
    to_answered(stage, report)
    (status,) = bring(written("STATUS", to=thread_of(report)))
    assert "sudah dijawab" in status.body
    bring(written("SETUJU", to=thread_of(report)))
    report.refresh_from_db()
    assert report.state == State.CLOSED
    bring(written("NILAI 4\n\nTerima kasih", to=thread_of(report)))
    assert Rating.objects.get(report=report).stars == 4


def test_an_objection_by_mail_has_the_words_below_it(stage: Stage) -> None:
    report, _ = file_report(email=REPORTER)
    to_answered(stage, report)
    (asked,) = bring(written("KEBERATAN", to=thread_of(report)))
    assert "Apa yang belum sesuai" in asked.body
    bring(written("KEBERATAN\nLubangnya masih ada di tempat yang sama.", to=thread_of(report)))
    report.refresh_from_db()
    assert report.state == State.OBJECTED and replies() == ["Lubangnya masih ada di tempat yang sama."]


def test_secrecy_and_withdrawal_by_mail(stage: Stage) -> None:
    bring(written())
    report = filed()
    bring(written("RAHASIA", to=thread_of(report)))
    report.refresh_from_db()
    assert report.visibility == Visibility.CONFIDENTIAL
    (sent,) = bring(written("BACA", to=thread_of(report)))
    assert "tidak dikirim lewat surel" in sent.body
    bring(written("BATAL", to=thread_of(report)))
    report.refresh_from_db()
    assert report.state == State.WITHDRAWN


def test_a_sentence_that_begins_with_a_command_is_no_command(stage: Stage) -> None:
    bring(written("Status tanah warga di Samarinda Utara tidak jelas sejak tahun 2019, mohon diperiksa."))
    assert filed().text.startswith("Status tanah")


@pytest.mark.parametrize(
    "headers", [{}, {"Authentication-Results": f"{AUTHSERV}; dmarc=none; spf=none"}], ids=["", "none"]
)
def test_an_address_alone_moves_nothing(stage: Stage, headers: dict[str, Any]) -> None:
    bring(written())
    report = filed()
    (sent,) = bring(written("", subject=f"BATAL {report.code}", **headers))
    report.refresh_from_db()
    assert report.state == State.RECEIVED and "kode dan PIN" in sent.body


def test_a_genuine_sender_or_the_pin_moves_it(stage: Stage) -> None:
    (answer,) = bring(written())
    report = filed()
    (status,) = bring(written("", subject="STATUS", **GENUINE))
    assert show_code(report.code) in status.body
    found = re.search(r"PIN: ([\d ]+)", str(answer.body))
    assert found is not None
    bring(written("", subject=f"BATAL {report.code} {found[1]}", sender="kakak@uji.invalid"))
    report.refresh_from_db()
    assert report.state == State.WITHDRAWN


def test_a_wrong_pin_tells_nothing(stage: Stage) -> None:
    bring(written())
    for code in (filed().code, "4827193056"):
        (sent,) = bring(written("", subject=f"STATUS {code} 1234 5678", sender="lain@uji.invalid"))
        assert "menunggu diperiksa" not in sent.body and "Kami belum yakin" in sent.body


@pytest.mark.parametrize(("text", "subject"), [("", ""), ("   \n", "")], ids=["nothing", "blanks"])
def test_an_empty_mail_is_answered_kindly(stage: Stage, text: str, subject: str) -> None:
    (sent,) = bring(written(text, subject=subject))
    assert "kosong" in sent.body and not Report.objects.exists()


def test_a_mail_that_says_too_little_is_asked_for_more(stage: Stage) -> None:
    (sent,) = bring(written("tolong", subject="halo", files=(("a.zip", "application/zip", b"PK\x03\x04"),)))
    assert "terlalu singkat" in sent.body and "arsip zip" in sent.body
    assert not Report.objects.exists()


def test_twenty_thousand_letters_are_taken_and_the_rest_is_asked_for(stage: Stage) -> None:
    (sent,) = bring(written(f"{WHOLE} " * 300))
    assert len(filed().text) <= 20_000 and "huruf pertama" in sent.body


def test_of_a_mail_too_large_the_headers_are_kept_and_it_is_answered_kindly(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lapor.channels.mail.take.MOST", 50_000)
    (sent,) = bring(written("x" * 60_000))
    assert "terlalu besar" in sent.body and not Report.objects.exists()


def test_a_mail_that_comes_twice_is_filed_and_answered_once(stage: Stage) -> None:
    raw = written()
    assert len(bring(raw)) == 1 and bring(raw) == [] and bring(b"Received: by x\n" + raw) == []
    assert Report.objects.count() == 1


def test_other_words_under_the_same_message_id_are_another_mail(stage: Stage) -> None:
    bring(written(message_id="<sama@uji.invalid>"))
    bring(written(message_id="<sama@uji.invalid>", subject="Hal lain"))
    assert Report.objects.count() == 2


def test_killed_while_reading_a_mail_is_filed_and_answered_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def dies(*_args: object, **_fields: object) -> None:
        raise Killed

    take(written(), now=MONDAY)
    with monkeypatch.context() as broken:
        broken.setattr("lapor.channels.reader.outbox.queue_all", dies)
        with pytest.raises(Killed):
            registry.read(now=MONDAY)
    assert not Report.objects.exists()
    registry.read(now=MONDAY + timedelta(minutes=2))
    assert Report.objects.count() == Sending.objects.count() == 1


def test_too_many_mails_of_one_sender_in_a_day_wait(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hear, "MOST_A_DAY", 3)
    answers = [len(bring(written("halo", subject=str(n)))) for n in range(5)]
    assert answers == [1, 1, 1, 0, 0]
    assert Received.objects.filter(state="refused", why="flood").count() == 2


def test_a_closed_report_says_so_and_loses_nothing_silently(stage: Stage) -> None:
    bring(written())
    report = filed()
    bring(written("BATAL", to=thread_of(report)))
    (sent,) = bring(written("Ternyata masih mati.", to=thread_of(report)))
    assert "dicabut" in sent.body


def test_who_stops_gets_no_more_notices_until_the_next_mail(stage: Stage) -> None:
    bring(written())
    (sent,) = bring(written("", subject="STOP"))
    assert "tidak mengirim pemberitahuan lagi" in sent.body
    assert registry.is_stopped("email", REPORTER)
    bring(written("Masih gelap.", to=thread_of(filed())))
    assert not registry.is_stopped("email", REPORTER)


def test_an_answer_never_repeats_what_was_written_in_a_report_made_secret_later(stage: Stage) -> None:
    bring(written())
    report = filed()
    actions.ask_secrecy(
        report_id=report.pk, is_anonymous=True, is_confidential=True, actor=reporter(report), now=MONDAY
    )
    for words in ("STATUS", "BACA", "Tambahan lagi pak", "BATAL"):
        (sent,) = bring(written(words, to=thread_of(report)))
        assert not re.search("lampu|samarinda|inspektorat|dinas", str(sent.message()), re.IGNORECASE)
