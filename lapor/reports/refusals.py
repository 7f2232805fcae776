"""Why an action was not carried out although the actor may do it: something is missing, or says too much."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass


class Incomplete(Exception):
    """A text of substance, a reason or a choice is missing. `field` names it, `reason` is a stable key."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


@dataclass(frozen=True)
class Leaked:
    """One thing that should not leave: the field, what kind of data it is, and the sentence that holds it."""

    field: str
    kind: str
    start: int
    end: int
    text: str = dataclasses.field(default="", repr=False)
    is_own: bool = dataclasses.field(default=False, repr=False)


class LeakFound(Incomplete):
    """What was written says who reported, or somebody's personal data: it must be changed, or a reason be given.

    Of a report whose reporter nobody may know (`is_unnamed`), show sentences only, never kinds.
    """

    def __init__(self, found: tuple[Leaked, ...], *, report_id: int, is_unnamed: bool) -> None:
        super().__init__("leak_reason", "leak")
        self.found = found
        self.report_id = report_id
        self.is_unnamed = is_unnamed
