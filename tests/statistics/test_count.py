from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from lapor.reports import actions
from lapor.reports.models import Event, State
from lapor.statistics import count
from lapor.statistics.buckets import BUCKET_OF, MEANING, Bucket, bucket_of
from lapor.statistics.figures import Figures, figures, figures_of
from lapor.statistics.models import Tally
from lapor.statistics.rebuild import rebuild, verify
from tests.cast import MONDAY, Stage, file_report, reporter, to_answered, to_assigned


def read_all() -> None:
    count.consume(list(Event.objects.select_related("report").order_by("id")))


def test_every_state_has_a_bucket_and_every_bucket_a_meaning() -> None:
    assert set(BUCKET_OF) == set(State) - {State.ON_HOLD}
    assert set(MEANING) == set(Bucket)


@pytest.mark.parametrize(
    ("resume_state", "bucket"), [("received", "belum"), ("verified", "belum"), ("in_progress", "proses"), ("", "belum")]
)
def test_a_report_on_hold_counts_where_it_was_before(resume_state: str, bucket: str) -> None:
    assert bucket_of(state=State.ON_HOLD, resume_state=resume_state) == bucket


def test_a_report_moves_from_bucket_to_bucket(stage: Stage) -> None:
    report, _ = file_report()
    read_all()
    assert figures() == Figures(belum=1)
    to_answered(stage, report)
    read_all()
    assert figures() == Figures(proses=1)
    actions.agree(report_id=report.pk, actor=reporter(report), now=MONDAY)
    read_all()
    assert figures() == Figures(selesai=1)
    assert figures().total == 1


def test_each_scope_has_its_figures(stage: Stage) -> None:
    report, _ = file_report()
    to_assigned(stage, report)
    file_report(region_code="64.02", category=None)
    read_all()
    assert figures() == Figures(belum=1, proses=1)
    assert figures("province", "64") == Figures(belum=1, proses=1)
    assert figures_of("regency", ["64.72", "64.02", "32.04"]) == {
        "64.72": Figures(proses=1),
        "64.02": Figures(belum=1),
        "32.04": Figures(),
    }
    assert figures("agency", stage.roads.pk) == Figures(proses=1)
    assert figures("category", "jalan_jembatan") == Figures(proses=1)


def test_a_report_that_changes_agency_leaves_the_first_figure(stage: Stage) -> None:
    report, _ = file_report()
    to_assigned(stage, report)
    read_all()
    actions.assign(report_id=report.pk, to=stage.health, actor=stage.officer("admin"), now=MONDAY)
    read_all()
    assert figures("agency", stage.roads.pk) == Figures()
    assert figures("agency", stage.health.pk) == Figures(proses=1)


def test_a_confidential_report_counts_everywhere_and_a_sealed_one_only_in_the_whole(stage: Stage) -> None:
    file_report(is_confidential=True)
    file_report(kind="whistleblowing")
    read_all()
    assert figures() == Figures(belum=2)
    assert figures("regency", "64.72") == Figures(belum=1)
    assert figures("category", "jalan_jembatan") == Figures(belum=1)


def test_reading_the_history_twice_counts_once(stage: Stage) -> None:
    report, _ = file_report()
    to_assigned(stage, report)
    read_all()
    read_all()
    assert figures() == Figures(proses=1)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["--of", "region", "--old", "64.02"], "say --of"),
        (["--of", "region", "--old", "64.02", "--new", "99.99"], "not both known"),
        (["--of", "region", "--old", "64.72.05", "--new", "64.72"], "of the same level"),
    ],
    ids=["too_little", "unknown", "another_level"],
)
def test_a_succession_that_cannot_be_is_refused(stage: Stage, given: list[str], says: str) -> None:
    rest = ["--since", "2026-01-01", "--source", "uji"] if len(given) > 4 else []
    with pytest.raises(CommandError, match=says):
        call_command("statistics", "succeed", *given, *rest)


def test_verify_names_what_disagrees_and_rebuild_mends_it(stage: Stage) -> None:
    report, _ = file_report()
    to_assigned(stage, report)
    read_all()
    assert verify() == []
    Tally.objects.filter(scope="all", bucket="proses").update(n=7)
    assert verify() == ["all  proses: kept 7, counted 1"]
    with pytest.raises(CommandError):
        call_command("statistics", "verify", verbosity=0)
    assert rebuild() == 1
    assert verify() == []
    assert figures() == Figures(proses=1)
