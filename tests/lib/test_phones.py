"""Telephone numbers: one form for all spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.lib.phones import mask, normalise

_NATIONAL = st.from_regex(r"8[1-9][0-9]{7,10}", fullmatch=True)
_PREFIX = st.sampled_from(["0", "62", "+62", "+62 ", "0062", "+62 (0)", "", "+62-"])
_SEPARATOR = st.sampled_from(["", " ", "-", ".", "–", " "])


@given(_NATIONAL, _PREFIX, _SEPARATOR)
def test_every_spelling_of_a_mobile_number_gives_the_same(national: str, prefix: str, between: str) -> None:
    written = prefix + between.join((national[:3], national[3:7], national[7:]))
    assert normalise(written) == f"+62{national}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(0541) 733-333", "+62541733333"),
        ("021 5790 1234", "+622157901234"),
        ("+62 541 7333333", "+625417333333"),
        ("０８１２３４５６７８９０", "+6281234567890"),
    ],
)
def test_fixed_lines_and_wide_digits_are_understood(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345",
        "110",
        "+1 202 555 0100",
        "08123",
        "0812345678901234",
        "telepon",
        "0812x3456789",
        "08" * 50,
        "٠٨١٢٣٤٥٦٧٨٩٠٤",
    ],
)
def test_what_is_no_indonesian_number_is_none(text: str) -> None:
    assert normalise(text) is None


@given(st.text(max_size=60))
def test_any_text_gives_ascii_digits_or_none(text: str) -> None:
    number = normalise(text)
    assert number is None or (number.startswith("+62") and number[1:].isascii() and number[1:].isdigit())


def test_a_normal_form_is_its_own_normal_form() -> None:
    assert normalise("+6281234567890") == "+6281234567890"


def test_a_mask_shows_the_last_four_digits_only() -> None:
    assert mask("+6281234567890") == "+62••••••7890"
