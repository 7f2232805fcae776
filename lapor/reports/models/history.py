"""The append-only history: timeline, audit trail, outbox and source of statistics at once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Func
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from lapor.audit.protect import append_only


class EventKind(models.TextChoices):
    """What can happen to a report. `data` of each holds keys and codes only, never text or personal data."""

    RECEIVED = "received", _("Laporan diterima")
    IMPORTED = "imported", _("Diambil dari data terbuka")
    PROPOSED = "proposed", _("Instansi diusulkan")
    VERIFIED = "verified", _("Laporan diverifikasi")
    CORRECTED = "corrected", _("Data laporan diperbaiki")
    HELD = "held", _("Menunggu keterangan pelapor")
    RESUMED = "resumed", _("Dilanjutkan")
    PASSED = "passed", _("Diteruskan ke admin lain")
    ASSIGNED = "assigned", _("Diteruskan ke instansi")
    CONTRIBUTOR_ADDED = "contributor_added", _("Instansi pendukung ditambahkan")
    CONTRIBUTED = "contributed", _("Masukan instansi pendukung")
    UNIT_ASSIGNED = "unit_assigned", _("Diteruskan ke unit")
    REASSIGNED = "reassigned", _("Petugas diganti")
    STARTED = "started", _("Mulai ditangani")
    DRAFTED = "drafted", _("Konsep jawaban ditulis")
    DRAFT_RETURNED = "draft_returned", _("Konsep jawaban dikembalikan")
    FOLLOWED_UP = "followed_up", _("Perkembangan disampaikan")
    EXTENDED = "extended", _("Tenggat diperpanjang")
    HANDED_BACK = "handed_back", _("Dikembalikan oleh instansi")
    HANDED_OVER = "handed_over", _("Surat pelimpahan dibuat")
    HAND_OVER_REPLIED = "hand_over_replied", _("Balasan pelimpahan dicatat")
    ANSWERED = "answered", _("Dijawab")
    AGREED = "agreed", _("Pelapor setuju")
    RATED = "rated", _("Pelapor memberi nilai")
    VOICE_ASKED = "voice_asked", _("Pelapor ditanya pendapatnya")
    OBJECTED = "objected", _("Pelapor keberatan")
    OBJECTION_ACCEPTED = "objection_accepted", _("Keberatan diterima, dikembalikan untuk ditangani lagi")
    OBJECTION_REJECTED = "objection_rejected", _("Keberatan tidak diterima")
    SENT_BACK = "sent_back", _("Jawaban dikembalikan untuk diperbaiki")
    REPLIED = "replied", _("Pelapor membalas")
    NOTED = "noted", _("Catatan internal")
    ARCHIVED = "archived", _("Diarsipkan")
    WITHDRAWN = "withdrawn", _("Dicabut pelapor")
    REOPENED = "reopened", _("Dibuka kembali")
    CLOSED = "closed", _("Selesai")
    MERGED = "merged", _("Digabung dengan laporan lain")
    LED = "led", _("Laporan serupa digabungkan ke sini")
    LEFT = "left", _("Laporan serupa berjalan sendiri lagi")
    MASS_OPENED = "mass_opened", _("Dijadikan laporan massal")
    MASS_DECLINED = "mass_declined", _("Tidak dijadikan laporan massal")
    SPLIT = "split", _("Dipecah menjadi dua laporan")
    SECRECY_RAISED = "secrecy_raised", _("Kerahasiaan ditingkatkan")
    SECRECY_LOWERED = "secrecy_lowered", _("Kerahasiaan diturunkan pelapor")
    WARNED = "warned", _("Tenggat hampir tiba")
    OVERDUE = "overdue", _("Melewati tenggat")
    ESCALATED = "escalated", _("Dinaikkan ke atasan")
    RUNG_DECIDED = "rung_decided", _("Keputusan atas keterlambatan")
    RUNG_WAITS = "rung_waits", _("Keputusan atas keterlambatan masih ditunggu")
    RECOMMENDED = "recommended", _("Rekomendasi lembaga pengawas")
    ADVICE_ANSWERED = "advice_answered", _("Rekomendasi dijawab")
    ADVICE_LATE = "advice_late", _("Rekomendasi belum dijawab pada waktunya")
    ADVICE_RAISED = "advice_raised", _("Rekomendasi yang belum dijawab dinaikkan")
    FILE_TAKEN = "file_taken", _("Berkas perkara diambil lembaga pengawas")
    REMINDED = "reminded", _("Pelapor diingatkan")
    DUE_CHANGED = "due_changed", _("Tenggat dihitung ulang")
    IDENTITY_ASKED = "identity_asked", _("Identitas pelapor diminta")
    IDENTITY_LATE = "identity_late", _("Permintaan identitas lewat tenggat")
    IDENTITY_ALLOWED = "identity_allowed", _("Permintaan identitas diizinkan dua penjaga identitas")
    IDENTITY_REFUSED = "identity_refused", _("Permintaan identitas ditolak")
    IDENTITY_LAPSED = "identity_lapsed", _("Permintaan identitas gugur")
    IDENTITY_VIEWED = "identity_viewed", _("Identitas pelapor dibuka")
    IDENTITY_TOLD = "identity_told", _("Pelapor diberi tahu tentang permintaan identitasnya")
    LEAK_ALLOWED = "leak_allowed", _("Data pribadi dikirim dengan alasan")
    FILE_QUARANTINED = "file_quarantined", _("Virus ditemukan, berkas dikunci")
    IDENTITY_CORRECTED = "identity_corrected", _("Nama atau kontak diperbaiki pelapor")
    IDENTITY_ERASED = "identity_erased", _("Identitas pelapor dihapus")
    FILES_ERASED = "files_erased", _("Berkas dihapus")
    ACCOUNT_LEFT = "account_left", _("Dilepas dari akun pelapor")
    OVERSIGHT_MOVED = "oversight_moved", _("Pengawas laporan berganti")
    NAMED = "named", _("Pihak yang disebut dicatat")
    NAMING_REMOVED = "naming_removed", _("Catatan pihak yang disebut dihapus")
    STEPPED_ASIDE = "stepped_aside", _("Petugas mengundurkan diri dari laporan ini")
    BROUGHT_BACK = "brought_back", _("Petugas dilibatkan kembali")


class Event(models.Model):
    """One thing that happened. `xid` lets consumers read only what every running transaction is older than."""

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="events", db_index=False)
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    at = models.DateTimeField()
    actor = models.CharField(max_length=8)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    message = models.ForeignKey("reports.Message", models.PROTECT, null=True, related_name="+", db_index=False)
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12)
    data = models.JSONField(default=dict)
    xid = models.BigIntegerField(
        db_default=Cast(Cast(Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField()),
        editable=False,
    )

    class Meta:
        verbose_name = _("peristiwa")
        triggers = append_only
        indexes = [
            models.Index(fields=["report", "id"], name="event_timeline"),
            models.Index(fields=["xid", "id"], name="event_outbox"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Cursor(models.Model):
    """How far one consumer of events has come."""

    consumer = models.CharField(max_length=30, primary_key=True)
    xid = models.BigIntegerField(default=0)
    event_id = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.consumer
