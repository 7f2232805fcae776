"""What is secret reaches nobody: unique words are put into every field and looked for at every exit."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from lapor.notify.models import Notice
from lapor.pulse.models import Beat
from lapor.reports import actions, events
from lapor.reports.actors import Reporter
from lapor.reports.models import Event
from lapor.statistics.models import Cell, Due, Fact, Tally
from lapor.transparency.models import PublicEvent, PublicReport, Support, Word
from tests.cast import ANSWER, MONDAY, Stage, file_report, reporter, to_answered

PERSON = {"name": "KENARINAMA Uji", "email": "kenarisurel@uji.invalid", "phone": "081277776666"}
PERSON_MARKS = ("kenarinama", "kenarisurel", "77776666")
CONTENT = {
    "title": "KENARIJUDUL di depan pasar",
    "text": "KENARIISI terjadi setiap malam di belakang kantor, mohon diperiksa.",
    "place": "KENARITEMPAT nomor tiga",
}
CONTENT_MARKS = ("kenarijudul", "kenariisi", "kenaritempat", "kenarijawab", "kenaritanya", "kenaribalas")


def every_exit(caplog: pytest.LogCaptureFixture) -> str:
    """Everything that left the core: copies, words, facts, notices, history, mail, log."""
    models = (PublicReport, PublicEvent, Word, Support, Fact, Tally, Cell, Due, Notice, Beat, Event)
    rows = "".join(str(list(model.objects.values())) for model in models)
    mails = "".join(f"{sent.subject} {sent.body} {sent.extra_headers}" for sent in mail.outbox)
    return f"{rows}{mails}{caplog.text}".lower()


@pytest.fixture(autouse=True)
def _log_everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


def worker() -> None:
    events.settle()  # tests beside this one may hold an older transaction
    call_command("worker", "--once", verbosity=0)


def a_life(stage: Stage, **changes: Any) -> str:
    """A report with marks in every text, from intake to an answer and an objection; returns its code."""
    report, _ = file_report(**(PERSON | CONTENT | changes))
    worker()
    if report.visibility == "sealed":
        actions.hold(
            report_id=report.pk, question="KENARITANYA: kapan?", actor=stage.officer("investigator"), now=MONDAY
        )
        actions.reply(report_id=report.pk, text="KENARIBALAS kemarin", actor=reporter(report), now=MONDAY)
    else:
        actions.hold(report_id=report.pk, question="KENARITANYA: kapan?", actor=stage.officer("admin"), now=MONDAY)
        actions.reply(report_id=report.pk, text="KENARIBALAS kemarin", actor=reporter(report), now=MONDAY)
        to_answered(stage, report)
        actions.object_to_answer(
            report_id=report.pk, text="KENARIBALAS belum selesai", actor=reporter(report), now=MONDAY
        )
    worker()
    return report.code


@pytest.mark.parametrize("changes", [{"is_confidential": True}, {"kind": "whistleblowing"}], ids=str)
def test_nothing_of_a_secret_report_leaves_the_core(
    stage: Stage, caplog: pytest.LogCaptureFixture, changes: dict[str, object]
) -> None:
    a_life(stage, **changes)
    assert mail.outbox, "people were told that there is something to read"
    left = every_exit(caplog)
    for mark in (*PERSON_MARKS, *CONTENT_MARKS, ANSWER[:40].lower()):
        assert mark not in left
    assert not PublicReport.objects.exists()


def test_the_person_behind_an_anonymous_report_leaves_the_core_nowhere(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    code = a_life(stage, is_anonymous=True, text=f"Saya KENARINAMA Uji, 081277776666. {CONTENT['text']}")
    left = every_exit(caplog)
    for mark in (*PERSON_MARKS, "kenaritanya", "kenaribalas"):
        assert mark not in left
    assert PublicReport.objects.get(code=code).reporter == "Anonim"
    assert "kenariisi" in left, "its content is public, and the marks are found where they may be"


def test_content_reaches_the_public_copy_and_nothing_else(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    a_life(stage)
    PublicReport.objects.all().delete()
    Word.objects.all().delete()
    left = every_exit(caplog)
    for mark in (*PERSON_MARKS, *CONTENT_MARKS):
        assert mark not in left


@pytest.mark.parametrize("who", ["reporter", "officer"])
def test_secrecy_raised_later_takes_everything_back(stage: Stage, caplog: pytest.LogCaptureFixture, who: str) -> None:
    code = a_life(stage)
    assert "kenariisi" in every_exit(caplog)
    key = Event.objects.filter(report__code=code).values_list("report_id", flat=True)[0]
    if who == "reporter":
        actions.ask_secrecy(report_id=key, is_anonymous=False, is_confidential=True, actor=reporter_of(key), now=MONDAY)
    else:
        actions.raise_secrecy(report_id=key, actor=stage.officer("admin"), now=MONDAY)
    assert not PublicReport.objects.exists()
    assert not PublicEvent.objects.exists()
    worker()
    Beat.objects.filter(name="day:forgotten words").delete()  # the next day
    worker()
    left = every_exit(caplog)
    for mark in (*PERSON_MARKS, *CONTENT_MARKS):
        assert mark not in left


def reporter_of(report_id: int) -> Reporter:
    return Reporter(report_id=report_id)
