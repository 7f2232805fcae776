"""`lapor routing eval`: figures on any file of messages, without learning from it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from lapor.routing.learning.examples import examples_of, read_rows, shipped
from lapor.routing.learning.model import Asker
from lapor.routing.scoring import coldmodel
from lapor.routing.scoring.evaluate import evaluate
from lapor.routing.scoring.shares import accuracy_at, interval_of
from lapor.routing.scoring.spans import pii_figures

ROW: dict[str, Any] = {
    "id": "1",
    "channel": "sms",
    "title": None,
    "text": "pln mati lampu terus, byar pet",
    "kind": "complaint",
    "category": "listrik",
    "level": "central",
    "agency": "PT PLN (Persero)",
    "region_code": None,
    "pii": [],
    "urgent": False,
    "complete": True,
    "duplicate_of": None,
}


def _write(file: Path, *rows: dict[str, Any] | str) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


@pytest.fixture(autouse=True)
def _small_judge(monkeypatch: pytest.MonkeyPatch, asker: Asker, own_shelf: Path) -> None:
    monkeypatch.setattr("lapor.routing.management.commands.routing.judge_of", lambda _examples: (asker, "small"))


def _eval(file: Path) -> dict[str, Any]:
    out = StringIO()
    call_command("routing", "eval", str(file), "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_it_prints_one_object_with_intervals_and_needs_no_database(tmp_path: Path) -> None:
    found = _eval(
        _write(tmp_path / "f.jsonl", ROW, ROW | {"id": "2", "duplicate_of": "1", "text": "byar pet lagi pln"})
    )
    category = found["metrics"]["category"]
    assert (category["value"], category["n"]) == (1.0, 2)
    assert 0 < category["low"] < 1
    assert found["metrics"]["level"]["value"] == 1.0
    assert found["metrics"]["duplicates_recall_at_5"] == {
        **found["metrics"]["duplicates_recall_at_5"],
        "value": 1.0,
        "n": 1,
    }
    assert found["metrics"]["milliseconds"]["value"] > 0


def test_broken_lines_are_named_and_left_out(tmp_path: Path) -> None:
    found = _eval(_write(tmp_path / "f.jsonl", ROW, "{nonsense", "", "[1]", '{"id": 3}', ROW | {"id": "4"}))
    assert found["broken_lines"] == [2, 4, 5]
    assert found["rows"] == 2


def test_an_empty_file_gives_figures_of_nothing(tmp_path: Path) -> None:
    found = _eval(_write(tmp_path / "f.jsonl"))
    assert found["rows"] == 0
    assert found["metrics"]["category"] == {"value": None, "low": None, "high": None, "n": 0}


def test_missing_and_odd_fields_are_not_counted(tmp_path: Path) -> None:
    odd = {"text": "listrik padam", "kind": 5, "category": None, "pii": "x", "urgent": "yes", "duplicate_of": "?"}
    found = _eval(_write(tmp_path / "f.jsonl", {"text": "listrik padam"}, odd))
    assert found["metrics"]["kind"]["n"] == 0
    assert found["metrics"]["pii_recall"]["n"] == 0
    assert found["metrics"]["region"]["n"] == 0


def test_fillers_count_for_spam_but_not_for_routing(tmp_path: Path) -> None:
    filler = ROW | {"id": "2", "text": "menang undian klik link", "agency": None, "category": "lainnya"}
    found = _eval(_write(tmp_path / "f.jsonl", ROW, filler))
    assert found["metrics"]["category"]["n"] == 1
    assert found["metrics"]["spam_recall"]["n"] == 1
    assert found["fillers"] == 1


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("routing", "eval", str(tmp_path / "none.jsonl"), stdout=StringIO())


def test_no_message_of_the_file_is_learned_from(monkeypatch: pytest.MonkeyPatch, asker: Asker) -> None:
    learned: list[frozenset[str]] = []

    class Fitted:
        model = asker.model

    def spy(examples: Any) -> Fitted:
        learned.append(frozenset(one.digest for one in examples))
        return Fitted()

    monkeypatch.setattr(coldmodel, "fit", spy)
    asked = shipped()[:50]
    coldmodel.judge_of(asked)
    assert learned
    assert not learned[0] & {one.digest for one in asked}


def test_the_model_that_was_made_is_found_again(monkeypatch: pytest.MonkeyPatch, asker: Asker) -> None:
    made: list[int] = []

    class Fitted:
        model = asker.model

    def count(examples: Any) -> Fitted:
        made.append(len(examples))
        return Fitted()

    monkeypatch.setattr(coldmodel, "fit", count)
    coldmodel.judge_of(shipped()[:50])
    coldmodel.judge_of(shipped()[:50])
    assert len(made) == 1


def test_a_name_is_found_only_when_all_of_it_is_masked() -> None:
    rows = [
        {"text": "hubungi 0812 3456 7890 di rumah", "title": None, "pii": [{"type": "phone", "text": "0812 3456 7890"}]}
    ]
    assert dict(pii_figures(rows))["pii_phone_recall"]["value"] == 1.0
    rows[0]["pii"] = [{"type": "phone", "text": "7890 di rumah"}]
    assert dict(pii_figures(rows))["pii_phone_recall"]["value"] == 0.0


def test_two_masks_side_by_side_cover_a_name_and_a_mask_elsewhere_is_too_much() -> None:
    row = {"text": "Nama saya Rusdi Hartawan, hp 081234567890", "title": None}
    labelled = [{"type": "name", "text": "Rusdi Hartawan, hp 081234567890"}]
    assert dict(pii_figures([row | {"pii": labelled}]))["pii_recall"]["value"] == 0.0  # "hp" is left
    alone = dict(pii_figures([row | {"pii": [{"type": "name", "text": "Rusdi Hartawan"}]}]))
    assert (alone["pii_recall"]["value"], alone["pii_precision"]["value"]) == (1.0, 0.5)
    assert alone["pii_phone_precision"]["value"] == 0.0


def test_the_interval_holds_the_share_and_narrows() -> None:
    low, high = interval_of(8, 10)
    wide = high - low
    assert low < 0.8 < high
    low, high = interval_of(800, 1000)
    assert high - low < wide
    assert interval_of(0, 0) == (0.0, 1.0)


def test_the_surest_part_is_judged_alone() -> None:
    said = [(True, 0.9), (True, 0.8), (False, 0.1), (False, 0.2)]
    assert accuracy_at(said, 0.5) == 1.0
    assert accuracy_at(said, 1.0) == 0.5
    assert accuracy_at([], 0.7) == 0.0


def test_examples_of_one_matter_share_their_group(tmp_path: Path) -> None:
    rows, _broken = read_rows(
        _write(tmp_path / "f.jsonl", ROW, ROW | {"id": "2", "duplicate_of": "1"}, ROW | {"id": "3"})
    )
    groups = [one.group for one in examples_of(rows)]
    assert groups[0] == groups[1] != groups[2]


def test_without_duplicates_nothing_is_judged(asker: Asker) -> None:
    report = evaluate([ROW], lambda _example: asker)
    assert report.metrics["duplicates_recall_at_5"]["n"] == 0
