"""Rude, threatening and advertising texts: filed and handled like any other; only the public copy waits for a person."""

from __future__ import annotations

from typing import Any

import pytest

from lapor.audit.models import Entry
from lapor.reports import actions
from lapor.reports.models import Report, State
from lapor.transparency import doubts
from lapor.transparency.decency import found_in
from lapor.transparency.deciding import AlreadyDecided, OtherWords, decide
from lapor.transparency.models import Decision, Held, PublicReport
from lapor.transparency.publish import masked, publish
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


# Words that may be a name and may not.

SURE = "Kata pak Slamet Raharjo jalan di depan pasar sudah beres, padahal masih rusak parah."
UNSURE = "kata pak takwil bilkas jalan di depan pasar sudah beres, padahal masih rusak parah."


@pytest.fixture
def unsure(stage: Stage, rules_alone: None) -> Report:
    report = file_report(title="jalan pasar", text=UNSURE)[0]
    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    publish([report.pk])
    return Report.objects.get(pk=report.pk)


def published(report: Report) -> PublicReport:
    return PublicReport.objects.get(pk=report.pk)


def settle(report: Report, stage: Stage, **asked: Any) -> None:
    decide(
        report.pk,
        Decision.PUBLISH,
        code=report.code,
        by=stage.people["admin"],
        now=MONDAY,
        seen_as=doubts.seen_as(report),
        masks=doubts.stretches(report, **asked),
    )


def test_a_doubtful_text_waits_and_its_handling_does_not(unsure: Report) -> None:
    assert unsure.state == State.VERIFIED
    assert not is_public(unsure)
    assert Held.objects.get().kinds == ["doubtful"]


def test_what_the_rules_are_sure_of_waits_for_nobody(stage: Stage) -> None:
    report = file_report(text=SURE)[0]
    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    publish([report.pk])
    assert published(report).text.startswith("Kata pak [nama] jalan")


def test_the_reporters_own_name_is_no_doubt(stage: Stage) -> None:
    report = file_report(title="jalan pasar", text=UNSURE, name="Takwil Bilkas")[0]
    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    publish([report.pk])
    assert published(report).text.startswith("kata pak [nama] jalan")


def test_what_the_officer_masks_is_masked_and_kept_as_places_only(stage: Stage, unsure: Report) -> None:
    doubtful = [part for part in doubts.parts_of(unsure, ()) if part.kind == "doubtful"]
    settle(unsure, stage, keys=[part.key for part in doubtful], words="pasar, Rusak  PARAH")
    copy = published(unsure)
    assert copy.text == ("kata pak [disamarkan] jalan di depan [disamarkan] sudah beres, padahal masih [disamarkan].")
    assert copy.title == "jalan [disamarkan]"
    assert "takwil" not in copy.words and "disamarkan" not in copy.words
    assert "takwil" not in str(Held.objects.values().get()).lower()
    assert Entry.objects.get().data == {"masked": 4}


def test_published_as_it_is_it_stays_so_when_the_report_goes_on(stage: Stage, unsure: Report) -> None:
    settle(unsure, stage)
    publish([unsure.pk])
    assert published(unsure).text == UNSURE


def test_other_words_are_looked_at_anew_and_the_old_places_are_forgotten(stage: Stage, unsure: Report) -> None:
    settle(unsure, stage, words="pasar")
    Report.objects.filter(pk=unsure.pk).update(title="Jalan di muka pasar")
    publish([unsure.pk])
    assert not is_public(unsure)
    row = Held.objects.get()
    assert (row.decision, row.masks, row.by) == ("", {}, None)


def test_nobody_decides_on_words_that_changed_meanwhile(stage: Stage, unsure: Report) -> None:
    Report.objects.filter(pk=unsure.pk).update(title="Jalan di muka pasar")
    with pytest.raises(OtherWords):
        settle(unsure, stage)
    assert Held.objects.get().decision == ""


@pytest.mark.parametrize(
    "asked",
    [
        {"words": "bukan kata di sana"},
        {"words": "x" * 200},
        {"words": ",".join("pasar" for _n in range(40))},
        {"keys": ["text:5:4"]},
        {"keys": ["text:0:99999"]},
        {"keys": ["note:0:3"]},
        {"keys": ["text:-1:3"]},
    ],
)
def test_what_is_not_there_is_refused(unsure: Report, asked: dict[str, Any]) -> None:
    with pytest.raises(doubts.NotThere):
        doubts.stretches(unsure, **asked)


def test_places_that_overlap_are_masked_once(unsure: Report) -> None:
    places = doubts.stretches(unsure, words="takwil bilkas, bilkas jalan")
    assert doubts.without(unsure.text, places["text"]).startswith("kata pak [disamarkan] di depan")


def test_a_masked_copy_masked_again_is_the_same(stage: Stage, unsure: Report) -> None:
    settle(unsure, stage, words="takwil bilkas")
    text = published(unsure).text
    assert masked(text, ()) == text
