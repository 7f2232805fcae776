"""One known person is taken out of a text in every spelling; everybody and everything else stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.redaction.strike import finder, striker

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
        ("nol delapan satu dua, tiga empat lima enam tujuh delapan sembilan nol ya", "[nomor telepon] ya"),
        ("kosong lapan satu dua belas...", "kosong lapan satu dua belas..."),
        ("0812 tiga empat lima 6 tujuh 8 sembilan nol", "[nomor telepon]"),
        ("noldelapansatuduatigaempatlimaenamtujuhdelapansembilannol", "[nomor telepon]"),
        ("o8l2 3456 789o", "[nomor telepon]"),
        ("0 8 1 2 3 4 5 6 7 8 9 0 dan 5 081234567890", "[nomor telepon] dan 5 [nomor telepon]"),
        ("+62 (0) 812/3456/7890", "[nomor telepon]"),
        ("0062 812 3456 7890", "[nomor telepon]"),
        ("delapan orang, dua di antaranya satu keluarga", "delapan orang, dua di antaranya satu keluarga"),
        ("kenari.uji at contoh.invalid", "[e-mail]"),
        ("kenari . uji (at) contoh titik invalid", "[e-mail]"),
        ("kenari dot uji @ contoh . invalid", "[e-mail]"),
        ("KENARI UJI [at] CONTOH dot INVALID", "[nama] [at] CONTOH dot INVALID"),
        ("KTP_Kenari_2024.jpg", "KTP_[nama]_2024.jpg"),
        ("@kenariuji dan kenari88", "@[nama] dan [nama]88"),
        ("uji jalan oleh Pak Uji", "uji jalan oleh Pak [nama]"),
    ],
)
def test_a_person_is_taken_out_and_nothing_else(said: str, left: str) -> None:
    assert strike(said) == left


def test_a_short_part_of_a_name_is_left_where_it_is_a_word_of_its_own() -> None:
    strike = striker(name="Uji Ani Baru")
    assert strike("Uji Ani Baru: baru ada uji jalan") == "[nama]: baru ada uji jalan"
    assert strike("Ani lapor, Ani Baru juga, saya Baru") == "[nama] lapor, [nama] juga, saya [nama]"


def test_initials_are_left() -> None:
    assert striker(name="Al Ka")("al dan ka, Al Ka") == "al dan ka, [nama]"


def test_a_number_dictated_with_teens_is_found() -> None:
    assert (
        striker(phone="+628121234567")("nol delapan satu dua satu dua tiga empat lima enam tujuh") == "[nomor telepon]"
    )
    assert striker(phone="+628121234567")("nol delapan dua belas... ") == "nol delapan dua belas... "
    assert striker(phone="+6281212345678")("nol delapan satu dua belas tiga empat lima enam tujuh delapan") == (
        "nol delapan satu dua belas tiga empat lima enam tujuh delapan"
    )
    assert striker(phone="+6281123456789")("nol delapan sebelas dua tiga empat lima enam tujuh delapan sembilan") == (
        "[nomor telepon]"
    )


def test_what_was_taken_out_once_stays_as_it_is() -> None:
    once = strike("Kenari, 081234567890, kenari.uji@contoh.invalid")
    assert strike(once) == once == "[nama], [nomor telepon], [e-mail]"


def test_a_finder_says_where_and_what() -> None:
    text = "wa 0812 3456 7890, Kenari"
    found = finder(name="Kenari Uji Sari", phone="081234567890")(text)
    assert [(text[one.start : one.end], one.mask) for one in found] == [
        ("0812 3456 7890", "[nomor telepon]"),
        ("Kenari", "[nama]"),
    ]


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
