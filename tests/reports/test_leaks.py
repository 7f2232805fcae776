"""The leak guard: nothing that says who reported, and nobody's personal data, leaves without somebody answering for it."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from lapor.agencies.models import Role
from lapor.audit.models import Entry
from lapor.lib import pdfs
from lapor.reports import actions, files
from lapor.reports.access import NotFound, find
from lapor.reports.change import Incomplete, LeakFound
from lapor.reports.leaks import STRUCK
from lapor.reports.lifecycle import MoveRefused
from lapor.reports.models import Attachment, Audience, Event, EventKind, Message, MessageKind, Report
from lapor.reports.stops import CLOSED_AFTER, CLOSED_FOR
from tests.cast import ANSWER, MONDAY, Stage, file_report, person, to_assigned
from tests.samples import pdf, picture

NAME, PHONE, EMAIL = "Kenari Sunyi Uji", "081255554444", "kenari.sunyi@contoh.invalid"
WHY = "Nomor kantor, boleh diketahui umum."
OWN = [
    "Kami sudah menemui Kenari di rumahnya.",
    "Kami sudah menemui K e n a r i di rumahnya.",
    "Kami sudah menemui KENARI SUNYI UJI.",
    "Hubungi nol delapan satu dua lima lima lima lima empat empat empat empat.",
    "Hubungi 0812 5555 4444 bila perlu.",
    "Hubungi +62 812-5555-4444 bila perlu.",
    "Balas ke kenari.sunyi (at) contoh titik invalid.",
]
OTHERS = [
    ("NIK 6472051234560001 tercatat ganda.", "nik"),
    ("Nomor KK 6472051234560002 tercatat ganda.", "nik"),
    ("Ditransfer ke rekening BRI 1234-5678-9012.", "account"),
    ("Hubungi 0541 123456 pada jam kerja.", "phone"),
    ("Truk KT 1234 AB sudah ditegur.", "plate"),
    ("Kirim ke warga.lain@contoh.invalid saja.", "email"),
    ("Rumahnya di RT 07 RW 02 sebelah masjid.", "address"),
    ("Rumahnya di RT 07 Desa Sukamaju.", "address"),
    ("Rumahnya di Perumahan Griya Uji Blok F2.", "address"),
]


def reported(stage: Stage, **changes: Any) -> Report:
    report, _receipt = file_report(**({"name": NAME, "phone": PHONE, "email": EMAIL} | changes))
    return to_assigned(stage, report)


def follow_up(stage: Stage, report: Report, text: str, **given: Any) -> Report:
    return actions.follow_up(
        report_id=report.pk, text=f"Kami sudah ke lokasi. {text}", actor=stage.officer("liaison"), now=MONDAY, **given
    )


def stopped(act: Callable[[], object]) -> LeakFound:
    with pytest.raises(LeakFound) as leak:
        act()
    return leak.value


@pytest.mark.parametrize("text", OWN)
@pytest.mark.parametrize("secret", [{}, {"is_anonymous": True}], ids=["named", "anonymous"])
def test_the_reporters_own_data_do_not_leave_in_any_spelling(stage: Stage, text: str, secret: dict[str, Any]) -> None:
    report = reported(stage, **secret)
    leak = stopped(lambda: follow_up(stage, report, text))
    assert any(one.is_own for one in leak.found)
    assert not Message.objects.filter(report=report).exists()


@pytest.mark.parametrize(("text", "kind"), OTHERS)
def test_anybodys_personal_data_do_not_leave_unseen(stage: Stage, text: str, kind: str) -> None:
    report = reported(stage)
    assert {one.kind for one in stopped(lambda: follow_up(stage, report, text)).found} == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "Lubang ditambal tanggal 5 Oktober 2026, biayanya Rp 12.500.000.",
        "Tulis ke pengaduan@samarindakota.go.id.",
        "Ketua RT 05 sudah diberi tahu.",
        "Lihat Perda 5/2019 dan nomor surat 100/2026.",
    ],
)
def test_ordinary_words_leave(stage: Stage, text: str) -> None:
    report = reported(stage)
    follow_up(stage, report, text)
    assert Message.objects.get(report=report).text.endswith(text)


def test_a_reason_lets_it_leave_and_stays_for_the_inspectorate(stage: Stage) -> None:
    report = reported(stage)
    follow_up(stage, report, "Hubungi 0541 123456 pada jam kerja.", leak_reason=WHY)
    note = Message.objects.get(report=report, kind=MessageKind.NOTE)
    event = Event.objects.get(report=report, kind=EventKind.LEAK_ALLOWED)
    assert (note.text, note.audience, event.message, event.data) == (WHY, Audience.OFFICERS, note, {"kinds": ["phone"]})
    assert Entry.objects.get(act="leak.allowed").data == {"report": report.pk, "kinds": ["phone"], "passed": True}
    assert "0541 123456" in Message.objects.get(report=report, kind=MessageKind.FOLLOW_UP).text


@pytest.mark.parametrize("reason", ["", "   ", "pendek"])
def test_an_empty_reason_is_none(stage: Stage, reason: str) -> None:
    report = reported(stage)
    stopped(lambda: follow_up(stage, report, "Hubungi 0541 123456.", leak_reason=reason))


def test_a_reason_that_repeats_the_data_is_none(stage: Stage) -> None:
    report = reported(stage)
    stopped(lambda: follow_up(stage, report, "Hubungi 0541 123456.", leak_reason="Karena 0541 123456 nomor kantor."))


def test_that_somebody_was_stopped_is_kept_without_the_data(stage: Stage) -> None:
    report = reported(stage)
    stopped(lambda: follow_up(stage, report, "Hubungi Kenari di 0812 5555 4444."))
    entry = Entry.objects.get(act="leak.stopped")
    assert entry.user == stage.people["liaison"]
    assert entry.data == {"report": report.pk, "kinds": ["own"], "passed": False}
    kept = str(entry.data) + entry.subject + entry.reason
    assert "Kenari" not in kept and "5555" not in kept


def _acts(stage: Stage, report: Report, text: str) -> dict[str, Callable[[], object]]:
    """Every way of an officer's words while an agency has the report."""
    liaison, admin = stage.officer("liaison"), stage.officer("admin")
    given: dict[str, Any] = {"report_id": report.pk, "now": MONDAY}
    long = f"{ANSWER} {text}"
    return {
        "follow_up": lambda: actions.follow_up(text=long, actor=liaison, **given),
        "draft": lambda: actions.draft(
            text=long, done_by="Bidang", done_on=MONDAY.date(), is_ready=False, actor=liaison, **given
        ),
        "done_by": lambda: actions.draft(
            text=ANSWER, done_by=text, done_on=MONDAY.date(), is_ready=True, actor=liaison, **given
        ),
        "hold": lambda: actions.hold(question=long, actor=liaison, **given),
        "extend": lambda: actions.extend(reason=long, actor=liaison, **given),
        "hand_back": lambda: actions.hand_back(reason=long, actor=liaison, **given),
        "contribute": lambda: actions.contribute(text=long, actor=liaison, **given),
        "note": lambda: actions.note(text=long, actor=liaison, **given),
        "assign": lambda: actions.assign(to=stage.health, instruction=long, actor=admin, **given),
        "correct": lambda: actions.correct(title=text, actor=admin, **given),
        "correct place": lambda: actions.correct(place=text, actor=admin, **given),
        "split": lambda: actions.split(text=long, title="Pokok kedua", actor=admin, **given),
    }


ACTS = [
    "follow_up",
    "draft",
    "done_by",
    "hold",
    "extend",
    "hand_back",
    "contribute",
    "note",
    "assign",
    "correct",
    "correct place",
    "split",
]


@pytest.mark.parametrize("name", ACTS)
def test_no_way_of_words_goes_round_the_guard_where_nobody_may_know_the_reporter(stage: Stage, name: str) -> None:
    report = reported(stage, is_anonymous=True)
    before = (Message.objects.count(), Event.objects.count(), Report.objects.get(pk=report.pk).version)
    stopped(_acts(stage, report, "Kami menemui kenari")[name])
    assert (Message.objects.count(), Event.objects.count(), Report.objects.get(pk=report.pk).version) == before
    assert Entry.objects.filter(act="leak.own").count() == 1


@pytest.mark.parametrize("name", ["follow_up", "done_by", "extend", "correct"])
def test_what_is_published_is_guarded_for_named_reporters_too(stage: Stage, name: str) -> None:
    stopped(_acts(stage, reported(stage), "Kami menemui Kenari")[name])


def test_between_offices_a_named_reporter_may_be_named(stage: Stage) -> None:
    report = reported(stage)
    actions.note(report_id=report.pk, text="Kenari ada di 0812 5555 4444.", actor=stage.officer("liaison"), now=MONDAY)
    assert Message.objects.filter(report=report, kind=MessageKind.NOTE).count() == 1


def test_the_decision_on_an_objection_and_on_archiving_is_guarded(stage: Stage) -> None:
    fresh, _receipt = file_report(name=NAME, phone=PHONE)
    stopped(
        lambda: actions.archive(
            report_id=fresh.pk,
            reason="too_general",
            explanation="Yang terhormat Ibu Kenari, mohon tempatnya disebut.",
            actor=stage.officer("admin"),
            now=MONDAY,
        )
    )
    stopped(
        lambda: actions.verify(
            report_id=fresh.pk, title="Lampu mati di rumah Kenari", actor=stage.officer("admin"), now=MONDAY
        )
    )


def test_an_answer_is_guarded_again_when_it_is_sent(stage: Stage) -> None:
    """The draft passed with a reason; whoever sends it answers for it too, and sees it."""
    report = reported(stage)
    stage.people["second"] = person("second", stage.roads, Role.LIAISON)
    actions.draft(
        report_id=report.pk, text=f"{ANSWER} Hubungi 0541 123456.", done_by="Bidang", done_on=MONDAY.date(),
        is_ready=True, actor=stage.officer("second"), now=MONDAY, leak_reason=WHY,
    )  # fmt: skip
    send: dict[str, Any] = {"report_id": report.pk, "actor": stage.officer("liaison"), "now": MONDAY}
    stopped(lambda: actions.send_answer(**send))
    actions.send_answer(**send, leak_reason=WHY)
    assert Event.objects.filter(report=report, kind=EventKind.LEAK_ALLOWED).count() == 2


def test_an_answer_that_others_get_too_does_not_name_any_of_them(stage: Stage) -> None:
    lead = reported(stage)
    joined, _receipt = file_report(name="Merpati Uji Jingga", phone="081277776666")
    actions.merge(report_id=joined.pk, into=lead, actor=stage.officer("admin"), now=MONDAY)
    stopped(lambda: follow_up(stage, lead, "Merpati sudah kami temui."))


# Where nobody may know the reporter: the guard confirms no guess.


def test_what_is_said_of_an_unnamed_reporter_is_the_same_for_a_right_and_a_wrong_guess(stage: Stage) -> None:
    report = reported(stage, is_anonymous=True)
    right = stopped(lambda: follow_up(stage, report, "Atas nama Kenari Sunyi Uji."))
    wrong = stopped(lambda: follow_up(stage, report, "Atas nama Merpati Jingga Uji."))
    for leak in (right, wrong):
        assert leak.is_unnamed and (leak.field, leak.reason, str(leak)) == (right.field, right.reason, str(right))
    assert [one.text.replace("Kenari Sunyi", "Merpati Jingga") for one in right.found] == [
        one.text for one in wrong.found
    ]
    assert "Kenari" not in repr(right.found) and "is_own" not in repr(right.found)


def test_with_a_reason_the_sentence_with_own_data_is_taken_out_and_the_rest_leaves(stage: Stage) -> None:
    report = reported(stage, is_anonymous=True)
    follow_up(stage, report, "Kami menemui Kenari di rumahnya. Jalan ditambal besok.", leak_reason=WHY)
    sent = Message.objects.get(report=report, kind=MessageKind.FOLLOW_UP).text
    assert sent == f"Kami sudah ke lokasi. {STRUCK} Jalan ditambal besok."
    assert Event.objects.get(report=report, kind=EventKind.LEAK_ALLOWED).data == {"kinds": []}
    assert Entry.objects.get(act="leak.own").data["passed"] is True


def test_guessing_closes_the_pen_whatever_is_written(stage: Stage) -> None:
    report, other = reported(stage, is_anonymous=True), reported(stage, is_anonymous=True)
    for _n in range(CLOSED_AFTER):
        stopped(lambda: follow_up(stage, report, "Apakah ini kenari?"))
    for text in ("Apakah ini merpati?", "Jalan ditambal besok."):
        with pytest.raises(MoveRefused) as refused:
            follow_up(stage, other, text)
        assert refused.value.reason == "guard_closed"


def test_a_closed_pen_still_writes_where_the_reporter_is_known_and_opens_after_a_day(stage: Stage) -> None:
    report, named = reported(stage, is_anonymous=True), reported(stage)
    for _n in range(CLOSED_AFTER):
        stopped(lambda: follow_up(stage, report, "Apakah ini kenari?"))
    follow_up(stage, named, "Jalan ditambal besok.")
    later: dict[str, Any] = {"report_id": report.pk, "actor": stage.officer("liaison")}
    actions.follow_up(text="Jalan ditambal besok pagi.", now=MONDAY + CLOSED_FOR + timedelta(seconds=1), **later)


def test_colleagues_of_a_guesser_can_go_on(stage: Stage) -> None:
    report = reported(stage, is_anonymous=True)
    stage.people["second"] = person("second", stage.roads, Role.LIAISON)
    for _n in range(CLOSED_AFTER):
        stopped(lambda: follow_up(stage, report, "Apakah ini kenari?"))
    actions.follow_up(report_id=report.pk, text="Jalan ditambal besok.", actor=stage.officer("second"), now=MONDAY)


# Files.


def _file(data: bytes, name: str) -> int:
    kept = files.keep(io.BytesIO(data), name=name, pending=uuid.uuid4(), now=MONDAY, keeps_name=True)
    return kept.pk


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (picture(), "KTP_Kenari_2026.jpg"),
        (pdf("Telah diterima dari Kenari Sunyi Uji"), "tanda terima.pdf"),
        (pdf("NIK 6472051234560001"), "daftar.pdf"),
    ],
    ids=["name", "text layer", "number"],
)
@pytest.mark.parametrize("secret", [{}, {"is_anonymous": True}], ids=["named", "anonymous"])
def test_a_file_that_tells_does_not_leave(
    stage: Stage, settings: LazySettings, tmp_path: Path, data: bytes, name: str, secret: dict[str, Any]
) -> None:
    settings.MEDIA_ROOT = tmp_path
    report, kept = reported(stage, **secret), _file(data, name)
    leak = stopped(lambda: follow_up(stage, report, "Lihat berkas.", attachments=(kept,)))
    assert {one.field for one in leak.found} == {"uploads"}


def test_of_an_unnamed_reporter_no_reason_lets_a_file_leave(
    stage: Stage, settings: LazySettings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    report, kept = reported(stage, is_anonymous=True), _file(picture(), "KTP_Kenari.jpg")
    stopped(lambda: follow_up(stage, report, "Lihat berkas.", attachments=(kept,), leak_reason=WHY))


def test_a_letterhead_is_no_leak(stage: Stage, settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    report, kept = reported(stage), _file(pdf("Dinas PUPR, Jl. Uji No. 1, telp. 0541 123456"), "surat tugas.pdf")
    follow_up(stage, report, "Lihat berkas.", attachments=(kept,))


def test_a_file_with_a_virus_does_not_leave(stage: Stage, settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    report, kept = reported(stage), _file(picture(), "foto.jpg")
    Attachment.objects.filter(pk=kept).update(scan="infected")
    with pytest.raises(Incomplete) as lack:
        follow_up(stage, report, "Lihat berkas.", attachments=(kept,))
    assert lack.value.reason == "infected_file"


def test_a_file_that_cannot_be_checked_needs_a_reason(
    stage: Stage, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path
    report, kept = reported(stage), _file(pdf(), "surat.pdf")
    monkeypatch.setattr(pdfs, "PATIENCE", 0.001)
    leak = stopped(lambda: follow_up(stage, report, "Lihat berkas.", attachments=(kept,)))
    assert [one.kind for one in leak.found] == ["unread"]


# The counter.


def test_a_helper_at_the_counter_reads_no_later_reply(stage: Stage) -> None:
    helper = person("counter", stage.roads, Role.COUNTER)
    stage.people["counter"] = helper
    report, _receipt = file_report(channel="counter", entered_by_id=helper.pk, name=NAME, phone=PHONE)
    to_assigned(stage, report)
    with pytest.raises(NotFound):
        find(stage.officer("counter"), report.code)
    with pytest.raises(NotFound):
        actions.note(report_id=report.pk, text="Sudah dibaca.", actor=stage.officer("counter"), now=MONDAY)
