"""By which terms an open report is looked up when another tells the same matter."""

from __future__ import annotations

from django.db import models


class Posting(models.Model):
    """One term of one open report at one place, as a keyed digest: nobody reads a word here without the key.

    The key of the table leads from a term to its newest reports, so that a search reads a bounded number of rows.
    """

    pk = models.CompositePrimaryKey("mark", "report_id")
    mark = models.BigIntegerField()
    report_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["report_id"], name="posting_of_report")]

    def __str__(self) -> str:
        return f"posting of {self.report_id}"
