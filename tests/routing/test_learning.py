"""The model: what it sees of a text, what its file holds, and what it does when it cannot learn or be read."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lapor.routing.learning import shelf
from lapor.routing.learning.examples import (
    BLIND,
    PRACTICE,
    Example,
    digest_of,
    examples_of,
    is_held_out,
    read_rows,
    shipped,
)
from lapor.routing.learning.features import VERSION, WIDTH, read
from lapor.routing.learning.fit import TooLittle, fit, folds_of
from lapor.routing.learning.model import Asker, Unreadable, load, save

from .conftest import SMALL


def test_names_and_numbers_are_masked_before_the_model_sees_them() -> None:
    named = read(text="Nama saya Budi Santoso, telepon 081234567890, jalan berlubang")
    other = read(text="Nama saya Siti Aminah, telepon 085298765432, jalan berlubang")
    assert named.places.tolist() == other.places.tolist()
    assert not {"budi", "santoso", "081234567890"} & set(named.words)
    assert "berlubang" in named.words


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text_can_be_read_and_answered(asker: Asker, text: str, title: str) -> None:
    reading = read(text=text, title=title)
    assert ((reading.places >= 0) & (reading.places < WIDTH)).all()
    answers = asker.answer(reading)
    for shares in (answers.kind, answers.category, answers.level):
        assert sum(shares.values()) == pytest.approx(1, abs=1e-3)
        assert all(0 <= share <= 1 for share in shares.values())


def test_the_same_examples_give_the_same_version(asker: Asker) -> None:
    again = fit(shipped()[:SMALL]).model
    assert again.version == fit(shipped()[:SMALL]).model.version


def test_a_saved_model_is_the_same_when_loaded(asker: Asker, tmp_path: Path) -> None:
    file = tmp_path / "m.npz"
    save(asker.model, file)
    assert load(file).version == asker.version
    assert file.stat().st_size < 20_000_000
    reading = read(text="air pdam mati tiga hari")
    assert Asker(load(file)).answer(reading) == asker.answer(reading)


def test_the_file_holds_no_word_of_a_text(asker: Asker, tmp_path: Path) -> None:
    file = tmp_path / "m.npz"
    word = "kwibbelstroom"
    examples = [replace(one, text=f"{one.text} {word}") for one in shipped()[:60]]
    save(fit(examples).model, file)
    with zipfile.ZipFile(file) as inner:
        assert not any(word.encode() in inner.read(name).replace(b"\0", b"") for name in inner.namelist())


@pytest.mark.parametrize("damage", ["cut", "noise", "empty", "missing", "pickle", "number", "version"])
def test_a_damaged_or_foreign_file_is_refused(asker: Asker, tmp_path: Path, damage: str) -> None:
    file = tmp_path / "m.npz"
    save(asker.model, file)
    whole = file.read_bytes()
    if damage == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    elif damage == "noise":
        file.write_bytes(b"\x80\x04nonsense" * 50)
    elif damage == "empty":
        file.write_bytes(b"")
    elif damage == "missing":
        file.unlink()
    elif damage == "pickle":
        np.savez(file, about=np.array([{"features": VERSION}], dtype=object))
    else:
        with np.load(file) as tables:
            kept = dict(tables)
        if damage == "number":
            kept["category.bias"] = kept["category.bias"] + 1
        else:
            kept["about"] = np.array([f'{{"features": {VERSION + 1}}}'])
        np.savez(file, **kept)
    with pytest.raises(Unreadable):
        load(file)


def test_one_class_or_too_few_examples_are_said_not_learned() -> None:
    same = [
        Example(id=str(n), text=f"jalan rusak {n}", kind="complaint", category="desa", level="village")
        for n in range(40)
    ]
    with pytest.raises(TooLittle):
        fit(same)
    with pytest.raises(TooLittle):
        fit(shipped()[:5])
    with pytest.raises(TooLittle):
        fit([])


def test_what_tells_one_matter_falls_into_one_fold() -> None:
    folds = folds_of(["a", "b", "a", "c", "b", "d", "e"], count=3)
    assert folds[0] == folds[2]
    assert folds[1] == folds[4]


def test_what_is_held_out_is_not_learned_from_where_it_judges() -> None:
    held_out = {one.digest for one in examples_of(read_rows(PRACTICE)[0]) if is_held_out(one.id)}
    assert held_out
    assert not held_out & {one.digest for one in shipped(holds_out=True)}


def test_what_only_judges_is_never_learned_from() -> None:
    blind = {one.digest for one in examples_of(read_rows(BLIND)[0])}
    assert blind
    assert not blind & {one.digest for one in shipped()}


def test_a_text_is_known_again_whatever_its_spaces_and_capitals() -> None:
    assert digest_of("A", "b  C") == digest_of("a", "B c")
    assert digest_of("a", "b") != digest_of("a", "c")


def test_without_a_file_nothing_is_in_use(own_shelf: Path) -> None:
    assert shelf.in_use() is None
    assert shelf.trouble() == ""


def test_a_new_current_version_is_taken_up(own_shelf: Path, asker: Asker) -> None:
    shelf.put(asker.model)
    shelf.use(asker.version)
    found = shelf.in_use()
    assert found is not None
    assert found.version == asker.version


def test_a_damaged_current_version_is_told_and_not_used(
    own_shelf: Path, asker: Asker, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.put(asker.model)
    shelf.use(asker.version)
    shelf.file_of(asker.version).write_bytes(b"broken")
    (own_shelf / "current").write_text("0" * 12)
    shelf.forget()
    assert shelf.in_use() is None
    assert shelf.trouble()
    assert "rules go on alone" in caplog.text


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "zz", "0" * 13])
def test_a_version_is_no_path(name: str) -> None:
    with pytest.raises(ValueError):
        shelf.file_of(name)


def test_no_process_that_answers_people_loads_scikit_learn() -> None:
    code = (
        "import django, sys; django.setup(); "
        "import lapor.routing.propose, lapor.routing.numbers, lapor.worker.jobs, lapor.public.views.review; "
        "sys.exit('sklearn' in sys.modules or 'scipy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=os.environ, check=False)
    assert done.returncode == 0
