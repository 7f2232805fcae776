"""What is private is kept by nobody on the way; what is public is light and comes from here alone."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from lapor.accounts.models import User
from lapor.reports import actions
from tests.cast import MONDAY, TEXT, Stage, file_report, to_answered
from tests.public.citizen import Citizen, photo, proof_of
from tests.public.page import addresses, read
from tests.transparency.steps import read_all

MOST = 60_000  # bytes over the wire, pictures apart


def private_answers(citizen: Citizen) -> dict[str, Any]:
    """Every page that shows what one person wrote, by what it is."""
    client = citizen.client
    address = citizen.check(photo())
    found = {"form": client.get("/lapor/"), "mistake": citizen.write(text=""), "review": client.get(address)}
    found["objection"] = client.post(f"{address}instansi/", {"agency_text": "zzz"})
    found["receipt"] = receipt = citizen.send(address)
    proof = proof_of(receipt)
    found["sent"] = client.get(read(receipt).form("/selesai/").action.replace("selesai/", ""))
    found["track"] = client.get("/lacak/", {"kode": proof.code})
    found["wrong proof"] = client.post("/lacak/", {"code": proof.code, "pin": "1"})
    found["proof"] = client.post("/lacak/", {"code": proof.code, "pin": proof.pin})
    found["own"] = client.get(f"/lacak/{proof.code}/")
    found["wrong reply"] = citizen.do(proof, "reply", text="")
    found["file"] = client.get(_first_file(found["own"]))
    found["proof ran out"] = Client().post(f"/lacak/{proof.code}/reply/", {"text": "kata-kata"})
    client.force_login(User.objects.create_user("warga@uji.invalid", name="Warga Uji"))
    found["mine"] = client.get("/laporan-saya/")
    return found


def _first_file(answer: Any) -> str:
    return "/lacak/" + str(answer.content.decode()).split('<a href="/lacak/')[1].split('"')[0]


def test_nothing_on_the_way_keeps_a_private_page(citizen: Citizen) -> None:
    for name, answer in private_answers(citizen).items():
        assert "no-store" in answer.get("Cache-Control", ""), name


def test_private_pages_are_not_for_search_engines(citizen: Citizen) -> None:
    robots = citizen.client.get("/robots.txt").content.decode()
    for path in ("/lacak/", "/lapor/periksa/", "/lapor/terkirim/", "/laporan-saya/", "/akun/", "/meja/", "/kantor/"):
        assert f"Disallow: {path}" in robots


def test_the_browser_is_told_to_load_and_send_nothing_elsewhere(citizen: Citizen) -> None:
    for name, answer in private_answers(citizen).items():
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "form-action 'self'" in policy, name
        assert answer["Referrer-Policy"] == "same-origin", "an address with a code in it goes nowhere"
        assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.fixture
def full(stage: Stage) -> dict[str, str]:
    """A site with long reports, and the address of every kind of public page on it."""
    for n in range(24):
        report, _ = file_report(
            title=f"Laporan uji panjang nomor {n} tentang jalan di depan pasar", text=f"{n} {TEXT * 8}"
        )
        actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    answered, _ = file_report(text=TEXT * 20)
    to_answered(stage, answered)
    read_all()
    return {
        "home": "/",
        "report": "/lapor/",
        "search": "/laporan/?q=jalan",
        "filtered": "/laporan/?wilayah=64&status=belum",
        "detail": f"/laporan/{answered.code}/",
        "track": "/lacak/",
        "agencies": "/instansi/",
        "agency": f"/instansi/{stage.roads.slug}/",
        "regions": "/wilayah/",
        "region": "/wilayah/64.72/",
        "about": "/tentang/",
        "app": "/aplikasi/",
        "form of the app": "/aplikasi/lapor/",
        "privacy": "/kerahasiaan/",
        "sign in": "/akun/login/",
        "sign up": "/akun/signup/",
        "missing": "/tidak-ada/",
    }


def test_every_public_page_weighs_little_and_fetches_nothing_from_elsewhere(
    client: Client, full: dict[str, str]
) -> None:
    for name, path in full.items():
        answer = client.get(path)
        page = read(answer)
        assert page.inline == [], name
        weight = len(gzip.compress(answer.content))
        page.fetches.remove(
            "/manifest.webmanifest"
        )  # the one that is no file: what a telephone needs to install the app
        weight += len(gzip.compress(client.get("/manifest.webmanifest").content))
        for address in page.fetches:
            assert address.startswith("/static/"), (name, address)
            file = finders.find(address.removeprefix("/static/"))
            assert file, address
            data = Path(str(file)).read_bytes()
            weight += len(gzip.compress(data))
            if address.endswith(".css"):
                assert list(addresses(data.decode())) == [], address
        assert weight <= MOST, (name, weight)


def test_a_long_text_does_not_make_lists_heavy(client: Client, stage: Stage) -> None:
    for _ in range(20):
        report, _ = file_report(text="Panjang sekali ceritanya. " * 700)
        actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    read_all()
    for path in ("/", "/laporan/", "/wilayah/64.72/"):
        assert len(client.get(path).content) < MOST, path
