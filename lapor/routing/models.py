"""The table of competence as rows that an administrator may edit, and who changed which row, when and why."""

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
