"""What is sealed for a key opens with its other half only, whole or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lapor.vault.keys import WrongKey
from lapor.vault.sealed_files import PIECE, open_file, seal_file
from lapor.vault.sealing import Private, lock_under, new_pair, open_with, seal_for, unlock_under

many = settings(max_examples=60, deadline=None)
PAIR, OTHER = new_pair(), new_pair()


@many
@given(content=st.binary(max_size=2000))
def test_what_is_sealed_opens_with_the_other_half_only(content: bytes) -> None:
    blob = seal_for(PAIR.public, content)
    assert open_with(PAIR.private, blob) == content
    assert blob != seal_for(PAIR.public, content), "two boxes of the same content look different"
    with pytest.raises(WrongKey):
        open_with(OTHER.private, blob)


@many
@given(content=st.binary(max_size=300), at=st.integers(min_value=0), bit=st.integers(0, 7))
def test_one_changed_bit_is_refused(content: bytes, at: int, bit: int) -> None:
    blob = bytearray(seal_for(PAIR.public, content))
    blob[at % len(blob)] ^= 1 << bit
    with pytest.raises(WrongKey):
        open_with(PAIR.private, bytes(blob))


@many
@given(content=st.binary(max_size=300), cut=st.integers(min_value=1))
def test_what_was_cut_short_is_refused(content: bytes, cut: int) -> None:
    blob = seal_for(PAIR.public, content)
    with pytest.raises(WrongKey):
        open_with(PAIR.private, blob[: len(blob) - 1 - cut % len(blob)])


@many
@given(content=st.binary(max_size=300), place=st.text(max_size=30), elsewhere=st.text(max_size=30))
def test_what_is_locked_in_one_place_does_not_open_in_another(content: bytes, place: str, elsewhere: str) -> None:
    blob = lock_under(b"k" * 32, content, place=place)
    assert unlock_under(b"k" * 32, blob, place=place) == content
    with pytest.raises(WrongKey):
        unlock_under(b"x" * 32, blob, place=place)
    if place != elsewhere:
        with pytest.raises(WrongKey):
            unlock_under(b"k" * 32, blob, place=elsewhere)


def test_a_private_key_shows_itself_nowhere() -> None:
    shown = f"{PAIR!r} {PAIR.private!r} {PAIR.private!s}"
    assert PAIR.private.content.hex() not in shown and repr(PAIR.private.content) not in shown
    with pytest.raises(WrongKey):
        Private(b"short")


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7])
def test_a_file_of_any_length_comes_back_as_it_was(size: int) -> None:
    data = bytes(number % 251 for number in range(size))
    blob = seal_file(PAIR.public, data)
    assert open_file(PAIR.private, blob) == data
    assert data[:64] not in blob or size == 0 or size < 8
    with pytest.raises(WrongKey):
        open_file(OTHER.private, blob)


@many
@given(data=st.binary(max_size=400), at=st.integers(min_value=0), bit=st.integers(0, 7))
def test_one_changed_bit_of_a_file_is_refused(data: bytes, at: int, bit: int) -> None:
    blob = bytearray(seal_file(PAIR.public, data))
    blob[at % len(blob)] ^= 1 << bit
    with pytest.raises(WrongKey):
        open_file(PAIR.private, bytes(blob))


@many
@given(data=st.binary(max_size=400), cut=st.integers(min_value=0))
def test_a_file_cut_anywhere_is_refused(data: bytes, cut: int) -> None:
    blob = seal_file(PAIR.public, data)
    with pytest.raises(WrongKey):
        open_file(PAIR.private, blob[: cut % len(blob)])


def test_a_file_without_its_last_piece_or_with_pieces_swapped_or_more_behind_is_refused() -> None:
    blob = seal_file(PAIR.public, b"a" * PIECE + b"b" * PIECE + b"c")
    last, piece = 1 + 17, PIECE + 17
    head = len(blob) - last - 2 * piece
    first, second, third = blob[head : head + piece], blob[head + piece : head + 2 * piece], blob[head + 2 * piece :]
    for wrong in (
        blob[:-last],
        blob[:head] + second + first + third,
        blob[:head] + first + third,
        blob + third,
        blob + b"x",
    ):
        with pytest.raises(WrongKey):
            open_file(PAIR.private, wrong)
