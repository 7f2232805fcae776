"""Finding a place or a body while somebody types, with abbreviations and slips of the finger forgiven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
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


_COLUMNS = "SELECT code, name, label, level, kind FROM agencies_region"
_SCOPE = """
    (%(level)s::int IS NULL OR level = %(level)s)
    AND (%(within)s::text IS NULL OR code = %(within)s OR code LIKE %(within)s || '.%%')
"""
_ORDER = """
    (kind = ANY(%(firm)s)) DESC,
    (plain = %(core)s OR plain = %(text)s) DESC,
    (kind = ANY(%(leaning)s)) DESC,
    (plain LIKE %(core)s || '%%') DESC,
    level, length(plain), code
"""
# Three questions, each dearer than the one before it and asked only while there is room for more answers.
_BY_PREFIX = f"""
    {_COLUMNS} WHERE (plain LIKE %(core)s || '%%' OR plain LIKE %(text)s || '%%') AND {_SCOPE}
    ORDER BY {_ORDER} LIMIT %(limit)s
"""
_BY_WORDS = f"""
    {_COLUMNS} WHERE search LIKE ALL (%(patterns)s) AND {_SCOPE} ORDER BY {_ORDER} LIMIT %(limit)s
"""
_BY_LIKENESS = f"""
    {_COLUMNS} WHERE %(core)s <%% search AND {_SCOPE}
    ORDER BY (kind = ANY(%(firm)s)) DESC,
        round((word_similarity(%(core)s, search) + similarity(%(core)s, plain))::numeric, 1) DESC,
        level, similarity(%(core)s, plain) DESC, code
    LIMIT %(limit)s
"""


def search_regions(q: str, *, level: int | None = None, within: str | None = None, limit: int = 10) -> list[Hit]:
    """Places for a typed text: exact and prefix first, then all words anywhere in the path, then likeness.

    Within one rank the higher level comes first. Nothing for fewer than two letters.
    """
    wanted = words.read(q)
    if wanted is None:
        return []
    limit = max(1, min(limit, MOST))
    facts: dict[str, Any] = {
        "core": wanted.core,
        "text": wanted.text,
        "firm": list(wanted.firm),
        "leaning": list(wanted.leaning),
        "patterns": [f"% {word}%" for word in wanted.words],
        "level": level,
        "within": within,
        "limit": limit,
    }
    questions = [_BY_PREFIX, _BY_WORDS] if len(wanted.words) == 1 or not wanted.firm else [_BY_WORDS, _BY_PREFIX]
    if len(wanted.core) >= 4:
        questions.append(_BY_LIKENESS)
    found: dict[str, Hit] = {}
    with connection.cursor() as cursor:
        for question in questions:
            cursor.execute(question, facts)
            for row in cursor.fetchall():
                found.setdefault(row[0], Hit(*row))
            if len(found) >= limit:
                break
    return list(found.values())[:limit]


_AGENCIES = """
    SELECT id FROM agencies_agency
    WHERE is_active AND (%(codes)s::text[] IS NULL OR region_id = ANY(%(codes)s) OR region_id IS NULL)
        AND (name || ' ' || short ILIKE ALL (%(patterns)s) OR %(text)s <%% name)
    ORDER BY (lower(short) = %(text)s) DESC,
        (name || ' ' || short ILIKE ALL (%(patterns)s)) DESC,
        word_similarity(%(text)s, name) DESC, (connected_on IS NULL), length(name), name
    LIMIT %(limit)s
"""


def search_agencies(q: str, *, region: str | None = None, limit: int = 10) -> list[Agency]:
    """Bodies by name or abbreviation; with a region only its own, those of the places above it, and central ones."""
    text = words.normalise(q)
    if len(text) < 2:
        return []
    facts = {
        "text": text,
        "patterns": [f"%{word}%" for word in text.split()],
        "codes": [region, *ancestors(region)] if region else None,
        "limit": max(1, min(limit, MOST)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_AGENCIES, facts)
        keys = [row[0] for row in cursor.fetchall()]
    rows = Agency.objects.in_bulk(keys)
    return [rows[key] for key in keys]


def agencies_of(region_code: str) -> QuerySet[Agency]:
    """The bodies of one region, for plain selects."""
    return Agency.objects.filter(region=region_code, is_active=True).order_by("name")


def region_or_none(code: str) -> Region | None:
    """The place with this code, if there is one."""
    return Region.objects.filter(code=code).first()
