"""Which reports an officer is shown as perhaps the same: by their words, within reach, and never a sealed one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lapor.lib.likeness import Message
from lapor.reports import actions, postings, similar
from lapor.reports.models import Posting, Report
from tests.cast import MONDAY, Stage, file_report, reporter, to_answered
from tests.reports.alike import TOLD, gathered, look_at_all, many


def found(stage: Stage, report: Report, by: str = "admin") -> list[Report]:
    return [one.report for one in similar.candidates(stage.officer(by), report)]


def test_the_same_matter_is_found_in_other_words_and_another_is_not(stage: Stage) -> None:
    first, second = many(2)
    other = file_report(title="", text="Antrean loket KTP di kantor kecamatan sampai siang.")[0]
    look_at_all()
    assert found(stage, second) == [first]
    assert found(stage, first) == [second]
    assert found(stage, other) == []


def test_it_is_found_among_hundreds_of_the_same_place_and_of_newer_ones(stage: Stage) -> None:
    first = many(1)[0]
    common = set(postings.marks_of(postings.message_of(first)))
    Posting.objects.bulk_create(
        [Posting(mark=mark, report_id=10**9 + n) for mark in sorted(common)[:6] for n in range(postings.READ * 2)]
    )
    look_at_all()
    again = file_report(title="", text=TOLD[1])[0]
    assert first in found(stage, again)


def test_a_report_whose_place_is_not_known_is_found_by_rare_words(stage: Stage) -> None:
    there = file_report(title="", text="Jembatan Tenggiling di Lempake putus.")[0]
    nowhere = file_report(title="", text="jembatan tenggiling lempake putus", region_code=None)[0]
    look_at_all()
    assert found(stage, nowhere, by="national") == [there]
    assert nowhere in found(stage, there, by="national")


@pytest.mark.parametrize("by", ["liaison", "stranger", "investigator"])
def test_nobody_is_shown_what_is_out_of_reach(stage: Stage, by: str) -> None:
    _first, second = many(2)
    look_at_all()
    assert found(stage, second, by=by) == []


def test_a_sealed_report_has_no_terms_from_the_moment_it_is_sealed(stage: Stage) -> None:
    sealed = file_report(kind="whistleblowing", text=TOLD[0])[0]
    later = file_report(text=TOLD[1])[0]
    look_at_all()
    assert not Posting.objects.filter(report_id=sealed.pk).exists()
    assert Posting.objects.filter(report_id=later.pk).exists()
    actions.seal(report_id=later.pk, actor=stage.officer("admin"), now=MONDAY)
    assert not Posting.objects.filter(report_id=later.pk).exists()
    look_at_all()
    assert not Posting.objects.filter(report_id=later.pk).exists()


def test_no_word_can_be_read_in_the_table(stage: Stage) -> None:
    """The digest of a term depends on the key and on what the table is for, and says nothing of the place."""
    message = Message(text="lempake gelap", region_code="64.72")
    marks = postings.marks_of(message)
    assert len(marks) == len(postings.marks_of(message, purpose="another") | marks) / 2
    assert all(-(2**63) <= mark < 2**63 for mark in marks)


@pytest.mark.parametrize("end", ["withdrawn", "merged", "closed"])
def test_what_ended_or_joined_is_no_longer_proposed(stage: Stage, end: str) -> None:
    first, second = many(2)
    if end == "withdrawn":
        actions.withdraw(report_id=first.pk, reason="", actor=reporter(first), now=MONDAY)
    elif end == "merged":
        actions.merge(report_id=first.pk, into=file_report()[0], actor=stage.officer("admin"), now=MONDAY)
    else:
        to_answered(stage, first)
        actions.agree(report_id=first.pk, actor=reporter(first), now=MONDAY)
    look_at_all()
    assert found(stage, second) == []
    assert not Posting.objects.filter(report_id=first.pk).exists()


def test_a_corrected_place_is_where_the_report_is_found(stage: Stage) -> None:
    first = many(1)[0]
    before = set(postings.marks_of(postings.message_of(first)))
    look_at_all()
    Report.objects.filter(pk=first.pk).update(region="64.02")
    look_at_all()
    there = set(Posting.objects.filter(report_id=first.pk).values_list("mark", flat=True))
    assert there and there != before


def test_far_in_time_is_another_matter(stage: Stage) -> None:
    first = many(1)[0]
    late = file_report(title="", text=TOLD[1], now=MONDAY + similar.AROUND + timedelta(days=1))[0]
    look_at_all()
    assert found(stage, late) == []
    assert found(stage, first) == []


def test_reading_events_again_changes_nothing_and_writes_nothing(stage: Stage) -> None:
    many(2)
    look_at_all()
    before = set(Posting.objects.values_list("mark", "report_id"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        look_at_all()
    assert set(Posting.objects.values_list("mark", "report_id")) == before
    assert not [one for one in asked.captured_queries if one["sql"].startswith(("INSERT", "DELETE"))]


def test_the_members_of_a_large_group_do_not_hide_other_reports(stage: Stage) -> None:
    lead, _others = gathered(stage, 4)
    look_at_all()
    assert set(Posting.objects.values_list("report_id", flat=True)) == {lead.pk}


@pytest.mark.parametrize("text", ["", "\0", "yang dan di", "。" * 100_000, "jalan " * 20_000, "🙏"])
def test_any_text_has_a_bounded_number_of_terms(db: None, text: str) -> None:
    assert len(postings.marks_of(Message(text=text, region_code="64.72"))) <= postings.HERE + postings.ANYWHERE


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=400), place=st.sampled_from(["", "64", "64.72", "64.72.05.1003", "x"]))
def test_every_message_can_be_looked_for(db: None, text: str, place: str) -> None:
    marks = postings.marks_of(Message(text=text, region_code=place))
    assert marks == postings.marks_of(Message(text=text, region_code=place))
