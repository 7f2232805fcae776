"""A whole region is brought on step by step: each step says what is missing, changes only what is ticked, and can wait."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from lapor.agencies import standard
from lapor.agencies.certificates import Claims, person_of, write
from lapor.agencies.models import Agency, ConnectionChange, Membership, Role, Training, Unit
from lapor.deadlines.models import CalendarChange, Holiday
from lapor.vault import signing
from tests.backoffice.conftest import SignIn
from tests.backoffice.test_acts import TODAY, TOMORROW, said, send, trace
from tests.cast import MONDAY, Stage

YESTERDAY = TODAY - timedelta(days=1)


def page(client: Client, stage: Stage) -> str:
    return said(client.get(reverse("backoffice:onboarding", args=[stage.city.slug])))


def food(stage: Stage) -> Agency:
    """A body of the city without anything."""
    return Agency.objects.create(
        slug="pangan-uji", name="Dinas Ketahanan Pangan Uji", kind=Agency.Kind.OFFICE, level=Agency.Level.REGENCY,
        field="pangan", region=stage.city.region, parent=stage.city,
    )  # fmt: skip


def test_the_page_reads_how_far_the_region_is_from_what_is_there(stage: Stage, sign_in: SignIn) -> None:
    client, body = sign_in("admin"), food(stage)
    first = page(client, stage)
    assert "bidang standar belum punya instansi" in first and "Belum ada petugas" in first
    without = int(re.findall(r"Untuk (\d+) instansi tanpa unit", first)[0])
    send(client, "adopt_units", stage.city.slug, units=[f"{body.pk}:Sekretariat"])
    assert re.findall(r"Untuk (\d+) instansi tanpa unit", page(client, stage)) == [str(without - 1)]


def test_only_the_ticked_units_are_made_and_a_stale_list_is_said_to_be(stage: Stage, sign_in: SignIn) -> None:
    client, body = sign_in("admin"), food(stage)
    form = said(client.get(reverse("backoffice:adopt_units", args=[stage.city.slug])))
    assert re.search(f'value="{body.pk}:Sekretariat"(?: id="id_units_0")? checked', form)
    assert form.count('id="id_units_0"') == 1, "the summary of errors leads to the first box"
    answer = send(client, "adopt_units", stage.city.slug, status=422)
    assert "Centang paling sedikit satu unit" in said(answer)
    send(client, "adopt_units", stage.city.slug, units=[f"{body.pk}:Sekretariat"])
    assert list(Unit.objects.filter(agency=body).values_list("name", flat=True)) == ["Sekretariat"]
    assert trace().data == {"units": 1}
    answer = send(client, "adopt_units", stage.city.slug, status=422, units=[f"{body.pk}:Sekretariat"])
    assert "sudah berubah sejak Anda membukanya" in said(answer)


def test_units_of_another_region_cannot_be_made(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("admin")
    new = f"{stage.regency_roads.pk}:Sekretariat"
    send(client, "adopt_units", stage.city.slug, status=422, units=[new])
    assert not Unit.objects.filter(agency=stage.regency_roads).exists()


def test_the_prepared_table_is_downloaded_and_holds_no_person(stage: Stage, sign_in: SignIn) -> None:
    client, body = sign_in("admin"), food(stage)
    standard.adopt([(body, "Sekretariat")])
    answer = client.get(reverse("backoffice:posts_to_fill", args=[stage.city.slug]))
    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert body.slug in {row["agency"] for row in found}
    assert {(row["email"], row["name"]) for row in found} == {("", "")}
    assert stage.regency_roads.slug not in {row["agency"] for row in found}


def rows(*days: tuple[Any, Any, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {"source": "SK Uji 1"}
    for number, (since, until, name) in enumerate(days):
        fields |= {f"since-{number}": since, f"until-{number}": until, f"name-{number}": name}
    return fields


def test_days_off_of_the_region_are_shown_first_and_then_hold(stage: Stage, sign_in: SignIn) -> None:
    client, typed = sign_in("admin"), rows(("2026-10-21", "2026-10-22", "Hari Jadi (uji)"), ("", "", ""))
    answer = send(client, "add_days", stage.city.slug, status=200, **typed)
    assert "2 hari menjadi libur" in said(answer)
    assert not Holiday.objects.filter(name="Hari Jadi (uji)").exists()
    again = send(client, "add_days", stage.city.slug, status=200, again="1", **typed)
    assert 'value="2026-10-22"' in said(again), "what was typed is not lost"
    send(client, "add_days", stage.city.slug, confirmed="1", **typed)
    made = Holiday.objects.filter(name="Hari Jadi (uji)")
    assert {(one.region_code, one.kind, one.added_by) for one in made} == {("64.72", "regional", stage.people["admin"])}
    assert CalendarChange.objects.filter(region_code="64.72", applied_at=None).count() == 2
    assert "Hari Jadi (uji)" in page(client, stage)


def test_a_day_that_is_over_is_refused_with_the_reason_and_what_was_typed_stays(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("admin")
    typed = rows((YESTERDAY, "", "Kemarin"), ("2026-10-22", "2026-10-21", "Terbalik"))
    answer = said(send(client, "add_days", stage.city.slug, status=422, confirmed="1", **typed))
    assert "Baris 1:" in answer and "sudah lewat" in answer and "Baris 2: tanggal akhir mendahului" in answer
    assert 'value="Terbalik"' in answer and 'value="SK Uji 1"' in answer
    assert not Holiday.objects.filter(name__in=["Kemarin", "Terbalik"]).exists()


def certificate(stage: Stage, settings: Settings, **changed: str) -> str:
    signer = signing.make()
    settings.LAPOR_TRAINING_KEYS = [signer.public]
    said = {
        "number": "nomor-uji",
        "person": person_of(stage.people["liaison"].email.upper()),
        "role": str(Role.LIAISON),
        "agency": stage.roads.slug,
    }
    return write(Claims(**(said | changed), done_on=TODAY), sign=signer.sign)


def test_a_certificate_is_taken_from_its_file_or_from_its_code(
    stage: Stage, sign_in: SignIn, settings: Settings, own_data: Path
) -> None:
    client, code = sign_in("admin"), certificate(stage, settings)
    file = SimpleUploadedFile("sertifikat.pdf", b"%PDF (" + code.encode() + b")")
    send(client, "take_certificates", stage.city.slug, papers=[file])
    row = Training.objects.get()
    assert (row.user, row.agency, row.number) == (stage.people["liaison"], stage.roads, "nomor-uji")
    assert trace().data == {"certificates": ["nomor-uji"]}
    send(client, "take_certificates", stage.city.slug, codes=code)
    assert Training.objects.count() == 1, "a list that is sent again adds what is new"


def test_a_certificate_of_another_is_refused_kindly_and_stays_in_the_box(
    stage: Stage, sign_in: SignIn, settings: Settings, own_data: Path
) -> None:
    client, code = sign_in("admin"), certificate(stage, settings, person="0" * 40)
    answer = said(send(client, "take_certificates", stage.city.slug, status=422, codes=code))
    assert "Milik orang lain" in answer and code in answer
    empty = SimpleUploadedFile("foto.pdf", b"%PDF")
    answer = said(send(client, "take_certificates", stage.city.slug, status=422, papers=[empty], codes=code))
    assert "foto.pdf tidak memuat kode sertifikat" in answer
    send(client, "take_certificates", stage.city.slug, status=422)
    assert not Training.objects.exists()


def test_a_training_is_noted_by_word_and_withdrawn_with_a_reason(stage: Stage, sign_in: SignIn) -> None:
    client, post = sign_in("admin"), Membership.objects.get(user=stage.people["operator"])
    typed: dict[str, Any] = {"posts": [post.pk], "done_on": TODAY, "reason": "Daftar hadir uji"}
    answer = send(client, "note_training", stage.city.slug, status=422, **(typed | {"done_on": TOMORROW}))
    assert "belum tiba" in said(answer) and "Daftar hadir uji" in said(answer)
    assert f'value="{post.pk}"' in said(answer)
    send(client, "note_training", stage.city.slug, **typed)
    row = Training.objects.get()
    assert (row.user, row.by, row.reason) == (post.user, stage.people["admin"], "Daftar hadir uji")
    shown = said(client.get(reverse("backoffice:person", args=[post.user_id])))
    assert "Daftar hadir uji" in shown
    send(client, "withdraw_training", row.pk, status=422)
    send(client, "withdraw_training", row.pk, reason="Salah orang")
    row.refresh_from_db()
    assert (row.withdrawn_at, row.withdrawn_by) == (MONDAY, stage.people["admin"])
    own = Membership.objects.get(user=stage.people["admin"])
    send(client, "note_training", stage.city.slug, status=422, **(typed | {"posts": [own.pk]}))


def test_many_bodies_are_connected_at_once_from_a_day_that_is_not_over(stage: Stage, sign_in: SignIn) -> None:
    body, client = food(stage), sign_in("admin")
    Agency.objects.filter(pk=stage.health.pk).update(connected_on=None)
    form = said(client.get(reverse("backoffice:connect_many", args=[stage.city.slug])))
    assert f'name="agencies" value="{stage.health.pk}"' in form
    assert f'name="agencies" value="{body.pk}"' not in form, "nobody works there yet"
    answer = send(client, "connect_many", stage.city.slug, status=422, agencies=[stage.health.pk], on=YESTERDAY)
    assert "sudah lewat" in said(answer)
    send(client, "connect_many", stage.city.slug, status=422, agencies=[body.pk], on=TODAY)
    send(client, "connect_many", stage.city.slug, agencies=[stage.health.pk], on=TODAY, reason="Perjanjian Uji 2")
    step = ConnectionChange.objects.get(agency=stage.health)
    assert (step.on, step.by, step.reason) == (TODAY, stage.people["admin"], "Perjanjian Uji 2")
