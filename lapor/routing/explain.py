"""What the officer who disposes is told: which body, the words and the rule that led there, what is missing to be sure,
and who else may be competent. It suggests; it never decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from lapor.agencies.models import Agency
from lapor.agencies.oversight import national_admin
from lapor.reports.submission import Accused
from lapor.routing import competence
from lapor.routing.competence import OTHER, Decision, Rule
from lapor.routing.guess import Danger, category_words, danger_in, likely_categories
from lapor.routing.propose import body_of, propose

MOST_ALTERNATIVES = 3
MOST_WORDS = 8


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """`agency` is None where nothing can be suggested. `missing` has stable keys of what keeps it from being sure."""

    agency: Agency | None
    is_sure: bool
    reason: str
    source: str
    words: tuple[str, ...]
    """Phrases of the text that led there; `rambu*` stands for any word that begins so."""
    missing: tuple[str, ...]
    alternatives: tuple[Agency, ...]


def suggest(
    *,
    text: str,
    title: str,
    kind: str,
    category: str | None,
    region_code: str | None,
    accused: Iterable[int] = (),
    returned_by: Iterable[int] = (),
    named: Agency | None = None,
    on: date,
) -> Suggestion:
    """A suggestion for any input. Never a body that the report accuses (`accused`), nor one that gave the report back;
    `named` is a body that somebody thought of before, offered as an alternative.
    """
    accused, returned_by = frozenset(accused), frozenset(returned_by)
    proposal = propose(
        text=text,
        title=title,
        kind=kind,
        category=category,
        region_code=region_code,
        agency_id=None,
        accused=tuple(Accused(agency_id=key) for key in sorted(accused)),
        on=on,
    )
    decision = competence.decide(text=text, title=title, kind=kind, category=category, region_code=region_code)
    agency, rule = proposal.agency, decision.rule
    missing = list(_missing(decision, agency=agency, region_code=region_code))
    if rule is not None and agency is None and accused and _body(rule, region_code) in accused:
        missing = ["accused"]
    if agency is not None and agency.pk in returned_by:
        agency, missing = None, [*missing, "returned"]
    others = _others(decision, text=text, title=title, kind=kind, region_code=region_code)
    avoided = accused | returned_by | ({agency.pk} if agency else set())
    return Suggestion(
        agency=agency,
        is_sure=proposal.is_sure and agency is not None and not missing,
        reason=proposal.reason,
        source=proposal.source,
        words=_words(decision, has_category=bool(category)),
        missing=tuple(missing),
        alternatives=tuple(_distinct([*others, named], avoided)),
    )


def danger_of(*, text: str, title: str) -> Danger | None:
    """The danger that a text speaks of, if any."""
    found, _matter = competence.facts_of(text=text, title=title, region_code=None, by=competence.file_table())
    return danger_in(found)


def _missing(decision: Decision, *, agency: Agency | None, region_code: str | None) -> Iterator[str]:
    rule = decision.rule
    if rule is None:
        yield "matter"
    elif rule.level != Agency.Level.CENTRAL and agency is None:
        yield "narrower_place" if region_code else "place"
    elif agency is not None and agency.kind == Agency.Kind.GOVERNMENT and "pemerintah" not in rule.bodies:
        yield "office"
    if rule is not None and not rule.is_sure:
        yield "rule"


def _words(decision: Decision, *, has_category: bool) -> tuple[str, ...]:
    """Those of the rule; where the matter was guessed from the text, also those of the matter."""
    rule = decision.rule
    led = {phrase for part in rule.when if part <= decision.found for phrase in part} if rule else set()
    if not has_category and decision.category:
        table = category_words()
        points = {
            phrase: weight
            for phrase in decision.found
            for category, weight in table.get(phrase, ())
            if category == decision.category
        }
        led |= set(sorted(points, key=lambda phrase: (-points[phrase], phrase))[:MOST_WORDS])
    return tuple(sorted(phrase for phrase in led if not phrase.startswith("@")))[:MOST_WORDS]


def _others(
    decision: Decision, *, text: str, title: str, kind: str, region_code: str | None
) -> Iterator[Agency | None]:
    """Bodies of later rules that hold too, then those of other matters that the text may be about."""
    _found, matter = competence.facts_of(text=text, title=title, region_code=region_code)
    categories = dict.fromkeys([decision.category or OTHER, *likely_categories(matter)])
    for category in categories:
        for rule in competence.rules():
            if rule is not decision.rule and rule.applies(kind=kind, category=category, found=decision.found):
                yield body_of(rule, region_code=region_code, verifier=national_admin())[0]


def _body(rule: Rule, region_code: str | None) -> int | None:
    agency = body_of(rule, region_code=region_code, verifier=national_admin())[0]
    return agency.pk if agency else None


def _distinct(agencies: Iterable[Agency | None], avoided: frozenset[int] | set[int]) -> Iterator[Agency]:
    seen = set(avoided)
    for agency in agencies:
        if agency is not None and agency.pk not in seen:
            seen.add(agency.pk)
            yield agency
        if len(seen) - len(avoided) >= MOST_ALTERNATIVES:
            return
