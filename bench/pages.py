"""The pages that are measured, each with who asks for it. Whoever asks has the same work at every size."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from lapor.accounts.models import User
from lapor.agencies.models import Agency
from lapor.reports.actors import Officer, officer
from lapor.reports.models import Report
from lapor.reports.similar import candidates
from lapor.transparency.alike import similar
from lapor.transparency.models import PublicReport
from lapor.transparency.search import search

from .texts import RARE
from .world import INSPECTORATE, NATIONAL, OFFICE, OWN_REGION

LIST, DESK = "/laporan/", "/meja/"
POWER = "pln"
LIKE = "Warga mengeluhkan jalan berlubang di sekitar pasar, pengendara sering terjatuh pada malam hari."


@dataclass(frozen=True)
class Measured:
    """How long one page took, how much of it in the database, and in how many questions to it."""

    seconds: float
    in_database: float
    questions: int


def _at(path: str, who: str = "", **query: str) -> Callable[[], Any]:
    """Asks for an address as a visitor, or as the officer of the body with the slug `who`."""
    address = f"{path}?{urlencode(query)}" if query else path

    def ask() -> None:
        _get(address, who)

    return ask


def _get(address: str, who: str) -> None:
    response = _client(who).get(address, HTTP_HOST="127.0.0.1")
    assert response.status_code == 200, f"{address}: {response.status_code}"


def _next_page() -> None:
    _get(f"{LIST}?{urlencode({'kursor': _second_cursor()})}", "")


def _public_report() -> None:
    _get(f"{LIST}{_public_code()}/", "")


def _own_page() -> None:
    _get(f"/lacak/{_cast_code()}/", "reporter")


def _case(who: str) -> Callable[[], Any]:
    return lambda: _get(f"{DESK}{_cast_code()}/", who)


def _mass_report() -> None:
    _get(f"{DESK}massal/{_cast_code()}/", INSPECTORATE)


def _candidates() -> None:
    candidates(_national(), Report.objects.get(code=_cast_code()))


PAGES: dict[str, Callable[[], Any]] = {
    "front page": _at("/"),
    "list, newest": _at(LIST),
    "list, second page": _next_page,
    "list, most supported": _at(LIST, urut="dukungan"),
    "search, common word": _at(LIST, q="jalan"),
    "search, two common words": _at(LIST, q="jalan jembatan"),
    "search, less common word": _at(LIST, q="puskesmas"),
    "search, two words that seldom meet": _at(LIST, q="trafo puskesmas"),
    "search, rare word": _at(LIST, q=RARE),
    "search, common and rare word": _at(LIST, q=f"jalan {RARE}"),
    "search, typing error": _at(LIST, q=RARE.replace("sari", "sarri")),
    "search, word in a place": _at(LIST, q="antrean", wilayah="35.78"),
    "search, words that no report has": _at(LIST, q=f"{RARE} puskesmas trafo truk"),
    "filter, province, category and status": _at(LIST, wilayah="35", kategori="kesehatan_bpjs", status="proses"),
    "filter, regency and rare category": _at(LIST, wilayah="35.78", kategori="perizinan"),
    "filter, district": _at(LIST, wilayah="64.72.05"),
    "filter, large body": _at(LIST, instansi=POWER),
    "filter, small body": _at(LIST, instansi=OFFICE),
    "filter, small body and status": _at(LIST, instansi=OFFICE, status="proses"),
    "filter, status": _at(LIST, status="belum"),
    "filter, kind and period": _at(LIST, jenis="aspiration", sejak="2025-01-01", sampai="2025-12-31"),
    "report": _public_report,
    "agency": _at(f"/instansi/{OFFICE}/"),
    "agency, large": _at(f"/instansi/{POWER}/"),
    "region, city": _at(f"/wilayah/{OWN_REGION}/"),
    "region, province": _at("/wilayah/35/"),
    "feed": _at("/feed/"),
    "API, list": _at("/api/v1/reports"),
    "place picker": _at("/api/v1/regions", q="samarinda ulu"),
    "place picker, typing error": _at("/api/v1/regions", q="kec samarimda ulu"),
    "similar reports": lambda: similar(LIKE, region="35.78"),
    "similar reports, place unknown": lambda: similar(LIKE),
    "similar reports, on the desk": _candidates,
    "mass report": _mass_report,
    "reporter's own page": _own_page,
    "desk, liaison: to do": _at(DESK, OFFICE),
    "desk, liaison: all": _at(DESK, OFFICE, tab="all"),
    "desk, liaison: ready": _at(DESK, OFFICE, tab="ready"),
    "desk, liaison: ended": _at(DESK, OFFICE, tab="ended"),
    "desk, liaison: text": _at(DESK, OFFICE, tab="all", q="puskesmas"),
    "desk, inspectorate: to do": _at(DESK, INSPECTORATE),
    "desk, inspectorate: all": _at(DESK, INSPECTORATE, tab="all"),
    "desk, inspectorate: late": _at(DESK, INSPECTORATE, lateness="late"),
    "desk, inspectorate: text": _at(DESK, INSPECTORATE, tab="all", q="puskesmas"),
    "desk, national: to do": _at(DESK, NATIONAL),
    "desk, national: all": _at(DESK, NATIONAL, tab="all"),
    "desk, national: late": _at(DESK, NATIONAL, tab="all", lateness="late"),
    "desk, national: region and category": _at(DESK, NATIONAL, tab="all", region="35.78", category="perizinan"),
    "desk, national: text": _at(DESK, NATIONAL, tab="all", q="puskesmas"),
    "desk, national: rare text": _at(DESK, NATIONAL, tab="all", q=RARE),
    "case, liaison": _case(OFFICE),
    "case, inspectorate": _case(INSPECTORATE),
}


def measure(name: str) -> Measured:
    """Asks for one page once."""
    spent: list[float] = []

    def watch(execute: Callable[..., Any], *args: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*args)
        finally:
            spent.append(time.perf_counter() - began)

    with connection.execute_wrapper(watch):
        began = time.perf_counter()
        PAGES[name]()
        return Measured(time.perf_counter() - began, sum(spent), len(spent))


@cache
def _client(who: str) -> Client:
    """A visitor, the reporter of the cast's report, or the officer of a body."""
    client = Client()
    if who == "reporter":
        session = client.session
        session["own"] = {_cast_code(): Report.objects.get(code=_cast_code()).pk}
        session.save()
    elif who:
        officer = User.objects.filter(memberships__agency__slug=who).earliest("pk")
        client.force_login(officer, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@cache
def _national() -> Officer:
    user = User.objects.filter(memberships__agency__slug=NATIONAL).earliest("pk")
    return officer(user, on=timezone.localdate())


@cache
def _cast_code() -> str:
    office = Agency.objects.get(slug=OFFICE)
    return Report.objects.filter(holder=office, state="in_progress", visibility="public").earliest("pk").code


@cache
def _public_code() -> str:
    return PublicReport.objects.filter(agency__slug=OFFICE, state="closed").earliest("pk").code


@cache
def _second_cursor() -> str:
    return search().next_cursor
