"""One demonstration for all tests of this folder: real reference data without most villages, and a part of the samples."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import override_settings

from lapor.accounts import demonstration as accounts
from lapor.agencies import reference
from lapor.deadlines.load import load_all as load_calendar
from lapor.demonstration import load, samples
from lapor.demonstration.lives import table
from lapor.demonstration.samples import Sample
from tests.cast import forget

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)  # a Wednesday, 11.00 in Samarinda


def some_samples() -> list[Sample]:
    """Those with a life of their own, those that repeat one another, each kind of secret, and every tenth of the rest."""
    every = samples.read_all()
    wanted = set(table()) | {sample.id for sample in every if sample.kind == "whistleblowing"}
    wanted |= {sample.id for sample in every if sample.is_empty_talk} | {sample.id for sample in every[::10]}
    wanted |= {sample.id for sample in every if sample.duplicate_of in table()}
    repeated = {sample.duplicate_of for sample in every if sample.id in wanted}
    return [sample for sample in every if sample.id in wanted | repeated]


def load_town() -> None:
    """The demonstration, loaded."""
    needed = {sample.region_code for sample in samples.read_all()} | {code for code, *_ in _upper()}
    with pytest.MonkeyPatch.context() as patch, override_settings(LAPOR_DEMO=True):
        every_place = reference.read_regions
        patch.setattr(reference, "read_regions", lambda: (row for row in every_place() if row[0] in needed))
        reference.load_all(say=lambda line: None)
        load_calendar()
        patch.setattr(load, "read_all", some_samples)
        load.load(now=NOW)


@pytest.fixture
def town(db: None) -> Iterator[None]:
    """What `load_town` made."""
    forget()
    with override_settings(LAPOR_DEMO=True):
        yield
    accounts._hash.cache_clear()


def _upper() -> list[tuple[str, str, str]]:
    """Provinces, regencies, cities, and the districts of sample villages."""
    villages = {sample.region_code for sample in samples.read_all() if sample.region_code}
    above = {code.rpartition(".")[0] for code in villages}
    return [row for row in reference.read_regions() if row[0].count(".") < 2 or row[0] in above]
