"""Forms of the steps that bring a whole region on: standard units, its own days off, trainings, many connections."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.agencies import onboarding, standard, trained
from lapor.agencies.certificates import inside, split
from lapor.agencies.models import Agency, Membership
from lapor.agencies.onboarding import Stage
from lapor.agencies.standard import Proposal
from lapor.agencies.trained import Proof, TrainingRefused
from lapor.deadlines.local import DaysRefused, Typed, read_days

from .. import access, words
from ..access import Right
from .base import OfficeForm, day, line, text

if TYPE_CHECKING:
    from .base import Words

LARGEST_FILE = 2_000_000
MOST_CODES = 500
MOST_SHOWN = 30
SPARE_ROWS = 6


def ticks(label: Words, *, none: Words) -> forms.MultipleChoiceField:
    """Several of a list that the form fills in, at least one."""
    return forms.MultipleChoiceField(
        label=label,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": none,
            "invalid_choice": _("Daftar ini sudah berubah sejak Anda membukanya. Periksa lagi centangnya."),
        },
    )


class RegionForm(OfficeForm):
    """About all bodies of a region that one reaches with a right, which each form names."""

    right: Right

    @cached_property
    def bodies(self) -> dict[int, Agency]:
        found = access.bodies_of_region(self.manager.actor, self.right, self.subject, on=self.manager.today)
        return {agency.pk: agency for agency in found.order_by("name")}

    def ticked(self, name: str) -> set[str]:
        """What is ticked: as it was sent, else as it is proposed."""
        if isinstance(self.data, QueryDict) and self.is_bound:
            return set(self.data.getlist(name))
        return set(self.initial.get(name, []))


class AdoptUnitsForm(RegionForm):
    """The standard units of each body, ticked where it has no unit at all."""

    right = Right.UNITS
    units = ticks(_("Unit kerja"), none=_("Centang paling sedikit satu unit."))

    def prepare(self) -> None:
        self.proposals = [one for one in standard.proposals(self.bodies.values()) if one.new or one.has]
        self.choose("units", [(_unit_key(one, name), name) for one in self.proposals for name in one.new])
        self.initial["units"] = [_unit_key(one, name) for one in self.proposals if not one.has for name in one.new]

    def groups(self) -> list[tuple[Proposal, list[tuple[str, str, bool]]]]:
        """For each body its proposed units: value, name, whether ticked."""
        marked = self.ticked("units")
        return [
            (one, [(key, name, key in marked) for name in one.new for key in (_unit_key(one, name),)])
            for one in self.proposals
            if one.new
        ]

    def complete(self) -> list[Proposal]:
        """The bodies that have nothing to add."""
        return [one for one in self.proposals if not one.new]

    def arguments(self) -> dict[str, Any]:
        pairs = (value.split(":", 1) for value in self.cleaned_data["units"])
        return {"chosen": [(self.bodies[int(key)], name) for key, name in pairs]}

    def facts(self) -> dict[str, Any]:
        return {"units": len(self.cleaned_data["units"])}


def _unit_key(one: Proposal, name: str) -> str:
    return f"{one.agency.pk}:{name}"


class LocalDaysForm(OfficeForm):
    """Days off of the region alone, in rows; shown before they hold."""

    asks_twice = True
    source = line(_("Dasar"), _("Nomor dan tanggal keputusan yang menetapkannya."), most=200)
    days: list[tuple[date, str]]

    def prepare(self) -> None:
        sent = sum(name.startswith("since-") for name in self.data) if self.is_bound else 0
        self.rows = [
            (number, self._typed(number, "since"), self._typed(number, "until"), self._typed(number, "name"))
            for number in range(max(min(sent, 60), SPARE_ROWS))
        ]

    def _typed(self, number: int, name: str) -> str:
        return " ".join(str(self.data.get(f"{name}-{number}", "")).split()) if self.is_bound else ""

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        rows = [Typed(since, until, name) for _number, since, until, name in self.rows]
        try:
            self.days = read_days(rows, region_code=self.subject.region_id, today=self.manager.today)
        except DaysRefused as refused:
            for problem in refused.problems:
                self.add_error(None, problem)
        return got

    def arguments(self) -> dict[str, Any]:
        return {"days": self.days, "source": self.cleaned_data["source"]}

    def facts(self) -> dict[str, Any]:
        return {"days": [day.isoformat() for day, _name in self.days], "region": self.subject.region_id}


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once; a list, empty without any."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return [super(ManyFilesField, self).clean(one, initial) for one in data or []]


class CertificatesForm(RegionForm):
    """Certificates of the site for practice: their files, or the codes that stand on them."""

    right = Right.OFFICERS
    papers = ManyFilesField(
        label=_("Berkas sertifikat"),
        help_text=_("PDF dari situs latihan, boleh beberapa sekaligus. Kodenya ditambahkan ke kotak di bawah."),
        required=False,
        widget=ManyFilesInput(attrs={"multiple": True, "accept": ".pdf,.txt"}),
    )
    codes = forms.CharField(
        label=_("Kode sertifikat"),
        help_text=_("Boleh banyak, satu di bawah yang lain. Setiap kode dimulai dengan LATIHAN1."),
        required=False,
        max_length=400_000,
        widget=forms.Textarea({"rows": 6, "class": "mono", "spellcheck": "false", "autocomplete": "off"}),
    )
    proofs: list[Proof]

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        self.proofs = []
        codes = [*split(got.get("codes", "")), *self._in_files(got.get("papers") or [])]
        codes = list(dict.fromkeys(codes))
        if not codes and not self.errors:
            self.add_error("codes", gettext("Unggah paling sedikit satu sertifikat, atau tempel kodenya."))
        if len(codes) > MOST_CODES:
            self.add_error("codes", gettext("Paling banyak %(most)d sertifikat sekaligus.") % {"most": MOST_CODES})
            return got
        problems = [problem for number, code in enumerate(codes, start=1) if (problem := self._take(number, code))]
        for problem in problems[:MOST_SHOWN]:
            self.add_error("codes", problem)
        return got

    def _take(self, number: int, code: str) -> str:
        """Keeps the proof of one code; what is wrong with it when there is none."""
        try:
            self.proofs.append(trained.match(code, agencies=self.bodies.values(), today=self.manager.today))
        except TrainingRefused as refused:
            said = words.refused(refused.reason)
            return gettext("Sertifikat %(n)d (…%(end)s): %(problem)s") % {
                "n": number,
                "end": code[-6:],
                "problem": said,
            }
        return ""

    def _in_files(self, files: Iterable[Any]) -> list[str]:
        """The codes in the files, which from now on stand in the box with the others."""
        found = []
        for file in files:
            code = inside(file.read()) if file.size <= LARGEST_FILE else ""
            if not code:
                message = gettext("%(name)s tidak memuat kode sertifikat. Unggah PDF asli dari situs latihan.")
                self.add_error("papers", message % {"name": file.name[:60]})
                continue
            found.append(code)
        if found:
            assert isinstance(self.data, QueryDict)
            shown = self.data.copy()
            shown["codes"] = "\n".join(dict.fromkeys([*split(shown.get("codes", "")), *found]))
            self.data = shown
        return found

    def arguments(self) -> dict[str, Any]:
        return {"proofs": [proof for proof in self.proofs if not proof.is_known]}

    def facts(self) -> dict[str, Any]:
        return {"certificates": [proof.claims.number for proof in self.proofs if not proof.is_known]}


class TrainingForm(RegionForm):
    """Trainings without a certificate, by the word of who knows of them."""

    right = Right.OFFICERS
    posts = ticks(_("Petugas yang terlatih"), none=_("Centang paling sedikit satu petugas."))
    done_on = day(_("Tanggal pelatihan"))
    reason = text(
        _("Dari mana Anda tahu"), _("Misalnya “Bimtek di Diskominfo, daftar hadir 12/2026”. Tanpa data pribadi.")
    )

    def prepare(self) -> None:
        found = trained.untrained(list(self.bodies.values()), on=self.manager.today)
        self.people = {str(post.pk): post for post in found if post.user_id != self.manager.user.pk}
        self.choose("posts", [(key, _post_name(post)) for key, post in self.people.items()])

    def groups(self) -> list[tuple[Agency, list[tuple[str, Membership, bool]]]]:
        """For each body its untrained people: value, post, whether ticked."""
        marked = self.ticked("posts")
        found: dict[int, tuple[Agency, list[tuple[str, Membership, bool]]]] = {}
        for key, post in self.people.items():
            found.setdefault(post.agency_id, (post.agency, []))[1].append((key, post, key in marked))
        return list(found.values())

    def clean_done_on(self) -> date:
        done_on: date = self.cleaned_data["done_on"]
        if done_on > self.manager.today:
            raise forms.ValidationError(words.refused("training_to_come"))
        return done_on

    def arguments(self) -> dict[str, Any]:
        got = self.cleaned_data
        return {
            "posts": [self.people[key] for key in got["posts"]],
            "done_on": got["done_on"],
            "reason": got["reason"],
        }


def _post_name(post: Membership) -> str:
    return f"{post.user.name}, {post.get_role_display()}"


class ConnectManyForm(RegionForm):
    """Bodies with officers that do not work here yet, ticked where somebody was trained."""

    right = Right.CONNECT
    agencies = ticks(_("Instansi"), none=_("Centang paling sedikit satu instansi."))
    on = day(_("Terhubung sejak"), _("Mulai hari itu laporan tentang instansi ini masuk ke antreannya sendiri."))
    reason = text(_("Keterangan"), _("Misalnya nomor perjanjian kerja sama. Tampil dalam riwayat."), required=False)

    def prepare(self) -> None:
        today = self.manager.today
        open_to = [one for one in self.bodies.values() if not one.connected_on or one.disconnected_on]
        stands = onboarding.progress(open_to, on=today, answered=())
        self.offered = [(str(one.pk), one, stands[one.pk]) for one in open_to if stands[one.pk].people]
        self.alone = [one for one in open_to if not stands[one.pk].people]
        self.choose("agencies", [(key, one.name) for key, one, _stand in self.offered])
        self.initial["agencies"] = [key for key, _one, stand in self.offered if stand.stage == Stage.READY]
        self.initial["on"] = today

    def listed(self) -> list[tuple[str, Agency, str, bool]]:
        """Value, body, stage in words, whether ticked."""
        marked = self.ticked("agencies")
        return [(key, one, str(stand.stage.label), key in marked) for key, one, stand in self.offered]

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < self.manager.today:
            raise forms.ValidationError(gettext("Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya."))
        return on

    def arguments(self) -> dict[str, Any]:
        got = self.cleaned_data
        return {
            "agencies": [self.bodies[int(key)] for key in got["agencies"]],
            "on": got["on"],
            "reason": got["reason"],
        }
