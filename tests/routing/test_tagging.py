"""The tagger of personal data: what it is learned from, and that the shipped one was made from just that."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from django.core.management import call_command

from lapor.redaction import tagger
from lapor.routing.learning import tagging
from lapor.routing.learning.examples import BLIND, PRACTICE, SAMPLE, examples_of, is_held_out, read_rows
from lapor.routing.learning.labels import stretches_of, text_of
from lapor.routing.learning.tagging import PERSONAL, Labelled, digest_of_all, labelled
from lapor.routing.scoring.evaluate import evaluate


def test_the_shipped_file_was_made_from_the_messages_as_they_are_now() -> None:
    """Otherwise: `lapor routing train-tagger`."""
    said = json.loads(tagger.STAMP.read_text())
    assert said["learned_from"] == digest_of_all(labelled())


def test_it_learns_from_nothing_that_judges() -> None:
    learned = {one.digest for one in labelled()}
    held_out = [one for one in examples_of(read_rows(PRACTICE)[0]) if is_held_out(one.id)]
    judging = [*examples_of(read_rows(SAMPLE)[0]), *examples_of(read_rows(BLIND)[0]), *held_out]
    assert len(held_out) > 100
    assert learned.isdisjoint(one.digest for one in judging)


@pytest.mark.parametrize("file", [PERSONAL, BLIND], ids=["personal", "blind"])
def test_every_label_stands_in_its_message(file: Path) -> None:
    for row in read_rows(file)[0]:
        found = stretches_of(row, text_of(row)) or []
        assert len(found) == len({(label["type"], label["text"]) for label in row["pii"]}), row["id"]


def test_labels_are_found_once_each_and_odd_ones_left_out() -> None:
    row = {"text": "Ani dan Ani", "pii": [{"type": "name", "text": "Ani"}] * 3 + [{"text": 7}, "x", {"text": "Budi"}]}
    assert stretches_of(row, "Ani dan Ani") == [("name", 0, 3), ("name", 8, 11)]
    assert stretches_of({"text": "Ani"}, "Ani") is None


def test_a_name_that_comes_again_is_learned_as_one_every_time() -> None:
    row = {"text": "Kusnadi datang. Kata Kusnadi besok.", "pii": [{"type": "name", "text": "Kusnadi"}]}
    one = tagging._labelled(row, "")
    assert one is not None
    assert one.stretches == ((0, 7, "name"), (21, 28, "name"))


def test_what_is_left_after_masking_a_part_stands_where_it_is_said_to_stand() -> None:
    whole = Labelled(
        "", "wa 0812 3456 7890 Uji Coba, uji@coba.invalid", ((3, 17, "phone"), (18, 26, "name"), (28, 44, "email"))
    )
    said = {whole.text[start:end] for start, end, _kind in whole.stretches}
    for seed in range(30):
        masked = tagging._partly_masked(whole, Random(seed))
        left = {masked.text[start:end] for start, end, _kind in masked.stretches}
        assert left <= said
        assert all((part in masked.text) == (part in left) for part in said)


def test_it_is_made_the_same_twice_and_can_be_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = "Nama saya Zuvrelia Kobu, jalan rusak"
    lessons = [Labelled(str(at), f"{text} {at}", ((10, 23, "name"),)) for at in range(40)]
    monkeypatch.setattr(tagging, "labelled", lambda: lessons)
    files = [(tmp_path / f"{at}.crf", tmp_path / f"{at}.json") for at in range(2)]
    for file, stamp in files:
        tagging.make(file, stamp)
    assert files[0][0].read_bytes() == files[1][0].read_bytes()
    monkeypatch.setattr(tagger, "_shipped", lambda: (tagger.load(*files[0]), ""))
    assert [(one.kind, text[one.start : one.end]) for one in tagger.find_learned(text) or []] == [
        ("name", "Zuvrelia Kobu")
    ]


def test_figures_leave_out_the_messages_that_it_learned_from() -> None:
    learned, new = (
        read_rows(PERSONAL)[0][0],
        {"text": "Saya Siti Djamilah", "pii": [{"type": "name", "text": "Siti Djamilah"}]},
    )
    report = evaluate([learned, new], lambda _example: None)
    assert report.notes["left_out_for_personal_data"] == 1
    assert report.metrics["pii_recall"]["n"] == 1


@pytest.mark.django_db
def test_the_status_says_when_it_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    out = StringIO()
    monkeypatch.setattr(tagger, "_shipped", lambda: (None, "its file is damaged"))
    call_command("routing", "status", stdout=out)
    assert "tagger of personal data is not used: its file is damaged" in out.getvalue()
