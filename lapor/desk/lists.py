"""The queue: what needs doing now, most urgent first; and one disposition for several reports at once."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from lapor.lib.codes import show_code
from lapor.reports.actors import Officer
from lapor.reports.queue import KINDS, STATES, Filters, counts, page

from . import bulk, choices
from .forms.lists import BulkForm, FilterForm
from .rows import rows_of
from .session import for_officers

TAB_NAMES = {
    "todo": _("Perlu dikerjakan"),
    "ready": _("Siap dikirim"),
    "waiting": _("Menunggu pelapor"),
    "all": _("Semua"),
    "ended": _("Berakhir"),
}


@dataclass(frozen=True)
class Link:
    """A way to another list: `n` is None where counting would cost more than it tells."""

    label: str
    url: str
    n: int | None
    is_here: bool


def _address(query: dict[str, str]) -> str:
    kept = {name: value for name, value in query.items() if value}
    return reverse("desk:queue") + (f"?{urlencode(kept)}" if kept else "")


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.GET.items()}


def region_codes(actor: Officer) -> set[str]:
    """The places this officer works for; empty for one who works nationwide."""
    return {post.region_code for post in actor.posts if post.region_code}


@require_GET
@for_officers
def queue(request: HttpRequest, actor: Officer) -> HttpResponse:
    return show(request, actor)


def show(request: HttpRequest, actor: Officer, *, bulk_form: BulkForm | None = None, status: int = 200) -> HttpResponse:
    """The list under the filters of the address."""
    now = timezone.now()
    form = FilterForm(request.GET, region_codes=region_codes(actor))
    filters = form.filters()
    found = page(actor, filters, now=now, cursor=request.GET.get("cursor", ""))
    query = {name: value for name, value in _asked(request).items() if name not in {"cursor", "tab"}}
    numbers = counts(actor, now=now)
    can_assign = any(post.role in {"admin", "national", "investigator"} for post in actor.posts)
    return render(
        request,
        "desk/queue.html",
        {
            "form": form,
            "filters": filters,
            "active": _active(form, filters),
            "rows": rows_of(found, now=now),
            "tabs": _tabs(filters, query, numbers),
            "steps": _steps(filters, numbers),
            "late": numbers["late"],
            "late_url": _address({"lateness": "late"}),
            "mine_url": _address({"mine": "on"}),
            "title": TAB_NAMES[filters.tab],
            "clear_url": _address({"tab": filters.tab}),
            "next_url": _address(query | {"tab": filters.tab, "cursor": found.next_cursor})
            if found.next_cursor
            else "",
            "first_url": _address(query | {"tab": filters.tab}) if request.GET.get("cursor") else "",
            "bulk_form": bulk_form or (BulkForm(region_codes=region_codes(actor)) if can_assign else None),
        },
        status=status,
    )


def _tabs(filters: Filters, query: dict[str, str], numbers: dict[str, int]) -> list[Link]:
    return [
        Link(str(label), _address(query | {"tab": tab}), numbers.get(tab), tab == filters.tab)
        for tab, label in TAB_NAMES.items()
    ]


def _steps(filters: Filters, numbers: dict[str, dict[str, int]]) -> list[Link]:
    """Every step that has reports in hand, with its number."""
    by_state = numbers["by_state"]
    return [
        Link(str(label), _address({"tab": "waiting" if state in {"on_hold", "answered"} else "todo", "state": state}),
             by_state[state], filters.state == state)
        for state, label in STATES
        if by_state.get(state)
    ]  # fmt: skip


def _active(form: FilterForm, filters: Filters) -> list[str]:
    """The filters in force, in words."""
    got = form.cleaned_data
    named = [
        f"“{filters.q}”" if filters.q else "",
        str(dict(STATES).get(filters.state, "")),
        str(dict(KINDS).get(filters.kind, "")),
        str(dict(form.fields["lateness"].choices).get(filters.lateness, "")) if filters.lateness else "",  # type: ignore[attr-defined]
        str(got.get("category") or ""),
        dict(form.fields["region"].choices).get(filters.region, "") if filters.region else "",  # type: ignore[attr-defined]
        str(got.get("agency") or ""),
        gettext("Ditangani saya") if filters.mine else "",
    ]
    return [name for name in named if name]


@require_POST
@for_officers
def dispose(request: HttpRequest, actor: Officer) -> HttpResponse:
    """Gives every ticked report to one agency; says of each what was done or why not."""
    form = BulkForm(request.POST, region_codes=region_codes(actor))
    ticked = request.POST.getlist("report")
    if not ticked:
        messages.warning(request, gettext("Centang dulu laporan yang akan diteruskan."))
        return show(request, actor, bulk_form=form, status=422)
    if not form.is_valid():
        messages.warning(request, gettext("Pilih instansi tujuan untuk laporan yang dicentang."))
        return show(request, actor, bulk_form=form, status=422)
    results = bulk.dispose(
        actor, ticked, to=form.cleaned_data["to"], instruction=form.cleaned_data["instruction"], now=timezone.now()
    )
    return render(
        request,
        "desk/bulk.html",
        {
            "to": form.cleaned_data["to"],
            "results": [(show_code(result.code), result) for result in results],
            "done": sum(result.is_done for result in results),
            "back": _address(_asked(request)),
        },
    )


@require_GET
@for_officers
def agencies(request: HttpRequest, actor: Officer) -> HttpResponse:
    """Bodies by name for the type-ahead."""
    words = request.GET.get("q", "").strip()
    today = timezone.localdate()
    found = choices.search(words) if len(words) >= 2 else []
    return JsonResponse(
        {"agencies": [{"slug": agency.slug, "name": choices.name_of(agency, on=today)} for agency in found]}
    )
