"""Writing a report: what is asked, what is refused, and that nothing typed is ever lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lapor.reports.models import Report
from tests.cast import Stage
from tests.public.citizen import WRITTEN, Citizen, named, photo
from tests.public.page import read

WRONG: dict[str, str] = {
    "kind": "gossip",
    "text": "Terlalu singkat",
    "title": "x" * 151,
    "place_text": "Negeri Antah Berantah",
    "place": "x" * 201,
    "point": "di sana",
    "occurred_on": "2099-01-01",
    "category": "tidak_ada",
    "agency_text": "Kementerian Urusan Antariksa Zzzqq",
    "name": "x" * 121,
    "phone": "12",
    "email": "bukan alamat",
}


@pytest.mark.parametrize("field", WRONG)
def test_one_mistake_brings_back_every_typed_value(citizen: Citizen, field: str) -> None:
    changes = {field: WRONG[field]} | ({"region": ""} if field == "place_text" else {})
    answer = citizen.write(**changes)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode() or field == "kind"
    typed = {name: value for name, value in (WRITTEN | changes).items() if value and name not in {"kind", "category"}}
    shown = read(answer).form("").values
    assert {name: shown.get(name, [""])[0] for name in typed} == typed
    if field != "category":
        assert shown["category"] == ["jalan_jembatan"]
    if field != "kind":
        assert shown["kind"] == ["complaint"]


def test_every_choice_stays_made_after_a_mistake(citizen: Citizen) -> None:
    answer = citizen.write(text="", kind="procurement", is_anonymous="on", is_confidential="on", shows_name="on")
    shown = read(answer).form("").values
    assert answer.status_code == 422
    assert shown["kind"] == ["procurement"]
    assert all(name in shown for name in ("is_anonymous", "is_confidential", "shows_name"))


def test_text_or_photo_is_enough_and_nothing_else_is_asked(citizen: Citizen) -> None:
    nothing = {name: None for name in WRITTEN if name != "kind"}
    assert citizen.write(**nothing).status_code == 422
    assert citizen.write(**nothing | {"text": "Dua puluh huruf pas."}).status_code == 302
    proof = citizen.report(photo(), **nothing)
    assert Report.objects.get(code=proof.code).text == ""


def test_nineteen_letters_are_too_few_and_blanks_are_none(citizen: Citizen) -> None:
    assert citizen.write(text="Dua puluh huruf pas").status_code == 422
    assert citizen.write(text="Jalan" + " " * 40 + "rusak").status_code == 422


def test_the_limits_of_files_are_said_before_anything_is_sent(citizen: Citizen) -> None:
    html = citizen.client.get("/lapor/").content.decode()
    assert "Paling banyak 5 berkas, masing-masing 10 MB" in html
    assert 'data-max-count="5" data-max-bytes="10485760"' in html


def test_each_choice_of_secrecy_says_who_sees_what(citizen: Citizen) -> None:
    html = citizen.client.get("/lapor/").content.decode()
    for sentence in (
        "Nama Anda tidak dilihat siapa pun: tidak oleh publik, instansi yang dilaporkan, maupun petugas.",
        "Publik tidak melihat apa pun dari laporan ini.",
        "Petugas yang menangani melihat nama Anda, kecuali Anda juga memilih anonim.",
        "Laporan disandi; hanya pemeriksa khusus yang membacanya",
    ):
        assert sentence in html


@pytest.mark.parametrize(
    ("chosen", "stored"),
    [
        ({}, (False, "public")),
        ({"is_anonymous": "on"}, (True, "public")),
        ({"is_confidential": "on"}, (False, "confidential")),
        ({"is_anonymous": "on", "is_confidential": "on"}, (True, "confidential")),
    ],
)
def test_anonymous_and_confidential_are_separate_choices(
    citizen: Citizen, chosen: dict[str, str], stored: tuple[bool, str]
) -> None:
    report = Report.objects.get(code=citizen.report(**chosen).code)
    assert (report.is_anonymous, report.visibility) == stored


@pytest.mark.parametrize("chosen", [{"is_anonymous": "on"}, {"is_confidential": "on"}])
def test_who_asks_for_secrecy_never_shows_a_name(citizen: Citizen, chosen: dict[str, str]) -> None:
    address = citizen.check(shows_name="on", **chosen)
    assert "Nama Anda dilihat petugas yang menangani dan publik." not in citizen.client.get(address).content.decode()
    from_form = Report.objects.get(code=citizen.report(shows_name="on", **chosen).code)
    assert not from_form.shows_name


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Samarinda Utara, Kota Samarinda, Kalimantan Timur", "64.72.05"),
        ("samarinda utara", "64.72.05"),
        ("", None),
    ],
)
def test_a_place_is_settled_from_its_name_alone(citizen: Citizen, typed: str, code: str | None) -> None:
    report = Report.objects.get(code=citizen.report(place_text=typed, region="").code)
    assert report.region_id == code


def test_a_name_that_fits_several_places_is_asked_back_as_a_choice(citizen: Citizen) -> None:
    answer = citizen.write(place_text="kalimantan", region="")
    assert answer.status_code == 422
    assert 'name="region_choice"' in answer.content.decode()
    report = citizen.report(place_text="kalimantan", region="", region_choice="64.02")
    assert Report.objects.get(code=report.code).region_id == "64.02"


def test_a_place_can_be_chosen_in_plain_selects_step_by_step(citizen: Citizen) -> None:
    step: dict[str, Any] = {"place_text": "", "region": "", "region_below": "64", "narrow": "1"}
    for chosen in ("64", "64.72", "64.72.05"):
        step["region_below"] = chosen
        answer = citizen.write(**step)
        assert answer.status_code == 200
        shown = read(answer).form("").values
        assert shown["text"] == [WRITTEN["text"]], "what was typed goes along"
        step |= {name: shown[name][0] for name in ("place_text", "region")}
    assert step["region"] == "64.72.05"
    del step["narrow"], step["region_below"]
    assert Report.objects.get(code=citizen.report(**step).code).region_id == "64.72.05"


def test_the_last_select_counts_without_another_step(citizen: Citizen) -> None:
    proof = citizen.report(place_text="Kalimantan Timur", region="64", region_below="64.02")
    assert Report.objects.get(code=proof.code).region_id == "64.02"


@pytest.mark.parametrize(
    "typed",
    [
        "-0.49120, 117.14360",
        "-0,49120 117,14360",
        "https://peta.invalid/maps/@-0.4912,117.1436,17z",
        "https://peta.invalid/place/@-0.6,117.2,9z/data=!3d-0.4912!4d117.1436",
        "https://peta.invalid/?mlat=-0.49120&mlon=117.14360#map=17/-0.6/117.2",
        "geo:-0.4912,117.1436;u=20",
    ],
)
def test_a_point_is_read_from_numbers_and_from_links(citizen: Citizen, typed: str) -> None:
    report = Report.objects.get(code=citizen.report(point=typed).code)
    assert (str(report.latitude), str(report.longitude)) == ("-0.49120", "117.14360")


@pytest.mark.parametrize("typed", ["48.85837, 2.29448", "https://maps.invalid/x7Yz", "-0.4912"])
def test_a_point_that_is_none_in_indonesia_is_asked_back(citizen: Citizen, typed: str) -> None:
    answer = citizen.write(point=typed)
    assert answer.status_code == 422
    assert read(answer).form("").values["point"] == [typed]


def test_a_body_that_fits_several_is_asked_back_and_may_be_none_of_them(stage: Stage, citizen: Citizen) -> None:
    answer = citizen.write(agency_text="inspektorat")
    assert answer.status_code == 422
    assert 'name="agency_choice"' in answer.content.decode()
    assert citizen.write(agency_text="inspektorat", agency_choice="none").status_code == 302
    proof = citizen.report(agency_text="inspektorat", agency_choice=stage.city_inspectorate.slug)
    assert Report.objects.get(code=proof.code).proposed_agency_id == stage.city_inspectorate.pk


def test_a_link_may_name_the_place_and_the_body(stage: Stage, client: Client) -> None:
    shown = read(client.get("/lapor/", {"wilayah": "64.72", "instansi": stage.roads.slug})).form("").values
    assert (shown["region"], shown["agency_text"]) == (["64.72"], [stage.roads.name])


@pytest.mark.parametrize("query", [{"wilayah": "\0"}, {"instansi": "\0"}, {"ubah": "\0"}, {"wilayah": "x" * 5000}])
def test_a_broken_link_opens_the_empty_form(stage: Stage, client: Client, query: dict[str, str]) -> None:
    assert client.get("/lapor/", query).status_code == 200


def test_an_invisible_character_breaks_nothing(citizen: Citizen) -> None:
    answers = {name: citizen.write(**{name: f"{value}\0"}).status_code for name, value in WRITTEN.items()}
    assert set(answers.values()) <= {302, 422}, answers


def test_a_hundred_thousand_letters_are_refused_and_kept(citizen: Citizen) -> None:
    long = "panjang " * 12_500
    for name in set(WRITTEN) - {"kind", "category"}:
        answer = citizen.write(**{name: long})
        assert answer.status_code == 422, name
        assert read(answer).form("").values[name] == [long]


def test_a_sign_that_stands_for_many_letters_does_not_pass_the_limit_unseen(citizen: Citizen) -> None:
    answer = citizen.write(text="\ufdfa" * 2000)  # eighteen letters each, once written out
    assert answer.status_code == 422
    assert "Tulisan terlalu panjang" in answer.content.decode()


def test_emoji_alone_are_text(citizen: Citizen) -> None:
    proof = citizen.report(text="🚧" * 25)
    assert Report.objects.get(code=proof.code).text == "🚧" * 25


def test_writing_from_right_to_left_is_kept_and_cannot_turn_the_page(citizen: Citizen) -> None:
    proof = citizen.report(text="الطريق أمام السوق مليء بالحفر \u202eterbalik\u202c")
    stored = Report.objects.get(code=proof.code).text
    assert stored == "الطريق أمام السوق مليء بالحفر terbalik"


def test_markup_is_shown_as_it_was_typed(citizen: Citizen) -> None:
    text = "<script>alert(1)</script> jalan rusak & <b>gelap</b> sekali"
    answer = citizen.client.get(citizen.check(text=text))
    assert "<script>alert" not in answer.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; jalan rusak &amp; &lt;b&gt;" in answer.content.decode()


def test_a_bad_file_loses_nothing_else(citizen: Citizen) -> None:
    answer = citizen.write(photo("satu.jpg"), named(b"<html></html>", "dua.jpg"), photo("tiga.jpg"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "dua.jpg tidak dapat dibaca" in html
    assert "foto-1.jpg" in html and "foto-2.jpg" in html
    assert read(answer).form("").values["text"] == [WRITTEN["text"]]


def test_good_files_wait_while_a_mistake_in_the_text_is_mended(citizen: Citizen) -> None:
    first = citizen.write(photo("satu.jpg"), text="pendek", email="bukan alamat")
    key = citizen.key_of(read(first).form("").values)
    address = citizen.check(key=key)
    assert "foto-1.jpg" in citizen.client.get(address).content.decode()


def test_a_waiting_file_can_be_taken_out_and_the_text_stays(citizen: Citizen) -> None:
    first = citizen.write(photo("satu.jpg"), email="bukan alamat")
    page = read(first)
    key = citizen.key_of(page.form("").values)
    dropped = first.content.decode().split('name="drop" value="')[1].split('"')[0]
    answer = citizen.write(key=key, drop=dropped)
    assert "foto-1.jpg" in first.content.decode()
    assert "foto-1.jpg" not in answer.content.decode()
    assert read(answer).form("").values["text"] == [WRITTEN["text"]]


def test_what_was_written_can_be_changed_before_it_is_sent(citizen: Citizen) -> None:
    address = citizen.check()
    key = address.rstrip("/").split("/")[-1]
    shown = read(citizen.client.get("/lapor/", {"ubah": key})).form("").values
    typed = {name: value for name, value in WRITTEN.items() if value and name not in {"phone", "point"}}
    assert {name: shown[name][0] for name in typed} == typed
    assert shown["phone"] == ["+6281234567890"]


def test_another_browser_cannot_read_what_was_written(citizen: Citizen) -> None:
    address = citizen.check()
    key = address.rstrip("/").split("/")[-1]
    stranger = Client()
    assert WRITTEN["text"] not in stranger.get("/lapor/", {"ubah": key}).content.decode()
    answer = stranger.get(address, follow=True)
    assert answer.redirect_chain[-1][0] == "/lapor/"
    assert WRITTEN["text"] not in answer.content.decode()


def test_the_form_works_without_any_script(citizen: Citizen) -> None:
    page = read(citizen.client.get("/lapor/"))
    assert page.inline == []
    assert set(WRITTEN) - {"kind"} <= {*page.form("").values, "category", "region_choice"}
