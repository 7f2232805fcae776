"""Finding a place or a body while somebody types, with abbreviations and slips of the finger forgiven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

from lapor.agencies import words
from lapor.agencies.models import Agency, Region
from lapor.agencies.places import ancestors

MOST = 50


@dataclass(frozen=True)
class Hit:
    """One place as a line in a picker: "Samarinda Ulu" with "Kota Samarinda, Kalimantan Timur" below it."""

    code: str
    name: str
    label: str
    level: int
    kind: str


_SELECT = "SELECT code, name, label, level, kind FROM agencies_region"
_SCOPE = """
    (%(level)s::int IS NULL OR level = %(level)s)
    AND (%(within)s::text IS NULL OR code = %(within)s OR code LIKE %(within)s || '.%%')
    ORDER BY
        (plain = %(text)s OR (plain = %(core)s AND kind = ANY(%(meant)s))) DESC,
        (plain = %(core)s) DESC,
        (kind = ANY(%(meant)s)) DESC,
        (plain LIKE %(core)s || '%%' OR plain LIKE %(text)s || '%%') DESC,
        (CASE WHEN %(core)s LIKE plain || ' %%' THEN length(plain) ELSE 0 END) DESC,
        level, length(plain), code
    LIMIT %(limit)s
"""
_PREFIX = (
    "plain LIKE %(core)s || '%%' OR plain LIKE %(text)s || '%%' OR replace(plain, ' ', '') LIKE %(joined)s || '%%'"
)
# One question per word: asked for many words at once the planner leaves the index aside.
_NEAR_WORD = """
    SELECT word FROM agencies_regionword WHERE word %% %s
    ORDER BY similarity(word, %s) DESC, uses DESC LIMIT 4
"""


def search_regions(q: str, *, level: int | None = None, within: str | None = None, limit: int = 10) -> list[Hit]:
    """Places for a typed text: exact and prefix first, then all words anywhere in the path, then near words.

    Within one rank the higher level comes first. Nothing for fewer than two letters.
    """
    wanted = words.read(q)
    if wanted is None:
        return []
    limit = max(1, min(limit, MOST))
    scope = {"level": level, "within": within, "limit": limit, "meant": list(wanted.kinds)}
    spelt = {"core": wanted.core, "text": wanted.text, "joined": wanted.core.replace(" ", "")}
    found: dict[str, Hit] = {}
    with connection.cursor() as cursor:
        _collect(cursor, found, _PREFIX, scope | spelt)
        if len(found) < limit:
            condition, terms = _all_words([[word] for word in wanted.words])
            _collect(cursor, found, condition, scope | spelt | terms)
        if len(found) < limit:
            near = _near_words(cursor, list(wanted.words))
            best = {"core": " ".join(near[word][0] for word in wanted.core.split())}
            best["text"] = best["core"]
            condition, terms = _all_words(list(near.values()))
            _collect(cursor, found, condition, scope | best | terms)
            if not found:
                longest = max(near, key=len)
                condition, terms = _all_words([near[longest]])
                _collect(cursor, found, condition, scope | best | terms)
    return list(found.values())[:limit]


def _collect(cursor: CursorWrapper, found: dict[str, Hit], condition: str, facts: dict[str, Any]) -> None:
    """Adds what a condition finds below what was found before."""
    cursor.execute(f"{_SELECT} WHERE ({condition}) AND {_SCOPE}", facts)
    for row in cursor.fetchall():
        found.setdefault(row[0], Hit(*row))


def _all_words(choices: list[list[str]]) -> tuple[str, dict[str, str]]:
    """Each word, in one of its spellings, begins some word of the path. One LIKE each, so that the index serves."""
    facts: dict[str, str] = {}
    conditions = []
    for place, choice in enumerate(choices):
        names = [f"word_{place}_{number}" for number in range(len(choice))]
        facts.update({name: f"% {word}%" for name, word in zip(names, choice, strict=True)})
        conditions.append("(" + " OR ".join(f"search LIKE %({name})s" for name in names) + ")")
    return " AND ".join(conditions), facts


def _near_words(cursor: CursorWrapper, typed: list[str]) -> dict[str, list[str]]:
    """For each word the words of place names that look like it, nearest first; itself where none does."""
    near: dict[str, list[str]] = {}
    for word in typed:
        cursor.execute(_NEAR_WORD, [word, word])
        near[word] = [row[0] for row in cursor.fetchall()] or [word]
    return near


_AGENCIES = """
    SELECT id FROM agencies_agency
    WHERE is_active AND {condition}
        AND (%(among)s::bigint[] IS NULL OR id = ANY(%(among)s))
        AND (%(codes)s::text[] IS NULL OR region_id = ANY(%(codes)s) OR region_id IS NULL)
    ORDER BY (lower(short) = %(text)s) DESC, (name ILIKE %(text)s || '%%') DESC,
        word_similarity(%(text)s, name) DESC, (connected_on IS NULL), length(name), name
    LIMIT %(limit)s
"""
_AGENCY_BY_WORDS = _AGENCIES.format(condition="name || ' ' || short ILIKE ALL (%(patterns)s)")
_AGENCY_BY_LIKENESS = _AGENCIES.format(condition="%(text)s <%% name")
# Some two thousand rows: each word has one slip of the finger at most, so each must look like a word of the name.
_AGENCY_BY_LIKE_WORDS = _AGENCIES.format(
    condition="""NOT EXISTS (
        SELECT FROM unnest(%(words)s::text[]) AS word WHERE word_similarity(word, name || ' ' || short) < 0.5
    )"""
)


def search_agencies(
    q: str, *, region: str | None = None, among: list[int] | None = None, limit: int = 10
) -> list[Agency]:
    """Bodies by name or abbreviation, else by likeness.

    With a region only its own bodies, those of the places above it, and central ones; with `among` only those keys.
    """
    text = words.normalise(q)
    if len(text) < 2:
        return []
    facts = {
        "text": text,
        "patterns": [f"%{word}%" for word in text.split()],
        "words": text.split(),
        "codes": [region, *ancestors(region)] if region else None,
        "among": among,
        "limit": max(1, min(limit, MOST)),
    }
    keys: list[int] = []
    with connection.cursor() as cursor:
        for question in (_AGENCY_BY_WORDS, _AGENCY_BY_LIKENESS, _AGENCY_BY_LIKE_WORDS):
            if not keys:
                cursor.execute(question, facts)
                keys = [row[0] for row in cursor.fetchall()]
    rows = Agency.objects.in_bulk(keys)
    return [rows[key] for key in keys]


def agencies_of(region_code: str) -> QuerySet[Agency]:
    """The bodies of one region, for plain selects."""
    return Agency.objects.filter(region=region_code, is_active=True).order_by("name")


def region_or_none(code: str) -> Region | None:
    """The place with this code, if there is one."""
    return Region.objects.filter(code=code).first()
