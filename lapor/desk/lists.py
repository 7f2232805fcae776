"""The queue: what needs doing now, most urgent first; and one disposition for several reports at once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from lapor.accounts.elevating import ask
from lapor.causes import keeping
from lapor.disclosure import custodians, deciding
from lapor.lib.codes import show_code
from lapor.reports import awaiting
from lapor.reports.access import NotFound, acts_for, could, decides, find, may_enter, only_enters
from lapor.reports.actors import Officer
from lapor.reports.lifecycle import Move
from lapor.reports.queue import KINDS, PAGE, STATES, WAITING, WORK, Filters, counts, page

from . import bulk, choices
from .forms.lists import LATENESS, BulkForm, FilterForm
from .rows import rows_of
from .session import for_officers

TAB_NAMES = {
    "todo": _("Perlu dikerjakan"),
    "ready": _("Siap dikirim"),
    "waiting": _("Menunggu pelapor"),
    "climbed": _("Terlambat di badan lain"),
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
    """The list; a whole report number that is searched for opens its report, on whatever list that stands."""
    code = choices.code_in(request.GET.get("q", ""))
    if code:
        with suppress(NotFound):
            return redirect("desk:case", code=find(actor, code).code)
    if custodians.only(actor):
        return redirect("desk:identities")
    if only_enters(actor):
        return redirect("desk:counter")
    return show(request, actor)


def show(
    request: HttpRequest,
    actor: Officer,
    *,
    bulk_form: BulkForm | None = None,
    ticked: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """The list under the filters of the address; `ticked` are rows that stay so."""
    now = timezone.now()
    form = FilterForm(request.GET, region_codes=region_codes(actor))
    filters = form.filters(tab="todo" if acts_for(actor) else "all")
    found = page(actor, filters, now=now, cursor=request.GET.get("cursor", ""))
    query = {name: value for name, value in _asked(request).items() if name not in {"cursor", "tab"}}
    numbers = counts(actor, now=now)
    can_assign = could(actor, Move.ASSIGN)
    return render(
        request,
        "desk/queue.html",
        {
            "form": form,
            "filters": filters,
            "active": _active(form, filters),
            "rows": rows_of(found, own=actor.agency_ids, may_send=could(actor, Move.SEND_ANSWER), now=now),
            "tabs": _tabs(actor, filters, query, numbers),
            "limits": _limits(filters, numbers),
            "steps": _steps(filters, numbers),
            "title": TAB_NAMES[filters.tab],
            "clear_url": _address({"tab": filters.tab}),
            "next_url": _address(query | {"tab": filters.tab, "cursor": found.next_cursor})
            if found.next_cursor
            else "",
            "first_url": _address(query | {"tab": filters.tab}) if request.GET.get("cursor") else "",
            "bulk_form": bulk_form or (BulkForm(region_codes=region_codes(actor)) if can_assign else None),
            "ticked": ticked,
            "is_search": bool(filters.q) and filters.tab not in WORK and len(found.rows) < PAGE,
        },
        status=status,
    )


def _tabs(actor: Officer, filters: Filters, query: dict[str, str], numbers: dict[str, Any]) -> list[Link]:
    """The lists, and what this officer has in person; for one who only looks on, the lists that are not work."""
    tabs = [
        Link(str(label), _address(query | {"tab": tab}), numbers.get(tab), tab == filters.tab and not filters.mine)
        for tab, label in TAB_NAMES.items()
        if tab not in WORK or (could(actor, Move.VERIFY) if tab == "climbed" else acts_for(actor))
    ]
    if decides(actor):
        waiting = awaiting.undecided(actor)
        tabs.append(Link(gettext("Menunggu keputusan saya"), reverse("desk:lateness"), waiting, False))
    if custodians.is_custodian(actor):
        url = reverse("desk:identities")
        tabs.append(Link(gettext("Permintaan identitas"), url, len(deciding.waiting(actor)), False))
    if acts_for(actor):
        tabs.insert(1, Link(gettext("Yang saya tangani"), _address({"mine": "on"}), None, filters.mine))
    if acts_for(actor):
        tabs.append(Link(gettext("Minggu ini"), reverse("desk:week"), None, False))
    if may_enter(actor):
        tabs.append(Link(gettext("Loket dan surat"), reverse("desk:counter"), None, False))
    if could(actor, Move.VERIFY):
        tabs.append(Link(gettext("Salinan yang ditahan"), reverse("desk:held"), None, False))
    if could(actor, Move.DECIDE_MASS):
        tabs.append(Link(gettext("Laporan massal"), reverse("desk:masses"), None, False))
    if keeping.keeps(actor):
        tabs.append(Link(gettext("Mutu jawaban"), reverse("desk:quality"), None, False))
        tabs.append(Link(gettext("Akar masalah"), reverse("desk:causes"), None, False))
    return tabs


def _limits(filters: Filters, numbers: dict[str, Any]) -> list[Link]:
    """How urgent the work is, with numbers; nothing for one who has none."""
    here = filters.lateness if filters.tab == "todo" else ""
    return [
        Link(str(label), _address({"lateness": name}), numbers[name], here == name)
        for name, label in LATENESS
        if name and numbers["todo"]
    ]


def _steps(filters: Filters, numbers: dict[str, Any]) -> list[Link]:
    """Every step that has reports in hand, with its number."""
    links = []
    for state, label in STATES:
        if number := numbers["by_state"].get(state):
            tab = "waiting" if state in WAITING else "todo"
            is_here = (filters.tab, filters.state) == (tab, state)
            links.append(Link(str(label), _address({"tab": tab, "state": state}), number, is_here))
    return links


def _active(form: FilterForm, filters: Filters) -> list[str]:
    """The filters in force, in words."""
    got = form.cleaned_data
    named = [
        f"“{filters.q}”" if filters.q else "",
        str(dict(STATES).get(filters.state, "")),
        str(dict(KINDS).get(filters.kind, "")),
        str(dict(LATENESS).get(filters.lateness, "")) if filters.lateness else "",
        str(got.get("category") or ""),
        dict(form.places).get(filters.region, "") if filters.region else "",
        str(got.get("agency") or ""),
        gettext("Ditangani saya") if filters.mine else "",
        gettext("Teks yang sama") if filters.same else "",
    ]
    return [name for name in named if name]


@require_http_methods(["GET", "POST"])
@for_officers
def dispose(request: HttpRequest, actor: Officer) -> HttpResponse:
    """Gives every ticked report to one agency; says of each what was done or why not."""
    if request.method == "GET":  # opened again after signing in, or in another language
        return redirect(_address(_asked(request)))
    form = BulkForm(request.POST, region_codes=region_codes(actor))
    ticked = bulk.with_same(actor, request.POST.getlist("report"), is_group="same" in request.GET)
    if not ticked:
        messages.warning(request, gettext("Centang dulu laporan yang akan diteruskan."))
        return show(request, actor, bulk_form=form, status=422)
    if not form.is_valid():
        messages.warning(request, gettext("Pilih instansi tujuan untuk laporan yang dicentang."))
        return show(request, actor, bulk_form=form, ticked=ticked, status=422)
    proof = ask(request, now=timezone.now()) if len(ticked) > bulk.MANY else None
    if proof is not None and not proof.is_given(now=timezone.now()):
        return render(request, "desk/many.html", {"proof": proof, "form": form, "ticked": ticked}, status=422)
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
