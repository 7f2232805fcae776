"""Rules of competence in words: names of kinds, categories, levels and bodies; and what a change changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Agency, Category
from lapor.reports.queue import KINDS
from lapor.routing.bodies import GOVERNMENT, INSPECTORATE
from lapor.routing.models import Rule, RuleChange

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

COLUMNS: dict[str, _StrPromise] = {
    "priority": _("Urutan"),
    "kind": _("Jenis laporan"),
    "category": _("Kategori"),
    "when": _("Berlaku bila"),
    "unless": _("Kecuali bila"),
    "level": _("Tingkat"),
    "body": _("Instansi"),
    "is_sure": _("Yakin"),
    "reason": _("Alasan untuk pelapor"),
    "reason_en": _("Alasan dalam bahasa Inggris"),
    "source": _("Dasar hukum"),
    "is_active": _("Dipakai"),
}


@dataclass(frozen=True)
class Difference:
    """One column before and after a change."""

    label: str
    before: str
    after: str


class Names:
    """Looks names up once for a page."""

    @cached_property
    def categories(self) -> dict[str, str]:
        return dict(Category.objects.values_list("slug", "name"))

    @cached_property
    def central(self) -> dict[str, str]:
        return dict(Agency.objects.filter(region=None).order_by("name").values_list("slug", "name"))

    @cached_property
    def kinds(self) -> dict[str, str]:
        return {key: str(label) for key, label in KINDS}

    def body(self, key: str) -> str:
        """A central body by its name; an office of a region by its field."""
        if key in {INSPECTORATE, GOVERNMENT}:
            return gettext("Inspektorat daerah") if key == INSPECTORATE else gettext("Pemerintah daerah")
        return self.central.get(key) or gettext("%(field)s (daerah)") % {"field": capfirst(key.replace("_", " "))}

    def column(self, name: str, value: Any) -> str:
        """The value of a column of the table in words; "—" where it says nothing."""
        match name, value:
            case _, bool():
                return gettext("ya") if value else gettext("tidak")
            case _, "" | None:
                return "—"
            case "kind" | "category", str():
                names = self.kinds if name == "kind" else self.categories
                return ", ".join(names.get(one, one) for one in value.split("|"))
            case "level", str():
                return str(dict(Agency.Level.choices).get(value, value))
            case "body", str():
                return gettext(", bila tidak ada: ").join(self.body(one) for one in value.split("|"))
            case "when" | "unless", str():
                return " · ".join(part.strip() for part in value.split("|"))
            case _:
                return str(value)


@dataclass(frozen=True)
class Row:
    """A rule ready to be read."""

    rule: Rule
    kinds: str
    categories: str
    when: str
    unless: str
    level: str
    body: str


def row_of(rule: Rule, names: Names) -> Row:
    said = {name: names.column(name, getattr(rule, name)) for name in ("when", "unless", "level", "body")}
    return Row(
        rule=rule,
        kinds=names.column("kind", rule.kind) if rule.kind else "",
        categories=names.column("category", rule.category) if rule.category else "",
        **said,
    )


def differences(change: RuleChange, names: Names) -> list[Difference]:
    """What a change changed; everything for a row that is new."""
    before = change.before or {}
    return [
        Difference(
            str(label),
            names.column(name, before[name]) if name in before else "",
            names.column(name, change.after.get(name)),
        )
        for name, label in COLUMNS.items()
        if before.get(name) != change.after.get(name) and (before or change.after.get(name) not in {"", None})
    ]
