"""One known person is taken out of a text in every spelling; everybody and everything else stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.lib.strike import striker

strike = striker(name="Kenari Uji Sari", phone="+62 812-3456-7890", email="kenari.uji@contoh.invalid")


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Saya Kenari Uji Sari dari RT 4", "Saya [nama] dari RT 4"),
        ("saya KENARI, tetangga bu Sari", "saya [nama], tetangga bu [nama]"),
        ("K e n a r i lapor lagi", "[nama] lapor lagi"),
        ("hub 081234567890 atau 0812 3456 7890", "hub [nomor telepon] atau [nomor telepon]"),
        ("wa +62-812-3456-7890", "wa [nomor telepon]"),
        ("62812.3456.7890!", "[nomor telepon]!"),
        ("tulis ke Kenari.Uji@contoh.invalid ya", "tulis ke [e-mail] ya"),
        ("Kenarian dan sarikan tetap", "Kenarian dan sarikan tetap"),
        ("nomor dinas 081299998888", "nomor dinas 081299998888"),
        ("kode 9081234567890", "kode 9081234567890"),
        ("Pak Budi Uji di Jalan Kenangan 8", "Pak Budi Uji di Jalan Kenangan 8"),
        ("", ""),
    ],
)
def test_a_person_is_taken_out_and_nothing_else(said: str, left: str) -> None:
    assert strike(said) == left


def test_a_short_part_of_a_name_is_left_where_it_is_a_word_of_its_own() -> None:
    assert striker(name="Uji Ani Baru")("Uji Ani Baru: baru ada uji jalan") == "[nama]: [nama] ada uji jalan"


def test_a_name_of_one_short_word_is_taken_out_as_a_whole() -> None:
    assert striker(name="Ani")("Ani dan Anita") == "[nama] dan Anita"


@given(st.text(max_size=200))
def test_nothing_is_changed_where_nobody_is_known(text: str) -> None:
    assert striker()(text) == text
    assert striker(name=" ", phone="-", email="")(text) == text


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_whole_name_and_the_number_never_come_through(before: str, after: str) -> None:
    got = strike(f"{before} Kenari Uji Sari {after} 081234567890 {after}")
    assert "Kenari Uji Sari" not in got
    assert "081234567890" not in got or before.endswith(tuple("0123456789"))
