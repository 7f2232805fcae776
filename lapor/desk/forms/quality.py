"""Forms of the quality pages: which span to draw from, and the points of one answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.quality.rubric import Point

SIZES = (20, 40, 60, 100, 200, 300)
SHOWN_MONTHS = 12


class DrawForm(forms.Form):
    """One complete month or quarter, one of the actor's bodies, and how many answers."""

    agency = forms.TypedChoiceField(label=_("Atas nama"), coerce=int)
    span = forms.ChoiceField(
        label=_("Jawaban dari"),
        help_text=_("Setiap bulan atau triwulan hanya dapat diundi satu kali."),
        error_messages={"required": _("Pilih bulan atau triwulan.")},
    )
    size = forms.TypedChoiceField(
        label=_("Berapa jawaban"),
        coerce=int,
        choices=[(size, str(size)) for size in SIZES],
        initial=40,
        help_text=_("Paling sedikit dua dari setiap instansi ikut diundi."),
    )

    def __init__(self, *args: Any, agencies: list[tuple[int, str]], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]
        self.fields["span"].choices = spans(on)  # type: ignore[attr-defined]

    def days(self) -> tuple[date, date]:
        """The first and the last day of the span."""
        first, last = str(self.cleaned_data["span"]).split("_")
        return date.fromisoformat(first), date.fromisoformat(last)


def spans(on: date) -> list[tuple[str, str]]:
    """The complete quarters and months before this day, newest first, as `first_last` and words."""
    found = []
    month = on.replace(day=1)
    for _back in range(SHOWN_MONTHS):
        last = month - timedelta(days=1)
        month = last.replace(day=1)
        if month.month % 3 == 1:
            end = _end_of_quarter(month)
            if end < on:
                words = gettext("Triwulan %(n)s %(year)s") % {"n": (month.month + 2) // 3, "year": month.year}
                found.append((f"{month}_{end}", words))
        found.append((f"{month}_{last}", f"{MONTHS[month.month]} {month.year}"))
    return found


def _end_of_quarter(month: date) -> date:
    after = (month + timedelta(days=93)).replace(day=1)
    return after - timedelta(days=1)


class PointsForm(forms.Form):
    """One scale for each point of the rubric that a reader gives."""

    def __init__(self, *args: Any, points: tuple[Point, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for point in points:
            if point.by_reader:
                self.fields[point.key] = forms.TypedChoiceField(
                    label=point.text,
                    coerce=int,
                    choices=[(value, f"{value} – {words}") for value, words in enumerate(point.levels)],
                    widget=forms.RadioSelect,
                    error_messages={"required": gettext("Beri nilai: %(point)s.") % {"point": point.text}},
                )
