"""What came in and what goes out by channels other than the web: raw, sealed, each once.

A number or address stands here only inside a sealed box, and as a keyed digest by which messages of one sender are
kept in order.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Received(models.Model):
    """One message as the gateway handed it in. What `external_id` names comes in once, however often it is sent."""

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu dibaca")
        DONE = "done", _("selesai")
        REFUSED = "refused", _("tidak dapat dipakai")
        FAILED = "failed", _("gagal")
        GIVEN_UP = "given_up", _("ditutup petugas")

    channel = models.CharField(max_length=12)
    external_id = models.CharField(max_length=120)
    sender = models.BinaryField(max_length=32)
    box = models.BinaryField()
    came_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=30, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("pesan masuk")
        constraints = [
            models.UniqueConstraint(fields=["channel", "external_id"], name="received_once"),
            models.CheckConstraint(
                condition=Q(state="waiting", next_try_at__isnull=False) | ~Q(state="waiting") & Q(next_try_at=None),
                name="received_waiting_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at", "id"], name="received_due", condition=Q(state="waiting")),
            models.Index(fields=["channel", "sender", "id"], name="received_in_order", condition=Q(state="waiting")),
            models.Index(fields=["channel", "-came_at"], name="received_last"),
            models.Index(fields=["channel", "sender", "-came_at"], name="received_of_sender"),
            models.Index(fields=["came_at"], name="received_failed", condition=Q(state="failed")),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk} {self.state}"


class ReceivedFile(models.Model):
    """A file of a message that waits, locked under a key of its own: on disk with the message, and gone once it was
    read, since a report then has its own.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    received = models.ForeignKey(Received, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveSmallIntegerField()
    name = models.BinaryField()
    locked = models.BinaryField()

    class Meta:
        verbose_name = _("berkas pesan masuk")
        constraints = [models.UniqueConstraint(fields=["received", "number"], name="received_file_once")]

    def __str__(self) -> str:
        return str(self.key)


class Sending(models.Model):
    """One message on its way out. `once` names why it is sent, so that nobody is answered twice."""

    class State(models.TextChoices):
        QUEUED = "queued", _("menunggu dikirim")
        SENT = "sent", _("terkirim")
        ARRIVED = "arrived", _("sampai")
        FAILED = "failed", _("gagal")
        GIVEN_UP = "given_up", _("ditutup petugas")

    channel = models.CharField(max_length=12)
    once = models.CharField(max_length=160, unique=True)
    recipient = models.BinaryField(max_length=32)
    box = models.BinaryField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error_class = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("pesan keluar")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="queued", next_try_at__isnull=False) | ~Q(state="queued") & Q(next_try_at=None),
                name="sending_queued_has_a_time",
            )
        ]
        indexes = [
            models.Index(fields=["next_try_at", "id"], name="sending_due", condition=Q(state="queued")),
            models.Index(fields=["channel", "-sent_at"], name="sending_last", condition=Q(sent_at__isnull=False)),
            models.Index(fields=["channel", "recipient", "-made_at"], name="sending_of_recipient"),
            models.Index(fields=["made_at"], name="sending_failed", condition=Q(state="failed")),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk} {self.state}"


class Service(models.Model):
    """What is remembered of a messaging service: where reading stopped, and since when it refuses our credentials."""

    channel = models.CharField(max_length=12, primary_key=True)
    cursor = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refused_last_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("layanan pesan")
        constraints = [
            models.CheckConstraint(
                condition=Q(refused_at=None, refused_last_at=None)
                | Q(refused_at__isnull=False, refused_last_at__gte=models.F("refused_at")),
                name="service_refuses_since",
            )
        ]

    def __str__(self) -> str:
        return self.channel


class Invitation(models.Model):
    """A link by which somebody who wrote in public goes on in private. What they wrote and where lies in the box.

    `code` is that of the report it became, unless this is kept secret: then nothing leads from one to the other.
    """

    token = models.BinaryField(max_length=32, unique=True)
    channel = models.CharField(max_length=12)
    sender = models.BinaryField(max_length=32)
    box = models.BinaryField()
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name = _("undangan melengkapi laporan")
        constraints = [
            models.UniqueConstraint(fields=["code"], name="invitation_of_report", condition=~Q(code="")),
            models.CheckConstraint(condition=Q(code="") | Q(used_at__isnull=False), name="invitation_was_used"),
        ]
        indexes = [
            models.Index(fields=["made_at"], name="invitation_age"),
            models.Index(fields=["sender", "made_at"], name="invitation_of_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"


class Partner(models.Model):
    """Another system that hands messages in and takes them, each signed with the secret of both."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    secret = models.BinaryField()
    callback = models.URLField(max_length=300)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sistem mitra")

    def __str__(self) -> str:
        return self.slug


class Subscription(models.Model):
    """A browser that wants to hear of one report. Where it is reached lies in the box alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(
        "reports.Report", models.CASCADE, related_name="subscriptions", db_index=False
    )  # by the constraint
    digest = models.BinaryField(max_length=32)
    box = models.BinaryField()
    language = models.CharField(max_length=2, default="id")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("langganan kabar")
        constraints = [models.UniqueConstraint(fields=["report", "digest"], name="subscription_once")]
        indexes = [
            models.Index(fields=["digest"], name="subscription_of_browser"),
            models.Index(fields=["made_at"], name="subscription_age"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Talk(models.Model):
    """Where the talk with one sender stands: the draft and the open question lie in the box."""

    channel = models.CharField(max_length=12)
    sender = models.BinaryField(max_length=32)
    box = models.BinaryField()
    moved_at = models.DateTimeField()
    is_open = models.BooleanField(default=False)
    is_stopped = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("percakapan")
        constraints = [models.UniqueConstraint(fields=["channel", "sender"], name="talk_once")]
        indexes = [models.Index(fields=["moved_at"], name="talk_idle", condition=Q(is_open=True))]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"
