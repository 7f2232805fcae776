"""What fell silent, since when, and when it spoke again. A row that was cleared is history and is never changed."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    CHANNEL_SILENT = "channel_silent", _("Saluran tanpa laporan")
    CHANNEL_STUCK = "channel_stuck", _("Pesan tertahan di saluran")
    AGENCY_AWAY = "agency_away", _("Instansi tanpa petugas yang masuk")
    QUEUE_UNREAD = "queue_unread", _("Laporan belum diverifikasi")
    QUEUE_UNTOUCHED = "queue_untouched", _("Laporan belum ditindaklanjuti")
    ADVICE_UNANSWERED = "advice_unanswered", _("Rekomendasi lembaga pengawas belum dijawab")
    CONSUMER_STALLED = "consumer_stalled", _("Pekerja tidak membaca peristiwa")
    JOB_FAILING = "job_failing", _("Pekerjaan gagal terus")
    NOTICES_LATE = "notices_late", _("Pemberitahuan tidak terkirim")


class Alarm(models.Model):
    """One silence. `subject` is a channel, a consumer or a job; of an agency it is empty. Names no report, nobody."""

    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject = models.CharField(max_length=40, blank=True)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    since = models.DateTimeField(null=True)  # the last sign of life; None where there never was one
    raised_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("alarm")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "agency"],
                condition=Q(cleared_at=None),
                nulls_distinct=False,
                name="alarm_raised_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="alarm_kind_known"),
            models.CheckConstraint(
                condition=Q(cleared_at=None) | Q(cleared_at__gte=models.F("raised_at")), name="alarm_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["agency"], name="alarm_of_agency", condition=Q(cleared_at=None)),
            models.Index(fields=["-cleared_at"], name="alarm_past", condition=Q(cleared_at__isnull=False)),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="alarm_is_only_cleared", exclude=["cleared_at", "since"]),
            pgtrigger.Protect(
                name="alarm_cleared_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__cleared_at__isnull=False),
            ),
            pgtrigger.Protect(name="alarm_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
