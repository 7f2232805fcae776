"""Brings data/competence.csv into the database.

Loading again is harmless: a line that changed in the file changes its row, except where an administrator edited it; a
line that is gone from the file is switched off. All of it is in the history.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from lapor.routing.models import Rule, RuleChange
from lapor.routing.rules.changing import lock, snapshot
from lapor.routing.rules.in_force import forget
from lapor.routing.rules.said import COLUMNS, Said, said_by, said_in_file
from lapor.routing.words import read_table

WHY_NEW = "Dari berkas aturan."
WHY_CHANGED = "Berkas aturan berubah."
WHY_GONE = "Tidak ada lagi dalam berkas aturan."


@transaction.atomic
def load_all(*, now: datetime) -> int:
    """Loads what the file says; returns how many rows changed."""
    lock()
    known = {rule.file_key: rule for rule in Rule.objects.exclude(file_key="")}
    lines = _lines()
    changes = [
        *_new([(key, line, said) for line, (key, said) in enumerate(lines.items(), start=1) if key not in known], now),
        *_changed([(known[key], said) for key, said in lines.items() if key in known], now),
        *_gone([rule for key, rule in known.items() if key not in lines], now),
    ]
    _renumber(lines, known)
    RuleChange.objects.bulk_create(changes)
    transaction.on_commit(forget)
    return len(changes)


def _lines() -> dict[str, Said]:
    """A line is known by what it is about and whom it names; several alike by their order in the file."""
    found: dict[str, Said] = {}
    seen: Counter[str] = Counter()
    for row in read_table("competence.csv"):
        key = "/".join(row[name] for name in ("kind", "category", "level", "body"))
        seen[key] += 1
        found[f"{key}/{seen[key]}"] = said_in_file(row)
    return found


def _new(lines: list[tuple[str, int, Said]], now: datetime) -> list[RuleChange]:
    rows = Rule.objects.bulk_create(Rule(file_key=key, line=line, **asdict(said)) for key, line, said in lines)
    return [RuleChange(rule=row, at=now, why=WHY_NEW, before=None, after=snapshot(row)) for row in rows]


def _changed(pairs: list[tuple[Rule, Said]], now: datetime) -> list[RuleChange]:
    changes = []
    for rule, said in pairs:
        if rule.is_edited or (rule.is_active and said_by(rule) == said):
            continue
        before = snapshot(rule)
        for name in COLUMNS:
            setattr(rule, name, getattr(said, name))
        rule.is_active = True
        rule.save()
        changes.append(RuleChange(rule=rule, at=now, why=WHY_CHANGED, before=before, after=snapshot(rule)))
    return changes


def _gone(rules: list[Rule], now: datetime) -> list[RuleChange]:
    changes = []
    for rule in rules:
        if rule.is_edited or not rule.is_active:
            continue
        before = snapshot(rule)
        rule.is_active = False
        rule.save(update_fields=["is_active"])
        changes.append(RuleChange(rule=rule, at=now, why=WHY_GONE, before=before, after=snapshot(rule)))
    return changes


def _renumber(lines: dict[str, Said], known: dict[str, Rule]) -> None:
    """Rows of one priority are tried in the order of the file as it is now."""
    moved = []
    for line, key in enumerate(lines, start=1):
        if (rule := known.get(key)) is not None and rule.line != line:
            rule.line = line
            moved.append(rule)
    Rule.objects.bulk_update(moved, ["line"])
