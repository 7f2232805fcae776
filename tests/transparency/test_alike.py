"""Copies that a citizen is shown before sending: open ones of the same place, found by published words alone."""

from __future__ import annotations

import pytest

from lapor.reports import actions
from lapor.reports.models import Report
from lapor.transparency import alike, shelf
from lapor.transparency.models import CopyPosting, PublicReport
from tests.cast import MONDAY, Stage, file_report, reporter, to_answered
from tests.reports.alike import TOLD
from tests.transparency.steps import copy_of, read_all


def published(stage: Stage, **changes: object) -> Report:
    report = file_report(**({"title": "", "text": TOLD[0]} | changes))[0]  # type: ignore[arg-type]
    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    read_all()
    return report


def codes(text: str, **narrowed: str) -> list[str]:
    return [copy.code for copy in alike.similar(text, **narrowed)]  # type: ignore[arg-type]


def test_the_same_matter_in_other_words_is_shown(stage: Stage) -> None:
    report = published(stage)
    published(stage, text="Antrean loket KTP di kantor kecamatan sampai siang.")
    assert codes(TOLD[1], region="64.72.05") == [report.code]
    assert codes(TOLD[1]) == [report.code], "by rare words, where the place is not known"
    assert codes(TOLD[1], region="64") == [report.code]
    assert codes(TOLD[1], region="64.02") == []


@pytest.mark.parametrize("text", ["", "\0", "yang dan di", "。" * 100_000, "lubang " * 20_000, "'; DROP TABLE x; --"])
def test_any_text_is_answered(stage: Stage, text: str) -> None:
    published(stage)
    assert codes(text, region="64.72", title=text) == []


def test_a_name_that_was_taken_out_leads_to_no_copy(stage: Stage) -> None:
    """Whoever types what is masked must not learn in which report it stood."""
    told = "Bapak Sumarwanto, telepon 081298765432, memarkir truk di Gang Kenari Lempake setiap malam."
    report = published(stage, text=told)
    copy = copy_of(report.code)
    assert copy is not None and "081298765432" not in copy.text
    assert codes("081298765432", region="64.72") == []


@pytest.mark.parametrize("how", ["confidential", "withdrawn", "closed"])
def test_what_is_hidden_or_over_is_found_no_more(stage: Stage, how: str) -> None:
    report = published(stage)
    assert CopyPosting.objects.filter(report_id=report.pk).exists()
    if how == "confidential":
        actions.raise_secrecy(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
        assert not CopyPosting.objects.filter(report_id=report.pk).exists(), "in the transaction that hides it"
    elif how == "withdrawn":
        actions.withdraw(report_id=report.pk, reason="", actor=reporter(report), now=MONDAY)
    else:
        other = to_answered(stage, file_report(text=TOLD[0], title="")[0])
        actions.agree(report_id=other.pk, actor=reporter(other), now=MONDAY)
        actions.withdraw(report_id=report.pk, reason="", actor=reporter(report), now=MONDAY)
    read_all()
    assert not CopyPosting.objects.exists()
    assert codes(TOLD[1], region="64.72") == []


def test_a_mass_report_is_published_under_its_title_with_the_number_of_people(stage: Stage) -> None:
    lead = published(stage)
    admin = stage.officer("admin")
    actions.open_mass(report_id=lead.pk, title="Lampu jalan padam di Gang Kenari", actor=admin, now=MONDAY)
    for told in TOLD[1:4]:
        joins(stage, told, lead)
    copy = PublicReport.objects.get()
    assert (copy.title, copy.text, shelf.told_by(copy)) == ("Lampu jalan padam di Gang Kenari", TOLD[0], 0)
    joins(stage, TOLD[4], lead)
    assert shelf.told_by(PublicReport.objects.get()) == 5
    assert [line.kind for line in shelf.timeline(copy)].count("led") == 1


def joins(stage: Stage, told: str, lead: Report) -> None:
    member = file_report(title="", text=told)[0]
    actions.merge(report_id=member.pk, into=lead, actor=stage.officer("admin"), now=MONDAY)
    read_all()
