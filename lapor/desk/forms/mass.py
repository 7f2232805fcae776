"""The form by which many reports of one matter get a title of their own."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.reports.refusals import LeakFound

from .. import words


class MassForm(forms.Form):
    """The title, and a reason once the leak guard has found something in it."""

    title = forms.CharField(
        label=_("Judul untuk umum"),
        help_text=_("Sebut hal dan tempatnya, bukan orangnya. Misalnya: Air ledeng mati di Sambutan sejak Senin."),
        max_length=150,
        required=False,
    )
    leak_reason = forms.CharField(label=_("Alasan data ini perlu disebut"), max_length=300, required=False)

    def __init__(self, *given: object, has_leak: bool = False, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        if not has_leak and "leak_reason" not in self.data:
            del self.fields["leak_reason"]

    def ask_reason(self, leak: LeakFound) -> None:
        """Shows what was found, and offers the field for a reason."""
        self.fields.setdefault("leak_reason", self.base_fields["leak_reason"])
        for sentence in words.leaks(leak):
            self.add_error("title", sentence)
        self.add_error("leak_reason", words.incomplete(leak.reason))
