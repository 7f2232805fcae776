"""Every address of the citizen's door, what it answers to a visitor, and how to walk through all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from lapor.public.urls import urlpatterns
from tests.cast import Stage

NOBODYS_KEY = UUID("7e57ab1e-0000-4000-8000-000000000000")
UNKNOWN_CODE = "4827193059"  # a right code, check digit included, that no report has


@dataclass(frozen=True)
class Exit:
    """One address. `get` and `post` are what a visitor without proof or account is answered.

    `takes` names what stands in the address; `published` is the answer to GET for the code of a published report.
    """

    get: int
    post: int
    takes: tuple[str, ...] = ()
    published: int | None = None


TABLE: dict[str, Exit] = {
    "home": Exit(200, 405),
    "report": Exit(200, 422),
    "share": Exit(405, 200),
    "review": Exit(302, 302, ("key",)),
    "objection": Exit(405, 302, ("key",)),
    "place": Exit(405, 302, ("key",)),
    "sent": Exit(302, 405, ("key",)),
    "sent_receipt": Exit(404, 405, ("key",)),
    "noted": Exit(405, 302, ("key",)),
    "lateness": Exit(200, 405),
    "connected": Exit(200, 405),
    "connected_place": Exit(200, 405, ("region",)),
    "stop": Exit(404, 404, ("tag",)),
    "track": Exit(200, 422),
    "visit": Exit(302, 422),
    "own_seal": Exit(405, 403, ("code",), published=405),
    "own_digits": Exit(405, 403, ("code",), published=405),
    "own": Exit(302, 405, ("code",), published=302),
    "own_file": Exit(404, 405, ("code", "key"), published=404),
    "own_evidence": Exit(302, 405, ("code",), published=302),
    "own_receipt": Exit(404, 405, ("code",), published=404),
    "own_close": Exit(405, 302, ("code",), published=405),
    "own_push": Exit(405, 302, ("code",), published=405),
    "own_act": Exit(405, 403, ("code", "move"), published=405),
    "own_voice": Exit(405, 302, ("code",), published=405),
    "own_data": Exit(302, 405, ("code",), published=302),
    "own_data_take": Exit(405, 302, ("code",), published=405),
    "own_data_correct": Exit(405, 302, ("code",), published=405),
    "own_data_erase": Exit(405, 302, ("code",), published=405),
    "account": Exit(302, 302),
    "account_take": Exit(302, 302),
    "account_delete": Exit(302, 302),
    "rights": Exit(200, 405),
    "mine": Exit(302, 302),
    "search": Exit(200, 405),
    "detail": Exit(404, 405, ("code",), published=200),
    "support": Exit(405, 404, ("code",), published=405),
    "photo": Exit(404, 405, ("code", "key"), published=404),
    "agencies": Exit(200, 405),
    "agency": Exit(200, 405, ("slug",)),
    "regions": Exit(200, 405),
    "region": Exit(200, 405, ("region",)),
    "figures": Exit(200, 405),
    "figures_table": Exit(404, 405, ("name", "kind")),
    "figures_chart": Exit(404, 405, ("name", "kind")),
    "zones": Exit(200, 405),
    "zones_formula": Exit(200, 405),
    "zones_figures": Exit(200, 405),
    "zone": Exit(200, 405, ("slug",)),
    "about": Exit(200, 405),
    "opendata": Exit(200, 405),
    "opendata_file": Exit(404, 405, ("name",)),
    "causes": Exit(200, 405),
    "cause": Exit(404, 405, ("number",)),
    "quality": Exit(200, 405),
    "quality_sample": Exit(404, 405, ("number",)),
    "voices": Exit(200, 405),
    "agency_voices": Exit(200, 405, ("slug",)),
    "privacy": Exit(200, 405),
    "evidence": Exit(200, 405),
    "app": Exit(200, 405),
    "app_report": Exit(200, 405),
    "manifest": Exit(200, 405),
    "worker": Exit(200, 405),
    "asset_links": Exit(404, 405),
    "feed": Exit(200, 405),
    "agency_feed": Exit(200, 405, ("slug",)),
    "region_feed": Exit(200, 405, ("region",)),
    "security_txt": Exit(404, 405),
    "robots": Exit(200, 405),
    "sitemap": Exit(200, 405),
    "sitemap_pages": Exit(200, 405),
    "sitemap_reports": Exit(200, 405, ("year", "week")),
}
NAMES = {str(pattern.name) for pattern in urlpatterns}
OF_A_REPORT = [name for name, row in TABLE.items() if "code" in row.takes]


def address(name: str, stage: Stage, *, code: str = UNKNOWN_CODE) -> str:
    """The address under this name, for this code where it takes one."""
    values: dict[str, Any] = {
        "key": NOBODYS_KEY,
        "code": code,
        "tag": "a" * 26,
        "move": "reply",
        "slug": stage.roads.slug,
        "region": "64.72",
        "year": 2026,
        "week": 41,
        "number": 1,
        "name": "wilayah",
        "kind": "csv",
    }
    arguments = {{"region": "code", "number": "key"}.get(part, part): values[part] for part in TABLE[name].takes}
    return reverse(f"public:{name}", kwargs=arguments)


def walk(client: Client, stage: Stage, *, code: str) -> Iterator[Any]:
    """Every answer that a visitor can get: the pages, the feeds, the API."""
    for name in TABLE:
        yield client.get(address(name, stage, code=code))
        yield client.post(address(name, stage, code=code), {"text": "Kunjungan uji", "code": code, "pin": "00000000"})
    yield client.get(reverse("public:search"), {"q": code})
    yield client.get(reverse("public:search"), {"status": "archived"})
    yield client.get(reverse("public:search"), {"urut": "dukungan"})
    for path in ("reports", f"reports/{code}", "regions", "agencies", "categories"):
        yield client.get(f"/api/v1/{path}")
