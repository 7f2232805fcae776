"""The survey after closing as a form: one scale for each question, none of them required."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lapor.reports.own import OwnView
from lapor.voice.answering import Survey
from lapor.voice.questions import DEALT_WITH, RATED

NOT_OFFERED = _("Pilih salah satu jawaban yang tersedia.")


class VoiceForm(forms.Form):
    """Built from the questions of one version."""

    def __init__(self, data: QueryDict | None = None, *, survey: Survey, initial: dict[str, int] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="suara_%s")
        for question in survey.questions:
            self.fields[question.key] = forms.TypedChoiceField(
                label=question.text,
                coerce=int,
                empty_value=None,
                required=False,
                choices=[(value, words) for value, words in sorted(question.choices.items())],
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": NOT_OFFERED},
            )

    @classmethod
    def of(cls, survey: Survey, view: OwnView) -> VoiceForm:
        """With what was given before, a rating too."""
        rating = view.rating
        before = {RATED: rating.stars, DEALT_WITH: 2 if rating.dealt_with else 1} if rating else {}
        return cls(survey=survey, initial={**before, **survey.given})

    def answers(self) -> dict[str, int]:
        """What was chosen."""
        return {key: value for key, value in self.cleaned_data.items() if value is not None}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not self.answers():
            raise forms.ValidationError(_("Jawab paling sedikit satu pertanyaan, atau biarkan saja: ini tidak wajib."))
        return data
