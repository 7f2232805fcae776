"""Who asked to know an anonymous reporter, on which ground, who allowed or refused it, who looked, and who was told.

Nothing here is edited or deleted, and nothing here holds anything of the identity. That it takes two other people is a
rule of the database.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lapor.audit.protect import append_only

VISIBLE_FOR = timedelta(hours=24)
_TWO = """
IF NEW.outcome = 'allowed' AND (
    SELECT count(DISTINCT custodian_id) FROM disclosure_decision WHERE request_id = NEW.key AND allows
) < 2 THEN
    RAISE EXCEPTION 'an identity is shown with the consent of two custodians only';
END IF;
RETURN NEW;
"""
_ANOTHER = """
PERFORM 1 FROM disclosure_request r WHERE r.key = NEW.request_id AND r.ended_at IS NULL
    AND r.requester_id <> NEW.custodian_id AND NOT NEW.agency_id = ANY (r.bodies)
    AND EXISTS (
        SELECT 1 FROM agencies_membership m
        WHERE m.user_id = NEW.custodian_id AND m.agency_id = NEW.agency_id AND m.role = 'custodian'
            AND (m.ends_on IS NULL OR m.ends_on > NEW.decided_at::date)
    );
IF NOT FOUND THEN
    RAISE EXCEPTION 'only a custodian who is neither the requester nor of a body concerned decides, while it is open';
END IF;
RETURN NEW;
"""
_REQUESTER = """
PERFORM 1 FROM disclosure_request r WHERE r.key = NEW.request_id AND r.requester_id = NEW.user_id
    AND r.outcome = 'allowed' AND NEW.at < r.visible_until;
IF NOT FOUND THEN
    RAISE EXCEPTION 'only the requester looks, and only while it is allowed';
END IF;
RETURN NEW;
"""


class Ground(models.Model):
    """A legal ground on which an identity may be asked for. It is never edited: it is ended, and another row takes its
    place. `needs_reference`: a number or letter must be named; `may_be_delayed`: the law may order that the reporter is
    told later.
    """

    key = models.SlugField(max_length=40)
    name = models.CharField(_("dasar hukum"), max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    article = models.TextField(_("pasal"))
    needs_reference = models.BooleanField(default=True)
    may_be_delayed = models.BooleanField(default=False)
    holds_from = models.DateField()
    holds_until = models.DateField(null=True)

    class Meta:
        verbose_name = _("dasar hukum")
        constraints = [
            models.UniqueConstraint(fields=["key", "holds_from"], name="ground_once"),
            models.CheckConstraint(
                condition=Q(holds_until=None) | Q(holds_until__gte=F("holds_from")), name="ground_dates_in_order"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="ground_is_only_ended", exclude=["holds_until"]),
            pgtrigger.Protect(name="ground_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        """Its name in the reader's language."""
        return (self.name_en if (get_language() or "").startswith("en") else "") or self.name


class Outcome(models.TextChoices):
    """How a request ended; empty while it waits."""

    ALLOWED = "allowed", _("Diizinkan")
    REFUSED = "refused", _("Ditolak")
    LAPSED = "lapsed", _("Gugur karena tidak diputuskan")


class Request(models.Model):
    """One officer wants to know one reporter. `bodies` are the officer's own and those that the report is about: none
    of their people decides. `wake_at` is when the clock must look at it next. What came of it is written once.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="+", db_index=False)
    requester = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    bodies = ArrayField(models.BigIntegerField())
    ground = models.ForeignKey(Ground, models.PROTECT, related_name="+", db_index=False)
    reason = models.TextField()
    reference = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    ended_at = models.DateTimeField(null=True)
    visible_until = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("permintaan identitas")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "requester"], condition=Q(ended_at=None), name="request_one_open_per_officer"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", ended_at=None) | (~Q(outcome="") & Q(ended_at__isnull=False)),
                name="request_ends_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(outcome="allowed", visible_until__lte=F("ended_at") + VISIBLE_FOR)
                | (~Q(outcome="allowed") & Q(visible_until=None)),
                name="request_visible_for_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["report", "requester"], name="request_of_report"),
            models.Index(fields=["due_at"], name="request_open", condition=Q(ended_at=None)),
            models.Index(fields=["wake_at"], name="request_alarm", condition=Q(wake_at__isnull=False)),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="request_only_ends", exclude=["outcome", "ended_at", "visible_until", "late_at", "wake_at"]
            ),
            pgtrigger.Protect(
                name="request_ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.ended_at IS NOT NULL AND (OLD.outcome, OLD.ended_at, OLD.visible_until)"
                    " IS DISTINCT FROM (NEW.outcome, NEW.ended_at, NEW.visible_until)"
                ),
            ),
            pgtrigger.Trigger(
                name="request_takes_two",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_TWO,
            ),
            pgtrigger.Protect(name="request_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Decision(models.Model):
    """What one custodian decided, in whose body's name, and why."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="decisions", db_index=False)
    custodian = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    allows = models.BooleanField()
    reason = models.TextField()
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("keputusan penjaga identitas")
        constraints = [models.UniqueConstraint(fields=["request", "custodian"], name="decision_once_per_custodian")]
        triggers = [
            *append_only,
            pgtrigger.Trigger(
                name="decision_by_another", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_ANOTHER
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.allows}"


class Delay(models.Model):
    """A legal order that the reporter is told later: until the end of that day. A longer one is a new row."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="delays")
    number = models.CharField(max_length=120)
    authority = models.CharField(max_length=200)
    until = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("perintah penundaan")
        triggers = append_only

    def __str__(self) -> str:
        return f"{self.request_id} {self.until}"


class Viewing(models.Model):
    """The requester looked at the identity."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="viewings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("pembukaan identitas")
        triggers = [
            *append_only,
            pgtrigger.Trigger(
                name="viewing_by_requester", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_REQUESTER
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.at:%Y-%m-%d}"


class Told(models.Model):
    """The reporter was told one thing about a request: that it was made, or what came of it."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="told", db_index=False)
    what = models.CharField(max_length=8, choices=[("asked", _("Diminta")), *Outcome.choices])
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("kabar kepada pelapor")
        constraints = [models.UniqueConstraint(fields=["request", "what"], name="told_once")]
        triggers = append_only

    def __str__(self) -> str:
        return f"{self.request_id} {self.what}"
