"""What the latest reports would have done: counted, with examples, without anything sealed or out of reach."""

from __future__ import annotations

from dataclasses import replace

from lapor.reports.models import Report
from lapor.routing.competence import Table
from lapor.routing.models import Rule
from lapor.routing.rules import in_force
from lapor.routing.rules.dry_run import EXAMPLES, dry_run
from lapor.routing.rules.said import said_by
from tests.cast import Stage, file_report, to_assigned
from tests.routing.rules.test_changing import FERRY

ROTTEN = "Titian uji di kampung kami sudah lapuk dan licin, dua anak jatuh."


def test_it_counts_from_where_to_where_with_codes_as_examples(stage: Stage) -> None:
    moved = [file_report(text=ROTTEN)[0] for _ in range(EXAMPLES + 2)]
    to_assigned(stage, moved[0])
    file_report()
    before = list(Report.objects.order_by("pk").values())
    found = dry_run(in_force.table_with(None, FERRY), reader=stage.officer("national"))
    (shift,) = found.shifts
    assert (found.read, found.changed, found.is_in_time) == (EXAMPLES + 3, EXAMPLES + 2, True)
    assert (shift.before, shift.after, shift.n) == (stage.roads, stage.health, EXAMPLES + 2)
    assert list(shift.codes) == [report.code for report in reversed(moved)][:EXAMPLES]
    assert list(Report.objects.order_by("pk").values()) == before, "nothing is moved"


def test_the_same_rules_change_nothing(stage: Stage) -> None:
    file_report(text=ROTTEN)
    rule = Rule.objects.get(body="bpjt")
    table = in_force.table_with(rule, said_by(rule))
    assert dry_run(table, reader=stage.officer("national")).shifts == ()


def test_a_rule_switched_off_leaves_reports_to_the_next_one_or_to_nobody(stage: Stage) -> None:
    file_report(text="Jalan nasional di depan pasar berlubang dalam sekali.")
    rule = Rule.objects.get(category="jalan_jembatan", body="pekerjaan_umum", when="@kota")
    last = Rule.objects.filter(category="jalan_jembatan", body="pekerjaan_umum", when="").get()
    file_report(text="Jalan di depan rumah kami hancur sejak lama.")
    assert dry_run(in_force.table_with(rule, None), reader=stage.officer("national")).changed == 0
    table = Table(tuple(one for one in in_force.table_with(rule, None).rules if one.key != last.pk))
    (shift,) = dry_run(table, reader=stage.officer("national")).shifts
    assert (shift.before, shift.after) == (stage.roads, None)


def test_a_sealed_report_is_not_even_read(stage: Stage) -> None:
    file_report(kind="whistleblowing", text=ROTTEN, name="", phone="")
    for name in ("national", "investigator"):
        found = dry_run(in_force.table_with(None, replace(FERRY, kind="")), reader=stage.officer(name))
        assert (found.read, found.changed) == (0, 0)


def test_it_reads_the_latest_ones_and_stops_when_its_time_is_over(stage: Stage) -> None:
    for _ in range(3):
        file_report(text=ROTTEN)
    table = in_force.table_with(None, FERRY)
    assert dry_run(table, reader=stage.officer("national"), reads=2).read == 2
    late = dry_run(table, reader=stage.officer("national"), seconds=-1)
    assert (late.read, late.is_in_time) == (0, False)
