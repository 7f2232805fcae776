"""Several files in one control, as a citizen sends them with a report or a reply."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from lapor.lib.files import MAX_BYTES, MAX_FILES


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files in one control; each is checked by content later, so that a bad one loses nothing else."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [item for item in (data or []) if item]


class FilesForm(forms.Form):
    files = ManyFiles(  # type: ignore[assignment]  # read from the request, not from the form
        label=_("Foto, dokumen PDF, atau video pendek"),
        required=False,
        help_text=_(
            "Paling banyak 5 berkas, masing-masing 10 MB: foto (JPG, PNG, WebP, GIF), PDF, atau video (MP4, 3GP, MOV, "
            "WebM). Data lokasi di dalam foto dan video dihapus. Hanya petugas yang melihat berkas Anda."
        ),
        widget=ManyFilesInput(
            attrs={
                "accept": "image/*,application/pdf,video/mp4,video/webm,video/3gpp,video/quicktime",
                "data-files": "",
                "data-max-count": MAX_FILES,
                "data-max-bytes": MAX_BYTES,
            }
        ),
    )
