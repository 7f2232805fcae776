from __future__ import annotations

import threading
from datetime import datetime, timedelta
from itertools import count

import hypothesis
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from lapor.agencies.reference import load_categories
from lapor.channels import inbox, outbox, reader, registry
from lapor.channels.base import Incoming, Media, digest_of
from lapor.channels.models import Received, ReceivedFile, Sending, Talk
from lapor.channels.sms import says, talk
from lapor.lib.codes import new_code, show_code
from lapor.reports import actions, by_contact
from lapor.reports.models import Channel, Message, Outcome, Report, State, Visibility
from lapor.vault.envelope import open_sealed
from lapor.vault.models import FileKey
from lapor.voice import answering
from tests.cast import MONDAY, Stage, file_report, to_answered


@pytest.fixture(autouse=True)
def categories(stage: Stage) -> None:
    """All of them, as everywhere outside the tests: words of any matter may come."""
    load_categories()


NUMBER, OTHER = "+6281200000001", "+6281200000002"
WHOLE = "Lampu jalan di Samarinda Utara mati sejak tiga hari lalu, gelap sekali"
_ids = count(1)


def send(text: str, *, sender: str = NUMBER, now: datetime = MONDAY, external_id: str = "") -> list[str]:
    """One SMS comes in and is read; what is said back."""
    before = Sending.objects.count()
    message = Incoming(
        channel=Channel.SMS,
        external_id=external_id or f"uji-{next(_ids)}",
        sender=sender,
        text=text,
        came_at=now,
    )
    inbox.take(message)
    registry.read(now=now)
    return [_said(row) for row in Sending.objects.order_by("pk")[before:]]


def _said(row: Sending) -> str:
    return str(open_sealed(bytes(row.box), aad=f"sending:{row.once}")["text"])


def filed() -> Report:
    return Report.objects.get(channel=Channel.SMS)


def test_an_sms_that_says_all_is_filed_at_once(stage: Stage) -> None:
    (answer,) = send(WHOLE)
    report = filed()
    assert show_code(report.code) in answer and "PIN" in answer
    assert (report.region_id, report.state, report.visibility) == ("64.72.05", State.RECEIVED, Visibility.PUBLIC)
    assert report.occurred_on is not None


def test_only_what_is_missing_is_asked_one_question_a_message(stage: Stage) -> None:
    assert send("lampu jalan mati gelap sekali pak tolong") == [says.ASK_WHERE]
    assert send("samarinda utara") == [says.ASK_WHEN]
    assert not Report.objects.exists()
    (answer,) = send("sejak 3 hari lalu")
    assert "Kode" in answer
    assert filed().region_id == "64.72.05"


def test_who_does_not_know_is_asked_no_more(stage: Stage) -> None:
    send("lampu jalan mati gelap sekali pak tolong")
    send("tidak tahu")
    (answer,) = send("tidak tahu")
    assert "Kode" in answer and filed().region_id is None


def test_what_nobody_completes_is_filed_after_some_hours(stage: Stage) -> None:
    send("lampu jalan mati gelap sekali pak tolong")
    assert registry.finish(now=MONDAY + timedelta(hours=1)) == 0
    registry.finish(now=MONDAY + talk.PATIENCE + timedelta(hours=1))
    assert filed().text.startswith("lampu jalan")
    assert show_code(filed().code) in _said(Sending.objects.latest("pk"))


@pytest.mark.parametrize("message", ["", "   ", "\n"])
def test_an_empty_message_is_answered_kindly(stage: Stage, message: str) -> None:
    assert send(message) == [says.EMPTY]


@pytest.mark.parametrize("message", ["😀😀😀", "halo", "p", "tes"])
def test_what_says_nothing_is_asked_for_more_and_never_filed(stage: Stage, message: str) -> None:
    assert send(message) == [says.ASK_WHAT]
    assert not Report.objects.exists()


def test_four_thousand_letters_are_one_report(stage: Stage) -> None:
    send(WHOLE + " dan kami minta tolong" * 190)
    assert len(filed().text) > 3_900


def test_a_message_that_comes_twice_is_filed_and_answered_once(stage: Stage) -> None:
    send(WHOLE, external_id="sama")
    assert send(WHOLE, external_id="sama") == []
    assert Report.objects.count() == 1


def test_whoever_asks_for_secrecy_gets_it_and_is_told_nothing_of_the_matter(stage: Stage) -> None:
    (answer,) = send(f"RAHASIA {WHOLE}")
    report = filed()
    assert (report.visibility, report.is_anonymous) == (Visibility.CONFIDENTIAL, True)
    assert "lampu" not in answer.lower()
    (status,) = send(f"STATUS {report.code}")
    assert show_code(report.code) in status and "Inspektorat" not in status
    (read,) = send(f"BACA {report.code}")
    assert "tidak dikirim lewat SMS" in read


def test_danger_is_answered_with_the_number_to_ring_and_filed_without_questions(stage: Stage) -> None:
    answers = send("TOLONG kebakaran besar di samarinda utara api sudah ke rumah warga ada orang di dalam")
    assert "telepon" in answers[0] and "Kode" in answers[1]
    assert filed().is_urgent


def test_the_whole_way_goes_by_sms(stage: Stage) -> None:
    send(WHOLE)
    report = filed()
    to_answered(stage, report, now=MONDAY)
    assert "sudah dijawab" in send("STATUS")[0]
    assert send("BACA")[0].startswith(show_code(report.code))
    assert send("KEBERATAN") == [says.ASK_OBJECTION.format(code=show_code(report.code))]
    assert "Keberatan" in send("lampunya masih mati pak sampai malam ini")[0]
    report.refresh_from_db()
    assert report.state == State.OBJECTED


def test_the_reporter_agrees_and_rates_by_sms(stage: Stage) -> None:
    send(WHOLE)
    report = filed()
    to_answered(stage, report, now=MONDAY)
    assert "selesai" in send("SETUJU")[0]
    report.refresh_from_db()
    assert (report.state, report.outcome) == (State.CLOSED, Outcome.AGREED)
    assert "ANDAL" in send("NILAI 5")[0]
    assert report.rating.stars == 5
    assert send("4")[0] == says.THANKS_FOR_VOICE
    assert answering.given(report.pk) == {"reliable": 4}  # the rating is added by the consumer


def test_an_answer_to_a_question_of_the_office_goes_into_the_thread(stage: Stage) -> None:
    send(WHOLE)
    report = filed()
    actions.hold(report_id=report.pk, question="Di tiang nomor berapa?", actor=stage.officer("admin"), now=MONDAY)
    assert "Di tiang nomor berapa?" in send("BACA")[0]
    (answer,) = send("tiang nomor 14 pak")
    assert answer == says.ADDED.format(code=show_code(report.code))
    assert Message.objects.filter(report=report, text="tiang nomor 14 pak").exists()
    report.refresh_from_db()
    assert report.state == State.RECEIVED


def test_a_reply_that_was_meant_as_a_new_report_becomes_one(stage: Stage) -> None:
    send(WHOLE)
    actions.hold(report_id=filed().pk, question="Di tiang berapa?", actor=stage.officer("admin"), now=MONDAY)
    send("sampah menumpuk di pasar samarinda utara sejak kemarin")
    (answer,) = send("BARU")
    assert "Kode" in answer and Report.objects.count() == 2


def test_stop_silences_notices_and_any_message_ends_it(stage: Stage) -> None:
    send(WHOLE)
    assert send("STOP") == [says.STOPPED]
    assert registry.is_stopped(Channel.SMS, NUMBER)
    send("STATUS")
    assert not registry.is_stopped(Channel.SMS, NUMBER)


def test_a_draft_is_dropped_by_batal_and_a_report_withdrawn_by_its_code(stage: Stage) -> None:
    send("lampu jalan mati gelap sekali pak tolong")
    assert send("BATAL") == [says.DROPPED]
    send(WHOLE)
    report = filed()
    send(f"BATAL {report.code}")
    report.refresh_from_db()
    assert report.state == State.WITHDRAWN


def test_a_code_of_somebody_else_and_one_that_does_not_exist_get_the_same_answer(stage: Stage) -> None:
    send(WHOLE)
    theirs, nobodys = filed().code, new_code()
    assert send(f"STATUS {theirs}", sender=OTHER) == send(f"STATUS {nobodys}", sender=OTHER)
    assert send(f"BATAL {theirs} 11112222", sender=OTHER) == send(f"BATAL {nobodys} 11112222", sender=OTHER)
    assert filed().state == State.RECEIVED


def test_another_telephone_proves_the_report_with_its_pin(stage: Stage) -> None:
    (answer,) = send(WHOLE)
    pin = answer.split("PIN ")[1][:9].replace(" ", "")
    code = filed().code
    assert "menunggu diperiksa" in send(f"STATUS {code} {pin}", sender=OTHER)[0]
    assert "menunggu diperiksa" in send(f"STATUS {code}", sender=OTHER)[0], "it is remembered"


def test_a_number_written_on_the_web_gives_its_owner_no_power_over_the_report(stage: Stage) -> None:
    report, _receipt = file_report(phone=NUMBER)
    assert "tidak cocok" in send(f"BATAL {report.code}")[0]
    assert send("STATUS") == [says.NONE.format(word="STATUS")]


def test_one_number_is_sent_so_many_messages_a_day_and_no_more(stage: Stage) -> None:
    for _ in range(outbox.MOST_A_DAY + 5):
        send("BANTUAN")
    assert Sending.objects.count() == outbox.MOST_A_DAY
    assert send("BANTUAN", now=MONDAY + timedelta(days=2)) == [says.HELP]


def test_messages_of_one_sender_are_read_in_order_and_a_stuck_one_holds_only_its_own(stage: Stage) -> None:
    for number, text in ((NUMBER, "lampu jalan mati gelap sekali"), (NUMBER, "samarinda utara"), (OTHER, WHOLE)):
        inbox.take(Incoming(channel="sms", external_id=f"u{next(_ids)}", sender=number, text=text, came_at=MONDAY))
    first = Received.objects.order_by("pk").first()
    assert first is not None
    Received.objects.filter(pk=first.pk).update(next_try_at=MONDAY + timedelta(minutes=5))
    registry.read(now=MONDAY)
    assert Received.objects.filter(state="done").count() == 1, "the second waits for the first"
    for _ in range(3):
        registry.read(now=MONDAY + timedelta(minutes=6))
    assert not Received.objects.filter(state="waiting").exists()


def test_a_message_that_makes_the_reader_fail_waits_for_a_person_in_the_end(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk, "read", lambda _text: 1 / 0)
    inbox.take(Incoming(channel="sms", external_id="rusak", sender=NUMBER, text=WHOLE, came_at=MONDAY))
    now = MONDAY
    for _ in range(reader.TRIES):
        with pytest.raises(ZeroDivisionError):
            registry.read(now=now)
        now += timedelta(hours=4)
    registry.read(now=now)
    row = Received.objects.get()
    assert row.state == Received.State.FAILED
    monkeypatch.undo()
    assert inbox.again(Received.objects.all(), now=now) == 1
    registry.read(now=now)
    assert Report.objects.count() == 1


def test_files_of_a_message_wait_with_it_locked_and_go_when_it_was_read(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[Media, ...]] = []

    def hear(_self: talk.Telephone, message: Incoming, *, now: datetime) -> list[str]:
        heard.append(message.files)
        return []

    monkeypatch.setattr(talk.Telephone, "hear", hear)
    sent = (Media("kwitansi Bu Kertonegoro.jpg", b"isi satu"), Media("", b"isi dua"))
    message = Incoming(channel="sms", external_id="foto", sender=NUMBER, text="", files=sent, came_at=MONDAY)
    assert [inbox.take(message), inbox.take(message)] == [True, False]
    kept = [bytes(row.locked) + bytes(row.name) for row in ReceivedFile.objects.all()]
    assert len(kept) == FileKey.objects.count() == 2
    assert not any(b"isi" in one or b"Kertonegoro" in one for one in kept)
    registry.read(now=MONDAY)
    assert heard == [sent]
    assert not ReceivedFile.objects.exists() and not FileKey.objects.exists()


def test_those_beside_and_behind_one_that_makes_the_reader_fail_are_read_at_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They came together; only the one that failed is tried less and less often."""
    monkeypatch.setattr(reader, "TOGETHER", 2)
    for number, sender in enumerate((NUMBER, OTHER, "+6281200000003")):
        inbox.take(Incoming(channel="sms", external_id=f"b{number}", sender=sender, text="BANTUAN", came_at=MONDAY))
    hear = talk.Telephone.hear

    def fail(self: talk.Telephone, message: Incoming, *, now: datetime) -> list[str]:
        assert message.sender != NUMBER
        return hear(self, message, now=now)

    monkeypatch.setattr(talk.Telephone, "hear", fail)
    with pytest.raises(AssertionError):
        registry.read(now=MONDAY)
    assert list(Received.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 1, 0]
    assert registry.read(now=MONDAY) == 2
    assert Received.objects.filter(state="done").count() == 2


def test_a_backlog_drains_in_order_for_each_number_with_several_workers(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [f"+62812000001{n:02d}" for n in range(8)]
    order = [(numbers[n % 7 if n % 3 else 7], n) for n in range(160)]  # one of them floods
    for number, n in order:
        inbox.take(Incoming(channel="sms", external_id=f"s{n}", sender=number, text=str(n), came_at=MONDAY))
    heard: list[tuple[str, int]] = []

    def hear(_self: talk.Telephone, message: Incoming, *, now: datetime) -> list[str]:
        heard.append((message.sender, int(message.text)))
        return []

    monkeypatch.setattr(talk.Telephone, "hear", hear)
    monkeypatch.setattr(reader, "MOST", 11)

    def work() -> None:
        try:
            while Received.objects.filter(state="waiting").exists():
                registry.read(now=MONDAY)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(heard) == sorted(order), "each once"
    for number in numbers:
        mine = [n for sender, n in heard if sender == number]
        assert mine == sorted(mine)


def test_the_reports_of_a_number_are_found_by_an_index_however_many_there_are(stage: Stage) -> None:
    send("Lampu jalan mati di depan pasar segiri samarinda ulu sudah tiga hari")
    with CaptureQueriesContext(connection) as asked:
        assert len(by_contact.newest(digest_of(NUMBER), channel="sms")) == 1
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plans = ""
        for query in asked.captured_queries:
            cursor.execute(f"EXPLAIN {query['sql']}")
            plans += "\n".join(line for (line,) in cursor.fetchall())
    assert "report_of_identity" in plans and "Seq Scan" not in plans, plans


def test_neither_number_nor_words_stand_in_clear_in_any_table(stage: Stage) -> None:
    send("RAHASIA Pak Kertonegoro minta uang di samarinda utara sejak kemarin")
    for model in (Received, Sending, Talk):
        for row in model.objects.values_list():
            said = " ".join(bytes(cell).hex() if isinstance(cell, (bytes, memoryview)) else str(cell) for cell in row)
            assert NUMBER[3:] not in said and "Kertonegoro" not in said and b"Kertonegoro".hex() not in said


def test_everything_that_is_said_fits_one_message() -> None:
    texts = {name: text for name, text in vars(says).items() if name.isupper() and isinstance(text, str)}
    fields = {
        "code": "4827 193 056", "pin": "4071 9926", "due": "30 Des 2026", "word": "KEBERATAN", "number": "112",
        "state": max(says.STATES.values(), key=len), "agency": "", "codes": "4827 193 056 / 4827 193 057",
        "link": "https://www.lapor.go.id/lacak/", "text": "",
    }  # fmt: skip
    for name, text in texts.items():
        assert len(text.format(**fields)) <= says.MOST, name
    assert set(says.STATES) == set(State)


def test_what_cannot_be_seen_makes_no_report(stage: Stage) -> None:
    for words in ("jl" + "\u2060" * 40, "ok", "ya", "\u2060" * 9):
        assert send(words)
    assert not Report.objects.exists()


@hypothesis.settings(max_examples=40, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
@given(st.text(max_size=400))
def test_nothing_that_is_written_makes_the_reader_fail(stage: Stage, text: str) -> None:
    assert len(send(text)) <= 2
