"""Whoever practises does what will be done in earnest, on reports made for it, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from lapor.agencies import trained
from lapor.agencies.certificates import inside
from lapor.agencies.models import Agency, Membership, Role
from lapor.demonstration.case import NobodyThere
from lapor.demonstration.filing import ours
from lapor.disclosure import deciding
from lapor.disclosure.models import Request
from lapor.evidence.keys import all_public, current
from lapor.reports import access, actions
from lapor.reports.actors import Officer, officer
from lapor.reports.case import open_case
from lapor.reports.models import Draft, Report
from lapor.training import prepare, progress
from lapor.training.exercises import BY_SLUG, EXERCISES, of_role
from lapor.training.models import Attempt, Certificate
from lapor.training.urls import urlpatterns
from lapor.vault import investigators
from tests.cast import ANSWER, MONDAY, Stage, file_report, unlocked
from tests.desk.office import signed_in
from tests.training.conftest import Newcomer

PRACTISING = (
    Role.ADMIN,
    Role.LIAISON,
    Role.OPERATOR,
    Role.COUNTER,
    Role.INVESTIGATOR,
    Role.CUSTODIAN,
    Role.OVERSEER,
)
LATER = MONDAY + timedelta(hours=1)
Deed = Callable[..., Any]


def _answer(name: str, **words: Any) -> Deed:
    return lambda **who: getattr(actions, name)(**who, **words)


def _dispose(stage: Stage) -> Deed:
    def both(**who: Any) -> None:
        actions.verify(**who)
        actions.assign(**who, to=stage.roads)

    return both


def _draft_it(**who: Any) -> None:
    actions.note(**who, text="Diperiksa ke lapangan pagi ini.")
    actions.draft(**who, text=ANSWER, done_by="Regu uji", done_on=MONDAY.date(), is_ready=True)


def _open(attempt: Attempt, who: Officer, now: datetime) -> None:
    assert attempt.report is not None
    open_case(who, attempt.report.code, now=now)


def _examine(attempt: Attempt, who: Officer, now: datetime) -> None:
    assert attempt.report is not None
    _open(attempt, who, now)
    actions.verify(report_id=attempt.report.pk, actor=who, now=now)


def _decide(*, allows: bool) -> Callable[[Attempt, Officer, datetime], None]:
    def decide(attempt: Attempt, who: Officer, now: datetime) -> None:
        (asked,) = [one for one in deciding.waiting(who) if one.report == attempt.report]
        deciding.decide(key=asked.pk, allows=allows, reason=GROUNDS, actor=who, now=now)

    return decide


def _recommend(attempt: Attempt, who: Officer, now: datetime) -> None:
    assert attempt.report is not None
    _open(attempt, who, now)
    actions.recommend(report_id=attempt.report.pk, text=ANSWER * 2, actor=who, now=now)


GROUNDS = "Nomor perkara dan keperluannya sudah saya cocokkan dengan suratnya."
WATCHFUL: dict[str, Callable[[Attempt, Officer, datetime], None]] = {
    "tersegel-periksa": _examine,
    "identitas-pertama": _decide(allows=True),
    "identitas-kedua": _decide(allows=True),
    "identitas-tolak": _decide(allows=False),
    "rekomendasi": _recommend,
}
DEEDS: dict[str, Deed] = {
    "kurang-lengkap": _answer("hold", question="Di mana tepatnya, dan kapan terjadi?"),
    "keberatan": _answer("reject_objection", explanation="Jawaban sudah menjelaskan langkah dan tanggalnya."),
    "mulai-menangani": _answer("follow_up", text="Petugas kami memeriksanya besok pagi."),
    "jawaban": _answer("send_answer"),
    "konsep-lemah": _answer("return_draft", remark="Belum menyebut apa yang dikerjakan."),
    "konsep": _draft_it,
    "tersegel-tanya": _answer("hold", question="Pada tanggal berapa saja Anda melihatnya?"),
    "berkas-perkara": _answer("take_file", reason="Pemeriksaan latihan nomor 7"),
}


def _do(attempt: Attempt, post: Membership, stage: Stage, *, now: datetime = LATER) -> None:
    """What the exercise asks for, as the trainee."""
    me: Officer = officer(post.user, on=now.date(), keys=unlocked(post.user))
    if attempt.report is None:
        file_report(entered_by_id=post.user_id, channel="counter", now=now)
        return
    if attempt.exercise in WATCHFUL:
        WATCHFUL[attempt.exercise](attempt, me, now)
        return
    assert access.find(me, attempt.report.code), "the trainee finds the report on their own desk"
    deed = _dispose(stage) if attempt.exercise == "verifikasi" else DEEDS[attempt.exercise]
    deed(report_id=attempt.report_id, actor=me, now=now)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.slug)
def test_an_exercise_is_done_when_its_trainee_did_what_it_asks(stage: Stage, newcomer: Newcomer, exercise: Any) -> None:
    role = next(role for role in PRACTISING if role in exercise.roles)
    post = newcomer(role)
    attempt = prepare.begin(exercise, post, now=MONDAY)

    def standing() -> progress.Standing:
        return next(one for one in progress.standings(post, now=LATER) if one.exercise == exercise)

    assert standing().done_at is None and not all(standing().reached)
    _do(attempt, post, stage)
    assert all(standing().reached) and standing().done_at == LATER
    again = prepare.begin(exercise, post, now=LATER + timedelta(days=1)).report
    assert standing().done_at == LATER, "who practises once more loses nothing"
    assert again is None or (again != attempt.report and (again.sealed_id is not None or again in ours()))


def test_every_role_that_opens_secrets_or_looks_on_has_exercises() -> None:
    for role in (Role.INVESTIGATOR, Role.CUSTODIAN, Role.OVERSEER):
        assert len(of_role(role)) >= 2


def test_a_sealed_report_for_practice_waits_until_the_trainee_has_a_key(stage: Stage, newcomer: Newcomer) -> None:
    post = newcomer(Role.INVESTIGATOR)
    investigators.retire(owner_id=post.user_id, now=MONDAY)
    with pytest.raises(prepare.KeyMissing):
        prepare.begin(BY_SLUG["tersegel-periksa"], post, now=MONDAY)
    assert not Attempt.objects.exists() and not Report.objects.exists()
    answer = signed_in(post.user).post(reverse("training:begin", args=[post.pk, "tersegel-periksa"]))
    assert answer.headers["Location"] == reverse("desk:key")


def test_a_sealed_report_for_practice_stands_nowhere_in_clear(stage: Stage, newcomer: Newcomer) -> None:
    post = newcomer(Role.INVESTIGATOR)
    report = prepare.begin(BY_SLUG["tersegel-periksa"], post, now=MONDAY).report
    assert report is not None and report.sealed_id is not None and report.holder == post.agency
    assert report.text == "" and report.title == ""
    closed = officer(post.user, on=MONDAY.date())
    assert open_case(closed, report.code, now=LATER).is_locked
    standing = next(one for one in progress.standings(post, now=LATER) if one.attempt is not None)
    assert standing.reached == (False, False), "to look at it without a key is not to read it"


def test_the_second_consent_shows_the_identity_and_the_first_alone_does_not(stage: Stage, newcomer: Newcomer) -> None:
    post = newcomer(Role.CUSTODIAN)
    for slug, outcome in (("identitas-pertama", ""), ("identitas-kedua", "allowed"), ("identitas-tolak", "refused")):
        attempt = prepare.begin(BY_SLUG[slug], post, now=MONDAY)
        _do(attempt, post, stage)
        assert Request.objects.get(report=attempt.report).outcome == outcome, slug
    assert progress.certify(post, now=LATER).role == Role.CUSTODIAN


def test_a_custodian_is_led_to_the_request_and_never_to_the_report(stage: Stage, newcomer: Newcomer) -> None:
    post = newcomer(Role.CUSTODIAN)
    browser = signed_in(post.user)
    begun = browser.post(reverse("training:begin", args=[post.pk, "identitas-pertama"]))
    attempt = Attempt.objects.get()
    assert attempt.report is not None
    asked = Request.objects.get(report=attempt.report)
    assert begun.headers["Location"] == reverse("desk:identity", args=[asked.pk])
    page = browser.get(begun.headers["Location"])
    assert page.status_code == 200 and "Baca permintaannya, lalu beri izin" in page.text
    assert browser.get(reverse("desk:case", args=[attempt.report.code])).status_code == 404
    assert reverse("desk:identity", args=[asked.pk]) in browser.get(reverse("training:home")).text


def test_an_overseer_without_a_remit_is_told_that_nothing_can_be_practised(stage: Stage, newcomer: Newcomer) -> None:
    post = newcomer(Role.OVERSEER)
    Agency.objects.filter(pk=post.agency_id).update(field="lain")
    post.refresh_from_db()
    with pytest.raises(NobodyThere):
        prepare.begin(BY_SLUG["rekomendasi"], post, now=MONDAY)


def test_an_overseer_takes_the_signed_bundle_of_the_practised_case(stage: Stage, newcomer: Newcomer) -> None:
    post = newcomer(Role.OVERSEER)
    attempt = prepare.begin(BY_SLUG["berkas-perkara"], post, now=timezone.now())
    assert attempt.report is not None
    taken = signed_in(post.user).post(
        reverse("desk:take_file", args=[attempt.report.code]), {"reason": "Latihan pemeriksaan nomor 7"}
    )
    assert taken["Content-Type"] == "application/zip"
    assert isinstance(taken, StreamingHttpResponse)
    assert b"".join(taken.streaming_content).startswith(b"PK")
    assert next(one for one in progress.standings(post, now=timezone.now()) if one.attempt).done_at is not None


def test_what_a_colleague_did_counts_for_nobody_else(stage: Stage, newcomer: Newcomer) -> None:
    post = newcomer(Role.LIAISON)
    attempt = prepare.begin(BY_SLUG["jawaban"], post, now=MONDAY)
    assert attempt.report is not None and Draft.objects.filter(report=attempt.report).exists()
    actions.send_answer(report_id=attempt.report.pk, actor=stage.officer("liaison"), now=LATER)
    assert not any(one.done_at for one in progress.standings(post, now=LATER))


def test_a_certificate_is_given_for_every_exercise_of_the_role_and_can_be_checked(
    stage: Stage, newcomer: Newcomer
) -> None:
    post = newcomer(Role.LIAISON)
    for exercise in of_role(Role.LIAISON):
        with pytest.raises(progress.NotAllDone):
            progress.certify(post, now=LATER)
        _do(prepare.begin(exercise, post, now=MONDAY), post, stage)
    made = progress.certify(post, now=LATER)
    assert progress.certify(post, now=LATER + timedelta(days=3)) == made
    page = Client().get(reverse("training:certificate", args=[made.number]))
    assert page.status_code == 200 and post.user.name in page.text and stage.roads.name in page.text
    paper = Client().get(reverse("training:paper", args=[made.number]))
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")
    assert Client().get(reverse("training:certificate", args=["tidak-ada"])).status_code == 404


def test_the_site_for_real_reports_believes_the_paper_without_asking_this_one(
    stage: Stage, newcomer: Newcomer, settings: Settings
) -> None:
    post = newcomer(Role.OPERATOR)
    for exercise in of_role(Role.OPERATOR):
        _do(prepare.begin(exercise, post, now=MONDAY), post, stage)
    made = progress.certify(post, now=LATER)
    paper = Client().get(reverse("training:paper", args=[made.number])).content
    code = inside(paper)
    assert code and code in Client().get(reverse("training:certificate", args=[made.number])).text
    assert post.user.email.encode() not in paper
    settings.LAPOR_TRAINING_KEYS = [bytes(key.public) for key in all_public()]
    today = LATER.date()
    proof = trained.match(code, agencies=[post.agency], today=today)
    assert (proof.post.user, proof.post.role, proof.claims.number) == (post.user, Role.OPERATOR, made.number)
    row = trained.note_certificate(proof, by=stage.people["admin"], today=today, now=LATER)
    assert (row.user, row.number) == (post.user, made.number)


def test_who_directs_reads_the_key_of_this_site(stage: Stage, newcomer: Newcomer) -> None:
    key = current(now=MONDAY).public.hex()
    address = reverse("training:home")
    assert key in signed_in(newcomer(Role.ADMIN).user).get(address).text
    assert key not in signed_in(newcomer(Role.OPERATOR).user).get(address).text


def test_an_officer_begins_sees_and_ends_an_exercise_in_the_browser(stage: Stage, newcomer: Newcomer) -> None:
    post, director = newcomer(Role.COUNTER), newcomer(Role.ADMIN)
    browser = signed_in(post.user)
    begin = reverse("training:begin", args=[post.pk, "loket"])
    assert browser.post(begin).headers["Location"] == reverse("desk:counter")
    assert "Sedang dikerjakan" in browser.get(reverse("training:home")).text
    assert browser.post(reverse("training:certify", args=[post.pk])).status_code == 302
    assert not Certificate.objects.exists()
    file_report(entered_by_id=post.user_id, channel="counter", now=timezone.now())
    assert "Terbitkan sertifikat" in browser.get(reverse("training:home")).text
    shown = browser.post(reverse("training:certify", args=[post.pk]), follow=True)
    assert post.user.name in shown.text
    assert post.user.name in signed_in(director.user).get(reverse("training:home")).text, "who directs sees how far"
    assert browser.post(reverse("training:begin", args=[director.pk, "verifikasi"])).status_code == 404
    assert browser.post(reverse("training:begin", args=[post.pk, "verifikasi"])).status_code == 404


def test_where_a_colleague_is_missing_nothing_is_left_half_made(stage: Stage, newcomer: Newcomer) -> None:
    post = newcomer(Role.LIAISON)
    Membership.objects.filter(agency=stage.city_inspectorate).delete()
    with pytest.raises(NobodyThere):
        prepare.begin(BY_SLUG["jawaban"], post, now=MONDAY)
    assert not Attempt.objects.exists() and not Report.objects.exists()
    answer = signed_in(post.user).post(reverse("training:begin", args=[post.pk, "jawaban"]), follow=True)
    assert "memerlukan rekan contoh" in answer.text


@pytest.mark.parametrize("name", [one.name for one in urlpatterns])
def test_a_site_for_real_reports_has_no_training(
    stage: Stage, newcomer: Newcomer, settings: Settings, name: str
) -> None:
    post = newcomer(Role.LIAISON)
    made = Certificate.objects.create(
        number="nomor", user=post.user, agency=post.agency, role=post.role, name="x", agency_name="y", made_at=MONDAY
    )
    taken: dict[str, list[Any]] = {
        "certificate": [made.number],
        "paper": [made.number],
        "certify": [post.pk],
        "begin": [post.pk, "jawaban"],
    }
    address = reverse(f"training:{name}", args=taken.get(name, []))
    settings.LAPOR_DEMO = False
    post.user.is_demonstration = False
    browser = signed_in(post.user)
    assert {browser.get(address).status_code, browser.post(address).status_code} <= {404, 405}
    assert not Attempt.objects.exists()


def test_the_desk_says_on_the_report_itself_what_is_practised(stage: Stage, newcomer: Newcomer) -> None:
    post = newcomer(Role.LIAISON)
    attempt = prepare.begin(BY_SLUG["jawaban"], post, now=timezone.now())
    assert attempt.report is not None
    mine = signed_in(post.user).get(reverse("desk:case", args=[attempt.report.code])).text
    assert "○ Baca konsep, lalu kirim jawabannya" in mine
    theirs = signed_in(stage.people["liaison"]).get(reverse("desk:case", args=[attempt.report.code])).text
    assert "Baca konsep, lalu" not in theirs
