"""Rude, threatening and advertising texts: filed and handled like any other; only the public copy waits for a person."""

from __future__ import annotations

import pytest

from lapor.audit.models import Entry
from lapor.reports import actions
from lapor.reports.models import Report, State
from lapor.transparency.decency import found_in
from lapor.transparency.deciding import AlreadyDecided, decide
from lapor.transparency.models import Decision, Held, PublicReport
from lapor.transparency.publish import publish
from tests.cast import MONDAY, Stage, file_report

RUDE = "Petugas loket itu anjing semua, sudah tiga hari berkas saya tidak diproses."


@pytest.fixture
def rude(stage: Stage) -> Report:
    report = file_report(text=RUDE)[0]
    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    publish([report.pk])
    return report


def is_public(report: Report) -> bool:
    return PublicReport.objects.filter(pk=report.pk).exists()


def test_it_is_filed_and_handled_but_not_published(rude: Report) -> None:
    rude.refresh_from_db()
    assert rude.state == State.VERIFIED
    assert not is_public(rude)
    assert Held.objects.get().kinds == ["insult"]


def test_a_polite_report_waits_for_nobody(stage: Stage) -> None:
    report = file_report()[0]
    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    publish([report.pk])
    assert is_public(report)
    assert not Held.objects.exists()


def test_who_looked_at_it_publishes_and_later_changes_are_published_too(stage: Stage, rude: Report) -> None:
    decide(rude.pk, Decision.PUBLISH, code=rude.code, by=stage.people["admin"], now=MONDAY)
    assert is_public(rude)
    publish([rude.pk])
    assert is_public(rude)
    entry = Entry.objects.get()
    assert (entry.act, entry.subject, entry.user) == ("copy.publish", f"report:{rude.code}", stage.people["admin"])


def test_what_was_kept_stays_kept_whatever_happens_to_the_report(stage: Stage, rude: Report) -> None:
    decide(rude.pk, Decision.KEEP, code=rude.code, by=stage.people["admin"], now=MONDAY)
    publish([rude.pk])
    assert not is_public(rude)


def test_two_officers_do_not_decide_twice(stage: Stage, rude: Report) -> None:
    decide(rude.pk, Decision.KEEP, code=rude.code, by=stage.people["admin"], now=MONDAY)
    with pytest.raises(AlreadyDecided):
        decide(rude.pk, Decision.PUBLISH, code=rude.code, by=stage.people["national"], now=MONDAY)
    assert not is_public(rude)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Dasar GOBLOK kalian semua", ("insult",)),
        ("dasar g0bl0k kalian", ("insult",)),
        ("Anjiiiing betul pelayanannya", ("insult",)),
        ("Awas, kubunuh  kau nanti", ("threat",)),
        ("Main SLOT\nGACOR di sini, bangsat", ("insult", "spam")),
        ("Cek https://a.invalid https://b.invalid https://c.invalid", ("spam",)),
    ],
)
def test_what_makes_a_person_look(text: str, kinds: tuple[str, ...]) -> None:
    assert found_in(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Jalan Tebet berlubang, jembatan di Pantai rusak",  # "tebet", "pantai" hold "tai" and more
        "Pembabian liar dan asuransi yang tidak dibayar",
        "Ada yang dibunuh di kampung kami, polisi belum datang",
        "Bukti ada di https://berkas.contoh.invalid/foto",
        "Kamar 4551 di lantai 7 tidak berair",
    ],
)
def test_words_inside_other_words_and_what_a_victim_tells_hold_nothing_back(text: str) -> None:
    assert found_in(text) == ()
