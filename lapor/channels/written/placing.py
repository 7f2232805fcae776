"""The place that a citizen's text names but the form does not: offered before sending, never filled in unasked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lapor.agencies.models import Region
from lapor.agencies.picker import region_or_none
from lapor.routing.reading.places import read_place

ENOUGH = 0.5


def offer(content: Mapping[str, Any]) -> Region | None:
    """The place to ask about; None where one was chosen, or the text names none clearly."""
    if content["region"]:
        return None
    code = read(text=content["text"], title=content["title"], agency=content["agency_text"])
    return region_or_none(code) if code else None


def read(*, text: str, title: str, agency: str) -> str | None:
    """The code of the place that a text names clearly enough to ask about it."""
    found = read_place(text, title=title, agency=agency)
    return found.code if found.confidence >= ENOUGH else None
