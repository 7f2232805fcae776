"""Quality on the desk: drawing a sample of answers, reading them one by one, closing it; and a body's own scores."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lapor.agencies.models import Agency
from lapor.lib.codes import show_code
from lapor.quality import drawing, results, scoring
from lapor.quality.models import Item, Sample
from lapor.quality.rubric import WEAK, most, rubrics, total
from lapor.reports import hiding
from lapor.reports.access import NotFound
from lapor.reports.actors import Officer
from lapor.reports.lifecycle import Move

from .forms.quality import DrawForm, PointsForm
from .session import for_officers

FLAGS: dict[str, Promise] = {
    "same": _("Nyaris sama dengan jawaban lain dalam sampel ini"),
    "template": _("Nyaris sama dengan templat"),
    "no_action": _("Tidak menyebut siapa mengerjakan atau kapan"),
    "promise": _("Hanya janji atau terusan, tanpa tindakan"),
    "denied": _("Pelapor menyatakan belum selesai (keberatan atau nilai rendah)"),
}
LEVELS: dict[str, Promise] = {
    "body+unit+category+month": _("instansi, unit, kategori, bulan"),
    "body+category+month": _("instansi, kategori, bulan"),
    "body+month": _("instansi, bulan"),
    "body": _("instansi"),
}
REFUSED: dict[type[Exception], Promise] = {
    drawing.NothingToDraw: _("Tidak ada jawaban dari masa itu yang dapat diundi."),
    drawing.TooMany: _("Terlalu banyak jawaban untuk sekali undi. Pilih masa yang lebih pendek."),
    drawing.AlreadyDrawn: _("Masa itu sudah pernah diundi."),
}


@require_http_methods(["GET", "POST"])
@for_officers
def samples(request: HttpRequest, actor: Officer) -> HttpResponse:
    """The samples of the actor's bodies with a form to draw one; the scores of bodies that the actor answers for."""
    guarded = drawing.bodies_of(actor)
    own = results.of_bodies(actor.agency_ids)
    if not actor.agency_ids:
        raise NotFound(request.path)
    names = [(body.pk, body.name) for body in Agency.objects.filter(pk__in=guarded).order_by("name")]
    form = DrawForm(request.POST or None, agencies=names, on=timezone.localdate()) if guarded else None
    if request.method == "POST" and form is not None and form.is_valid():
        sample = _drawn(form, actor)
        if sample is not None:
            messages.success(request, gettext("Sampel diundi. Mulailah membaca."))
            return redirect("desk:quality_sample", number=sample.pk)
    rows = Sample.objects.filter(agency__in=guarded).select_related("agency").order_by("-drawn_at")[:40]
    context = {
        "form": form,
        "rows": [(sample, scoring.progress(sample)) for sample in rows],
        "own": own,
        "bodies": Agency.objects.filter(pk__in=actor.agency_ids).order_by("name"),
    }
    return render(request, "desk/quality.html", context, status=422 if form is not None and form.errors else 200)


def _drawn(form: DrawForm, actor: Officer) -> Sample | None:
    first, last = form.days()
    data = form.cleaned_data
    try:
        return drawing.draw(
            agency_id=data["agency"], first_day=first, last_day=last, size=data["size"], actor=actor, now=timezone.now()
        )
    except tuple(REFUSED) as no:
        form.add_error("span", str(REFUSED[type(no)]))
        return None


@require_safe
@for_officers
def sample(request: HttpRequest, actor: Officer, number: int) -> HttpResponse:
    """One sample: how it was drawn, what is read, what still waits, and what its hints say."""
    found = scoring.sample_of(actor, number)
    items = list(scoring.items_of(actor, found))
    hiding.hide([item.report for item in items])
    by_two, kappa = scoring.agreement(found)
    context = {
        "sample": found,
        "progress": scoring.progress(found),
        "strata": found.strata.count(),
        "level": LEVELS.get(found.by, found.by),
        "items": [_shown(item) for item in items],
        "scores": list(found.scores.select_related("agency").order_by("agency__name")),
        "most": most(found.rubric),
        "by_two": by_two,
        "kappa": kappa,
        "differences": drawing.differences(found) if "ulang" in request.GET else None,
        "is_repeated": "ulang" in request.GET,
    }
    return render(request, "desk/quality_sample.html", context)


@require_http_methods(["GET", "POST"])
@for_officers
def answer(request: HttpRequest, actor: Officer, number: int, item_id: int) -> HttpResponse:
    """One answer beside the report it belongs to, and the rubric; after a weak one the way to send it back."""
    found = scoring.sample_of(actor, number)
    item = scoring.item_of(actor, found, item_id)
    form = PointsForm(request.POST or None, points=rubrics()[found.rubric])
    may = found.closed_at is None and scoring.may_read(actor, item)
    if request.method == "POST" and may and form.is_valid():
        try:
            reading = scoring.read(
                sample=found, item_id=item.pk, points=form.cleaned_data, actor=actor, now=timezone.now()
            )
        except (scoring.AlreadyRead, scoring.OwnAnswer):
            messages.error(request, gettext("Jawaban ini sudah dinilai."))
            return redirect("desk:quality_sample", number=found.pk)
        messages.success(request, gettext("Nilai tersimpan."))
        if total(reading.points) <= WEAK:
            return redirect("desk:quality_answer", number=found.pk, item_id=item.pk)
        return redirect("desk:quality_sample", number=found.pk)
    return _answer_page(request, actor, found, item, form if may else None)


def _answer_page(
    request: HttpRequest, actor: Officer, found: Sample, item: Item, form: PointsForm | None
) -> HttpResponse:
    hiding.hide([item.report])
    strike = hiding.strikers([item.report]).get(item.report_id, str)
    mine = next((one for one in item.readings.all() if one.reader_id == actor.user_id), None)
    context: dict[str, Any] = {
        "sample": found,
        "one": _shown(item),
        "report": item.report,
        "text": strike(item.message.text),
        "done_by": strike(item.message.done_by),
        "files": item.message.attachments.count(),
        "form": form,
        "mine": mine,
        "total": total(mine.points) if mine else None,
        "most": most(found.rubric),
        "is_weak": mine is not None and total(mine.points) <= WEAK,
        "may_send_back": mine is not None and scoring.may_send_back(actor, item),
        "move": Move.SEND_BACK.value,
    }
    return render(request, "desk/quality_answer.html", context, status=422 if form and form.errors else 200)


@require_POST
@for_officers
def close(request: HttpRequest, actor: Officer, number: int) -> HttpResponse:
    """Ends the reading; from now on the scores are shown."""
    found = scoring.sample_of(actor, number)
    try:
        scoring.close(sample=found, actor=actor, now=timezone.now())
    except scoring.NotComplete:
        messages.error(request, gettext("Masih ada jawaban yang belum dibaca."))
    except scoring.AlreadyRead:
        messages.error(request, gettext("Sampel ini sudah ditutup."))
    else:
        messages.success(request, gettext("Sampel ditutup. Nilainya kini tampil untuk instansi dan publik."))
    return redirect("desk:quality_sample", number=found.pk)


def _shown(item: Item) -> dict[str, Any]:
    readings = list(item.readings.all())
    wanted = 2 if item.wants_second else 1
    return {
        "item": item,
        "code": show_code(item.report.code),
        "flags": [FLAGS[flag] for flag in item.flags if flag in FLAGS],
        "is_done": len(readings) >= wanted,
        "waits_for_second": item.wants_second and len(readings) == 1,
    }
