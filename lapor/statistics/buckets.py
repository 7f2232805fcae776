"""The three public buckets and what they mean: one small rule from the state of a report to Belum, Proses, Selesai.

`Belum` waits for a body to be made responsible; `Proses` has one that must act, an answer that the reporter has not
yet judged included; `Selesai` has ended, however it ended.
"""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapor.reports.models import State


class Bucket(models.TextChoices):
    BELUM = "belum", _("Belum")
    PROSES = "proses", _("Proses")
    SELESAI = "selesai", _("Selesai")


MEANING: dict[Bucket, Promise] = {
    Bucket.BELUM: _("Belum diperiksa atau belum diteruskan ke instansi yang harus menjawab."),
    Bucket.PROSES: _("Sedang ditangani instansi, atau sudah dijawab dan menunggu penilaian pelapor."),
    Bucket.SELESAI: _("Sudah berakhir: disetujui pelapor, ditutup, diarsipkan, atau dicabut."),
}

BUCKET_OF: dict[State, Bucket] = {
    State.RECEIVED: Bucket.BELUM,
    State.VERIFIED: Bucket.BELUM,
    State.ASSIGNED: Bucket.PROSES,
    State.IN_PROGRESS: Bucket.PROSES,
    State.ANSWERED: Bucket.PROSES,
    State.OBJECTED: Bucket.PROSES,
    State.MERGED: Bucket.PROSES,  # its lead is being handled
    State.CLOSED: Bucket.SELESAI,
    State.ARCHIVED: Bucket.SELESAI,
    State.WITHDRAWN: Bucket.SELESAI,
}


def bucket_of(*, state: str, resume_state: str = "") -> Bucket:
    """The bucket of a report; one on hold is where it was before it had to wait."""
    if state == State.ON_HOLD:
        state = resume_state or State.RECEIVED
    return BUCKET_OF[State(state)]
