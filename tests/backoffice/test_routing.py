"""Rules of competence and figures in the back office: changed in two steps, with history; nothing told from too little."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from lapor.audit.models import Entry
from lapor.backoffice.words import REFUSED
from lapor.reports.models import Report
from lapor.routing import numbers
from lapor.routing.combine import USUAL_THRESHOLD
from lapor.routing.models import Rule, RuleChange
from lapor.routing.numbers import Confusion, ModelInfo, Row
from lapor.routing.rules import checks, in_force
from lapor.routing.rules.load import load_all
from tests.backoffice.conftest import A_RULE, SignIn
from tests.cast import MONDAY, Stage, file_report

ROTTEN = "Titian uji di kampung kami sudah lapuk dan licin, dua anak jatuh."
NEW: dict[str, Any] = {
    "priority": "1",
    "categories": ["jalan_jembatan"],
    "when": "titian uji\n jembatan gantung & putus ",
    "unless": "",
    "level": "regency",
    "body": "kesehatan",
    "fallback": "pekerjaan_umum",
    "fallback_2": "",
    "is_sure": "on",
    "reason": "Titian diurus {agency}.",
    "reason_en": "Footbridges are run by {agency}.",
    "source": "Perda Uji 1",
    "because": "Perda baru",
}


@pytest.fixture
def admin(stage: Stage, sign_in: SignIn) -> Iterator[Client]:
    """The national administrator, with the rules of the file in the database."""
    load_all(now=MONDAY)
    in_force.forget()
    yield sign_in("national")
    in_force.forget()


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_rule_is_added_only_after_its_consequences_were_seen(stage: Stage, admin: Client) -> None:
    report = file_report(text=ROTTEN)[0]
    page = said(admin.post(reverse("backoffice:add_rule"), NEW))
    assert not Rule.objects.filter(body__startswith="kesehatan|pekerjaan").exists(), "nothing is changed yet"
    assert "1 laporan akan diusulkan ke instansi lain" in page
    assert stage.roads.name in page and stage.health.name in page
    assert f'href="{reverse("desk:case", args=[report.code])}"' in page
    assert ROTTEN not in page
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    typed = {name: value for name, value in fields if name != "csrfmiddlewaretoken"}
    assert typed["when"].split() == ["titian", "uji", "jembatan", "gantung", "&amp;", "putus"]
    answer = admin.post(reverse("backoffice:add_rule"), NEW | {"confirmed": "1"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("backoffice:rules"))
    rule = Rule.objects.get(body="kesehatan|pekerjaan_umum")
    assert (rule.when, rule.kind, rule.category) == ("titian uji|jembatan gantung & putus", "", "jalan_jembatan")
    change = rule.changes.get()
    assert (change.by, change.why) == (stage.people["national"], "Perda baru")
    entry = Entry.objects.latest("pk")
    assert (entry.act, entry.reason, entry.data["made"]) == ("office.add_rule", "Perda baru", rule.pk)
    before = report.proposed_agency
    assert Report.objects.get(pk=report.pk).proposed_agency == before, "reports stay where they are"


def test_going_back_from_the_consequences_keeps_what_was_typed(admin: Client) -> None:
    page = said(admin.post(reverse("backoffice:add_rule"), NEW | {"again": "1"}))
    assert "jembatan gantung &amp; putus </textarea>" in page
    assert not RuleChange.objects.exclude(by=None).exists()


def test_a_rule_is_edited_from_what_it_says_and_its_page_tells_what_changed(stage: Stage, admin: Client) -> None:
    rule = Rule.objects.create(**asdict(A_RULE))
    url = reverse("backoffice:edit_rule", args=[rule.pk])
    page = said(admin.get(url))
    assert "titian uji</textarea>" in page and "Perda Uji 1" in page
    admin.post(url, NEW | {"confirmed": "1", "priority": "7", "source": "<b>Perda</b> Uji 2"})
    rule.refresh_from_db()
    assert (rule.priority, rule.is_edited) == (7, True)
    page = said(admin.get(reverse("backoffice:rule", args=[rule.pk])))
    assert "Perda baru" in page and "Petugas Uji national" in page
    assert "<del>1</del>" in page and "<ins>7</ins>" in page
    assert "&lt;b&gt;Perda&lt;/b&gt; Uji 2" in page and "<b>Perda" not in page
    answer = admin.post(url, NEW | {"confirmed": "1", "priority": "7", "source": "<b>Perda</b> Uji 2"})
    assert "tidak ada yang diubah" in said(answer)


def test_a_rule_with_three_bodies_can_be_edited(stage: Stage, admin: Client) -> None:
    rule = next(rule for rule in Rule.objects.all() if rule.body.count("|") == 2)
    page = admin.get(reverse("backoffice:edit_rule", args=[rule.pk])).content.decode()
    for body in rule.body.split("|"):
        if body in {"kesehatan", "pekerjaan_umum", "inspektorat", "pemerintah"}:  # those of the cast
            assert f'value="{body}" selected' in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"when": "ta*bal"}, "Tanda * hanya boleh di akhir kata: ta*bal"),
        ({"when": "jalan | | rusak"}, "Ada bagian kosong"),
        ({"unless": "@mars"}, "Tanda tempat tidak dikenal: @mars"),
        ({"when": "道路"}, "tidak memuat kata berhuruf Latin: 道路"),
        ({"level": "central"}, "Instansi ini tidak ada di tingkat itu: kesehatan"),
        ({"level": "planet"}, "Pilih dari daftar"),
        ({"categories": ["pantun"]}, "Pilih dari daftar"),
        ({"body": ""}, "Pilih “Instansi”"),
        ({"fallback": "kesehatan"}, "Instansi pengganti harus lain"),
        ({"reason": "Diurus dinas."}, "Tulis {agency} di tempat"),
        ({"reason": "Diurus {agency}, {nama}."}, "bukan {nama}"),
        ({"source": ""}, "Isi “Dasar hukum”"),
        ({"because": ""}, "Isi “Alasan perubahan”"),
        ({"priority": "-1"}, "lebih besar"),
        ({"when": "jalan " * 1_000}, "2000"),
    ],
)
def test_what_cannot_be_decided_by_comes_back_with_the_reason_and_the_typed_text(
    admin: Client, changes: dict[str, Any], words: str
) -> None:
    answer = admin.post(reverse("backoffice:add_rule"), NEW | changes | {"confirmed": "1"})
    page = said(answer)
    assert answer.status_code == 422
    assert words in page
    assert "Footbridges are run by {agency}." in page, "what was typed stays"
    assert not RuleChange.objects.exclude(by=None).exists()


def test_nul_bytes_and_long_texts_are_no_crash(admin: Client) -> None:
    for name in ("when", "reason", "because", "priority", "body"):
        for nonsense in ("a\0b", "x" * 100_000, "\u202e{", "{{", "}"):
            answer = admin.post(reverse("backoffice:add_rule"), NEW | {name: nonsense, "confirmed": "1"})
            assert answer.status_code in {302, 422}, (name, nonsense[:5])
    for query in ("q=%00", "level=x&body=%00", "q=" + "a" * 5_000, "category=%27"):
        assert admin.get(f"{reverse('backoffice:rules')}?{query}").status_code == 200


def test_every_problem_of_a_rule_has_a_sentence() -> None:
    reasons = set(re.findall(r'"([a-z]+(?:_[a-z]+)+)"', Path(checks.__file__).read_text(encoding="utf-8")))
    named = {reason for reason in reasons if reason not in {"reason_en"}}
    assert named - set(REFUSED) <= set(vars(checks)), named - set(REFUSED)


def test_switching_off_shows_the_consequences_first_and_wants_a_reason(stage: Stage, admin: Client) -> None:
    rule = Rule.objects.create(**asdict(A_RULE))
    RuleChange.objects.create(rule=rule, at=MONDAY, why="Uji", after={})
    in_force.forget()
    file_report(text=ROTTEN)
    url = reverse("backoffice:end_rule", args=[rule.pk])
    page = said(admin.get(url))
    assert "1 laporan akan diusulkan ke instansi lain" in page
    assert admin.post(url, {"because": ""}).status_code == 422
    admin.post(url, {"because": "Dicabut perda lain"})
    rule.refresh_from_db()
    assert not rule.is_active
    admin.post(reverse("backoffice:revive_rule", args=[rule.pk]), {"because": "Berlaku lagi"})
    rule.refresh_from_db()
    assert rule.is_active
    assert [change.why for change in rule.changes.all()] == ["Berlaku lagi", "Dicabut perda lain", "Uji"]


def test_a_change_is_refused_without_being_proven_anew_and_the_text_stays(stage: Stage, admin: Client) -> None:
    session = admin.session
    del session["elevation"]
    session.save()
    page = said(admin.post(reverse("backoffice:add_rule"), NEW | {"confirmed": "1"}))
    assert not RuleChange.objects.exclude(by=None).exists()
    assert "Footbridges are run by {agency}." in page


def test_the_list_is_narrowed_by_matter_level_body_and_word(admin: Client) -> None:
    url = reverse("backoffice:rules")

    def shown(**query: str) -> int:
        return len(re.findall(r"/kantor/aturan/\d+/", admin.get(url, query).content.decode()))

    everything = Rule.objects.count()
    assert shown() == everything
    roads = [rule for rule in Rule.objects.all() if "jalan_jembatan" in rule.category.split("|")]
    assert 0 < shown(category="jalan_jembatan") == len(roads) < everything
    assert 0 < shown(level="village") == Rule.objects.filter(level="village").count()
    fallback = [rule for rule in Rule.objects.all() if "pekerjaan_umum" in rule.body.split("|")]
    assert shown(body="pekerjaan_umum") == len(fallback)
    assert shown(q="jalan tol") >= 1
    assert shown(state="off") == 0
    assert shown(level="nonsens") == everything, "nonsense is ignored"


# figures


def figures(monkeypatch: pytest.MonkeyPatch, *rows: Row) -> None:
    monkeypatch.setattr(numbers, "summary", lambda since, until, by: list(rows))


def a_row(label: str, n: int, covered: int, right: int, drift: float | None = None) -> Row:
    return Row(
        key=label, label=label, n=n, covered=covered, right=right, overridden=covered - right, low=0.71, high=0.88,
        drift=drift,
    )  # fmt: skip


def test_figures_come_with_their_interval_and_none_where_too_little_was_decided(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures(
        monkeypatch,
        a_row("Dinas Uji Ramai", 100, 80, 64, drift=-0.12),
        a_row("Dinas Uji Sepi", 29, 29, 29),
        a_row("Dinas Uji Ragu", 40, 0, 0),
    )
    page = said(admin.get(reverse("backoffice:numbers")))
    assert "<strong>80%</strong>" in page and "(71% – 88%)" in page and "-12 poin" in page
    few = page[page.index("<details>") :]
    assert "2 baris lain belum cukup data" in few and "Dinas Uji Sepi" in few and "Dinas Uji Ragu" in few
    assert "100%" not in page
    whole = page[page.index(">Semua<") : page.index("Dinas Uji Ramai")]
    assert "<strong>85%</strong>" in whole, "93 of 109 that were proposed"


def test_confusions_model_and_threshold_are_told(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        numbers, "costliest_confusions", lambda since, until, limit: [Confusion("Dinas A", "Dinas <B>", 12, 0.34)]
    )
    monkeypatch.setattr(
        numbers, "current_model", lambda: ModelInfo("2026-41", MONDAY, 12_345, {"accuracy": 0.912, "macro_f1": 0.5})
    )
    monkeypatch.setattr(numbers, "threshold", lambda: 0.65)
    page = said(admin.get(reverse("backoffice:numbers")))
    assert "Dinas A" in page and "Dinas &lt;B&gt;" in page and "34%" in page
    assert "2026-41" in page and "12.345" in page and "91%" in page and "macro_f1" in page
    assert "65%" in page


def test_without_data_the_page_says_so(admin: Client) -> None:
    page = said(admin.get(reverse("backoffice:numbers")))
    assert "Belum ada model terlatih" in page and "Belum cukup data" in page
    with translation.override("id"):
        for query in (
            "menurut=channel",
            "menurut=x",
            "sejak=kemarin&sampai=2026-99-99",
            "sejak=2026-10-01&sampai=2026-01-01",
        ):
            assert admin.get(f"{reverse('backoffice:numbers')}?{query}").status_code == 200


def test_the_days_and_the_way_to_look_are_handed_on(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []

    def summary(since: date, until: date, by: str) -> list[Row]:
        asked.append((str(since), str(until), by))
        return []

    monkeypatch.setattr(numbers, "summary", summary)
    admin.get(reverse("backoffice:numbers"))
    admin.get(reverse("backoffice:numbers"), {"sejak": "2026-09-30", "sampai": "2026-09-01", "menurut": "language"})
    assert asked == [("2026-07-07", "2026-10-05", "agency"), ("2026-09-01", "2026-09-30", "language")]


def test_the_threshold_is_set_with_a_reason_and_a_trace(
    stage: Stage, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Any] = []
    monkeypatch.setattr(numbers, "set_threshold", lambda value, by, now: given.append((value, by, now)))
    url = reverse("backoffice:set_threshold")
    assert f'value="{round(USUAL_THRESHOLD * 100)}"' in said(admin.get(url))
    for percent in ("101", "-1", "setengah", ""):
        assert admin.post(url, {"percent": percent, "reason": "Uji"}).status_code == 422
    assert admin.post(url, {"percent": "75", "reason": ""}).status_code == 422
    assert given == []
    admin.post(url, {"percent": "75", "reason": "Terlalu banyak koreksi"})
    assert given == [(0.75, stage.people["national"], MONDAY)]
    entry = Entry.objects.latest("pk")
    assert (entry.act, entry.reason, entry.data["percent"]) == ("office.set_threshold", "Terlalu banyak koreksi", 75)
