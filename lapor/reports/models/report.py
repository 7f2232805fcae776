"""The report itself: what was said, where it is, who must act. Where, how it ended and who sees it are
three columns.
"""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Agency

BODIES = ("agency", "responsible", "holder", "verifier", "guardian", "proposed_agency")


class Kind(models.TextChoices):
    """Classification of a report (LAPOR! V3 admin manual)."""

    COMPLAINT = "complaint", _("Pengaduan")
    ASPIRATION = "aspiration", _("Aspirasi")
    INFORMATION_REQUEST = "information_request", _("Permintaan informasi")
    WHISTLEBLOWING = "whistleblowing", _("Pengaduan rahasia (whistleblowing)")
    PROCUREMENT = "procurement", _("Pengadaan barang dan jasa")


class Channel(models.TextChoices):
    WEB = "web", _("Situs web")
    API = "api", _("API")
    SMS = "sms", _("SMS 1708")
    EMAIL = "email", _("Surel")
    LETTER = "letter", _("Surat")
    COUNTER = "counter", _("Loket")
    WHATSAPP = "whatsapp", "WhatsApp"
    X = "x", "X"
    INSTAGRAM = "instagram", "Instagram"
    TELEGRAM = "telegram", "Telegram"
    FACEBOOK = "facebook", "Facebook"
    YOUTUBE = "youtube", "YouTube"
    PARTNER = "partner", _("Sistem mitra")
    OPENDATA = "opendata", _("Data terbuka")


class State(models.TextChoices):
    """Where a report is. Moves between states are in `reports.lifecycle`."""

    RECEIVED = "received", _("Diterima")
    ON_HOLD = "on_hold", _("Menunggu pelapor")
    VERIFIED = "verified", _("Terverifikasi")
    ASSIGNED = "assigned", _("Diteruskan ke instansi")
    IN_PROGRESS = "in_progress", _("Sedang ditangani")
    ANSWERED = "answered", _("Dijawab")
    OBJECTED = "objected", _("Keberatan diperiksa")
    CLOSED = "closed", _("Selesai")
    ARCHIVED = "archived", _("Diarsipkan")
    WITHDRAWN = "withdrawn", _("Dicabut")
    MERGED = "merged", _("Digabung")


class Outcome(models.TextChoices):
    """How a report ended; empty while it is open."""

    AGREED = "agreed", _("Disetujui pelapor")
    SILENCE = "silence", _("Selesai tanpa tanggapan pelapor")
    OBJECTION_REJECTED = "objection_rejected", _("Keberatan tidak diterima")
    ARCHIVED = "archived", _("Diarsipkan")
    WITHDRAWN = "withdrawn", _("Dicabut pelapor")
    INCOMPLETE = "incomplete", _("Dianggap dicabut: tidak dilengkapi")
    IMPORTED = "imported", _("Selesai menurut data terbuka")


class Visibility(models.TextChoices):
    """Who may see the content: everyone (a redacted copy), officers only, or named investigators only."""

    PUBLIC = "public", _("Terbuka")
    CONFIDENTIAL = "confidential", _("Rahasia")
    SEALED = "sealed", _("Tersegel")


_NO_SEAL = Q(sealed_id=None, seal_public=None, sealed=None, receipt_tag=None, reporter_public=None)
_UNSEALED = ~Q(visibility=Visibility.SEALED) & _NO_SEAL
# Nothing that was said, and nothing that was made out of it: a proposal or a category would tell the matter.
_SEALED = Q(
    visibility=Visibility.SEALED,
    sealed_id__isnull=False,
    seal_public__isnull=False,
    sealed__isnull=False,
    is_anonymous=True,
    title="",
    text="",
    place="",
    latitude=None,
    longitude=None,
    occurred_on=None,
    category=None,
    identity=None,
    account=None,
    proposed_agency=None,
    proposal_reason="",
    archive_reason="",
    request_digest=None,
    idempotency_digest=None,
    receipt_salt=None,
)


class Report(models.Model):
    """One matter told by one reporter. `code` is its public identifier; the key never leaves the system."""

    code = models.CharField(max_length=10, unique=True)
    pin_digest = models.BinaryField(max_length=32, null=True)
    version = models.PositiveIntegerField(default=1)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    external_id = models.CharField(max_length=120, blank=True)
    request_digest = models.BinaryField(max_length=32, null=True)
    receipt_salt = models.BinaryField(max_length=16, null=True)
    idempotency_digest = models.BinaryField(max_length=32, null=True)
    language = models.CharField(max_length=2, default="id")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    has_oversight = models.BooleanField(null=True)
    is_urgent = models.BooleanField(default=False)
    title = models.CharField(max_length=200, blank=True)  # a masked title taken over may be longer than a new one
    text = models.TextField()
    category = models.ForeignKey("agencies.Category", models.PROTECT, null=True, related_name="+", db_index=False)
    region = models.ForeignKey("agencies.Region", models.PROTECT, null=True, related_name="+", db_index=False)
    place = models.CharField(max_length=250, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    occurred_on = models.DateField(null=True)

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    identity = models.ForeignKey("vault.Identity", models.PROTECT, null=True, related_name="+", db_index=False)
    is_anonymous = models.BooleanField(default=False)
    shows_name = models.BooleanField(default=False)
    visibility = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.PUBLIC)

    # Of a sealed report: what was said, in a box; the public half that closes boxes for it; how its reporter finds it.
    sealed_id = models.UUIDField(null=True, unique=True)
    seal_public = models.BinaryField(max_length=32, null=True)
    sealed = models.BinaryField(null=True)
    receipt_tag = models.BinaryField(max_length=32, null=True, unique=True)
    reporter_public = models.BinaryField(max_length=32, null=True)

    state = models.CharField(max_length=12, choices=State.choices, default=State.RECEIVED)
    resume_state = models.CharField(max_length=12, choices=State.choices, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    archive_reason = models.CharField(max_length=30, blank=True)

    proposed_agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    proposal_reason = models.CharField(max_length=400, blank=True)
    verifier = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    responsible = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    guardian = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    holder = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    is_shielded = models.BooleanField(default=False, db_default=False)  # somebody may not see it: `reports.accused`
    hand_backs = models.PositiveSmallIntegerField(default=0)
    is_extended = models.BooleanField(default=False)
    leads = models.ForeignKey("self", models.PROTECT, null=True, related_name="followers", db_index=False)
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", db_index=False)

    received_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    assigned_at = models.DateTimeField(null=True)
    responded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    active_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("laporan")
        triggers = [
            pgtrigger.Trigger(  # so that no guess can be tried on the digest that stays in history
                name="salt_goes_with_words",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__text="") & ~pgtrigger.Q(old__text=""),
                func="NEW.receipt_salt = NULL; RETURN NEW;",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[1-9][0-9]{9}$"), name="report_code_shape"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="report_state_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="report_kind_known"),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="report_visibility_known"),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(state__in=["closed", "archived", "withdrawn"]),
                name="report_outcome_only_at_the_end",
            ),
            models.CheckConstraint(condition=_UNSEALED | _SEALED, name="report_sealed_holds_no_words"),
            models.CheckConstraint(
                condition=~Q(kind="whistleblowing") | Q(visibility="sealed"),
                name="report_whistleblowing_is_sealed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "archived", "withdrawn", "merged"])
                | Q(holder__isnull=False)
                | Q(channel="opendata"),
                name="report_open_has_a_holder",
            ),
            models.CheckConstraint(
                condition=Q(shows_name=False) | Q(is_anonymous=False, visibility="public"),
                name="report_secret_shows_no_name",
            ),
            models.UniqueConstraint(
                fields=["idempotency_digest"],
                name="report_idempotent_once",
                condition=Q(idempotency_digest__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["channel", "external_id"],
                name="report_external_once",
                condition=~Q(external_id=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["holder", "due_at", "id"],
                name="report_queue",
                condition=~Q(state__in=["closed", "archived", "withdrawn", "merged"]),
            ),
            models.Index(
                fields=["agency"],
                name="report_answered_for",
                condition=Q(state__in=["assigned", "in_progress", "on_hold"]) & ~Q(agency=models.F("responsible")),
            ),
            models.Index(
                fields=["holder", "due_at", "id"],
                name="report_urgent",
                condition=Q(is_urgent=True) & ~Q(state__in=["closed", "archived", "withdrawn", "merged"]),
            ),
            models.Index(
                fields=["holder", "-received_at", "-id"],
                name="report_ended_of_holder",
                condition=Q(state__in=["closed", "archived", "withdrawn", "merged"]),
            ),
            models.Index(
                fields=["agency", "-received_at", "-id"], name="report_of_body", condition=Q(agency__isnull=False)
            ),
            models.Index(fields=["-received_at", "-id"], name="report_sealed", condition=Q(visibility="sealed")),
            models.Index(fields=["responsible", "-received_at", "-id"], name="report_of_agency"),
            models.Index(fields=["verifier", "-received_at", "-id"], name="report_of_verifier"),
            models.Index(fields=["guardian", "-received_at", "-id"], name="report_of_guardian"),
            models.Index(
                fields=["guardian", "due_at", "id"],
                name="report_guarded",
                condition=~Q(state__in=["closed", "archived", "withdrawn", "merged"]),
            ),
            models.Index(fields=["-received_at", "-id"], name="report_newest"),
            models.Index(fields=["region"], name="report_region_prefix", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["split_from"], name="report_parts", condition=Q(split_from__isnull=False)),
            models.Index(fields=["account"], name="report_of_account", condition=Q(account__isnull=False)),
            models.Index(fields=["officer"], name="report_of_officer", condition=Q(officer__isnull=False)),
            models.Index(fields=["identity"], name="report_of_identity", condition=Q(identity__isnull=False)),
            models.Index(
                fields=["closed_at"],
                name="report_identity_age",
                condition=Q(closed_at__isnull=False, identity__isnull=False),
            ),
            models.Index(fields=["leads"], name="report_followers", condition=Q(leads__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        return self.state not in {State.CLOSED, State.ARCHIVED, State.WITHDRAWN, State.MERGED}

    def bring_bodies(self) -> None:
        """Reads all its bodies by one question; to join them takes the database longer to plan than to read."""
        keys = {name: key for name in BODIES if (key := getattr(self, f"{name}_id")) is not None}
        found = Agency.objects.in_bulk(set(keys.values()))
        for name, key in keys.items():
            setattr(self, name, found[key])
