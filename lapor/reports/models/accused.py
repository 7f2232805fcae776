"""Whom a report names, who stepped aside from it, and the marks that keep both from seeing it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Naming(models.Model):
    """A body, a unit of it, an officer, or a person who is not in the system, named by a report.

    The name of a person is kept in the vault (`identity`). Of a sealed report the keys stay empty and the vault holds
    in words whom it names; access goes by the marks alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="namings")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    identity = models.ForeignKey("vault.Identity", models.PROTECT, null=True, related_name="+", db_index=False)
    by = models.CharField(max_length=8)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    named_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    removed_at = models.DateTimeField(null=True)
    removed_because = models.ForeignKey("vault.Identity", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("pihak yang disebut")
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False) | Q(officer__isnull=False) | Q(identity__isnull=False),
                name="naming_names_somebody",
            ),
            models.CheckConstraint(condition=Q(unit=None) | Q(agency__isnull=False), name="naming_unit_has_its_body"),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None, removed_because=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False, removed_because__isnull=False),
                name="naming_removed_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"naming {self.pk}"


class Recusal(models.Model):
    """An officer stepped aside from a report. Only somebody else brings them back. The vault keeps the reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="recusals")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    reason = models.ForeignKey("vault.Identity", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("pengunduran diri dari laporan")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "officer"], name="recusal_once", condition=Q(undone_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_by=models.F("officer"))),
                name="recusal_undone_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"recusal {self.pk}"


class Shield(models.Model):
    """One mark on a report: whoever carries it does not see the report (`agencies.nearness`).

    It is a keyed digest, so that a stolen table does not say whom a report names. It goes when its cause is undone.
    """

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="shields")
    mark = models.BinaryField(max_length=32)
    naming = models.ForeignKey(Naming, models.PROTECT, null=True, related_name="shields", db_index=False)
    recusal = models.ForeignKey(Recusal, models.PROTECT, null=True, related_name="shields", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(naming__isnull=False, recusal=None) | Q(naming=None, recusal__isnull=False),
                name="shield_has_one_cause",
            )
        ]
        indexes = [models.Index(fields=["mark", "report"], name="shield_of_mark")]

    def __str__(self) -> str:
        return f"shield {self.pk}"
