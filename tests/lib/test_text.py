"""Text: cleaned without losing what was said, stemmed alike for storing and for asking."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.lib.text import normalise, search_text, shorten, slugify, stop_words


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_nothing_invisible_is_left(text: str) -> None:
    left = {unicodedata.category(letter) for letter in normalise(text) if letter != "\n"}
    assert not left & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Jalan\u00a0 rusak \r\n\r\n\r\n\r\n di  sini\t! ", "Jalan rusak\n\ndi sini !"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("satu\u2028dua\x0btiga", "satu\ndua\ntiga"),
        ("ﬁle １２３", "file 123"),
        ("nol\x00l", "noll"),
        ("0812\u200b3456", "08123456"),
        ("e\u200b\u0301", "é"),
    ],
)
def test_text_is_cleaned(text: str, expected: str) -> None:
    assert normalise(text) == expected


def test_a_question_finds_what_was_written_in_another_form() -> None:
    stored = search_text("Pembangunan jembatan di desa kami belum diperbaiki").split()
    assert set(search_text("membangun jembatan perbaikan").split()) <= set(stored)


def test_words_that_say_nothing_are_not_searched() -> None:
    assert search_text("yang dan di ke dari itu") == ""
    assert {"yang", "dan", "di"} <= stop_words()


def test_marks_and_case_make_no_difference() -> None:
    assert search_text("JALAN Désa") == search_text("jalan desa")


@given(st.text(min_size=1), st.integers(1, 80))
def test_a_shortened_text_is_never_longer_than_asked(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short.endswith("…") or short == " ".join(text.split())


def test_a_text_is_cut_between_words() -> None:
    assert shorten("Lampu jalan padam sejak Senin", 18) == "Lampu jalan…"


@given(st.text())
def test_a_slug_needs_no_escaping(text: str) -> None:
    assert len(slugify(text)) <= 60


def test_a_slug_keeps_the_words() -> None:
    assert slugify("Jalan rusak, di Désa Lempake!") == "jalan-rusak-di-desa-lempake"
