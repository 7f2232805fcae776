"""The log says where something broke, and never what was written there."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from lapor.lib.quiet_log import QuietFormatter
from lapor.reports.models import Report
from tests.cast import file_report, set_stage

SAID = "RAHASIABENAR: setoran diminta setiap bulan oleh atasan."


def logged(breaks: Callable[[], object]) -> str:
    heard = io.StringIO()
    handler, loud = logging.StreamHandler(heard), logging.StreamHandler(io.StringIO())
    handler.setFormatter(QuietFormatter("%(message)s"))
    log = logging.getLogger("uji.pencatat")
    log.addHandler(loud)  # whoever comes first leaves its text in the record
    log.addHandler(handler)
    try:
        breaks()
    except Exception:
        log.exception("broke at %s", "/lacak/")
    finally:
        log.removeHandler(loud)
        log.removeHandler(handler)
    return heard.getvalue()


@pytest.mark.django_db
def test_a_row_that_the_database_refuses_is_not_quoted() -> None:
    set_stage()
    report = file_report(text=SAID, is_confidential=True)[0]

    def breaks() -> None:
        with transaction.atomic():
            Report.objects.filter(pk=report.pk).update(visibility="sealed")

    with pytest.raises(DatabaseError, match="RAHASIABENAR"):  # what it would have said
        breaks()
    text = logged(breaks)
    assert "RAHASIABENAR" not in text
    assert "IntegrityError" in text and "23514, report_sealed_holds_no_words" in text
    assert "broke at /lacak/" in text and "test_quiet_log.py" in text


def test_causes_are_told_in_their_order_without_their_words() -> None:
    def breaks() -> None:
        try:
            int(SAID)
        except ValueError as error:
            raise LookupError(SAID) from error

    text = logged(breaks)
    assert "RAHASIABENAR" not in text
    assert text.index("builtins.ValueError") < text.index("then") < text.index("builtins.LookupError")


def test_the_site_logs_this_way_alone() -> None:
    """Whatever handler the settings put at the root."""
    logging_of: Any = settings.LOGGING
    used = {handler["formatter"] for handler in logging_of["handlers"].values()}
    assert {logging_of["formatters"][name]["()"] for name in used} == {"lapor.lib.quiet_log.QuietFormatter"}
