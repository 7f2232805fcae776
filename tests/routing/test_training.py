"""`lapor routing train|status|promote`: what is learned from, when a version is put into use, and what stays."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from bench.ground import NO_TRAINING
from lapor.reports.models import Report
from lapor.routing.learning import shelf, train
from lapor.routing.learning.decisions import decided
from lapor.routing.learning.examples import Example, shipped
from lapor.routing.learning.fit import Fitted, fit
from lapor.routing.models import Version
from lapor.worker import learning
from lapor.worker.jobs import JOBS, LASTING
from lapor.worker.loop import beat
from tests.cast import MONDAY, Stage, file_report, to_answered, to_assigned

from .conftest import SMALL


@pytest.fixture(autouse=True)
def _small_start(monkeypatch: pytest.MonkeyPatch, own_shelf: Path) -> None:
    few = shipped()[:SMALL]
    monkeypatch.setattr(train, "shipped", lambda: few)
    monkeypatch.setattr(train, "fit", lambda examples: _fitted(tuple(examples)))


@cache
def _fitted(examples: tuple[Example, ...]) -> Fitted:
    """The same examples give the same model, which one test below proves with the real thing."""
    return fit(examples)


def _run(*words: str) -> str:
    out = StringIO()
    call_command("routing", *words, stdout=out)
    return out.getvalue()


def test_officers_decisions_are_learned_from(stage: Stage) -> None:
    report, _ = file_report()
    to_answered(stage, report)
    ((_at, example),) = decided()
    assert (example.category, example.level, example.kind) == ("jalan_jembatan", "regency", "complaint")
    assert example.weight > 1


def test_what_is_not_yet_answered_teaches_no_level(stage: Stage) -> None:
    report, _ = file_report()
    to_assigned(stage, report)
    ((_at, example),) = decided()
    assert example.level is None


@pytest.mark.parametrize(
    "changes",
    [{"visibility": "confidential"}, {"verified_at": None}, {"state": "archived", "holder": None}, {"text": ""}],
    ids=["secret", "unverified", "archived", "erased"],
)
def test_secret_undecided_and_erased_reports_are_never_read(stage: Stage, changes: dict[str, Any]) -> None:
    report, _ = file_report()
    to_assigned(stage, report)
    Report.objects.filter(pk=report.pk).update(**changes)
    assert list(decided()) == []


def test_a_sealed_report_is_never_read(stage: Stage) -> None:
    file_report(kind="whistleblowing", category="pungli_korupsi", name="", phone="", is_anonymous=True)
    assert list(decided()) == []


@pytest.mark.django_db(transaction=True)
def test_the_first_version_is_put_into_use_and_a_second_training_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "fit", fit)
    assert "in use from now on" in _run("train")
    version = Version.objects.get(is_current=True).version
    assert shelf.named() == version
    assert "kept, not used" in _run("train")
    assert Version.objects.count() == 1
    assert "in use" in _run("status")


@pytest.mark.django_db
def test_a_dry_run_keeps_nothing() -> None:
    assert "nothing was kept" in _run("train", "--dry-run")
    assert not Version.objects.exists()
    assert shelf.named() == ""


@pytest.mark.django_db(transaction=True)
def test_with_nothing_to_learn_from_the_version_in_use_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    _run("train")
    before = shelf.named()
    same = [replace(one, kind="complaint", category="desa", level="village") for one in shipped()[:SMALL]]
    monkeypatch.setattr(train, "shipped", lambda: same)
    with pytest.raises(CommandError, match="stays"):
        _run("train")
    assert shelf.named() == before


@pytest.mark.django_db(transaction=True)
def test_an_older_version_can_be_put_back_and_an_unknown_one_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    _run("train")
    first = shelf.named()
    fewer = shipped()[: SMALL - 20]
    monkeypatch.setattr(train, "shipped", lambda: fewer)
    _run("train", "--promote")
    assert shelf.named() != first
    _run("promote", first)
    assert shelf.named() == first
    assert Version.objects.get(is_current=True).version == first
    for unknown in ("0" * 12, "../x"):
        with pytest.raises(CommandError):
            _run("promote", unknown)
    assert shelf.named() == first


@pytest.mark.django_db(transaction=True)
def test_a_damaged_file_is_told_by_status() -> None:
    _run("train")
    file = shelf.file_of(shelf.named())
    file.write_bytes(b"broken")
    shelf.forget()
    shelf._name = ""  # as a process that has not read it yet
    said = _run("status")
    assert "not used" in said
    assert "rules go on alone" in said


def _later(category: str, count: int) -> list[tuple[datetime, Example]]:
    return [
        (
            MONDAY + timedelta(days=n),
            Example(
                id=f"r{n}",
                text=f"zirkonium kwarsa {n} {'x' * (n % 7 + 2)}",
                kind="complaint",
                category=category,
                weight=3,
            ),
        )
        for n in range(count)
    ]


@pytest.mark.django_db(transaction=True)
def test_a_version_that_is_better_on_later_decisions_is_put_into_use(monkeypatch: pytest.MonkeyPatch) -> None:
    _run("train")
    first = shelf.named()
    monkeypatch.setattr(train, "decided", lambda: iter(_later("perizinan", 10)))
    assert "too few to tell" in _run("train")
    assert shelf.named() == first
    earlier = _later("perizinan", 40)
    monkeypatch.setattr(train, "decided", lambda: iter(earlier))
    said = _run("train")
    assert "later decisions" in said


@pytest.mark.django_db(transaction=True)
def test_a_training_is_due_without_a_model_and_after_a_week() -> None:
    assert learning.is_due(now=MONDAY)
    _run("train")
    trained_at = Version.objects.get().trained_at
    assert not learning.is_due(now=trained_at + timedelta(days=6))
    assert learning.is_due(now=trained_at + timedelta(days=8))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The trainings that a worker begins which has just started; none of them runs."""
    begun: list[object] = []
    monkeypatch.setattr(learning, "_started_at", None)
    monkeypatch.setattr(learning, "_running", None)
    monkeypatch.setattr(subprocess, "Popen", lambda *words, **more: begun.append(words))
    return begun


@pytest.mark.django_db
def test_a_start_is_not_slowed_by_a_training(started: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    learning.train_when_due(MONDAY)
    assert not started
    learning.train_when_due(MONDAY + learning.GRACE)
    assert len(started) == 1
    monkeypatch.setattr(learning, "_running", None)
    learning.train_when_due(MONDAY + learning.GRACE + timedelta(minutes=1))
    assert len(started) == 1, "what came to nothing is not tried again at once"


@pytest.mark.django_db
def test_the_worker_that_has_no_model_makes_one(started: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Though its jobs leave a sign of life each minute, this one too."""
    for minutes in range(3):
        now = MONDAY + timedelta(minutes=minutes)
        beat(*(job.name for job in (*JOBS, *LASTING)), now=now)
        learning.train_when_due(now)
        monkeypatch.setattr(learning, "_running", None)
    assert len(started) == 1
    assert f"'{learning.MARK}'" in NO_TRAINING, "runs that are measured keep it from beginning by this name"
