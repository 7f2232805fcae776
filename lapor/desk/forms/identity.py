"""Forms around the identity of an anonymous reporter: to ask for it, to decide, to record an ordered silence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lapor.disclosure import grounds
from lapor.disclosure.asking import LEAST_REASON
from lapor.disclosure.models import Ground

from .base import ActForm, day, name_what_is_missing, text


class RadioSelect(forms.RadioSelect):
    """Each ground with its article below; the name is the one by which the template draws cards."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if isinstance(ground := getattr(value, "instance", None), Ground):
            option["hint"] = ground.article
        return option


class AskIdentityForm(ActForm):
    ground = forms.ModelChoiceField(
        label=_("Dasar hukum"), queryset=Ground.objects.none(), widget=RadioSelect, empty_label=None
    )
    reference = forms.CharField(
        label=_("Nomor surat, perkara, atau pesan"),
        help_text=_("Dengan tanggal dan nama lembaganya. Wajib, kecuali nyawa atau keselamatan orang terancam."),
        max_length=200,
        required=False,
    )
    reason = text(
        _("Mengapa identitas ini diperlukan"),
        _(
            "Apa yang tidak dapat dilakukan tanpa mengetahuinya, dan mengapa bertanya lewat percakapan tidak cukup. "
            "Penjaga identitas membaca ini."
        ),
    )

    def prepare(self) -> None:
        ground = self.fields["ground"]
        assert isinstance(ground, forms.ModelChoiceField)
        ground.queryset = grounds.on(self.sitting.today)
        self.fields["reason"].widget.attrs["data-min"] = LEAST_REASON


class DecisionForm(forms.Form):
    """One custodian's word with its reason."""

    allows = forms.TypedChoiceField(
        label=_("Keputusan Anda"),
        choices=[("yes", _("Izinkan")), ("no", _("Tolak"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = text(_("Alasan"), _("Tersimpan selamanya dalam riwayat permintaan."))

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, use_required_attribute=False, label_suffix="")
        name_what_is_missing(self)


class DelayForm(forms.Form):
    """A legal order that the reporter is told later."""

    number = forms.CharField(label=_("Nomor perintah"), max_length=120)
    authority = forms.CharField(label=_("Lembaga yang memerintahkan"), max_length=200)
    until = day(_("Sampai tanggal"), _("Sesudah hari ini berakhir, pelapor diberi tahu oleh sistem."))

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="delay-%s", use_required_attribute=False, label_suffix="")
        name_what_is_missing(self)
