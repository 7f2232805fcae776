"""Of plain words the model may read a wish or a question; never a way that a message does not have."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lapor.channels.reading import proposal_for
from lapor.reports.models import Kind
from lapor.routing import combine, propose
from lapor.routing.combine import Suggestion
from tests.cast import MONDAY, Stage

TEXT = "Mohon dibuatkan taman bermain di Samarinda Ulu supaya anak-anak punya tempat"


@pytest.mark.parametrize(
    ("read", "kind"),
    [
        (None, Kind.COMPLAINT),
        (Kind.ASPIRATION, Kind.ASPIRATION),
        (Kind.INFORMATION_REQUEST, Kind.INFORMATION_REQUEST),
        (Kind.WHISTLEBLOWING, Kind.COMPLAINT),
        (Kind.PROCUREMENT, Kind.COMPLAINT),
    ],
)
def test_the_kind_that_the_model_reads_decides_where_it_may(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, read: Kind | None, kind: Kind
) -> None:
    asked: list[str] = []

    def as_read(**given: Any) -> Suggestion:
        asked.append(given["kind"])
        return replace(combine.suggest(**given), kind=read)

    monkeypatch.setattr(propose, "suggest", as_read)
    found, proposal = proposal_for(TEXT, region_code="64.72.05", on=MONDAY.date())
    assert found == kind == asked[-1]
    assert proposal.verifier == stage.city_inspectorate
