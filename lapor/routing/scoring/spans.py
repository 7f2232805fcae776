"""How well personal data is found, stretch by stretch, against labels that name the exact words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from lapor.redaction.masks import Span
from lapor.redaction.redact import redact
from lapor.routing.learning.labels import stretches_of, text_of
from lapor.routing.scoring.figures import Figure, of_counts

# Types of the labels, and what the redaction calls them.
PII = {
    "name": {"name"},
    "phone": {"phone"},
    "nik": {"nik"},
    "plate": {"plate"},
    "account": {"account", "card"},
    "address": {"address"},
    "email": {"email"},
}


def pii_figures(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[str, Figure]]:
    """Spans: a labelled stretch is found when the mask covers all of it, a mask is right when it touches a label."""
    of_type: dict[str, list[tuple[int, int, int]]] = {name: [] for name in PII}
    counts = []
    for row in rows:
        text = text_of(row)
        truth = stretches_of(row, text)
        if truth is None:
            continue
        masks = redact(text).found
        hit = [_covered(start, end, masks, text) for _sort, start, end in truth]
        extra = sum(_touches_none(mask, truth) for mask in masks)
        counts.append((sum(hit), extra, len(hit) - sum(hit)))
        for name, types in PII.items():
            ours = [found for (sort, _start, _end), found in zip(truth, hit, strict=True) if sort == name]
            wrong = sum(mask.kind in types and _touches_none(mask, truth) for mask in masks)
            of_type[name].append((sum(ours), wrong, len(ours) - sum(ours)))
    yield from of_counts("pii", np.array(counts, np.float64).reshape(len(counts), 3))
    for name, found in of_type.items():
        yield from of_counts(f"pii_{name}", np.array(found, np.float64).reshape(len(found), 3))


def _covered(start: int, end: int, masks: Sequence[Span], text: str) -> bool:
    """Whether the masks together leave no letter or digit of the stretch."""
    inside = [at for at in range(start, end) if text[at].isalnum()]
    return all(any(mask.start <= at < mask.end for mask in masks) for at in inside)


def _touches_none(mask: Span, truth: Sequence[tuple[str, int, int]]) -> bool:
    return all(mask.end <= start or mask.start >= end for _sort, start, end in truth)
