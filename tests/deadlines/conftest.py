from __future__ import annotations

from collections.abc import Iterator

import pytest

from lapor.agencies.models import Region
from lapor.deadlines.load import forget, load_all


@pytest.fixture
def loaded(db: None) -> Iterator[None]:
    """What `load_promises` made."""
    forget()
    yield
    forget()


def load_promises() -> None:
    """Promises and days off as shipped; East Kalimantan with Samarinda and a district of it, and Kutai Kartanegara."""
    load_all()
    for code, name in (
        ("64", "Kalimantan Timur"),
        ("64.02", "Kabupaten Kutai Kartanegara"),
        ("64.72", "Kota Samarinda"),
        ("64.72.05", "Samarinda Utara"),
    ):
        level = code.count(".") + 1
        parent = code.rpartition(".")[0] or None
        plain = name.lower()
        Region.objects.create(code=code, name=name, level=level, parent_id=parent, plain=plain, search=plain)
