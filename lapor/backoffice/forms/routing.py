"""Forms of routing: a rule of competence, why it is switched, and below which confidence nothing is proposed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Agency
from lapor.lib.text import normalise
from lapor.routing import numbers
from lapor.routing.models import Rule
from lapor.routing.rules.changing import LONGEST_WHY
from lapor.routing.rules.checks import LONGEST_CONDITION, MOST_PRIORITY, bodies_known, problems
from lapor.routing.rules.said import Said

from .. import words
from ..rule_words import COLUMNS, Names
from .base import Choice, OfficeForm, choice, line, number, text

_FIELDS = {"kind": "kinds", "category": "categories"}


class FilterForm(forms.Form):
    """What the list of rules shows; everything comes from the address and nonsense is ignored."""

    q = forms.CharField(label=_("Kata dalam aturan"), required=False, max_length=80)
    category = forms.ChoiceField(label=_("Kategori"), required=False)
    level = forms.ChoiceField(label=_("Tingkat"), required=False)
    body = forms.ChoiceField(label=_("Instansi"), required=False)
    state = forms.ChoiceField(
        label=_("Keadaan"),
        choices=[("", _("Dipakai")), ("off", _("Dihentikan")), ("edited", _("Diubah di sini"))],
        required=False,
    )

    def __init__(self, data: Any, *, names: Names, bodies: list[str]) -> None:
        super().__init__(data, label_suffix="")
        self._offer("category", [("", str(_("Semua"))), *names.categories.items()])
        self._offer("level", [("", str(_("Semua"))), *((key, str(label)) for key, label in Agency.Level.choices)])
        self._offer("body", [("", str(_("Semua"))), *sorted(((key, names.body(key)) for key in bodies), key=_label)])

    def _offer(self, name: str, choices: list[Choice]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def asked(self) -> dict[str, str]:
        self.full_clean()
        found = {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
        return {name: value for name, value in found.items() if value and "\0" not in value}


def _label(choice: Choice) -> str:
    return choice[1].casefold()


def _many(name: str, help_text: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=COLUMNS[name],
        help_text=help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Pilih dari daftar.")},
    )


class RuleForm(OfficeForm):
    """A new rule. Conditions are written one alternative to a line."""

    asks_twice = True
    said: Said

    priority = number(
        COLUMNS["priority"],
        _(
            "Aturan dengan angka kecil dibaca lebih dulu; yang pertama cocok yang dipakai. Beri kekhususan angka lebih "
            "kecil daripada aturan umumnya."
        ),
        least=0,
        most=MOST_PRIORITY,
    )
    categories = _many("category", _("Tanpa centang: semua kategori."))
    kinds = _many("kind", _("Tanpa centang: semua jenis."))
    when = text(
        COLUMNS["when"],
        _(
            "Satu pilihan tiap baris; cukup satu yang cocok. “&” menggabungkan kata yang semuanya harus ada, "
            "“tambal*” cocok dengan awal kata, “@kota”, “@provinsi”, “@desa”, dan “@64.72” berarti tempatnya, "
            "“@tanpa_tempat” bahwa tempatnya tidak diketahui. Kosong: selalu berlaku."
        ),
        most=LONGEST_CONDITION,
        rows=5,
        required=False,
    )
    unless = text(
        COLUMNS["unless"], _("Ditulis dengan cara yang sama."), most=LONGEST_CONDITION, rows=3, required=False
    )
    level = choice(COLUMNS["level"])
    body = choice(COLUMNS["body"], _("Di tingkat pusat sebuah lembaga; di daerah perangkat daerah tempat itu."))
    fallback = choice(_("Bila tidak ada"), _("Perangkat daerah lain yang mengurusnya."), required=False)
    fallback_2 = choice(_("Bila itu pun tidak ada"), required=False)
    is_sure = forms.BooleanField(
        label=_("Usulan ini pasti"),
        help_text=_("Jangan dicentang bila masih ada yang perlu dipastikan, misalnya kelas jalannya."),
        required=False,
    )
    reason = text(
        COLUMNS["reason"],
        _("Satu kalimat. {agency} diganti nama instansinya, {place} nama tempatnya."),
        most=400,
        rows=2,
    )
    reason_en = text(COLUMNS["reason_en"], most=400, rows=2, required=False)
    source = line(COLUMNS["source"], _("Undang-undang atau peraturan dan pasalnya."), most=300)
    because = text(
        _("Alasan perubahan"),
        _("Disimpan dalam riwayat aturan ini. Jangan menulis data pribadi."),
        most=LONGEST_WHY,
        rows=2,
    )

    def prepare(self) -> None:
        names = Names()
        self.choose("kinds", list(names.kinds.items()))
        self.choose("categories", list(names.categories.items()))
        self.choose("level", [(key, str(label)) for key, label in Agency.Level.choices], blank=_("Pilih tingkat"))
        regional = sorted(((key, names.body(key)) for key in bodies_known(Agency.Level.REGENCY)), key=_label)
        body = self.fields["body"]
        assert isinstance(body, forms.ChoiceField)
        body.choices = [
            ("", gettext("Pilih instansi")),
            (gettext("Daerah"), regional),
            (gettext("Pusat"), list(names.central.items())),
        ]
        for name in ("fallback", "fallback_2"):
            self.choose(name, regional, blank=_("Tidak ada"))
        self.initial["is_sure"] = True

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        if self.errors:
            return got
        self.said = Said(
            priority=got["priority"],
            kind="|".join(got["kinds"]),
            category="|".join(got["categories"]),
            when=_condition(got["when"]),
            unless=_condition(got["unless"]),
            level=got["level"],
            body="|".join(filter(None, (got["body"], got["fallback"], got["fallback_2"]))),
            is_sure=got["is_sure"],
            **{name: " ".join(normalise(got[name]).split()) for name in ("reason", "reason_en", "source")},
        )
        for problem in problems(self.said):
            self.add_error(
                _FIELDS.get(problem.field, problem.field), words.refused(problem.reason, piece=problem.piece)
            )
        return got

    def arguments(self) -> dict[str, Any]:
        return {"said": self.said, "why": self.why()}

    def why(self) -> str:
        return str(self.cleaned_data.get("because", ""))


def _condition(typed: str) -> str:
    """One alternative to a line becomes the column of the table."""
    lines = (" ".join(line.split()) for line in normalise(typed).split("\n"))
    return "|".join(line for line in lines if line)


class ChangeRuleForm(RuleForm):
    """Starts with what the rule says now."""

    def prepare(self) -> None:
        super().prepare()
        rule: Rule = self.subject
        bodies = [*rule.body.split("|"), "", ""]
        self.initial.update(
            {name: getattr(rule, name) for name in ("priority", "level", "is_sure", "reason", "reason_en", "source")}
        )
        self.initial.update(
            kinds=rule.kind.split("|"),
            categories=rule.category.split("|"),
            when=rule.when.replace("|", "\n"),
            unless=rule.unless.replace("|", "\n"),
            body=bodies[0],
            fallback=bodies[1],
            fallback_2=bodies[2],
        )


class WhyForm(OfficeForm):
    """Only why; history shows it."""

    because = text(_("Alasan"), _("Disimpan dalam riwayat aturan ini. Jangan menulis data pribadi."), most=LONGEST_WHY)

    def arguments(self) -> dict[str, Any]:
        return {"why": self.why()}

    def why(self) -> str:
        return str(self.cleaned_data.get("because", ""))


class ThresholdForm(OfficeForm):
    percent = number(_("Ambang keyakinan (persen)"), least=0, most=100)
    reason = text(_("Alasan"), _("Disimpan dalam catatan audit. Jangan menulis data pribadi."))

    def prepare(self) -> None:
        self.initial["percent"] = round(100 * numbers.threshold())

    def arguments(self) -> dict[str, Any]:
        return {"value": self.cleaned_data["percent"] / 100}
