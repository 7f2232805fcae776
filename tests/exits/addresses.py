"""Every address of the site, and how to ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from lapor.deadlines.models import Holiday
from lapor.public.views import own as own_views
from lapor.routing.models import Rule
from tests.exits.world import SEALED, World
from tests.public.exits import NOBODYS_KEY, UNKNOWN_CODE

# Of addresses under these routes, what a number or word in them stands for.
_SUBJECTS: dict[str, Callable[[World], Any]] = {
    "kantor/unit/": lambda world: world.stage.roads_unit.pk,
    "kantor/petugas/": lambda world: world.stage.people["operator"].pk,
    "kantor/jabatan/": lambda world: world.stage.people["operator"].memberships.get().pk,
    "kantor/hari-libur/": lambda world: Holiday.objects.earliest("pk").pk,
    "kantor/kalender/": lambda world: 2026,
    "kantor/aturan/": lambda world: Rule.objects.get(body="kesehatan").pk,
    "kantor/kategori/": lambda world: world.stage.category.pk,
}


@cache
def every_address() -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Name → its route and what stands in it. One without a name goes by its route."""
    return {name: (route, takes) for name, route, takes in _below(get_resolver(), "", "")}


def of_libraries() -> set[str]:
    """Addresses of sign-in that a library answers; they know accounts, no reports."""
    return {name for name in every_address() if name.startswith(("account_", "mfa_"))} - {"account_everywhere"}


def _below(resolver: URLResolver, space: str, above: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for pattern in resolver.url_patterns:
        route = f"{above}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _below(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space, route)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or route}", route, pattern.pattern.converters


def is_of_a_report(name: str) -> bool:
    """Whether the address names one report, by its code or by the key of its file."""
    route, takes = every_address()[name]
    return ("code" in takes and not route.startswith(("wilayah/", "feed/", "terhubung/"))) or "berkas/" in route


def address(name: str, world: World, kind: str = "") -> str:
    """The address for the report of a class; for none in particular (or for one that does not exist) without."""
    route, takes = every_address()[name]
    return reverse(name, kwargs={part: _value(part, shape, route, world, kind) for part, shape in takes.items()})


def _value(part: str, shape: Any, route: str, world: World, kind: str) -> Any:
    for start, subject in _SUBJECTS.items():
        if route.startswith(start) and part not in {"year", "week"}:
            return subject(world)
    match part:
        case "code" if route.startswith(("wilayah/", "feed/", "terhubung/")):
            return "64.72"
        case "code":
            if kind == SEALED and route.startswith("lacak/"):
                return own_views.SEALED  # no number of a sealed report stands in an address of its reporter
            return world.reports[kind].code if kind else UNKNOWN_CODE
        case "key" if not isinstance(shape, IntConverter):
            return world.files[kind].key if kind else NOBODYS_KEY
        case "slug":
            return world.stage.roads.slug
        case "move":
            return "reply"
        case "to":
            return "subjek"
        case "tag":
            return "a" * 26
        case "name" if route.startswith("statistik/"):
            return "wilayah"
        case "name":
            return "note"
        case "kind":
            return "svg" if "grafik" in route else "csv"
        case "number" if not isinstance(shape, IntConverter):
            return "nomor"
        case "year":
            return 2026
        case "week":
            return 41
        case _ if isinstance(shape, IntConverter):
            return 1
        case _:
            raise AssertionError(f"say in tests/exits what `{part}` of {route} stands for")
