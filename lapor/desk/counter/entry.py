"""Entering a report for somebody: the form, and what is checked before it is sent. What was typed is never lost."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lapor.agencies.models import Category
from lapor.agencies.picker import region_or_none
from lapor.agencies.places import timezone_of
from lapor.channels.letters import entering, pile
from lapor.channels.letters.models import Letter
from lapor.channels.written import placing, said
from lapor.channels.written.qr import qr_svg
from lapor.channels.written.report import KINDS
from lapor.channels.written.uploads import drop_file, take_files
from lapor.lib.codes import show_code
from lapor.reports import access, actions, pending
from lapor.reports.actors import Officer

from ..session import for_officers
from . import keys
from .forms import CounterForm, DropForm


def require_entering(actor: Officer) -> None:
    """404 for whoever may not enter reports for others."""
    if not access.may_enter(actor):
        raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def write(request: HttpRequest, actor: Officer) -> HttpResponse:
    """The form for a visitor or a letter that lies on the desk."""
    require_entering(actor)
    if request.method == "POST":
        return written(request, actor, keys.read(request.POST.get("key", ""), actor))
    key = _uuid(request.GET.get("ubah", ""))
    found = keys.kept(key, actor) if key else None
    if key is not None and found is not None and not found.sent_code:
        if found.content.get("letter"):
            return redirect("desk:pile_letter", key=found.content["letter"])
        return show(request, actor, CounterForm(initial=again(found.content)), key)
    return show(request, actor, CounterForm(), uuid4())


def written(request: HttpRequest, actor: Officer, key: UUID, letter: Letter | None = None) -> HttpResponse:
    """What was sent: kept and on to the check, or back with everything in its place."""
    problems = take_files(request.FILES.getlist("files"), key=key)
    form = CounterForm(request.POST)
    if "narrow" in request.POST:
        return show(request, actor, CounterForm(initial=form.one_step_down()), key, letter)
    if dropped := request.POST.get("drop"):
        drop_file(key, dropped)
        return show(request, actor, CounterForm(initial=request.POST.dict()), key, letter)
    form.has_files = bool(pending.files(key))
    if not form.is_valid() or problems:
        for problem in problems:
            form.add_error("files", problem)
        return show(request, actor, form, key, letter, status=422)
    content = form.content() | {"officer": actor.user_id, "letter": str(letter.key) if letter else ""}
    pending.keep(key, content, now=timezone.now())
    return redirect("desk:counter_review", key=key)


def again(content: dict[str, Any]) -> dict[str, Any]:
    """What was kept, as the form shows it; the agreement is asked for anew, since something may be changed."""
    return content | {"consent": False, "consented_on": content["consented_on"] or timezone.localdate()}


def show(
    request: HttpRequest,
    actor: Officer,
    form: CounterForm,
    key: UUID,
    letter: Letter | None = None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The form; beside the scan where a letter of the pile is entered."""
    own_way = f"{settings.LAPOR_PUBLIC_URL}{reverse('public:report')}"
    context = {
        "form": form,
        "token": keys.token(key, actor),
        "files": pending.files(key),
        "letter": letter,
        "drop": DropForm(),
        "own_way": own_way,
        "own_qr": qr_svg(own_way),
        **(_beside(actor, letter) if letter else {}),
        "refuses_kind": form.is_bound and "kind" in form.errors,
        **more,
    }
    return render(request, "desk/counter/write.html", context, status=status)


def _beside(actor: Officer, letter: Letter) -> dict[str, Any]:
    """What is shown of the scan, and where the pile goes on."""
    following, left = pile.after(actor, letter)
    return {"page_numbers": pile.page_numbers(letter), "next_letter": following, "left_in_pile": left}


def check(request: HttpRequest, key: UUID, content: dict[str, Any], *, status: int = 200, **more: Any) -> HttpResponse:
    """Before sending: what was typed, which body receives it, why, and by when it must answer."""
    verify_by, answer_by = actions.deadlines_for(
        kind=content["kind"], region_code=content["region"] or None, now=timezone.now()
    )
    proposal = said.proposal(content)
    context = {
        "key": key,
        "content": content,
        "kind_label": dict(KINDS)[content["kind"]],
        "occurred_on": said.day(content["occurred_on"]),
        "letter_dated_on": said.day(content["letter_dated_on"]),
        "consented_on": said.day(content["consented_on"]),
        "category": Category.objects.filter(pk=proposal.category).first() if proposal.category else None,
        "region": region_or_none(content["region"]),
        "place_offer": placing.offer(content),
        "zone": timezone_of(content["region"]),
        "files": pending.files(key),
        "proposal": proposal,
        "verify_by": verify_by,
        "answer_by": answer_by,
        "is_secret": content["is_confidential"] or bool(content["accused"]),
        **more,
    }
    return render(request, "desk/counter/review.html", context, status=status)


@require_http_methods(["GET", "HEAD"])
@for_officers
def entered(request: HttpRequest, actor: Officer) -> HttpResponse:
    """What this officer typed for others: code and day, nothing of the report itself."""
    require_entering(actor)
    rows = [(show_code(code), at, came) for code, at, came in entering.entered_by(actor)]
    return render(request, "desk/counter/entered.html", {"rows": rows})


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
