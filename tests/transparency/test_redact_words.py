"""The word lists of redaction hold words, one each."""

from __future__ import annotations

from lapor.transparency.redact import redact
from lapor.transparency.redact_words import FUNCTIONS, NOT_NAMES


def test_every_entry_is_one_word() -> None:
    assert not [entry for entry in FUNCTIONS | NOT_NAMES if len(entry.split()) != 1 or entry != entry.lower()]


def test_an_ordinary_word_after_a_form_of_address_is_no_name() -> None:
    said = "Pamsimas sudah mangkrak pak. Pipanya dipasang, airnya tidak ada."
    assert redact(said).text == said
