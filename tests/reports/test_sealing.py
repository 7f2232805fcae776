"""A sealed report is read by its investigators and its reporter alone; whoever takes database and files reads nothing."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from lapor.agencies.models import Role
from lapor.agencies.people import NobodyCanOpen
from lapor.reports import access, actions, case, files, own, pending, visits
from lapor.reports.actors import Reporter, officer
from lapor.reports.change import Incomplete
from lapor.reports.lifecycle import Move, MoveRefused
from lapor.reports.models import Attachment, Clock, Event, Message, Pending, Report
from lapor.reports.submission import new_seal
from lapor.vault import investigators
from lapor.vault.models import Envelope, Identity
from tests.cast import ANSWER, MONDAY, TEXT, Stage, file_report, person, submission, to_assigned, unlocked
from tests.reports.raw import where

NOON = MONDAY + timedelta(hours=3, minutes=17, seconds=41)
SAID: dict[str, Any] = {
    "kind": "whistleblowing",
    "title": "Kuitansi fiktif Zamrud",
    "text": "Bendahara membuat kuitansi fiktif Topaz untuk rapat yang tidak pernah ada.",
    "place": "Ruang Safir lantai dua",
    "latitude": Decimal("-0.50123"),
    "longitude": Decimal("117.15456"),
    "occurred_on": date(2026, 9, 17),
    "name": "Pelapor Mirah",
    "phone": "081298765431",
    "email": "mirah@uji.invalid",
    "agency_named": "Dinas Kecubung",
    "external_id": "surat-Pirus",
}
SECRETS = ("Zamrud", "Topaz", "Safir", "Mirah", "81298765431", "mirah@", "Kecubung", "Pirus", "0.50123", "117.15456")


def _photo() -> io.BytesIO:
    image = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(image, "JPEG")
    return io.BytesIO(image.getvalue())


def _visitor(digits: str) -> Reporter:
    found = visits.visitor(visits.visit(digits, now=NOON), now=NOON)
    assert found is not None
    return found


def test_nothing_that_was_said_is_stored_where_a_thief_reads_it(stage: Stage) -> None:
    photo = files.keep(_photo(), name="bukti-Intan.jpg", keeps_name=True, pending=uuid4(), now=NOON)
    report, receipt = file_report(now=NOON, attachment_ids=(photo.pk,), **SAID)
    assert [secret for secret in (*SECRETS, "Intan") if where(secret)] == []
    assert not where(receipt.digits) and not Identity.objects.exists()
    assert report.region_id == "64.72", "regency or city, for the body and its clock"
    assert (report.account, report.pin_digest, report.category, report.proposed_agency) == (None, None, None, None)


def test_an_account_leaves_no_trace_in_a_sealed_report(stage: Stage) -> None:
    report, _receipt = file_report(kind="whistleblowing", account_id=stage.people["power"].pk)
    assert report.account is None


def test_the_investigator_and_the_reporter_read_what_was_said(stage: Stage) -> None:
    report, receipt = file_report(now=NOON, **SAID)
    opened = case.open_case(stage.officer("investigator"), report.code, now=NOON)
    mine = own.view(_visitor(receipt.digits))
    for shown, inside in ((opened.report, opened.inside), (mine.report, mine.inside)):
        assert (shown.title, shown.text, shown.place) == (SAID["title"], SAID["text"], SAID["place"])
        assert (shown.latitude, shown.longitude) == (SAID["latitude"], SAID["longitude"])
        assert shown.occurred_on == SAID["occurred_on"] and str(shown.category) == str(stage.category)
        assert shown.region_id == "64.72.05"
        assert (inside.name, inside.phone, inside.email) == (SAID["name"], SAID["phone"], SAID["email"])
        assert inside.agency == SAID["agency_named"] and SAID["name"] not in repr(inside)


def test_times_tell_no_more_than_the_day(stage: Stage) -> None:
    report, receipt = file_report(now=NOON, **SAID)
    actions.reply(report_id=report.pk, text="Ada lagi.", actor=_visitor(receipt.digits), now=NOON)
    actions.hold(report_id=report.pk, question="Siapa saksinya?", actor=stage.officer("investigator"), now=NOON)
    report.refresh_from_db()
    day = report.received_at
    assert day.astimezone().utctimetuple()[4:6] == (0, 0) and day.date() in {NOON.date(), NOON.date() - timedelta(1)}
    assert {report.active_at, *Event.objects.values_list("at", flat=True)} == {day}
    assert set(Message.objects.values_list("written_at", flat=True)) == {day}
    assert set(Clock.objects.values_list("started_at", flat=True)) == {day}
    assert set(report.holds.values_list("started_at", flat=True)) == {day}


@pytest.mark.parametrize("name", ["admin", "national", "overseer", "liaison", "stranger"])
def test_nobody_but_investigators_sees_that_it_is_there(stage: Stage, name: str) -> None:
    report, _receipt = file_report(kind="whistleblowing")
    with pytest.raises(access.NotFound):
        case.open_case(stage.officer(name), report.code, now=MONDAY)


def test_without_unlocked_keys_the_case_is_locked_and_shows_its_step_alone(stage: Stage) -> None:
    report, _receipt = file_report(**SAID)
    actor = officer(stage.people["investigator"], on=MONDAY.date())
    opened = case.open_case(actor, report.code, now=MONDAY)
    assert opened.is_locked and opened.moves <= {Move.STEP_ASIDE} and opened.clocks
    assert (opened.report.title, opened.report.text, opened.report.place) == ("", "", "")
    with pytest.raises(MoveRefused) as refused:
        actions.verify(report_id=report.pk, actor=actor, now=MONDAY)
    assert refused.value.reason == "locked"


def test_an_investigator_elsewhere_opens_nothing(stage: Stage) -> None:
    other = person("elsewhere", stage.health, Role.INVESTIGATOR)
    report, _receipt = file_report(**SAID)
    with pytest.raises(access.NotFound):
        case.open_case(officer(other, on=MONDAY.date(), keys=unlocked(other)), report.code, now=MONDAY)
    assert not Envelope.objects.filter(key__owner_id=other.pk).exists()


def test_who_is_above_can_open_it_when_lateness_carries_it_there(stage: Stage) -> None:
    chief = person("chief", stage.national, Role.INVESTIGATOR)
    report, _receipt = file_report(**SAID)
    Report.objects.filter(pk=report.pk).update(guardian=stage.national)
    opened = case.open_case(officer(chief, on=MONDAY.date(), keys=unlocked(chief)), report.code, now=MONDAY)
    assert opened.report.text == SAID["text"]


def test_a_colleague_who_gets_a_key_later_is_let_in_by_one_who_has_it(stage: Stage) -> None:
    report, _receipt = file_report(**SAID)
    late = person("late", stage.city_inspectorate, Role.INVESTIGATOR)
    actor = officer(late, on=MONDAY.date(), keys=unlocked(late))
    assert case.open_case(actor, report.code, now=MONDAY).is_locked
    case.open_case(stage.officer("investigator"), report.code, now=MONDAY)
    assert case.open_case(actor, report.code, now=MONDAY).report.text == SAID["text"]


def test_both_sides_talk_and_nothing_of_it_can_be_read_in_between(stage: Stage) -> None:
    report, receipt = file_report(**SAID)
    inside, outside = stage.officer("investigator"), _visitor(receipt.digits)
    actions.hold(report_id=report.pk, question="Apakah Opal ada di sana?", actor=inside, now=MONDAY)
    photo = files.keep(
        _photo(), name="Garnet.jpg", keeps_name=True, pending=uuid4(), now=MONDAY, public=own.seal_public(outside)
    )
    actions.reply(report_id=report.pk, text="Ya, Opal dan Giok.", actor=outside, now=MONDAY, attachments=(photo.pk,))
    actions.verify(report_id=report.pk, actor=inside, now=MONDAY)
    actions.assign(
        report_id=report.pk, to=stage.city_inspectorate, instruction="Periksa Nilam dulu.", actor=inside, now=MONDAY
    )
    said: dict[str, Any] = {"done_by": "Tim Kalimaya", "done_on": MONDAY.date(), "is_ready": True}
    actions.draft(report_id=report.pk, text=f"Akik. {ANSWER}", actor=inside, now=MONDAY, **said)
    actions.return_draft(report_id=report.pk, remark="Sebutkan Ruby juga.", actor=inside, now=MONDAY)
    actions.draft(report_id=report.pk, text=f"Akik, Ruby. {ANSWER}", actor=inside, now=MONDAY, **said)
    for secret in ("Opal", "Giok", "Garnet", "Nilam", "Kalimaya", "Akik", "Ruby", "aspal panas"):
        assert where(secret) == []
    actions.send_answer(report_id=report.pk, actor=inside, now=MONDAY)
    mine = own.view(outside)
    assert [message.text for message in mine.messages] == [
        "Apakah Opal ada di sana?", "Ya, Opal dan Giok.", f"Akik, Ruby. {ANSWER}",
    ]  # fmt: skip
    assert (mine.messages[-1].done_by, mine.messages[-1].done_on) == ("Tim Kalimaya", MONDAY.date())
    assert [file.name for file in mine.messages[1].attachments.all()] == ["Garnet.jpg"]
    opened = case.open_case(inside, report.code, now=MONDAY)
    assert "Periksa Nilam dulu." in [message.text for message in opened.messages]
    for secret in ("Opal", "Giok", "Garnet", "Nilam", "Kalimaya", "Akik", "Ruby", "aspal panas"):
        assert where(secret) == []


def test_the_reason_of_archiving_is_read_in_the_thread_and_nowhere_else(stage: Stage) -> None:
    report, receipt = file_report(**SAID)
    actions.archive(
        report_id=report.pk,
        reason="in_court",
        explanation="Perkara ini sedang disidangkan di Samarinda.",
        actor=stage.officer("investigator"),
        now=MONDAY,
    )
    assert where("in_court") == []
    assert "Sedang diperiksa pengadilan" in own.view(_visitor(receipt.digits)).messages[0].text


def test_files_open_for_both_sides_and_for_nobody_without_a_key(stage: Stage) -> None:
    photo = files.keep(_photo(), name="bukti.jpg", keeps_name=True, pending=uuid4(), now=NOON)
    report, receipt = file_report(now=NOON, attachment_ids=(photo.pk,), **SAID)
    stored = Attachment.objects.get(pk=photo.pk)
    assert (stored.name, stored.kind, stored.content_type, stored.size, stored.width) == ("", "", "", 0, None)
    assert stored.added_at == report.received_at
    for file, private in (
        case.attachment(stage.officer("investigator"), str(photo.key), now=NOON),
        own.attachment(_visitor(receipt.digits), str(photo.key)),
    ):
        assert (file.name, file.content_type) == ("bukti.jpg", "image/jpeg")
        assert files.read(file, private).read().startswith(b"\xff\xd8")
    with pytest.raises(access.NotFound):
        case.attachment(officer(stage.people["investigator"], on=MONDAY.date()), str(photo.key), now=NOON)
    with pytest.raises(access.NotFound):
        own.attachment(Reporter(report_id=report.pk), str(photo.key))


def test_the_database_itself_refuses_plain_words(stage: Stage) -> None:
    report, _receipt = file_report(**SAID)
    for change in ({"text": "Topaz"}, {"title": "Zamrud"}, {"category": stage.category}, {"sealed": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            report=report, kind="note", audience="officers", author="system", text="Topaz", written_at=MONDAY
        )


def test_no_report_is_taken_that_nobody_could_open(stage: Stage) -> None:
    investigators.retire(owner_id=stage.people["investigator"].pk, now=MONDAY)
    with pytest.raises(NobodyCanOpen):
        actions.submit(submission(**SAID), now=MONDAY)
    assert not Report.objects.exists()


def test_the_same_idempotency_key_gives_the_same_receipt_and_leaves_no_digest(stage: Stage) -> None:
    first = actions.submit(submission(idempotency_key="kunci-uji-1234567", **SAID), now=NOON)
    again = actions.submit(submission(idempotency_key="kunci-uji-1234567", **SAID), now=NOON + timedelta(hours=1))
    assert (again.code, again.digits, again.is_repeat) == (first.code, first.digits, True)
    report = Report.objects.get()
    assert (report.idempotency_digest, report.request_digest) == (None, None)


def test_wrong_receipts_get_one_answer_and_are_slowed_down(stage: Stage) -> None:
    _report, receipt = file_report(**SAID)
    for typed in ("", "1234", "0000 0000 0000 0000", receipt.digits[:-1], "abcd" * 4):
        with pytest.raises(visits.WrongReceipt):
            visits.visit(typed, now=NOON)
    for _ in range(visits.MAX_A_MINUTE - 5):
        with pytest.raises((visits.WrongReceipt, visits.TooManyTries)):
            visits.visit("0000 0000 0000 0001", now=NOON)
    with pytest.raises(visits.TooManyTries):
        visits.visit("0000 0000 0000 0001", now=NOON)
    assert visits.visit(f" {receipt.digits[:8]}-{receipt.digits[8:]}", now=NOON + timedelta(minutes=2))


def test_a_visit_ends_by_itself_and_when_the_reporter_leaves(stage: Stage) -> None:
    _report, receipt = file_report(**SAID)
    token = visits.visit(receipt.digits, now=NOON)
    assert visits.visitor(token, now=NOON + timedelta(hours=2)) is None
    token = visits.visit(receipt.digits, now=NOON)
    visits.leave(token)
    assert visits.visitor(token, now=NOON) is None


def test_what_waits_to_be_sent_is_open_to_its_browser_alone(stage: Stage) -> None:
    key, seal = uuid4(), new_seal()
    pending.keep(key, {"text": "Topaz di tangan"}, now=NOON, seal_with=seal)
    assert where("Topaz") == [] and pending.load(key) is None
    assert pending.load(key, new_seal().pair.private) is None
    kept = pending.load(key, seal.pair.private)
    assert kept is not None and kept.content == {"text": "Topaz di tangan"}
    pending.forget(key)
    assert not Pending.objects.exists()


def test_a_file_follows_the_kind_that_is_chosen_last(stage: Stage) -> None:
    key, seal = uuid4(), new_seal()
    files.keep(_photo(), name="bukti.jpg", keeps_name=True, pending=key, now=NOON)
    pending.turn_files(key, seal, holder=None, now=NOON)
    assert Attachment.objects.get().name == ""
    assert [file.name for file in pending.files(key, seal.pair.private)] == ["bukti.jpg"]
    pending.turn_files(key, None, holder=seal, now=NOON)
    assert Attachment.objects.get().name == "bukti.jpg"
    assert files.read(Attachment.objects.get()).read().startswith(b"\xff\xd8")


def test_a_sealed_report_never_becomes_less_and_takes_no_part_in_others(stage: Stage) -> None:
    report, receipt = file_report(**SAID)
    to_assigned(stage, file_report()[0])
    mine, theirs = _visitor(receipt.digits), stage.officer("investigator")
    for move in (Move.LIFT_SECRECY, Move.ASK_SECRECY, Move.RATE):
        assert not access.may(mine, move, report)
    assert not {Move.MERGE, Move.SPLIT, Move.HAND_OVER, Move.CORRECT} & access.moves(theirs, report)
    with pytest.raises(Incomplete) as refused:
        actions.verify(report_id=report.pk, title="Topaz", actor=theirs, now=MONDAY)
    assert refused.value.reason == "sealed_words"


def test_it_is_never_given_to_a_body_where_nobody_opens_it(stage: Stage) -> None:
    report, _receipt = file_report(**SAID)
    actor = stage.officer("investigator")
    actions.verify(report_id=report.pk, actor=actor, now=MONDAY)
    with pytest.raises(Incomplete) as refused:
        actions.assign(report_id=report.pk, to=stage.roads, actor=actor, now=MONDAY)
    assert refused.value.reason == "nobody_opens"
    with pytest.raises(Incomplete) as refused:
        actions.pass_on(
            report_id=report.pk, to=stage.province_inspectorate, reason="Bukan wewenang kami.", actor=actor, now=MONDAY
        )
    assert refused.value.reason == "nobody_opens"


def test_ordinary_reports_are_as_they_were(stage: Stage) -> None:
    report, receipt = file_report(now=NOON)
    assert (report.text, report.received_at, report.sealed_id) == (TEXT, NOON, None)
    assert receipt.pin and not receipt.digits
