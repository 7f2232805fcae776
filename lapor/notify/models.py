"""What was, is being, or could not be told to whom. Holds keys only: the address is read when a message goes out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lapor.reports.models import Channel

INVITATION = "invitation"
BREACH = "breach"
NEW_DEVICE = "new_device"
ALARM = "alarm"
VOICE = "voice"  # of the survey after closing


class Audience(models.TextChoices):
    REPORTER = "reporter", _("pelapor")
    OFFICERS = "officers", _("petugas terkait")
    NAMED = "named", _("orang yang ditunjuk")
    KEEPERS = "keepers", _("penjaga identitas")


class NoticeState(models.TextChoices):
    QUEUED = "queued", _("menunggu dikirim")
    SENT = "sent", _("terkirim")
    FAILED = "failed", _("gagal")
    NO_CHANNEL = "no_channel", _("belum ada saluran")


class Notice(models.Model):
    """One message about one event to one person, or a letter that is about no report (`letters`).

    The text is made when it is sent, under the secrecy of that moment.
    """

    report = models.ForeignKey("reports.Report", models.PROTECT, null=True, related_name="+", db_index=False)
    event = models.ForeignKey("reports.Event", models.PROTECT, null=True, related_name="+", db_index=False)
    audience = models.CharField(max_length=8, choices=Audience.choices)
    channel = models.CharField(max_length=12, default=Channel.EMAIL)  # of `reports.Channel`, or that of browsers
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    identity = models.ForeignKey("vault.Identity", models.PROTECT, null=True, related_name="+", db_index=False)
    # With the browser goes what it was told: the row would say that somebody listened.
    subscription = models.ForeignKey(
        "channels.Subscription", models.CASCADE, null=True, related_name="+", db_index=False
    )  # by the constraint
    template = models.CharField(max_length=30)
    language = models.CharField(max_length=2, default="id")
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    last_error_class = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("pemberitahuan")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "audience", "user"], name="notice_once_per_user", condition=Q(user__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["event", "audience", "identity"],
                name="notice_once_per_identity",
                condition=Q(identity__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["subscription", "event"],
                name="notice_once_per_browser",
                condition=Q(subscription__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, identity__isnull=True, subscription__isnull=True)
                | Q(user__isnull=True, identity__isnull=False, subscription__isnull=True)
                | Q(user__isnull=True, identity__isnull=True, subscription__isnull=False),
                name="notice_has_one_recipient",
            ),
            models.CheckConstraint(
                condition=Q(report__isnull=False, event__isnull=False)
                | Q(report__isnull=True, event__isnull=True, template__in=[INVITATION, BREACH, NEW_DEVICE, ALARM]),
                name="notice_is_about_an_event",
            ),
            models.CheckConstraint(
                condition=Q(state="queued", next_try_at__isnull=False)
                | (~Q(state="queued") & Q(next_try_at__isnull=True)),
                name="notice_queued_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], name="notice_queue", condition=Q(state="queued")),
            models.Index(fields=["user", "template", "-made_at"], name="notice_of_user"),
            models.Index(fields=["report"], name="notice_of_report"),
            models.Index(fields=["made_at"], name="notice_age"),
            models.Index(
                fields=["state", "template"], name="notice_stuck", condition=Q(state__in=["failed", "no_channel"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.state}"
