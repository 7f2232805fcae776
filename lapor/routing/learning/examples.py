"""Labelled messages as the model learns from them, read from files of one JSON object a line.

The shipped ones are synthetic, written for this project: they stand in until officers have decided enough themselves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lapor.routing.words import DATA

SAMPLE = DATA.parent.parent / "demonstration" / "data" / "sample_reports.jsonl"
PRACTICE = DATA / "practice.jsonl"
MORE = DATA / "practice_more.jsonl"  # only learned from
BLIND = DATA / "blind.jsonl"  # only judges; nothing is ever learned from it
OF_SAMPLE = 3.0  # weight of a message of the sample, whose labels are the measure for those of all others
HELD_OUT = 4  # every fourth practice message judges what was learned from the others


@dataclass(frozen=True, kw_only=True)
class Example:
    """One message with what is right for it. None: not known, so that question is not learned from it."""

    id: str
    text: str
    title: str = ""
    channel: str = ""
    kind: str | None = None
    category: str | None = None
    level: str | None = None
    region_code: str | None = None
    is_urgent: bool | None = None
    is_spam: bool | None = None
    group: str = ""
    """Examples of one matter share it, so that none is judged by what was learned from its twin."""
    weight: float = 1.0

    @property
    def digest(self) -> str:
        """By which the same text is known again."""
        return digest_of(self.title, self.text)


def digest_of(title: str, text: str) -> str:
    """By which a text is known again, whatever the spaces and capital letters."""
    return hashlib.sha256(" ".join(f"{title} {text}".casefold().split()).encode("utf-8", "replace")).hexdigest()


def read_rows(file: Path) -> tuple[list[dict[str, Any]], list[int]]:
    """The rows of a file, and the numbers of the lines that are no JSON object with a text; those are left out."""
    rows: list[dict[str, Any]] = []
    broken: list[int] = []
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            broken.append(number)
            continue
        if isinstance(row, dict) and isinstance(row.get("text"), str):
            rows.append(row | {"line": number})
        else:
            broken.append(number)
    return rows, broken


def rows_of(file: Path) -> list[dict[str, Any]]:
    """The rows of a file that comes with the program; none where it is missing."""
    return read_rows(file)[0] if file.exists() else []


def examples_of(rows: Iterable[dict[str, Any]]) -> Iterator[Example]:
    """Examples from rows with the fields of the sample; what is missing or of another sort is not known."""
    groups: dict[str, str] = {}
    for row in rows:
        name = str(row.get("id") or row.get("line") or len(groups))
        lead = _text(row, "duplicate_of")
        groups[name] = groups.get(lead or name, lead or name)
        is_filler = "agency" in row and row["agency"] is None and row.get("category") in {None, "lainnya"}
        yield Example(
            id=name,
            text=row["text"],
            title=_text(row, "title") or "",
            channel=_text(row, "channel") or "",
            kind=None if is_filler else _text(row, "kind"),
            category=None if is_filler else _text(row, "category"),
            level=None if is_filler else _text(row, "level"),
            region_code=_text(row, "region_code"),
            is_urgent=row["urgent"] if isinstance(row.get("urgent"), bool) else None,
            is_spam=is_filler if "agency" in row else None,
            group=groups[name],
        )


def _text(row: dict[str, Any], name: str) -> str | None:
    value = row.get(name)
    return value if isinstance(value, str) and value else None


def of_sample() -> list[Example]:
    """The messages of the sample, each of which weighs more than one of practice."""
    return [replace(example, weight=OF_SAMPLE) for example in examples_of(rows_of(SAMPLE))]


def is_held_out(name: str) -> bool:
    """Whether a practice message is only for judging: every fourth, by its number."""
    digits = "".join(filter(str.isdigit, name))
    return bool(digits) and int(digits) % HELD_OUT == 0


def held_out_groups(practice: Iterable[Example]) -> set[str]:
    """The messages that are only for judging, and their twins, by their group."""
    return {example.group for example in practice if is_held_out(example.id)}


def blind_digests() -> set[str]:
    """Of the messages that only judge."""
    return {example.digest for example in examples_of(rows_of(BLIND))}


def shipped(*, without: frozenset[str] = frozenset(), holds_out: bool = False) -> list[Example]:
    """The labelled messages that come with the program, but for those whose digest is named; where figures are made
    also without those that are held out for them, and their twins. What only judges (`BLIND`) is never among them.
    """
    found = of_sample()
    practice = list(examples_of(rows_of(PRACTICE)))
    judged = held_out_groups(practice) if holds_out else set()
    found += [example for example in practice if example.group not in judged]
    found += examples_of(rows_of(MORE))
    left_out = without | blind_digests()
    return [example for example in found if example.digest not in left_out]
