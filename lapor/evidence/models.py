"""The tree over all history: its leaves and complete subtrees, its signed heads, and where those were sent.

Everything but the cursors and the deliveries is append-only.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lapor.audit.protect import append_only
from lapor.lib.merkle import HASH_BYTES


class Source(models.IntegerChoices):
    """What a leaf stands for. The numbers are stored for ever."""

    EVENT = 1, _("peristiwa")
    ENTRY = 2, _("catatan audit")
    MESSAGE = 3, _("pesan")
    RECEIPT = 4, _("tanda terima")


class Leaf(models.Model):
    """The `index`th leaf. `report_id` and `kind` only help to name a row that is gone; what counts is in the hash.

    `digest` stands in the hash for words that may have to be erased one day (`words`).
    """

    index = models.BigIntegerField(primary_key=True)
    source = models.PositiveSmallIntegerField(choices=Source.choices)
    row_id = models.BigIntegerField()
    form = models.PositiveSmallIntegerField()
    hash = models.BinaryField(max_length=HASH_BYTES)
    digest = models.BinaryField(max_length=HASH_BYTES, null=True)
    report_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=40)

    class Meta:
        triggers = append_only
        constraints = [
            models.UniqueConstraint(fields=["source", "row_id"], name="leaf_one_for_each_row"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="leaf_source_known"),
            models.CheckConstraint(condition=Q(index__gte=0), name="leaf_index_counts"),
        ]
        indexes = [
            models.Index(fields=["hash"], name="leaf_of_receipt", condition=Q(source=Source.RECEIPT)),
            models.Index(fields=["report_id"], name="leaf_of_report", condition=Q(report_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"leaf {self.index}"


class Node(models.Model):
    """A complete subtree over 2**level leaves, the `index`th from the left. Only every eighth level is stored."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=HASH_BYTES)

    class Meta:
        triggers = append_only
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="node_once")]

    def __str__(self) -> str:
        return f"node {self.level}/{self.index}"


class Progress(models.Model):
    """How far the rows of one table have become leaves, in the order (xid, id)."""

    source = models.PositiveSmallIntegerField(primary_key=True, choices=Source.choices)
    xid = models.BigIntegerField(default=0)
    row_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"progress of {self.source}"


class PublicKey(models.Model):
    """The public half of a key that signed or signs. `vouched` is the signature of the key before it."""

    key_id = models.CharField(max_length=16, unique=True)
    public = models.BinaryField(max_length=32)
    vouched_by = models.CharField(max_length=16, blank=True)
    vouched = models.BinaryField(max_length=64, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        triggers = append_only

    def __str__(self) -> str:
        return self.key_id


class Head(models.Model):
    """The signed root of the tree of the first `size` leaves."""

    size = models.BigIntegerField()
    root = models.BinaryField(max_length=HASH_BYTES)
    at = models.DateTimeField()
    key_id = models.CharField(max_length=16)
    signature = models.BinaryField(max_length=64)

    class Meta:
        triggers = append_only
        indexes = [models.Index(fields=["size"], name="head_of_size")]

    def __str__(self) -> str:
        return f"head {self.size}"


class Place(models.TextChoices):
    """The kinds of places outside."""

    FOLDER = "folder", _("folder berkas")
    EMAIL = "email", _("surel")
    WEBHOOK = "webhook", _("alamat web")


class DeliveryState(models.TextChoices):
    QUEUED = "queued", _("menunggu dikirim")
    SENT = "sent", _("terkirim")
    FAILED = "failed", _("gagal")


class Delivery(models.Model):
    """One head on its way to one place. `target` is a digest, as an address may hold a secret; `label` may be shown."""

    head = models.ForeignKey(Head, models.PROTECT, related_name="deliveries", db_index=False)
    place = models.CharField(max_length=7, choices=Place.choices)
    target = models.CharField(max_length=16)
    label = models.CharField(max_length=200)
    state = models.CharField(max_length=6, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    last_error_class = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["head", "place", "target"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(state="queued", next_try_at__isnull=False)
                | (~Q(state="queued") & Q(next_try_at__isnull=True)),
                name="delivery_queued_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["next_try_at"], name="delivery_queue", condition=Q(state="queued"))]

    def __str__(self) -> str:
        return f"{self.place} {self.state}"
