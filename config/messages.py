"""The interface's texts: collected from code and templates into locale/en, compiled to .mo, in pure Python.

What libraries say to readers is said in our words in locale/borrowed, in both languages; that is kept by hand.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from config.place import BASE_DIR

LANGUAGES = ("en",)
HEADER = "# The interface of LAPOR. The texts are Indonesian; `lapor messages --extract` collects them anew."
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def catalogue(language: str) -> Path:
    """The file of one language's texts."""
    return BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"


def compile_all() -> int:
    """Compiles every catalogue that is newer than its compiled form; says how many."""
    compiled = 0
    for path in sorted((BASE_DIR / "locale").rglob("LC_MESSAGES/*.po")):
        result = path.with_suffix(".mo")
        if result.exists() and result.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            continue
        with path.open("rb") as source:
            catalog = read_po(source, locale=path.parent.parent.name)
        half = result.with_suffix(".mo.part")  # never half a file where a starting process reads
        with half.open("wb") as target:
            write_mo(target, catalog)
        half.replace(result)
        compiled += 1
    return compiled


def collect() -> Catalog:
    """Every text of the interface, with the places where it stands."""
    found = Catalog(charset="utf-8")
    for path, place in _sources():
        content = path.read_text()
        if path.suffix != ".py":
            content = _as_python(content, place)
        for line, message, comments, context in extract("python", io.BytesIO(content.encode()), keywords=KEYWORDS):
            if message and message[0] if isinstance(message, tuple) else message:
                flags = ["python-format"] if "%(" in str(message) else []
                found.add(message, None, [(place, line)], flags, comments, context=context)
    return found


def update(language: str) -> tuple[int, int]:
    """Writes the texts found into the catalogue of a language, keeping its translations: (texts, untranslated)."""
    path = catalogue(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        with path.open("rb") as source:
            known = read_po(source, locale=language)
    else:
        known = Catalog(
            locale=language,
            header_comment=HEADER,
            project="LAPOR",
            version="1",
            msgid_bugs_address="CONTRIBUTING.md",
            last_translator="LAPOR",
            language_team=language,
            revision_date=datetime.now(UTC),
            fuzzy=False,
        )
    known.update(collect(), no_fuzzy_matching=True, update_creation_date=False)
    known.obsolete.clear()
    with path.open("wb") as target:
        write_po(target, known, width=110, sort_output=True, include_lineno=False)
    return len(known), len(list(untranslated(known)))


def untranslated(catalog: Catalog) -> Iterator[str]:
    """The texts of a catalogue that have no translation, or only some of their plural forms."""
    for message in catalog:
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and (message.fuzzy or not all(texts)):
            yield str(message.id)


def missing(language: str) -> list[str]:
    """The texts of code and templates that the catalogue of a language does not translate."""
    path = catalogue(language)
    known = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as source:
            known = read_po(source, locale=language)
    known.update(collect(), no_fuzzy_matching=True)
    return sorted(untranslated(known))


def _sources() -> Iterator[tuple[Path, str]]:
    for path in sorted((BASE_DIR / "lapor").rglob("*")):
        if path.suffix in {".py", ".html", ".txt", ".xml"} and not {"migrations", "static", "data"} & set(path.parts):
            yield path, path.relative_to(BASE_DIR).as_posix()


def _as_python(template: str, origin: str) -> str:
    if not settings.configured:
        settings.configure()
    lines = templatize(template, origin=origin).splitlines()
    return "\n".join(line.lstrip() for line in lines)  # else the indentation of HTML is a syntax error
