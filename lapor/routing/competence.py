"""Which level and body the law names for a matter: the table of competence, first line that holds. No database.

The table comes from data/competence.csv until the room's rows in the database (`rules.in_force`) take its place.

The columns: `priority` (lower is tried first), `kind` and `category` (blank: any; several with `|`), `when` and
`unless` (conditions, see `phrases`), `level`, `body` (slug of a central body, or the field of a regional office;
`inspektorat` and `pemerintah` mean the inspectorate and the government of the place; `a|b` means b where there is
no a), `sure`, the reason in Indonesian and English, and the law it comes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lapor.routing.guess import category_words, dangers, kind_words, likely_categories
from lapor.routing.phrases import Condition, Phrasebook, holds, parse
from lapor.routing.words import MAX_READ, read_table, without_landmarks, words_of

OTHER = "lainnya"
_MOST_HELD = 1_000  # pairs of category and kind; there are some 130
NOWHERE = "@tanpa_tempat"
JAKARTA = "31"  # its cities and regency have no government of their own (UU 2/2024): the province does their work


@dataclass(frozen=True)
class Rule:
    """One line of the table."""

    kinds: frozenset[str]
    categories: frozenset[str]
    when: Condition
    unless: Condition
    level: str
    bodies: tuple[str, ...]
    is_sure: bool
    reason: str
    reason_en: str
    source: str
    key: int | None = None
    """Of its row in the database; None for a line of the file."""

    def applies(self, *, kind: str, category: str, found: frozenset[str]) -> bool:
        return self.is_for(kind=kind, category=category) and self.holds_in(found)

    def is_for(self, *, kind: str, category: str) -> bool:
        return (not self.kinds or kind in self.kinds) and (not self.categories or category in self.categories)

    def holds_in(self, found: frozenset[str]) -> bool:
        return (not self.when or holds(self.when, found)) and not holds(self.unless, found)


@dataclass(frozen=True)
class Decision:
    """What the table says; without a rule nothing certain can be said."""

    rule: Rule | None
    category: str | None
    found: frozenset[str]


@dataclass(frozen=True, eq=False)
class Table:
    """Rules in the order in which they are tried, with every phrase that they and the other tables ask for."""

    rules: tuple[Rule, ...]

    @cached_property
    def phrasebook(self) -> Phrasebook:
        conditions = [rule.when + rule.unless for rule in self.rules]
        conditions += [item.when + item.unless for item in dangers()]
        phrases = {phrase for condition in conditions for part in condition for phrase in part}
        return Phrasebook(phrases | set(category_words()) | set(kind_words()))

    @cached_property
    def _lines(self) -> dict[tuple[str, str], tuple[Rule, ...]]:
        return {}

    def lines_for(self, category: str, kind: str) -> tuple[Rule, ...]:
        """The rules that may hold for this category and kind, in their order."""
        lines = self._lines.get((category, kind))
        if lines is None:
            lines = tuple(rule for rule in self.rules if rule.is_for(kind=kind, category=category))
            if len(self._lines) < _MOST_HELD:
                self._lines[category, kind] = lines
        return lines


def rule_of(row: Mapping[str, str], *, key: int | None = None) -> Rule:
    """A line of the table, written in its columns, ready to be tried."""
    return Rule(
        kinds=frozenset(filter(None, row["kind"].split("|"))),
        categories=frozenset(filter(None, row["category"].split("|"))),
        when=parse(row["when"]),
        unless=parse(row["unless"]),
        level=row["level"],
        bodies=tuple(row["body"].split("|")),
        is_sure=row["sure"] == "ya",
        reason=row["reason"],
        reason_en=row["reason_en"],
        source=row["source"],
        key=key,
    )


@lru_cache(maxsize=1)
def file_table() -> Table:
    """The table as the file has it."""
    rows = sorted(read_table("competence.csv"), key=lambda row: int(row["priority"]))
    return Table(tuple(rule_of(row) for row in rows))


_in_force: Table | None = None


def use(table: Table | None) -> None:
    """From now on this process decides by this table; by the file with None. For `rules.in_force`."""
    global _in_force
    _in_force = table


def table() -> Table:
    """The table that this process decides by now."""
    return _in_force or file_table()


def rules() -> tuple[Rule, ...]:
    """The rules in force, in the order in which they are tried."""
    return table().rules


def place_tags(region_code: str | None) -> frozenset[str]:
    """Facts about the place: `@64`, `@64.72`, `@provinsi` (only the province is known), `@kota`, `@desa`;
    `@tanpa_tempat` where none is known.
    """
    if not region_code:
        return frozenset({NOWHERE})
    parts = region_code.split(".")
    tags = {"@" + ".".join(parts[:length]) for length in range(1, len(parts) + 1)}
    if len(parts) == 1:
        tags.add("@provinsi")
    elif parts[1] >= "71":  # Kemendagri numbers cities from 71
        tags.add("@kota")
    if len(parts) == 4 and parts[3].startswith("2"):  # and villages from 2001, kelurahan from 1001
        tags.add("@desa")
    return frozenset(tags)


def facts_of(
    *, text: str, title: str, region_code: str | None, by: Table | None = None
) -> tuple[frozenset[str], frozenset[str]]:
    """The phrases and facts of place that the rules ask for, and the phrases that tell the matter (no landmarks)."""
    return facts_in(words_of(title[: MAX_READ // 4]) + words_of(text), region_code=region_code, by=by)


def facts_in(
    words: list[str], *, region_code: str | None, by: Table | None = None
) -> tuple[frozenset[str], frozenset[str]]:
    """The same of words that were read before."""
    phrasebook = (by or table()).phrasebook
    return phrasebook.found(words) | place_tags(region_code), phrasebook.found(without_landmarks(words))


def level_of(rule: Rule, found: frozenset[str]) -> str:
    """The level that the rule names; in Jakarta the province does the work of regencies and villages."""
    return "province" if f"@{JAKARTA}" in found and rule.level in {"regency", "village"} else rule.level


def decide(
    *, text: str, title: str, kind: str, category: str | None, region_code: str | None, by: Table | None = None
) -> Decision:
    """Reads the text and applies the table, that in force unless told. Two categories that are equally likely must lead
    to the same body.
    """
    by = by or table()
    found, matter = facts_of(text=text, title=title, region_code=region_code, by=by)
    return conclude(found, matter, kind=kind, category=category, by=by)


def conclude(
    found: frozenset[str], matter: frozenset[str], *, kind: str, category: str | None, by: Table | None = None
) -> Decision:
    """What the table says of facts that were read before."""
    likely = likely_categories(matter)
    if category and category != OTHER:
        return Decision(rule=first_rule(category, kind, found, by=by), category=category, found=found)
    if category == OTHER and (rule := first_rule(OTHER, kind, found, by=by)) is not None:
        return Decision(rule=rule, category=OTHER, found=found)
    picked = [first_rule(each, kind, found, by=by) for each in likely or [""]]
    agreed = picked[0] if len({(rule.level, rule.bodies) if rule else None for rule in picked}) == 1 else None
    is_clear = len(likely) == 1 or (bool(likely) and agreed is not None)
    return Decision(rule=agreed, category=likely[0] if is_clear else category, found=found)


def first_rule(category: str, kind: str, found: frozenset[str], *, by: Table | None = None) -> Rule | None:
    """The first line of the table that holds for a matter of this category and kind."""
    lines = (by or table()).lines_for(category, kind)
    return next((rule for rule in lines if rule.holds_in(found)), None)
