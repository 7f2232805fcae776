"""Forms about officers: invite, give and end posts, absences, lost second factor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lapor.accounts.models import User
from lapor.agencies.models import Agency, Membership, Role, Unit
from lapor.agencies.onboarding import NewOfficer, OfficersRefused, read_officers
from lapor.agencies.posts import deputies_for, heirs_for
from lapor.reports.staff import open_work

from .. import access
from ..access import Right
from .base import OfficeForm, choice, day, line, text

LARGEST_TABLE = 200_000
MOST_SHOWN = 50


class PostForm(OfficeForm):
    """Which post, where and from when; at a fixed body, or at one that is chosen."""

    role = choice(_("Peran"))
    unit = choice(_("Unit kerja"), _("Operator dengan unit hanya melihat laporan unitnya."), required=False)
    starts_on = day(_("Mulai bertugas"))

    def offer(self, *agencies: Agency) -> None:
        """Roles that may be given at these bodies, and their units."""
        manager = self.manager
        may_give = {role for agency in agencies for role in access.grants(manager.actor, agency, on=manager.today)}
        roles = [(role.value, str(role.label)) for role in Role if role in may_give]
        self.choose("role", roles, blank=_("Pilih peran"))
        units = Unit.objects.filter(agency__in=agencies, is_active=True).select_related("agency")
        named = [(str(unit.pk), unit.name if len(agencies) == 1 else f"{unit.name}, {unit.agency}") for unit in units]
        self.choose("unit", named, blank=_("Seluruh instansi"))
        self.initial["starts_on"] = manager.today

    def clean_unit(self) -> Unit | None:
        value = self.cleaned_data["unit"]
        return Unit.objects.get(pk=value) if value else None


class InviteForm(PostForm):
    name = line(_("Nama"), most=150, autocomplete="off")
    email = forms.EmailField(
        label=_("Alamat surel dinas"),
        help_text=_("Undangan dikirim ke sini. Petugas yang sudah punya akun langsung mendapat jabatannya."),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"required": _("Tulis alamat surelnya."), "invalid": _("Alamat surel ini tidak lengkap.")},
    )
    field_order = ("name", "email", "role", "unit", "starts_on")

    def prepare(self) -> None:
        self.offer(self.subject)


class InviteManyForm(OfficeForm):
    """Officers of this body and of those below it, as lines of a table: pasted, or from a file that fills the box."""

    asks_twice = True
    file = forms.FileField(label=_("Berkas CSV"), help_text=_("Isinya menggantikan kotak di bawah."), required=False)
    rows = forms.CharField(
        label=_("Daftar petugas"),
        help_text=_("Baris pertama: email, name, role, agency, unit. Boleh ditempel dari lembar kerja."),
        required=False,
        max_length=LARGEST_TABLE,
        widget=forms.Textarea({"rows": 10, "class": "mono", "spellcheck": "false"}),
    )
    starts_on = day(_("Mulai bertugas"))
    officers: list[NewOfficer]

    def prepare(self) -> None:
        self.initial.update(starts_on=self.manager.today, rows="email,name,role,agency,unit\n")
        self.officers = []

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        try:
            written = self._text(got.get("file")) or got.get("rows", "")
            self.officers = read_officers(
                written, agencies=self._bodies(), may_give=self._may_give, by=self.manager.user
            )
        except OfficersRefused as refused:
            for problem in refused.problems[:MOST_SHOWN]:
                self.add_error("rows", problem)
        return got

    def _text(self, file: Any) -> str:
        """What the file says, which from now on stands in the box to be mended there."""
        if file is None:
            return ""
        if file.size > LARGEST_TABLE:
            raise OfficersRefused([gettext("Berkas ini terlalu besar untuk daftar petugas.")])
        try:
            said = str(file.read().decode("utf-8-sig")).replace("\0", "")
        except UnicodeDecodeError:
            raise OfficersRefused([gettext("Berkas ini bukan teks UTF-8. Simpan lagi sebagai CSV UTF-8.")]) from None
        assert isinstance(self.data, QueryDict)
        shown = self.data.copy()
        shown["rows"] = said
        self.data = shown
        return said

    def _bodies(self) -> list[Agency]:
        """This body, and for a government or inspectorate those of its region, as far as they are within reach."""
        reach = access.bodies(self.manager.actor, Right.OFFICERS, on=self.manager.today)
        here: Agency = self.subject
        own = Q(pk=here.pk) | Q(parent=here.pk)
        if here.kind in {Agency.Kind.GOVERNMENT, Agency.Kind.INSPECTORATE}:
            own |= Q(region=here.region_id)
        return list(reach.filter(own))

    def _may_give(self, agency: Agency) -> frozenset[Role]:
        if agency.pk not in self._given:
            self._given[agency.pk] = access.grants(self.manager.actor, agency, on=self.manager.today)
        return self._given[agency.pk]

    @cached_property
    def _given(self) -> dict[int, frozenset[Role]]:
        return {}

    def arguments(self) -> dict[str, Any]:
        return {"officers": self.officers, "starts_on": self.cleaned_data["starts_on"]}

    def facts(self) -> dict[str, Any]:
        return {"officers": len(self.officers), "starts_on": self.cleaned_data["starts_on"].isoformat()}


class AddPostForm(PostForm):
    """One more post at a body where the person works already; elsewhere the body invites them by their address."""

    agency = choice(_("Instansi"))
    field_order = ("agency", "role", "unit", "starts_on")

    def prepare(self) -> None:
        here = access.bodies(self.manager.actor, Right.OFFICERS, on=self.manager.today).filter(
            memberships__user=self.subject
        )
        self.bodies = {str(agency.pk): agency for agency in here.distinct().order_by("name")}
        self.choose("agency", [(key, agency.name) for key, agency in self.bodies.items()])
        self.offer(*self.bodies.values())

    def clean_agency(self) -> Agency:
        return self.bodies[self.cleaned_data["agency"]]

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        agency, role = got.get("agency"), got.get("role")
        if agency and role and Role(role) not in access.grants(self.manager.actor, agency, on=self.manager.today):
            self.add_error("role", gettext("Peran ini tidak dapat Anda berikan di instansi itu."))
        return got


class EndPostForm(OfficeForm):
    on = day(_("Hari pertama tanpa jabatan ini"), _("Sampai hari itu petugas tetap mengerjakan laporannya."))
    heir = choice(_("Laporan terbuka diteruskan kepada"), required=False)

    def prepare(self) -> None:
        post: Membership = self.subject
        self.initial["on"] = self.manager.today
        colleagues = heirs_for(post, on=self.manager.today)
        work = open_work([person.pk for person in colleagues], reader=self.manager.actor)
        self.choose(
            "heir",
            [(str(person.pk), f"{person.name} ({_reports(work.get(person.pk, 0))})") for person in colleagues],
            blank=_("Bagi rata kepada rekan seunit dan seperan; bila tidak ada, kembali ke unit"),
        )

    def clean_heir(self) -> User | None:
        value = self.cleaned_data["heir"]
        return User.objects.get(pk=value) if value else None


def _reports(n: int) -> str:
    return ngettext("%(n)d laporan terbuka", "%(n)d laporan terbuka", n) % {"n": n}


class AbsenceForm(OfficeForm):
    starts_on = day(_("Dari tanggal"))
    ends_on = day(_("Sampai tanggal"), _("Hari ini juga masih tidak hadir."))
    deputy = choice(
        _("Pengganti"),
        _("Pengganti melihat laporannya, menerima peringatannya, dan boleh mengerjakannya selama itu."),
        required=False,
    )
    reason = text(
        _("Keterangan"), _("Misalnya “cuti” atau “dinas luar”. Tanpa rincian kesehatan."), most=200, required=False
    )

    def prepare(self) -> None:
        self.initial["starts_on"] = self.manager.today
        people = deputies_for(self.subject, on=self.manager.today)
        self.choose(
            "deputy", [(str(person.pk), person.name) for person in people], blank=_("Belum ada: unit yang mengerjakan")
        )

    def clean_deputy(self) -> User | None:
        value = self.cleaned_data["deputy"]
        return User.objects.get(pk=value) if value else None

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        if got.get("ends_on") and got["ends_on"] < self.manager.today:
            self.add_error("ends_on", gettext("Tanggal ini sudah lewat."))
        return got
