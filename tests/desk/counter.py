"""An officer at the counter: fills in the form for somebody, checks, sends, prints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from lapor.agencies.models import Role
from tests.cast import TEXT, Stage, person
from tests.desk.office import Office

TOLD: dict[str, Any] = {
    "came": "counter",
    "kind": "complaint",
    "text": TEXT,
    "title": "Jalan berlubang di depan pasar",
    "place_text": "Kota Samarinda, Kalimantan Timur",
    "region": "64.72",
    "name": "Pelapor Uji Loket",
    "phone": "0812 7777 1234",
    "consent": "on",
    "consented_on": "2026-10-05",
}


@dataclass(frozen=True)
class Paper:
    """What stands on the printed receipt."""

    code: str
    pin: str


@dataclass
class Counter:
    """One officer's browser."""

    browser: Client

    def write(self, *files: Any, at: str = "", **changes: Any) -> Any:
        """Fills the form in and goes on; a redirect to the check when nothing was wrong."""
        at = at or reverse("desk:counter")
        token = re.search(r'name="key" value="([^"]+)"', self.browser.get(at).content.decode())
        assert token is not None
        fields = TOLD | {"key": token[1]} | changes
        if files:
            fields |= {"files": list(files)}
        return self.browser.post(at, {name: value for name, value in fields.items() if value is not None})

    def send(self, *files: Any, **changes: Any) -> Any:
        """All of it up to the receipt."""
        return self.browser.post(self.write(*files, **changes)["Location"])


def paper(receipt: Any) -> Paper:
    """Code and PIN as they are printed."""
    assert receipt.status_code == 200, receipt
    said = receipt.content.decode()
    found = [re.search(rf'id="{name}">([\d ]+)<', said) for name in ("kode", "pin")]
    assert found[0] is not None and found[1] is not None, said
    return Paper(*(one[1].replace(" ", "") for one in found if one is not None))


def at_the_counter(office: Office, stage: Stage, name: str = "counter") -> Counter:
    """A counter officer of the city, who may see no report."""
    if name not in stage.people:
        stage.people[name] = person(name, stage.city_inspectorate, Role.COUNTER)
    return Counter(office(name))
