"""What comes on paper or is told at a counter: what was entered for whom, scans that wait, and printed blank sheets.

Words stand here only inside sealed boxes, scans only locked; the report has its own words and files.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Sheet(models.Model):
    """One blank form as it was printed. Its code stands on the form and on the strip, its PIN on the strip alone."""

    code = models.CharField(max_length=10, unique=True)
    pin_digest = models.BinaryField(max_length=32)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lembar cetak")

    def __str__(self) -> str:
        return self.code


class Entered(models.Model):
    """One report that an officer typed for somebody. `box` holds the sender's own number of the letter."""

    class Came(models.TextChoices):
        VISIT = "counter", _("Datang ke loket")
        LETTER = "letter", _("Surat")

    report = models.OneToOneField("reports.Report", models.CASCADE, related_name="+")
    came = models.CharField(max_length=8, choices=Came.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    consented_on = models.DateField(null=True)
    dated_on = models.DateField(null=True)
    box = models.BinaryField(null=True)
    sheet = models.OneToOneField(Sheet, models.PROTECT, null=True, related_name="entered")

    class Meta:
        verbose_name = _("laporan yang dimasukkan petugas")
        constraints = [
            models.CheckConstraint(
                condition=Q(came="letter") | Q(consented_on__isnull=False), name="entered_visit_has_consent"
            )
        ]
        indexes = [models.Index(fields=["by", "-id"], name="entered_by_whom")]

    def __str__(self) -> str:
        return f"{self.came} {self.pk}"


class Letter(models.Model):
    """One scan in an officer's pile, until it is entered or dropped. `box` holds the words read so far."""

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu dibaca")
        READ = "read", _("siap dimasukkan")
        ENTERED = "entered", _("sudah dimasukkan")
        DROPPED = "dropped", _("disisihkan")

    class Why(models.TextChoices):
        TWICE = "twice", _("sudah dimasukkan sebelumnya")
        UNREADABLE = "unreadable", _("tidak terbaca; perlu dipindai lagi")
        NO_REPORT = "no_report", _("bukan laporan")
        ELSEWHERE = "elsewhere", _("diteruskan di luar LAPOR!")

    class Trouble(models.TextChoices):
        """Why there are no words, or not all of them."""

        NO_READER = "no_reader", _("pembaca tulisan tidak terpasang di server ini")
        MORE_PAGES = "more_pages", _("hanya halaman pertama yang dibaca")
        SLOW = "slow", _("ada halaman yang terlalu lama dibaca")
        BROKEN = "broken", _("halamannya tidak dapat dibaca")

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    is_pdf = models.BooleanField()
    stored_as = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    pages = models.PositiveSmallIntegerField(default=0)
    pages_read = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=12, choices=Trouble.choices, blank=True)
    why = models.CharField(max_length=12, choices=Why.choices, blank=True)
    box = models.BinaryField(null=True)
    sheet_code = models.CharField(max_length=10, blank=True)
    tried_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("surat dalam tumpukan")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="dropped") & ~Q(why="") | ~Q(state="dropped") & Q(why=""),
                name="letter_dropped_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["by", "at"], name="letter_of_pile", condition=Q(state__in=("waiting", "read"))),
            models.Index(fields=["at"], name="letter_unread", condition=Q(state="waiting")),
            models.Index(fields=["done_at"], name="letter_done", condition=Q(done_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.key)
