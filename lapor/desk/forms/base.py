"""What every form on the case page has: the version the officer saw, fields for bodies and files, kept text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar, Self, cast
from uuid import UUID, uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Agency
from lapor.lib.files import MAX_BYTES, MAX_FILES, Refused
from lapor.reports import pending
from lapor.reports.files import keep
from lapor.reports.opening import key_of

from .. import words
from ..choices import Choice, Group, with_blank
from ..sitting import Sitting

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


class ActForm(forms.Form):
    """One thing to do to one case. `version` and `seen` say what the officer had before them.

    `is_guarded` forms ask, once the leak guard stopped what was written, for a reason to send it all the same.
    """

    is_guarded: ClassVar[bool] = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        name: str,
        sitting: Sitting,
    ) -> None:
        super().__init__(data, files, auto_id=f"{name}-%s", use_required_attribute=False, label_suffix="")
        self.sitting = sitting
        self.name = name
        self.leaks: list[str] = []
        if self.is_guarded and "leak_reason" in self.data:
            self._ask_for_reason()
        self.initial.update(version=sitting.case.report.version, seen=len(sitting.case.events))
        name_what_is_missing(self)
        self.prepare()

    def prepare(self) -> None:
        """Fills choices and first values from the case."""

    def arguments(self) -> dict[str, Any]:
        """What the action is called with, besides report, actor, now and version."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ActForm.base_fields}

    def show_leaks(self, leaks: list[str]) -> None:
        """Shows what the guard found, beside what was written, with a place for a reason."""
        self.leaks = leaks
        self._ask_for_reason()

    def _ask_for_reason(self) -> None:
        self.fields["leak_reason"] = text(
            _("Alasan bila tetap harus dikirim"),
            _("Paling sedikit 10 huruf. Inspektorat membaca alasan ini; jangan ulangi datanya di sini."),
            rows=2,
            required=False,
        )

    def renewed(self, sitting: Sitting, **changes: str) -> Self:
        """The same form with the typed text, before the case as it stands now."""
        data = self.again()
        data["version"], data["seen"] = str(sitting.case.report.version), str(len(sitting.case.events))
        data.update(changes)
        return type(self)(data, name=self.name, sitting=sitting)

    def again(self) -> QueryDict:
        """What was typed, in a copy that may be changed."""
        assert isinstance(self.data, QueryDict)
        return self.data.copy()

    def texts(self) -> list[tuple[str, str]]:
        """What was typed, by label, for a form that is no longer open."""
        return [
            (str(bound.label), str(bound.value()))
            for bound in self.visible_fields()
            if isinstance(bound.field, forms.CharField) and not isinstance(bound.field, AgencyField) and bound.value()
        ]

    def offer(self, name: str, choices: Iterable[Choice | Group], *, blank: Words) -> None:
        """Sets the choices of a body; one found by typing stays chosen when the page comes back."""
        field = self.fields[name]
        assert isinstance(field, AgencyField)
        offered = list(choices)
        typed = self.data.get(name, "") if self.is_bound else ""
        if typed and "\0" not in typed and (agency := Agency.objects.filter(slug=typed).first()):
            offered.insert(0, (agency.slug, agency.name))
        field.widget.choices = with_blank(offered, str(blank))


def name_what_is_missing(form: forms.Form) -> None:
    """In a list of errors "this field is required" does not say which."""
    for field in form.fields.values():
        field.error_messages["required"] = gettext("Isi “%(name)s”.") % {"name": field.label}


class LongSelect(forms.Select):
    """A select of hundreds. Its options are put together here: a template for each took half of the page's time."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        groups = format_html_join("", "{}", ((_group(label, options),) for label, options, _n in widget["optgroups"]))
        return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), groups)


def _group(label: str | None, options: list[dict[str, Any]]) -> SafeString:
    rows = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((option["value"], " selected" if option["selected"] else "", option["label"]) for option in options),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', label, rows) if label else rows


class AgencyField(forms.CharField):
    """A body by its slug: a plain select that a script may turn into a search over all bodies."""

    widget = LongSelect

    def __init__(self, *, label: Words, help_text: Words = "", required: bool = True, searches: bool = True) -> None:
        super().__init__(label=label, help_text=help_text, required=required)
        if searches:
            self.widget.attrs["data-agencies"] = ""

    def clean(self, value: Any) -> Agency | None:
        slug = super().clean(value)
        if not slug:
            return None
        agency = Agency.objects.filter(slug=slug, is_active=True).first()
        if agency is None:
            raise forms.ValidationError(_("Pilih instansi dari daftar."))
        return agency


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; what each one is, its content says when it is kept."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Berkas pendukung"),
            help_text=_("Foto, PDF, atau video pendek. Paling banyak 5 berkas, masing-masing 10 MB."),
            required=False,
            widget=ManyFiles(
                attrs={
                    "accept": "image/*,application/pdf,video/mp4,video/webm",
                    "data-files": "",
                    "data-max-count": MAX_FILES,
                    "data-max-bytes": MAX_BYTES,
                }
            ),
        )

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [one for one in (data if isinstance(data, list) else [data]) if one]


def text(label: Words, help_text: Words = "", *, rows: int = 4, required: bool = True) -> forms.CharField:
    """A box for sentences."""
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=20_000, widget=forms.Textarea({"rows": rows})
    )


def day(label: Words, help_text: Words = "", *, required: bool = True) -> forms.DateField:
    """A date, by the browser's own picker."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
    )


class PlainForm(ActForm):
    """Nothing to fill in: a button."""


class SendForm(PlainForm):
    """Sends what was written before."""

    is_guarded = True


class FilesForm(ActForm):
    """Adds files. They are kept at once, whatever else is wrong with the form, so that they need not be chosen again:
    under `pending`, which comes back with the form; `drop` names those that were chosen by mistake.
    """

    pending = forms.UUIDField(widget=forms.HiddenInput, required=False)
    uploads = FilesField()

    def prepare(self) -> None:
        """Files come last on the page."""
        self.fields["uploads"] = self.fields.pop("uploads")
        self.refused: list[str] = []
        self.key = _key(self.data.get("pending", "")) if self.is_bound else None
        if self.is_bound:
            self._keep_uploads()

    def _keep_uploads(self) -> None:
        uploads = self.files.getlist("uploads") if isinstance(self.files, MultiValueDict) else []
        if self.key is None and uploads:
            self.key = uuid4()
            self.data = self.again()
            self.data["pending"] = str(self.key)
        if self.key is None:
            return
        assert isinstance(self.data, QueryDict)
        for dropped in map(_key, self.data.getlist("drop")):
            if dropped:
                pending.drop_file(self.key, attachment=str(dropped))
        report = self.sitting.case.report
        public = bytes(report.seal_public) if report.seal_public is not None else None
        for upload in uploads:
            try:
                kept = pending.files(self.key)
                if len(kept) + self.already >= MAX_FILES:
                    raise Refused("too_many")
                keep(
                    cast("BinaryIO", upload.file),
                    name=upload.name or "",
                    pending=self.key,
                    now=self.sitting.now,
                    keeps_name=True,
                    public=public,
                )
            except Refused as no:
                self.refused.append(words.file_refused(no.reason, upload.name or ""))

    @property
    def already(self) -> int:
        """How many files the text has from earlier."""
        return 0

    @cached_property
    def waiting(self) -> list[tuple[str, str]]:
        """Key and name of each file that is kept for this form."""
        return [(str(one.key), one.name) for one in self._waiting]

    @cached_property
    def _waiting(self) -> list[Any]:
        case = self.sitting.case
        return pending.files(self.key, key_of(self.sitting.actor, case.report)) if self.key else []

    @property
    def attachment_ids(self) -> tuple[int, ...]:
        return tuple(one.pk for one in self._waiting)

    def clean_uploads(self) -> None:
        if self.refused:
            raise forms.ValidationError(self.refused)

    def arguments(self) -> dict[str, Any]:
        return {name: value for name, value in super().arguments().items() if name not in {"pending", "uploads"}}


def _key(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None
