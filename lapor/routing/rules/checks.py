"""What is wrong with a rule, column by column: nothing that could not be decided by, and no body that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lapor.agencies.models import Agency, Category, Region
from lapor.reports.queue import KINDS
from lapor.routing.bodies import GOVERNMENT, INSPECTORATE
from lapor.routing.competence import NOWHERE
from lapor.routing.phrases import plain_phrase
from lapor.routing.rules.said import Said

LONGEST_CONDITION = 2_000
LEAST_BEFORE_STAR = 3  # a shorter beginning would fit nearly every text
MOST_PRIORITY = 9_999
_PLACES = frozenset({"@provinsi", "@kota", "@desa", NOWHERE})
_CODE = re.compile(r"@(\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?)")
_BRACES = re.compile(r"\{([^{}]*)\}")
_LIMITS = {"reason": 400, "reason_en": 400, "source": 300}


@dataclass(frozen=True)
class Problem:
    """One thing to put right: the column, a stable key of what is wrong with it, and the piece that is wrong."""

    field: str
    reason: str
    piece: str = ""


def problems(said: Said) -> list[Problem]:
    """Everything that is wrong with a rule; empty when it can be decided by. Asks the database what exists."""
    return [
        *_order_and_level(said),
        *_matters(said),
        *(problem for name in ("when", "unless") for problem in _condition(name, getattr(said, name))),
        *_bodies(said),
        *_words(said),
    ]


def bodies_known(level: str) -> set[str]:
    """What the column `body` may say at a level: slugs of central bodies, or fields of regional offices."""
    if level == Agency.Level.CENTRAL:
        return set(Agency.objects.filter(region=None, is_active=True).values_list("slug", flat=True))
    fields = Agency.objects.exclude(region=None).exclude(field="").filter(is_active=True)
    return {GOVERNMENT, INSPECTORATE, *fields.values_list("field", flat=True).distinct()}


def _order_and_level(said: Said) -> Iterator[Problem]:
    if not 0 <= said.priority <= MOST_PRIORITY:
        yield Problem("priority", "no_such_order")
    if said.level not in Agency.Level.values:
        yield Problem("level", "no_such_level", said.level[:20])


def _matters(said: Said) -> Iterator[Problem]:
    kinds = dict(KINDS)
    yield from (Problem("kind", "no_such_kind", one[:40]) for one in _several(said.kind) if one not in kinds)
    asked = _several(said.category)
    known = set(Category.objects.filter(slug__in=asked).values_list("slug", flat=True)) if asked else set()
    yield from (Problem("category", "no_such_category", one[:60]) for one in asked if one not in known)


def _several(column: str) -> list[str]:
    return [part for part in column.split("|") if part] if "\0" not in column else [column.replace("\0", "?")]


def _condition(name: str, condition: str) -> Iterator[Problem]:
    if not condition.strip():
        return
    if "\0" in condition or len(condition) > LONGEST_CONDITION:
        yield Problem(name, "too_long" if "\0" not in condition else "unreadable_word")
        return
    for part in (part for alternative in condition.split("|") for part in alternative.split("&")):
        if reason := _wrong_with(part.strip()):
            yield Problem(name, reason, part.strip()[:60])


def _wrong_with(phrase: str) -> str:
    """What is wrong with one phrase of a condition; empty when nothing is."""
    if not phrase:
        return "empty_alternative"
    if phrase.startswith("@"):
        if phrase in _PLACES:
            return ""
        code = _CODE.fullmatch(phrase)
        return "" if code and Region.objects.filter(code=code[1]).exists() else "no_such_place"
    if re.search(r"\*(?!\s|$)", phrase):
        return "star_inside"
    if any(len(word) <= LEAST_BEFORE_STAR for word in phrase.split() if word.endswith("*")):
        return "star_too_short"
    return "" if plain_phrase(phrase) else "unreadable_word"


def _bodies(said: Said) -> Iterator[Problem]:
    parts = said.body.split("|")
    if not said.body:
        yield Problem("body", "no_body")
    elif said.level in Agency.Level.values:
        if said.level == Agency.Level.CENTRAL and len(parts) > 1:
            yield Problem("body", "one_central_body")
        known = bodies_known(said.level)
        yield from (Problem("body", "no_such_body", one[:60]) for one in parts if one not in known)
        if len(set(parts)) < len(parts):
            yield Problem("body", "same_body_twice")


def _words(said: Said) -> Iterator[Problem]:
    for name, most in _LIMITS.items():
        text: str = getattr(said, name)
        if not text.strip() and name != "reason_en":
            yield Problem(name, "no_words")
        if len(text) > most or "\0" in text:
            yield Problem(name, "too_long")
    for name in ("reason", "reason_en"):
        text = getattr(said, name)
        if text.strip() and "{agency}" not in text:
            yield Problem(name, "names_no_body")
        yield from (
            Problem(name, "no_such_blank", one[:40]) for one in _BRACES.findall(text) if one not in {"agency", "place"}
        )
