"""The files of the demonstration fit each other and the core."""

from __future__ import annotations

import re

import pytest

from lapor.demonstration import samples, wording
from lapor.demonstration.lives import LIVES, hand_backs, life_of, table
from lapor.reports.actions import ARCHIVE_REASONS
from lapor.reports.actions.handling import LEAST_ANSWER
from lapor.reports.models import Channel, Kind

EVERY = {sample.id: sample for sample in samples.read_all()}


def test_every_line_about_a_sample_names_one_that_exists() -> None:
    assert {*table(), *hand_backs(), *wording.titles()} <= set(EVERY)


def test_every_life_named_in_the_table_can_be_told() -> None:
    assert {row["life"] for row in table().values()} <= set(LIVES)
    assert all(1 <= int(row["workdays_ago"]) <= 60 for row in table().values())


def test_every_sample_has_a_life_but_the_one_that_says_nothing() -> None:
    assert [sample.id for sample in EVERY.values() if life_of(sample, days_ago=40) is None] == ["s098"]
    assert {sample.channel for sample in EVERY.values()} <= set(Channel.values)
    assert {sample.kind for sample in EVERY.values()} <= set(Kind.values)


def test_whatever_the_table_says_whistleblowing_is_never_told_as_an_open_life() -> None:
    secret = {sample.id for sample in EVERY.values() if sample.kind == Kind.WHISTLEBLOWING}
    assert {table()[id_]["life"] for id_ in secret & set(table())} <= {"sealed", "filed"}


def test_an_officer_gives_a_title_to_each_message_that_came_without_one() -> None:
    without = {
        sample.id
        for sample in EVERY.values()
        if not sample.title and not sample.is_empty_talk and sample.kind != Kind.WHISTLEBLOWING
    }
    assert without <= set(wording.titles())
    assert not {id_ for id_ in wording.titles() if EVERY[id_].title}


def test_every_answer_has_substance_and_only_known_gaps() -> None:
    texts = [text for kinds in wording._answers().values() for texts in kinds.values() for text in texts]
    answers = [text for text in texts if len(text.split()) > 5]
    assert min(map(len, answers)) >= LEAST_ANSWER
    assert set(re.findall(r"{(\w+)}", " ".join(texts))) <= {"tempat", "tanggal"}


def test_every_category_of_a_complaint_has_answers_of_its_own() -> None:
    asked = {sample.category for sample in EVERY.values() if sample.kind == Kind.COMPLAINT}
    assert asked <= set(wording._answers()["complaint"])


def test_the_reasons_for_archiving_are_those_of_the_core() -> None:
    assert set(wording._words()["archive"]) <= set(ARCHIVE_REASONS)


@pytest.mark.parametrize(
    ("kind", "said", "shown"),
    [
        ("name", "Hj. Nurhayati Baco", "Nurhayati Rekaan"),
        ("name", "Drs. Wagiyo Prasmana", "Wagiyo Rekaan"),
        ("phone", "0852-9999-0132", "0852-0000-0000"),
        ("nik", "6401045508720003", "6401045508720000"),
        ("plate", "KT 8917 RZX", "KT 0000 RZX"),
        ("email", "nama@contohmail.id", "pelapor@contoh.invalid"),
    ],
)
def test_personal_data_of_a_sample_become_what_nobody_can_hold(kind: str, said: str, shown: str) -> None:
    assert samples.invented(kind, said) == shown
