"""Who works where, in which role, from when to when, who stands in while they are away, and who was trained for it."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The roles an officer can hold; a person may hold several."""

    COUNTER = "counter", _("petugas loket")
    OPERATOR = "operator", _("operator")
    LIAISON = "liaison", _("pejabat penghubung")
    HEAD = "head", _("pimpinan")  # of a unit, or without one of the body; of a government its head's office
    ADMIN = "admin", _("admin instansi")
    NATIONAL = "national", _("admin nasional")
    CUSTODIAN = "custodian", _("penjaga identitas")
    INVESTIGATOR = "investigator", _("pemeriksa laporan rahasia")
    OVERSEER = "overseer", _("pengawas")
    AUDITOR = "auditor", _("auditor")
    PPID = "ppid", _("petugas PPID")


class Membership(models.Model):
    """One post of one person. It ends with a date and is never deleted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(
        "agencies.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(_("peran"), max_length=12, choices=Role.choices)
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("berakhir"), null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    heir = models.ForeignKey(  # who takes the open work over when the post ends, where somebody was named
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("jabatan")
        ordering = ["starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "unit", "role"],
                condition=Q(ends_on=None),
                nulls_distinct=False,
                name="membership_once_while_open",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="membership_dates_in_order"
            ),
        ]
        indexes = [models.Index(fields=["agency", "role"], name="membership_agency_role")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.agency_id}"

    def holds_on(self, day: date) -> bool:
        """Whether the post is held on that day; `ends_on` is the first day without it."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


class Absence(models.Model):
    """Days on which an officer is away, both ends included, and who stands in."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    starts_on = models.DateField(_("dari tanggal"))
    ends_on = models.DateField(_("sampai tanggal"))
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deputises_in",
        verbose_name=_("pengganti"),
    )
    reason = models.CharField(_("alasan"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("ketidakhadiran")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_dates_in_order"),
            models.CheckConstraint(condition=Q(deputy=None) | ~Q(deputy=F("user")), name="absence_deputy_is_another"),
        ]
        indexes = [models.Index(fields=["user", "ends_on"], name="absence_user_until")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.starts_on}–{self.ends_on}"


class Training(models.Model):
    """That somebody was trained for a role at a body: by the number of a certificate, or with the reason to believe it.

    Only its withdrawal is written later.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="trainings")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="trainings")
    role = models.CharField(_("peran"), max_length=12, choices=Role.choices)
    done_on = models.DateField(_("tanggal"))
    number = models.CharField(_("nomor sertifikat"), max_length=20, blank=True)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    noted_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("pelatihan")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"], condition=Q(withdrawn_at=None), name="training_once"
            ),
            models.CheckConstraint(
                condition=Q(number="", reason__gt="") | Q(number__gt="", reason=""),
                name="training_by_certificate_or_by_word",
            ),
        ]
        indexes = [models.Index(fields=["agency"], name="training_of_agency", condition=Q(withdrawn_at=None))]
        triggers = [
            pgtrigger.ReadOnly(name="training_is_only_withdrawn", exclude=["withdrawn_at", "withdrawn_by"]),
            pgtrigger.Protect(
                name="training_withdrawn_stays_withdrawn",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
            pgtrigger.Protect(name="training_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.agency_id}"
