"""Mail of ours that came back for good, until its address writes to us again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Bounce(models.Model):
    """One message that came back: a notice, or an answer of this channel. `address` is the keyed digest of who does not
    get it; of a notice it is found by the room that wrote it.
    """

    class Of(models.TextChoices):
        NOTICE = "notice", _("pemberitahuan")
        SENDING = "sending", _("pesan keluar")

    of = models.CharField(max_length=7, choices=Of.choices)
    key = models.BigIntegerField()
    status = models.CharField(max_length=12, blank=True)  # RFC 3463, as "5.1.1"
    address = models.BinaryField(max_length=32, null=True)
    is_settled = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("surel kembali")
        constraints = [models.UniqueConstraint(fields=["of", "key"], name="bounce_once")]
        indexes = [
            models.Index(fields=["address"], name="bounce_of_address", condition=models.Q(address__isnull=False)),
            models.Index(fields=["id"], name="bounce_unsettled", condition=models.Q(is_settled=False)),
        ]

    def __str__(self) -> str:
        return f"{self.of} {self.key} {self.status}"
