"""What people have practised, and the certificates they earned. Only ever filled on a site for practice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Role


class Attempt(models.Model):
    """One exercise begun by one person, on a report made for it; an entry at the counter begins without one."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attempts")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    exercise = models.SlugField(max_length=40)
    report = models.ForeignKey("reports.Report", models.PROTECT, null=True, related_name="+", db_index=False)
    started_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("latihan")
        indexes = [
            models.Index(fields=["user", "exercise", "-started_at"], name="attempt_of_user"),
            models.Index(fields=["agency", "done_at"], name="attempt_of_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.exercise}"


class Certificate(models.Model):
    """Who practised everything of a role, as it stood then: names of people and bodies change. `number` is no guess."""

    number = models.CharField(max_length=20, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Role.choices)
    name = models.CharField(max_length=150)
    agency_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sertifikat latihan")
        constraints = [models.UniqueConstraint(fields=["user", "agency", "role"], name="certificate_once")]

    def __str__(self) -> str:
        return self.number
