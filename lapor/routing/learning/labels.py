"""Where personal data stand in a labelled message; the labels name the exact words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def text_of(row: dict[str, Any]) -> str:
    """Title and text, as they are read and labelled together."""
    return "\n".join(part for part in (row.get("title"), row["text"]) if isinstance(part, str) and part)


def stretches_of(row: dict[str, Any], text: str) -> list[tuple[str, int, int]] | None:
    """Type, start and end of each label, each at its first place that no other label has taken; None where nobody
    labelled. A label that does not stand in the text is left out.
    """
    labels = row.get("pii")
    if not isinstance(labels, list):
        return None
    return list(_placed(labels, text))


def _placed(labels: list[Any], text: str) -> Iterator[tuple[str, int, int]]:
    taken: list[tuple[int, int]] = []
    for label in labels:
        if not isinstance(label, dict) or not isinstance(label.get("text"), str) or not label["text"]:
            continue
        start = text.find(label["text"])
        while start >= 0 and any(start < end and begin < start + len(label["text"]) for begin, end in taken):
            start = text.find(label["text"], start + 1)
        if start >= 0:
            taken.append((start, start + len(label["text"])))
            yield str(label.get("type", "")), start, start + len(label["text"])
