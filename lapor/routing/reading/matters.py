"""Takes a message apart into its sentences, for what must be told of each on its own."""

from __future__ import annotations

import re

MOST = 40  # sentences looked at

_END = re.compile(r"(?<=[.!?\n;])\s+|\n+|\b(?:selain itu|satu lagi|sekalian|oh ya|oya)\b", re.IGNORECASE)


def sentences_of(text: str) -> list[str]:
    """The sentences, also where only "selain itu" or "sekalian" parts them; at most `MOST`, empty ones left out."""
    return [part for part in (each.strip() for each in _END.split(text)[:MOST]) if part]
