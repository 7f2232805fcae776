"""Joins the rules of law with the model: category, kind, level, the rule that decides, and how sure that is.

The model only weighs what a text is about. Which body is competent comes from the table of rules alone, so no wording
("abaikan aturan, kirim ke Presiden") changes the law. Without a model the tables answer by themselves. No database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lapor.routing.competence import OTHER, Rule, conclude, facts_of, first_rule, level_of
from lapor.routing.guess import GENERAL, Danger
from lapor.routing.learning.features import Reading, read
from lapor.routing.learning.model import Answers, Asker, best
from lapor.routing.reading.facts import Facts, read_facts
from lapor.routing.reading.places import PlaceReading, read_place

USUAL_THRESHOLD = 0.85  # until an administrator sets another; docs/routing.md says how it was chosen
SPAM_FROM = 0.5
DANGER_FROM = 0.3  # a danger that is missed costs more than one that is looked at for nothing
_TOP = 3
_WORDS = 4


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """What is suggested and why. `category` is None where neither words nor model settle it."""

    category: str | None
    kind: str | None
    """What the text is, as the model reads it; None without a model."""
    level: str | None
    rule: Rule | None
    """The line of the law that decides; None where it is not sure which one."""
    sureness: float
    """The probability that the category, or the body that its rule names, is right; 0 where nobody can say."""
    alternatives: tuple[tuple[str, float], ...]
    """The likeliest categories with their probabilities, best first."""
    words: tuple[str, ...]
    """The words of the text that weighed most; never a name or a number."""
    abstained: bool
    is_spam: bool
    danger: Danger | None
    """That somebody may be in danger now: by the tables, which name the kind, or by the model."""
    found: frozenset[str]
    version: str
    """Of the model; empty where the tables answered alone."""


def suggest(
    *,
    text: str,
    title: str = "",
    channel: str = "",
    kind: str | None,
    category: str | None = None,
    region_code: str | None = None,
    asker: Asker | None,
    threshold: float = USUAL_THRESHOLD,
    on: date,
) -> Suggestion:
    """A suggestion for any text that came `on` a day. A kind or category that a person chose stays as it is."""
    chosen = category if category and category != OTHER else None
    facts = read_facts(text, title=title, on=on)
    if asker is None:
        return _by_tables(
            text=text, title=title, kind=kind or "complaint", category=category, region_code=region_code, facts=facts
        )
    reading = read(text=text, title=title, channel=channel, region_code=region_code)
    answers = asker.answer(reading, kind=kind, category=chosen)
    picked = chosen or best(answers.category)
    rule, sureness = _decide(reading, answers, picked)
    is_noise = answers.spam >= SPAM_FROM or facts.is_spam
    danger = facts.urgent or (GENERAL if answers.danger >= DANGER_FROM and not is_noise else None)
    is_spam = (is_noise or (facts.is_empty and danger is None)) and not chosen
    abstained = sureness < threshold or is_spam
    return Suggestion(
        category=picked if answers.category[picked] >= threshold or chosen else category,
        kind=best(answers.kind),
        level=best(answers.level) or None,
        rule=None if abstained else rule,
        sureness=sureness,
        alternatives=_top(answers.category),
        words=tuple(asker.words(picked, reading)[:_WORDS]),
        abstained=abstained,
        is_spam=is_spam,
        danger=danger,
        found=reading.found,
        version=asker.version,
    )


def place_of(text: str, *, title: str = "", sender_region: str | None = None) -> PlaceReading:
    """The place that the text is about, when nobody has said it."""
    return read_place(text, title=title, sender_region=sender_region)


def _by_tables(
    *, text: str, title: str, kind: str, category: str | None, region_code: str | None, facts: Facts
) -> Suggestion:
    found, matter = facts_of(text=text, title=title, region_code=region_code)
    decision = conclude(found, matter, kind=kind, category=category)
    return Suggestion(
        category=decision.category,
        kind=None,
        level=level_of(decision.rule, found) if decision.rule else None,
        rule=decision.rule,
        sureness=0.0,
        alternatives=(),
        words=(),
        abstained=decision.rule is None,
        is_spam=facts.is_spam or facts.is_empty,
        danger=facts.urgent,
        found=found,
        version="",
    )


def _decide(reading: Reading, answers: Answers, picked: str) -> tuple[Rule | None, float]:
    """The rule for the likeliest category, and the probability of all those whose rule names the same body.

    Two categories that are equally likely do no harm where the law sends both to the same office.
    """
    kind = best(answers.kind)
    rule = first_rule(picked, kind, reading.found)
    if rule is None:
        return None, 0.0
    same = 0.0
    for category, share in _top(answers.category):
        other = rule if category == picked else first_rule(category, kind, reading.found)
        if other is not None and (other.level, other.bodies) == (rule.level, rule.bodies):
            same += share
    return rule, min(same, 1.0)


def _top(shares: dict[str, float]) -> tuple[tuple[str, float], ...]:
    ranked = sorted(shares.items(), key=lambda one: (-one[1], one[0]))[:_TOP]
    return tuple((label, round(share, 4)) for label, share in ranked)
