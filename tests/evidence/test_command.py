"""`lapor audit`: its words, its exit code, its keys."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from lapor.evidence import heads, keys
from lapor.evidence.management.commands.audit import MOST
from lapor.evidence.models import Head, Leaf
from lapor.reports.models import Event
from lapor.vault import signing
from lapor.vault.keys import MissingKey, WrongKey
from tests.cast import MONDAY, Stage, file_report
from tests.evidence.conftest import LATER, log, sql


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("audit", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_what_agrees_is_said_with_how_much_was_compared(stage: Stage) -> None:
    file_report()
    log()
    said = run("verify")
    assert "2 leaves, 1 heads" in said
    assert "Without --heads" in said
    assert "Everything agrees." in said


def test_faults_are_listed_and_end_with_exit_code_one(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    report = file_report()[0]
    log()
    sql("UPDATE reports_event SET actor = 'officer'")
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("audit", "verify", stdout=out)
    assert ended.value.code == 1
    event = Event.objects.get()
    assert f"CHANGED: event {event.pk} (report {report.code} received)" in out.getvalue()
    assert "1 faults." in out.getvalue()


def test_of_very_many_faults_the_rest_is_counted(stage: Stage) -> None:
    for _ in range(MOST + 3):
        Event.objects.create(report=file_report()[0], kind="noted", at=MONDAY, actor="officer", to_state="received")
    log()
    sql("UPDATE reports_event SET actor = 'system' WHERE kind = 'noted'")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("audit", "verify", stdout=out)
    assert out.getvalue().count("CHANGED: event") == MOST
    assert "… and 3 more: changed" in out.getvalue()


def test_heads_kept_outside_are_compared_from_a_file(stage: Stage, tmp_path: Path) -> None:
    file_report()
    log()
    file = tmp_path / "head.json"
    file.write_text(json.dumps(heads.shown(Head.objects.get())))
    assert "1 heads kept outside compared" in run("verify", "--heads", str(file))
    with pytest.raises(CommandError, match="No such file"):
        run("verify", "--heads", str(tmp_path / "gone.json"))


def test_invented_times_of_the_demonstration_are_left_out_and_said_to_be(stage: Stage, settings: Settings) -> None:
    settings.LAPOR_DEMO = True
    file_report(now=LATER)
    log()
    file_report(now=MONDAY.replace(year=2025))
    log(LATER.replace(hour=9))
    assert "Times were not compared" in run("verify")


def test_a_new_key_signs_from_now_on_and_the_old_one_still_proves_what_it_signed(
    stage: Stage, django_capture_on_commit_callbacks: Any
) -> None:
    file_report()
    log()
    old = keys.current(now=LATER)
    with django_capture_on_commit_callbacks(execute=True):
        said = run("new-key")
    first, second = keys.all_public()
    assert second.key_id in said
    assert signing.verify(
        public=bytes(first.public), message=keys.vouched_text(bytes(second.public)), signature=bytes(second.vouched)
    )
    with pytest.raises(MissingKey):
        signing.load(old.key_id)
    file_report()
    log(LATER.replace(minute=30))
    assert [head.key_id for head in Head.objects.order_by("pk")] == [first.key_id, second.key_id]
    assert "Everything agrees." in run("verify")


def test_sending_without_a_place_is_refused_and_with_one_is_told(
    stage: Stage, settings: Settings, tmp_path: Path
) -> None:
    file_report()
    log()
    with pytest.raises(CommandError, match="no place outside"):
        run("send")
    settings.LAPOR_HEADS_FOLDER = str(tmp_path)
    assert "sent" in run("send")


def test_a_key_file_of_another_is_refused_by_name(stage: Stage) -> None:
    signer = keys.current(now=LATER)
    path = signing.path_of(signer.key_id)
    assert path.stat().st_mode & 0o777 == 0o600
    assert "private" not in repr(signer).lower() and path.read_bytes().hex() not in repr(signer)
    path.write_bytes(bytes(32))
    with pytest.raises(WrongKey, match="is not the key of this name"):
        keys.current(now=LATER)
    path.write_bytes(b"short")
    with pytest.raises(WrongKey, match="does not hold 32 bytes"):
        keys.current(now=LATER)


def test_without_its_key_the_log_goes_on_and_heads_wait(stage: Stage) -> None:
    file_report()
    signing.destroy(keys.current(now=LATER).key_id)
    with pytest.raises(MissingKey):
        log()
    assert Leaf.objects.count() == 2
    assert not Head.objects.exists()
