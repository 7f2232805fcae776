"""The terms of UU 27/2022 as rows: how long data are kept, what a legal hold keeps longer, what was erased, and the
register of breaches. Nothing here holds personal data of a reporter.
"""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lapor.audit.protect import append_only


class Data(models.TextChoices):
    """What is kept for a time; `retention` says what the time runs from."""

    IDENTITY = "identity", _("Nama dan kontak pelapor")
    FILES = "files", _("Berkas lampiran")
    NOTICES = "notices", _("Catatan pemberitahuan")
    SESSIONS = "sessions", _("Sesi peramban")


class Term(models.Model):
    """How long one sort of data is kept, from a date on; `kind` of report empty means any. `must_wait`: while such a
    report is open the law needs the data, so that its owner cannot have them erased yet. Never edited: a row with a
    later date takes its place.
    """

    data = models.CharField(_("data"), max_length=10, choices=Data.choices)
    kind = models.CharField(max_length=20, blank=True)
    days = models.PositiveIntegerField()
    must_wait = models.BooleanField(default=False)
    basis = models.TextField(_("dasar"))
    holds_from = models.DateField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("masa simpan")
        constraints = [
            models.UniqueConstraint(fields=["data", "kind", "holds_from"], name="term_once"),
            models.CheckConstraint(condition=Q(days__gte=1), name="term_at_least_a_day"),
            models.CheckConstraint(condition=~Q(basis=""), name="term_has_a_basis"),
        ]
        triggers = append_only

    def __str__(self) -> str:
        return f"{self.data} {self.kind} {self.days}"


class Hold(models.Model):
    """A report of which nothing is erased until a day, because a proceeding needs it. Only its end is written later."""

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="+")
    reason = models.TextField()
    reference = models.CharField(max_length=200)
    until = models.DateField()
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("penahanan penghapusan")
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="hold_is_lifted_by_somebody",
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(name="legal_hold_is_only_lifted", exclude=["lifted_at", "lifted_by"]),
            pgtrigger.Protect(
                name="legal_hold_lifted_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__lifted_at__isnull=False),
            ),
            pgtrigger.Protect(name="legal_hold_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.until}"


class Erasure(models.Model):
    """One round of erasing by time, in numbers: which term, which cutoff, how many, and the codes of the reports."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    cutoff = models.DateTimeField()
    n = models.PositiveIntegerField()
    codes = models.JSONField(default=list)

    class Meta:
        verbose_name = _("penghapusan menurut masa simpan")
        indexes = [models.Index(fields=["-at"], name="erasure_latest")]
        triggers = append_only

    def __str__(self) -> str:
        return f"{self.term_id} {self.n}"


class Breach(models.Model):
    """A failure to protect personal data. What is known of it stands in its entries; `warned` counts the warnings."""

    known_at = models.DateTimeField()
    due_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    warned = models.PositiveSmallIntegerField(default=0)
    is_running = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("insiden data pribadi")
        constraints = [models.CheckConstraint(condition=Q(due_at__gt=F("known_at")), name="breach_due_after_known")]
        indexes = [models.Index(fields=["due_at"], name="breach_running", condition=Q(is_running=True))]
        triggers = [
            pgtrigger.ReadOnly(name="breach_is_only_warned_of", exclude=["warned", "is_running"]),
            pgtrigger.Protect(name="breach_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.known_at:%Y-%m-%d}"


class BreachEntry(models.Model):
    """What became known or was done, one entry each; a correction is a new entry. Empty means: as before."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("Dicatat")
        CORRECTED = "corrected", _("Dilengkapi atau dikoreksi")
        MEASURE = "measure", _("Tindakan")
        AUTHORITY_TOLD = "authority", _("Lembaga diberi tahu")
        SUBJECTS_TOLD = "subjects", _("Pemilik data diberi tahu")
        CLOSED = "closed", _("Ditutup")

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    happened = models.TextField(blank=True)  # when and how, as far as it is known
    data = models.TextField(blank=True)  # which personal data
    people = models.PositiveIntegerField(null=True)
    measures = models.TextField(blank=True)
    remark = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("catatan insiden")
        triggers = append_only

    def __str__(self) -> str:
        return f"{self.breach_id} {self.kind}"
