"""What people wrote: messages with their audience, files, and answers still being drafted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MessageKind(models.TextChoices):
    QUESTION = "question", _("Pertanyaan untuk pelapor")
    REPLY = "reply", _("Balasan pelapor")
    FOLLOW_UP = "follow_up", _("Perkembangan")
    ANSWER = "answer", _("Jawaban")
    OBJECTION = "objection", _("Keberatan")
    DECISION = "decision", _("Putusan atas keberatan")
    ARCHIVE = "archive", _("Alasan pengarsipan")
    EXTENSION = "extension", _("Alasan perpanjangan waktu")
    HAND_BACK = "hand_back", _("Alasan pengembalian")
    INSTRUCTION = "instruction", _("Petunjuk disposisi")
    CONTRIBUTION = "contribution", _("Masukan instansi pendukung")
    NOTE = "note", _("Catatan internal")
    WITHDRAWAL = "withdrawal", _("Alasan pencabutan")


class Audience(models.TextChoices):
    """Who may read a message: the reporter too, or officers alone. The public reads redacted copies only."""

    THREAD = "thread", _("Pelapor dan petugas")
    OFFICERS = "officers", _("Petugas saja")


class Author(models.TextChoices):
    REPORTER = "reporter", _("Pelapor")
    OFFICER = "officer", _("Petugas")
    SYSTEM = "system", _("Sistem")


class Message(models.Model):
    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="messages", db_index=False)
    kind = models.CharField(max_length=12, choices=MessageKind.choices)
    audience = models.CharField(max_length=8, choices=Audience.choices)
    author = models.CharField(max_length=8, choices=Author.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    text = models.TextField()
    done_by = models.CharField(max_length=200, blank=True)
    done_on = models.DateField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pesan")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MessageKind.values), name="message_kind_known"),
            models.CheckConstraint(
                condition=~Q(author="officer") | Q(user__isnull=False), name="message_officer_is_named"
            ),
        ]
        indexes = [models.Index(fields=["report", "written_at", "id"], name="message_thread")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Attachment(models.Model):
    """A file that passed `lib.files.inspect`; stored under a random name, never under the sender's.

    Before a report is sent its files wait under a `pending` key; `submit` claims them.
    """

    key = models.UUIDField(unique=True)
    report = models.ForeignKey("reports.Report", models.PROTECT, null=True, related_name="attachments", db_index=False)
    message = models.ForeignKey("reports.Message", models.PROTECT, null=True, related_name="attachments")
    draft = models.ForeignKey("reports.Draft", models.SET_NULL, null=True, related_name="attachments")
    pending = models.UUIDField(null=True)
    stored_as = models.CharField(max_length=80)
    kind = models.CharField(max_length=5, choices=[("image", "image"), ("pdf", "pdf"), ("video", "video")])
    content_type = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lampiran")
        indexes = [
            models.Index(fields=["report"], name="attachment_of_report"),
            models.Index(fields=["pending"], name="attachment_pending", condition=Q(pending__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Draft(models.Model):
    """An answer being prepared by one agency: written by one person, sent by another."""

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="drafts")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    text = models.TextField()
    done_by = models.CharField(max_length=200, blank=True)
    done_on = models.DateField(null=True)
    is_ready = models.BooleanField(default=False)
    remark = models.TextField(blank=True)
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("konsep jawaban")
        constraints = [models.UniqueConstraint(fields=["report", "agency"], name="draft_one_per_agency")]

    def __str__(self) -> str:
        return f"draft {self.pk}"
