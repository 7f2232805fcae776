"""The sample messages as submissions, with everything that points at a person replaced by what nobody can hold."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FILES = ("sample_reports.jsonl", "samarinda.jsonl")
DATA = Path(__file__).parent / "data"
SURNAME = "Rekaan"  # "invented": no ordinary word of a report, so that masking it spoils no text
_TITLES = frozenset({"Hj", "H", "Drs", "Ir", "Dr", "Op", "Dg", "Tgk", "Almh", "Opa", "Mbah", "Jaro", "Bripka"})


@dataclass(frozen=True)
class Sample:
    """One message, fit to be filed. `signed` is the name that stands in it, when there is one."""

    id: str
    channel: str
    kind: str
    category: str
    agency: str
    region_code: str | None
    is_complete: bool
    duplicate_of: str
    note: str
    title: str = field(repr=False)
    text: str = field(repr=False)
    signed: str = field(repr=False)

    @property
    def is_empty_talk(self) -> bool:
        """Spam, greetings, insults: no body could answer it."""
        return not self.agency

    @property
    def number(self) -> int:
        return int(self.id[1:])

    def dice(self, purpose: str) -> random.Random:
        """Chance that falls the same way at every load."""
        return random.Random(f"{self.id} {purpose}")  # noqa: S311


def read_all() -> list[Sample]:
    """Every message of the files, in their order."""
    lines = [line for name in FILES for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    return [_sample(json.loads(line)) for line in lines if line.strip()]


def _sample(row: dict[str, Any]) -> Sample:
    title, text, signed = row["title"] or "", row["text"], ""
    for found in sorted(row["pii"], key=lambda found: -len(found["text"])):
        instead = invented(found["type"], found["text"])
        title, text = title.replace(found["text"], instead), text.replace(found["text"], instead)
        if found["type"] == "name":
            signed = signed or instead
    return Sample(
        id=row["id"],
        channel=row["channel"],
        kind=row["kind"],
        category=row["category"],
        agency=row["agency"] or "",
        region_code=row["region_code"],
        is_complete=row["complete"],
        duplicate_of=row["duplicate_of"] or "",
        note=row["note"] or "",
        title=title,
        text=text,
        signed=signed,
    )


def invented(kind: str, said: str) -> str:
    """What stands in for one piece of personal data: of the same shape, and nobody's."""
    match kind:
        case "name":
            words = re.findall(r"[^\s.]+", said)
            return f"{next(word for word in words if word not in _TITLES)} {SURNAME}"
        case "email":
            return "pelapor@contoh.invalid"
        case "nik" | "account" | "phone":
            return _emptied(said, keeps=12 if kind == "nik" else 4)  # serial 0000 is never issued
        case "plate":
            return re.sub(r"\d", "0", said)
        case _:
            return said


def _emptied(number: str, *, keeps: int) -> str:
    """The number with zeros for all but its first digits."""
    seen = 0
    shown = []
    for letter in number:
        seen += letter.isdigit()
        shown.append("0" if letter.isdigit() and seen > keeps else letter)
    return "".join(shown)
