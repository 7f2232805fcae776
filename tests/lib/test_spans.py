"""Scoring of masked stretches: wholly covered, exactly covered, touched, and found where nothing was labelled."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lapor.lib.spans import Counts, locate, score


def test_a_label_counts_only_when_nothing_of_it_is_left() -> None:
    gold = [("name", 5, 15)]
    assert score(gold, [("name", 5, 15)])["name"] == Counts(gold=1, covered=1, exact=1, touched=1, found=1)
    assert score(gold, [("name", 3, 20)])["name"] == Counts(gold=1, covered=1, touched=1, found=1)
    assert score(gold, [("name", 5, 14)])["name"] == Counts(gold=1, touched=1, found=1)


def test_two_masks_side_by_side_cover_a_label_and_a_gap_between_them_does_not() -> None:
    gold = [("address", 0, 10)]
    assert score(gold, [("address", 5, 10), ("name", 0, 5)])["address"].covered == 1
    assert score(gold, [("address", 6, 10), ("name", 0, 5)])["address"].covered == 0


def test_what_touches_no_label_is_false_by_its_own_type() -> None:
    counts = score([("phone", 0, 5)], [("name", 10, 12), ("account", 0, 5)])
    assert counts["name"] == Counts(found=1, false=1)
    assert counts["account"] == Counts(found=1)
    assert counts["phone"].recall == 1.0


def test_labels_are_found_at_every_place_as_whole_words_and_the_longest_wins() -> None:
    text = "Ani Uji dan Ani, bukan Anita"
    assert locate(text, [("name", "Ani"), ("name", "Ani Uji")]) == [("name", 0, 7), ("name", 12, 15)]
    assert locate(text, [("name", "")]) == []


stretches = st.lists(
    st.tuples(st.sampled_from(["name", "phone"]), st.integers(0, 30), st.integers(1, 10)).map(
        lambda one: (one[0], one[1], one[1] + one[2])
    ),
    max_size=6,
)


@given(stretches, stretches)
def test_counts_add_up(gold: list[tuple[str, int, int]], found: list[tuple[str, int, int]]) -> None:
    total = sum(score(gold, found).values(), Counts())
    assert (total.gold, total.found) == (len(gold), len(found))
    assert total.exact <= total.covered <= total.touched <= total.gold
    assert total.false <= total.found
    assert 0 <= total.recall <= 1 and 0 <= total.precision <= 1
