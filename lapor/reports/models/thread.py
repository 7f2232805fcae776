"""What people wrote: messages with their audience, files, and answers still being drafted."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from lapor.audit.protect import never_emptied

from .sealed import words_are_sealed

# Of a message nothing is ever changed. Its words may go, erased or sealed in a box, and then the salt goes with them.
_ONLY_ERASED = """
    IF NEW.text <> '' THEN
        RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
    END IF;
    IF OLD.text <> '' THEN
        NEW.salt = NULL;
    END IF;
    RETURN NEW;
"""


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
    ADVICE = "advice", _("Rekomendasi lembaga pengawas")
    ADVICE_REPLY = "advice_reply", _("Jawaban atas rekomendasi")
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
    """What one wrote. The words stand in the tree of evidence as a digest with `salt`, which goes when the words are
    erased. `xid` lets who follows messages read only what every running transaction is older than.
    """

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="messages", db_index=False)
    kind = models.CharField(max_length=12, choices=MessageKind.choices)
    audience = models.CharField(max_length=8, choices=Audience.choices)
    author = models.CharField(max_length=8, choices=Author.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    text = models.TextField()
    done_by = models.CharField(max_length=200, blank=True)
    done_on = models.DateField(null=True)
    sealed = models.BinaryField(null=True)
    written_at = models.DateTimeField()
    salt = models.BinaryField(
        max_length=16, null=True, db_default=Func(Func(function="gen_random_uuid"), function="uuid_send")
    )
    xid = models.BigIntegerField(
        db_default=Cast(Cast(Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField()),
        editable=False,
    )

    class Meta:
        verbose_name = _("pesan")
        triggers = [
            pgtrigger.Trigger(
                name="only_erased",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=_ONLY_ERASED,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            never_emptied,
            *words_are_sealed("message"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed=None) | Q(text="", done_by="", done_on=None), name="message_sealed_holds_no_words"
            ),
            models.CheckConstraint(condition=Q(kind__in=MessageKind.values), name="message_kind_known"),
            models.CheckConstraint(condition=Q(salt__isnull=False) | Q(text=""), name="message_erased_whole"),
            models.CheckConstraint(
                condition=~Q(author="officer") | Q(user__isnull=False), name="message_officer_is_named"
            ),
        ]
        indexes = [
            models.Index(fields=["report", "written_at", "id"], name="message_thread"),
            models.Index(fields=["xid", "id"], name="message_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Scan(models.TextChoices):
    """What the virus scanner said of a file. What nobody could scan is never called clean."""

    CLEAN = "clean", _("Bebas virus")
    INFECTED = "infected", _("Mengandung virus")
    NOT_SCANNED = "not_scanned", _("Belum dipindai")


class Attachment(models.Model):
    """A file that passed `lib.files.inspect`; stored under a random name, never under the sender's, and encrypted.

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
    sealed = models.BinaryField(null=True)  # name, type and measures of a file that is stored encrypted
    added_at = models.DateTimeField()
    is_locked = models.BooleanField(default=False)  # encrypted under a key of its own (vault.files)
    scan = models.CharField(max_length=11, choices=Scan.choices, default=Scan.NOT_SCANNED)
    scan_tried_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("lampiran")
        triggers = words_are_sealed("attachment")
        constraints = [
            models.CheckConstraint(condition=Q(scan__in=Scan.values), name="attachment_scan_known"),
            models.CheckConstraint(
                condition=Q(sealed=None) | Q(name="", kind="", content_type="", size=0, width=None, height=None),
                name="attachment_sealed_has_no_name",
            ),
        ]
        indexes = [
            models.Index(fields=["report"], name="attachment_of_report"),
            models.Index(fields=["added_at"], name="attachment_age"),
            models.Index(fields=["pending"], name="attachment_pending", condition=Q(pending__isnull=False)),
            models.Index(
                models.F("scan_tried_at").asc(nulls_first=True),
                "id",
                name="attachment_to_scan",
                condition=Q(scan=Scan.NOT_SCANNED),
            ),
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
    sealed = models.BinaryField(null=True)
    sealed_remark = models.BinaryField(null=True)
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("konsep jawaban")
        triggers = words_are_sealed("draft")
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed=None) | Q(text="", done_by="", done_on=None, remark=""),
                name="draft_sealed_holds_no_words",
            ),
            models.UniqueConstraint(fields=["report", "agency"], name="draft_one_per_agency"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"
