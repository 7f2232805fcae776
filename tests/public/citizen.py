"""A citizen at a browser: writes, checks, sends, keeps code and PIN, opens the own report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.test import Client
from PIL import Image

from tests.cast import TEXT
from tests.public.page import read

WRITTEN: dict[str, Any] = {
    "kind": "complaint",
    "text": TEXT,
    "title": "Jalan berlubang di depan pasar",
    "place_text": "Samarinda Utara, Kota Samarinda, Kalimantan Timur",
    "region": "64.72.05",
    "place": "Depan pasar, dekat SD 004",
    "point": "-0.4912, 117.1436",
    "occurred_on": "2026-10-01",
    "category": "jalan_jembatan",
    "agency_text": "",
    "name": "Pelapor Uji Satu",
    "phone": "0812 3456 7890",
    "email": "pelapor@uji.invalid",
}


@dataclass(frozen=True)
class Proof:
    """What the citizen wrote down."""

    code: str
    pin: str


def digits_of(receipt: Any) -> str:
    """The sixteen digits on the page after a sealed report was sent."""
    html = receipt.content.decode()
    found = re.search(r'id="digits">([\d ]+)<', html)
    assert receipt.status_code == 200 and found is not None, html
    return found[1].replace(" ", "")


@dataclass
class Citizen:
    client: Client

    def write(self, *files: BytesIO, **changes: Any) -> Any:
        """Fills the form and goes on to the check; a redirect when nothing was wrong."""
        key = read(self.client.get("/lapor/")).form("").values
        fields = WRITTEN | {"key": self.key_of(key)} | changes
        if files:
            fields |= {"files": list(files)}
        return self.client.post("/lapor/", {name: value for name, value in fields.items() if value is not None})

    @staticmethod
    def key_of(values: dict[str, list[str]]) -> str:
        return values["key"][0] if "key" in values else ""

    def check(self, *files: BytesIO, **changes: Any) -> str:
        """The address of the page before sending."""
        answer = self.write(*files, **changes)
        assert answer.status_code == 302, answer.content.decode()
        return str(answer["Location"])

    def send(self, address: str) -> Any:
        return self.client.post(address)

    def report(self, *files: BytesIO, **changes: Any) -> Proof:
        """From the empty form to code and PIN."""
        return proof_of(self.send(self.check(*files, **changes)))

    def open(self, proof: Proof) -> Any:
        """The own report, by code and PIN."""
        return self.client.post("/lacak/", {"code": proof.code, "pin": proof.pin}, follow=True)

    def do(self, proof: Proof, move: str, **fields: Any) -> Any:
        return self.client.post(f"/lacak/{proof.code}/{move}/", fields)


def proof_of(receipt: Any) -> Proof:
    html = receipt.content.decode()
    assert receipt.status_code == 200, html
    code, pin = (re.search(rf'id="{name}">([\d ]+)<', html) for name in ("kode", "pin"))
    assert code is not None and pin is not None, html
    return Proof(code[1].replace(" ", ""), pin[1].replace(" ", ""))


def photo(name: str = "foto.jpg", *, size: tuple[int, int] = (40, 30)) -> BytesIO:
    made = BytesIO()
    Image.new("RGB", size, "teal").save(made, "JPEG")
    return named(made.getvalue(), name)


def named(data: bytes, name: str) -> BytesIO:
    """An upload with this content under this name."""
    upload = BytesIO(data)
    upload.name = name
    return upload
