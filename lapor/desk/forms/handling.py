"""Forms of the agency that answers: units, follow-up, drafts, four eyes, hand back, extension, letters, notes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Unit
from lapor.reports import awaiting

from .. import choices
from .base import ActForm, FilesForm, day, text


class UnitForm(ActForm):
    unit = forms.ModelChoiceField(
        label=_("Unit kerja"), queryset=Unit.objects.none(), required=False, empty_label=_("Seluruh instansi")
    )
    officer_id = forms.TypedChoiceField(label=_("Petugas"), coerce=int, empty_value=None, required=False)

    def prepare(self) -> None:
        report = self.sitting.case.report
        unit, person = self.fields["unit"], self.fields["officer_id"]
        assert isinstance(unit, forms.ModelChoiceField) and isinstance(person, forms.ChoiceField)
        people: list[choices.Choice] = []
        if report.responsible is not None:  # none when a colleague has handed it back meanwhile
            unit.queryset = choices.units_of(report.responsible)
            people = self.sitting.people_of(report.responsible)
        person.choices = choices.with_blank(people, str(_("Belum ditunjuk")))
        self.initial.update({"unit": report.unit_id, "officer_id": report.officer_id})


class ReassignForm(ActForm):
    officer_id = forms.TypedChoiceField(label=_("Petugas"), coerce=int, empty_value=None, required=False)

    def prepare(self) -> None:
        report = self.sitting.case.report
        person = self.fields["officer_id"]
        assert isinstance(person, forms.ChoiceField)
        people = self.sitting.people_of(report.holder) if report.holder else []
        person.choices = choices.with_blank(people, str(_("Belum ditunjuk")))
        self.initial["officer_id"] = report.officer_id


class FollowUpForm(FilesForm):
    is_guarded = True
    text = text(_("Perkembangan untuk pelapor"), _("Apa yang sudah atau akan dilakukan, dan kapan."))


class DraftForm(FilesForm):
    is_guarded = True
    text = text(
        _("Jawaban untuk pelapor"),
        _("Katakan apa yang dilakukan, hasilnya, dan apa yang dapat diharapkan pelapor. Paling sedikit 80 huruf."),
        rows=9,
    )
    done_by = forms.CharField(
        label=_("Dikerjakan oleh"),
        help_text=_("Unit atau jabatan, misalnya “Bidang Bina Marga”."),
        max_length=200,
        required=False,
    )
    done_on = day(_("Tanggal dikerjakan"), required=False)

    def prepare(self) -> None:
        super().prepare()
        saved = self.sitting.case.draft
        if saved is not None:
            self.initial.update({"text": saved.text, "done_by": saved.done_by, "done_on": saved.done_on})
        chosen = [one for one in self.sitting.case.templates if str(one.pk) == self.sitting.template]
        if chosen:
            before = self.initial.get("text", "")
            self.initial["text"] = f"{before}\n\n{chosen[0].text}".strip()
        self.fields["done_on"].widget.attrs["max"] = self.sitting.today.isoformat()

    def arguments(self) -> dict[str, Any]:
        """Which button was pressed says whether the draft is ready; marked files leave it."""
        return super().arguments() | {
            "is_ready": self.data.get("is_ready") == "1",
            "without": tuple(self._without),
        }

    @property
    def already(self) -> int:
        """Files of the saved draft that stay in it."""
        return sum(str(file.key) not in self._without for file in self.of_draft)

    @property
    def _without(self) -> list[str]:
        """Keys of the draft's own files that were marked; anything else that was sent is none."""
        assert isinstance(self.data, QueryDict)
        own = {str(file.key) for file in self.of_draft}
        return [key for key in self.data.getlist("without") if key in own]

    @property
    def of_draft(self) -> list[Any]:
        saved = self.sitting.case.draft
        return list(saved.attachments.all()) if saved else []


class RemarkForm(ActForm):
    is_guarded = True
    remark = text(_("Catatan untuk penulis"), _("Apa yang perlu diperbaiki. Hanya dibaca petugas."), rows=3)


class HandBackForm(ActForm):
    is_guarded = True
    reason = text(
        _("Alasan pengembalian"),
        _("Sebutkan siapa yang menurut Anda berwenang. Pengembalian kedua dinaikkan ke admin di atasnya."),
    )


class ExtendForm(ActForm):
    is_guarded = True
    reason = text(_("Alasan perpanjangan"), _("Pelapor membaca alasan ini. Hanya boleh satu kali."), rows=3)


class LetterReplyForm(ActForm):
    is_guarded = True
    letter_id = forms.TypedChoiceField(label=_("Surat"), coerce=int)
    text = text(_("Isi balasan"), _("Bahan untuk jawaban Anda kepada pelapor. Hanya dibaca petugas."))
    replied_on = day(_("Tanggal balasan diterima"))

    def prepare(self) -> None:
        letter = self.fields["letter_id"]
        assert isinstance(letter, forms.ChoiceField)
        waiting = [one for one in self.sitting.case.hand_overs if one.reply_id is None]
        letter.choices = [(str(one.pk), f"{one.number} · {one.agency}") for one in waiting]
        self.initial["replied_on"] = self.sitting.today


class LatenessForm(ActForm):
    """Only the decisions that are open to the office as which the officer decides."""

    is_guarded = True
    decision = forms.ChoiceField(
        label=_("Keputusan Anda"),
        help_text=_(
            "Tanggal terakhir menahan kenaikan sampai hari itu. Mengambil alih membawa laporan kepada Anda. Catatan "
            "tidak mengubah apa pun: laporan tetap naik pada waktunya."
        ),
        widget=forms.RadioSelect,
    )
    until = day(
        _("Tanggal terakhir"), _("Bila Anda memerintahkan: paling lama sepuluh hari kerja lagi."), required=False
    )
    text = text(
        _("Perintah atau alasan"), _("Dibaca petugas instansi itu. Masyarakat hanya membaca keputusan dan tanggalnya.")
    )

    def prepare(self) -> None:
        decision = self.fields["decision"]
        assert isinstance(decision, forms.ChoiceField)
        decision.choices = awaiting.decisions(self.sitting.actor, self.sitting.case.report)
        self.fields["until"].widget.attrs["min"] = (self.sitting.today + timedelta(days=1)).isoformat()


class AdviceForm(ActForm):
    is_guarded = True
    text = text(_("Isi"), _("Paling sedikit 80 huruf. Tanpa nama atau data orang."), rows=6)


class NoteForm(ActForm):
    is_guarded = True
    text = text(_("Catatan"), _("Tidak pernah terlihat oleh pelapor atau publik."), rows=3)


class ContributeForm(ActForm):
    is_guarded = True
    text = text(_("Masukan Anda"), _("Untuk instansi yang menjawab. Hanya dibaca petugas."))
