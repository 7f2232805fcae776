"""A letter of ours while it waits in the outbox, which knows texts alone: subject, words, and its thread."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, kw_only=True)
class Letter:
    """`answers` is the message id of the mail that it answers."""

    subject: str
    body: str = field(repr=False)
    report_id: int | None = None
    answers: str = ""

    def folded(self) -> str:
        """As one text."""
        return json.dumps(asdict(self))


def unfolded(text: str) -> Letter:
    """The letter again."""
    return Letter(**json.loads(text))
