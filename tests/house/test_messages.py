"""The interface speaks two languages completely."""

from __future__ import annotations

from pathlib import Path

import allauth
import django.conf
import django.contrib.auth
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from config import messages
from config.place import BASE_DIR

LOCALE = BASE_DIR / "locale"
CATALOGUES = sorted(LOCALE.rglob("*.po"))
LIBRARIES = [Path(str(package.__file__)).parent for package in (django.conf, django.contrib.auth, allauth)]


def test_every_text_of_the_interface_has_an_english_translation() -> None:
    missing = messages.missing("en")
    assert missing == [], f"{len(missing)} texts have no English translation; `lapor messages --extract` lists them"


def test_texts_are_found_in_code_and_in_templates() -> None:
    places = {place.rsplit(".", 1)[1] for message in messages.collect() for place, _ in message.locations}
    assert places >= {"py", "html"}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(LOCALE)))
def test_a_translation_keeps_the_placeholders_of_its_text(path: Path) -> None:
    wrong = [f"{message.id}: {error}" for message, errors in _read(path).check() for error in errors]
    assert wrong == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_we_say_for_a_library_is_what_the_library_still_says(language: str) -> None:
    said: set[str] = set()
    for folder in LIBRARIES:
        said |= {_text(message.id) for message in _read(folder / "locale" / "en" / "LC_MESSAGES" / "django.po")}
    ours = {_text(message.id) for message in _read(LOCALE / "borrowed" / language / "LC_MESSAGES" / "django.po")}
    assert ours - said == set()


def _read(path: Path) -> Catalog:
    with path.open("rb") as source:
        return read_po(source, locale=path.parent.parent.name)


def _text(key: object) -> str:
    return str(key[0]) if isinstance(key, list | tuple) else str(key)
