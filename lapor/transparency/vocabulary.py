"""The words of the published copies: what a copy can be found by, and what a mistyped word was meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection

from lapor.agencies.models import Agency, Region
from lapor.lib.text import search_text, words
from lapor.redaction.masks import MASKS

from .models import PublicReport, Word

LONGEST = 40
SHORTEST_TO_CORRECT = 4
CANDIDATES = 30
ALIKE = 0.7


def words_of(*texts: str, region: Region | None, agency: Agency | None) -> str:
    """The stems a copy is found by: its redacted texts, the names of its place and of its agency."""
    found = [*texts]
    if region is not None:
        found += [region.name, region.label]
    if agency is not None:
        found += [agency.name, agency.short]
    return search_text(without_masks(" ".join(found)))


def without_masks(text: str) -> str:
    """What stands in place of personal data is no word of the report."""
    for mask in MASKS.values():
        text = text.replace(mask, " ")
    return text


def learn(copies: Iterable[PublicReport]) -> None:
    """Adds the words of these copies that were not known yet."""
    copies = list(copies)
    stems = {stem for copy in copies for stem in copy.words.split() if stem.isalpha() and len(stem) <= LONGEST}
    new = stems - set(Word.objects.filter(stem__in=stems).values_list("stem", flat=True))
    if not new:
        return
    spellings: dict[str, str] = {}
    for copy in copies:
        for word in words(f"{copy.title} {copy.text} {copy.place}"):
            stem = search_text(word)
            if stem in new and len(word) <= LONGEST:
                spellings.setdefault(stem, word)
    Word.objects.bulk_create(
        [Word(stem=stem, spelling=spellings.get(stem, stem)) for stem in sorted(new)], ignore_conflicts=True
    )


def correct(stems: Sequence[str]) -> dict[str, Word]:
    """For each stem that no copy contains, the known word that looks most like it; words without one are left out."""
    known = set(Word.objects.filter(stem__in=stems).values_list("stem", flat=True))
    found: dict[str, Word] = {}
    for stem in stems:
        if stem in known or len(stem) < SHORTEST_TO_CORRECT or not stem.isalpha():
            continue
        nearest = _nearest(stem)
        if nearest is not None:
            found[stem] = nearest
    return found


def _nearest(stem: str) -> Word | None:
    candidates = (
        Word.objects.filter(stem__trigram_similar=stem)
        .annotate(likeness=TrigramSimilarity("stem", stem))
        .order_by("-likeness", "stem")[:CANDIDATES]
    )
    scored = [(SequenceMatcher(None, stem, word.stem).ratio(), word) for word in candidates]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= ALIKE else None


def forget() -> int:
    """Drops words that no copy contains any more: none outlives a copy taken back. Returns how many."""
    known, copies = (connection.ops.quote_name(model._meta.db_table) for model in (Word, PublicReport))
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {known} WHERE NOT EXISTS ("  # noqa: S608 -- table names of ours
            f"SELECT 1 FROM {copies} WHERE {copies}.search @@ plainto_tsquery('simple', {known}.stem))"
        )
        return int(cursor.rowcount)
