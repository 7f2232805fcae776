"""Codes and PINs: what a person types is understood, what is mistyped is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.lib.codes import is_code, new_code, new_pin, parse_code, parse_pin, show_code, show_pin

codes = st.builds(lambda _: new_code(), st.integers())
pins = st.builds(lambda _: new_pin(), st.integers())


@given(codes)
def test_a_new_code_is_ten_digits_and_never_starts_with_nought(code: str) -> None:
    assert is_code(code) and len(code) == 10 and code[0] != "0"


def test_new_codes_differ() -> None:
    assert len({new_code() for _ in range(500)}) == 500


@given(codes, st.integers(0, 9), st.integers(1, 9))
def test_every_single_wrong_digit_is_noticed(code: str, place: int, shift: int) -> None:
    wrong = str((int(code[place]) + shift) % 10)
    assert not is_code(code[:place] + wrong + code[place + 1 :])


@given(codes, st.integers(0, 8))
def test_every_swap_of_neighbours_is_noticed(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert swapped == code or not is_code(swapped)


@given(codes)
def test_a_code_is_read_back_however_it_is_written(code: str) -> None:
    assert show_code(code) == f"{code[:4]} {code[4:7]} {code[7:]}"
    letters = code.replace("0", "O").replace("1", "l")
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    for written in (show_code(code), f" {code}\n", "-".join(code), ".".join((code[:5], code[5:])), letters, wide):
        assert parse_code(written) == code


@pytest.mark.parametrize(
    "text", ["", "482719305", "48271930566", "abc", "0" * 10, "٤٨٢٧١٩٣٠٥٦", "4827193056'--", "9" * 100_000]
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert parse_code(text) is None


@given(pins)
def test_a_pin_is_eight_digits_and_read_back_however_it_is_written(pin: str) -> None:
    assert len(pin) == 8 and pin.isdigit()
    assert show_pin(pin) == f"{pin[:4]} {pin[4:]}"
    assert parse_pin(show_pin(pin)) == parse_pin(pin.replace("0", "o")) == pin


@pytest.mark.parametrize("text", ["", "1234567", "123456789", "1234567a", "١٢٣٤٥٦٧٨"])
def test_what_is_no_pin_is_none(text: str) -> None:
    assert parse_pin(text) is None
