"""The interface speaks two languages completely."""

from __future__ import annotations

from babel.messages.pofile import read_po

from config import messages


def test_every_text_of_the_interface_has_an_english_translation() -> None:
    missing = messages.missing("en")
    assert missing == [], f"{len(missing)} texts have no English translation; `lapor messages --extract` lists them"


def test_texts_are_found_in_code_and_in_templates() -> None:
    places = {place.rsplit(".", 1)[1] for message in messages.collect() for place, _ in message.locations}
    assert places >= {"py", "html"}


def test_a_translation_keeps_the_placeholders_of_its_text() -> None:
    path = messages.catalogue("en")
    with path.open("rb") as source:
        catalog = read_po(source, locale="en")
    wrong = [f"{message.id}: {error}" for message, errors in catalog.check() for error in errors]
    assert wrong == []
