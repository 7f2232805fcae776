"""The published copies: all that the public, the feeds and the API ever read. A column that is not here cannot leak."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.reports.models import EventKind, Kind, Outcome, State
from lapor.statistics.buckets import Bucket

OFFICE_MUST_ACT = frozenset({State.RECEIVED, State.VERIFIED, State.ASSIGNED, State.IN_PROGRESS, State.OBJECTED})


class PublicReport(models.Model):
    """The redacted copy of one public report. `report_id` ties it to its source and is never shown; `code` is."""

    report_id = models.BigIntegerField(primary_key=True)
    code = models.CharField(max_length=10, unique=True)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    category = models.ForeignKey("agencies.Category", models.PROTECT, null=True, related_name="+", db_index=False)
    region = models.ForeignKey("agencies.Region", models.PROTECT, null=True, related_name="+", db_index=False)
    province = models.CharField(max_length=2, blank=True)
    regency = models.CharField(max_length=5, blank=True)
    district = models.CharField(max_length=8, blank=True)
    place = models.CharField(max_length=250, blank=True)
    occurred_on = models.DateField(null=True)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    holder = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    # Of a report that was taken over: what its source calls an agency or category that none of ours surely is.
    agency_text = models.CharField(max_length=250, blank=True)
    category_text = models.CharField(max_length=150, blank=True)
    reporter_label = models.CharField(max_length=150, blank=True)

    state = models.CharField(max_length=12, choices=State.choices)
    bucket = models.CharField(max_length=7, choices=Bucket.choices)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    archive_reason = models.CharField(max_length=30, blank=True)
    channel = models.CharField(max_length=12)
    received_at = models.DateTimeField()
    assigned_at = models.DateTimeField(null=True)
    active_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    stars = models.PositiveSmallIntegerField(null=True)
    support_count = models.PositiveIntegerField(default=0)
    similar_count = models.PositiveIntegerField(default=0)
    # Stems of title, text and place, made by `lib.text`: the database's own Indonesian has no stop words.
    words = models.TextField(blank=True)
    search = models.GeneratedField(
        expression=SearchVector("words", config="simple"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        verbose_name = _("salinan publik")
        constraints = [
            models.CheckConstraint(condition=~Q(kind="whistleblowing"), name="public_never_whistleblowing"),
            models.CheckConstraint(
                condition=~Q(state="archived") | Q(text="", title="", words=""), name="public_archived_is_empty"
            ),
        ]
        # Every list is a walk along one of these, newest first, so that it costs the same at ten thousand rows and at
        # a million. A village is looked for in its district.
        indexes = [
            models.Index(fields=["-received_at", "-code"], name="public_newest"),
            models.Index(fields=["-support_count", "-code"], name="public_supported"),
            models.Index(fields=["bucket", "-received_at", "-code"], name="public_bucket"),
            models.Index(fields=["state", "-received_at", "-code"], name="public_state"),
            models.Index(fields=["kind", "-received_at", "-code"], name="public_kind"),
            models.Index(fields=["category", "-received_at", "-code"], name="public_category"),
            models.Index(fields=["agency", "-received_at", "-code"], name="public_agency"),
            models.Index(fields=["province", "-received_at", "-code"], name="public_province"),
            models.Index(fields=["regency", "-received_at", "-code"], name="public_regency"),
            models.Index(fields=["district", "-received_at", "-code"], name="public_district"),
            # Without a list of rows still to be indexed: every search would read it. Copies are written by the worker.
            GinIndex(fields=["search"], name="public_search", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def heading(self) -> str:
        """The title, else the first words of the text, else what can be said of an archived report."""
        if self.title:
            return self.title
        return Truncator(self.text).chars(90) if self.text else gettext("Laporan yang diarsipkan")

    @property
    def told_by(self) -> int:
        """How many people told this matter, this reporter included."""
        return self.similar_count + 1

    @property
    def reporter(self) -> str:
        """The name that the reporter chose to show, else the word for one who did not."""
        return self.reporter_label or gettext("Anonim")

    def is_late(self, now: datetime) -> bool:
        """Whether an office should have acted by now; never while the reporter is awaited."""
        return self.due_at is not None and self.due_at < now and self.state in OFFICE_MUST_ACT


class CopyPosting(models.Model):
    """One term of the redacted words of one open copy at one place (see `reports.models.Posting`), as a digest."""

    pk = models.CompositePrimaryKey("mark", "report_id")
    mark = models.BigIntegerField()
    report_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["report_id"], name="copy_posting_of_report")]

    def __str__(self) -> str:
        return f"posting of {self.report_id}"


class PublicEvent(models.Model):
    """One line of the public timeline. `text` is redacted, and empty for kinds whose text is not for the public."""

    event_id = models.BigIntegerField(primary_key=True)
    report = models.ForeignKey(PublicReport, models.CASCADE, related_name="timeline", db_index=False)
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    at = models.DateTimeField()
    actor = models.CharField(max_length=8)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    to_agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=12, choices=State.choices)
    text = models.TextField(blank=True)
    done_by = models.CharField(max_length=250, blank=True)
    done_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    # Of lateness that climbs (`deadlines.ladder`): which office, what it decided, which were passed over and why.
    office = models.CharField(max_length=12, blank=True)
    decision = models.CharField(max_length=12, blank=True)
    skipped = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("peristiwa publik")
        indexes = [models.Index(fields=["report", "event_id"], name="public_timeline")]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"


class Support(models.Model):
    """One "I have seen this too". The supporter is a keyed digest that differs from report to report."""

    report_id = models.BigIntegerField()
    supporter = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("dukungan")
        constraints = [models.UniqueConstraint(fields=["report_id", "supporter"], name="support_once")]

    def __str__(self) -> str:
        return f"support {self.pk}"


class Decision(models.TextChoices):
    PUBLISH = "publish", _("terbitkan")
    KEEP = "keep", _("jangan terbitkan")


class Held(models.Model):
    """A report whose public copy waits until a person has looked at its words; `kinds` are those of `held.KINDS`.

    What this person masks besides is kept as places in the words, which hold for the words `seen_as` marks.
    """

    report_id = models.BigIntegerField(primary_key=True)
    kinds = models.JSONField(default=list)
    held_at = models.DateTimeField()
    masks = models.JSONField(default=dict)
    seen_as = models.CharField(max_length=64, blank=True)
    decision = models.CharField(max_length=7, choices=Decision.choices, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("salinan yang ditahan")
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", by=None, decided_at=None)
                | (~Q(decision="") & Q(by__isnull=False, decided_at__isnull=False)),
                name="held_decided_by_somebody",
            )
        ]
        indexes = [models.Index(fields=["-held_at"], name="held_waiting", condition=Q(decision=""))]

    def __str__(self) -> str:
        return f"held {self.report_id}"


class Photo(models.Model):
    """What an officer decided on one photo of a report, and the picture that the public is given (`photos`).

    A photo without a row waits: it is not published. `hidden` are the cells of `lib.photos` that were blurred.
    """

    attachment_id = models.BigIntegerField(primary_key=True)
    report_id = models.BigIntegerField()
    key = models.UUIDField(unique=True)
    decision = models.CharField(max_length=7, choices=Decision.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    decided_at = models.DateTimeField()
    hidden = models.JSONField(default=list)
    picture = models.BinaryField(null=True)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("foto publik")
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="publish", picture__isnull=False) | Q(decision="keep", picture__isnull=True),
                name="photo_drawn_if_published",
            )
        ]
        indexes = [models.Index(fields=["report_id"], name="photo_of_report")]

    def __str__(self) -> str:
        return f"photo {self.attachment_id}"


class Word(models.Model):
    """Every stem that occurs in a copy, with one spelling of it, to find what a mistyped word was meant to be."""

    stem = models.CharField(max_length=40, primary_key=True)
    spelling = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("kata")
        indexes = [GinIndex(OpClass("stem", "gin_trgm_ops"), name="word_trgm")]

    def __str__(self) -> str:
        return self.stem
