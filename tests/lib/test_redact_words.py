"""Redaction: the word lists hold words, one each; households and hidden names are found."""

from __future__ import annotations

import pytest

from lapor.lib.redact import redact, still_tells
from lapor.lib.redact_words import FUNCTIONS, NOT_NAMES


def test_every_entry_is_one_word() -> None:
    assert not [entry for entry in FUNCTIONS | NOT_NAMES if len(entry.split()) != 1 or entry != entry.lower()]


def test_an_ordinary_word_after_a_form_of_address_is_no_name() -> None:
    said = "Pamsimas sudah mangkrak pak. Pipanya dipasang, airnya tidak ada."
    assert redact(said).text == said


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Rumah saya RT 07 RW 02 Desa Sukamaju", "Rumah saya [alamat]"),
        ("Air mati di RT 07 Desa Harapan sejak pagi", "Air mati di [alamat] sejak pagi"),
        ("jalan RT.7/RW.3 rusak", "jalan [alamat] rusak"),
        ("rt 03/02 gelap", "[alamat] gelap"),
        ("di Perumahan Griya Uji Blok F2", "di [alamat]"),
        ("Blok C/12 No. 5 banjir", "[alamat] banjir"),
        ("Ketua RT 05 meminta uang", "Ketua RT 05 meminta uang"),
        ("kios di pasar blok A lantai 2", "kios di pasar blok A lantai 2"),
        ("Start 07 desa", "Start 07 desa"),
    ],
)
def test_a_household_is_masked_and_an_office_is_not(said: str, shown: str) -> None:
    assert redact(said).text == shown


def test_a_name_written_down_the_page_is_noticed() -> None:
    down = "\n1. ".join("KENARISUNYI")
    assert still_tells(down, ["Kenari Sunyi"])
    assert not still_tells("Burung kenari itu sunyi", ["Kenari Sunyi"])
    assert not still_tells("a n i b a r u", ["Ani Baru"])
