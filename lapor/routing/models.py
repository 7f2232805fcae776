"""The table of competence as rows that an administrator may edit, with its history; what the model remembers.

Of the model: its versions, the threshold, what was suggested and what officers decided. No text of a report.
"""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Agency
from lapor.audit.protect import append_only, never_emptied


class Rule(models.Model):
    """One line of the table, written as in data/competence.csv (see `competence`). Never deleted, but switched off."""

    file_key = models.CharField(max_length=200, blank=True, editable=False)  # empty: added by a person
    line = models.PositiveIntegerField(default=0, editable=False)  # in the file; 0 goes first among equal priorities
    priority = models.PositiveIntegerField()
    kind = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=1000, blank=True)
    when = models.TextField(blank=True)
    unless = models.TextField(blank=True)
    level = models.CharField(max_length=8, choices=Agency.Level.choices)
    body = models.CharField(max_length=400)
    is_sure = models.BooleanField(default=True)
    reason = models.CharField(max_length=400)
    reason_en = models.CharField(max_length=400, blank=True)
    source = models.CharField(max_length=300)
    is_active = models.BooleanField(default=True)
    is_edited = models.BooleanField(default=False, editable=False)  # by a person: the file no longer overwrites it

    class Meta:
        verbose_name = _("aturan wewenang")
        ordering = ["priority", "line", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file_key"], condition=~Q(file_key=""), name="rule_once_per_line_of_the_file"
            ),
            models.CheckConstraint(condition=Q(level__in=Agency.Level.values), name="rule_level_is_known"),
            models.CheckConstraint(
                condition=~Q(body="") & ~Q(reason="") & ~Q(source=""), name="rule_says_who_and_by_which_law"
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete), never_emptied]

    def __str__(self) -> str:
        return f"{self.priority} {self.body}"


class RuleChange(models.Model):
    """What was done to a row, with the row before and after; the newest key is the version of the whole table."""

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # None: the file
    why = models.CharField(max_length=300)
    before = models.JSONField(null=True)
    after = models.JSONField()

    class Meta:
        verbose_name = _("perubahan aturan")
        ordering = ["-pk"]
        triggers = append_only

    def __str__(self) -> str:
        return f"{self.rule_id} {self.at:%Y-%m-%d}"


class Version(models.Model):
    """One trained model. Its file lies below LAPOR_DATA/routing under the same name; at most one is in use."""

    version = models.CharField(max_length=12, primary_key=True)
    trained_at = models.DateTimeField()
    trained_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    shipped_rows = models.PositiveIntegerField()
    decided_rows = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)
    promoted_at = models.DateTimeField(null=True)
    promoted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    is_current = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("versi model penyaluran")
        constraints = [
            models.UniqueConstraint(fields=["is_current"], condition=Q(is_current=True), name="one_current_version"),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(promoted_at__isnull=False), name="current_version_was_promoted"
            ),
        ]

    def __str__(self) -> str:
        return self.version


class Threshold(models.Model):
    """From which probability on a suggestion is made; the newest row holds."""

    value = models.FloatField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("ambang usulan")
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0, value__lte=1), name="threshold_is_a_probability")
        ]

    def __str__(self) -> str:
        return f"{self.value:.2f}"


class Suggestion(models.Model):
    """What was suggested for one report, never a sealed one, and what officers decided; written by the consumer."""

    report_id = models.BigIntegerField(primary_key=True)
    suggested_on = models.DateField()
    version = models.CharField(max_length=12, blank=True)
    channel = models.CharField(max_length=12)
    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=20)
    category = models.CharField(max_length=60, blank=True)
    region = models.CharField(max_length=13, blank=True)
    agency_id = models.BigIntegerField(null=True)
    level = models.CharField(max_length=10, blank=True)
    sureness = models.FloatField()
    abstained = models.BooleanField()
    decided_at = models.DateTimeField(null=True)
    decided_kind = models.CharField(max_length=20, blank=True)
    decided_category = models.CharField(max_length=60, blank=True)
    decided_region = models.CharField(max_length=13, blank=True)
    decided_agency_id = models.BigIntegerField(null=True)
    decided_level = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name = _("usulan penyaluran")
        constraints = [
            models.CheckConstraint(condition=Q(sureness__gte=0, sureness__lte=1), name="sureness_is_a_probability")
        ]
        indexes = [models.Index(fields=["suggested_on"], name="suggestion_by_day")]

    def __str__(self) -> str:
        return f"suggestion {self.report_id}"
