"""Files: taken by what they are and not by their name, made anew where they are pictures, given back so that nothing runs."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from lapor.lib.files import MAX_BYTES
from lapor.reports import actions
from lapor.reports.models import Attachment, Report
from tests.cast import MONDAY, Stage, to_assigned
from tests.public.citizen import Citizen, Proof, named, photo
from tests.samples import pdf

PDF = pdf()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def where(citizen: Citizen, proof: Proof) -> list[Any]:
    """Every file of the report, as the reporter gets it."""
    citizen.open(proof)
    kept = Attachment.objects.filter(report__code=proof.code).order_by("id")
    return [citizen.client.get(f"/lacak/{proof.code}/berkas/{file.key}/") for file in kept]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (SVG, "gambar.svg"),
        (SVG, "gambar.png"),
        (HTML, "halaman.html"),
        (HTML, "foto.jpg"),
        (HTML, "surat.pdf"),
        (b"GIF89a" + HTML, "foto.gif"),
        (b"MZ\x90\x00" * 50, "foto.jpg"),
        (b"PK\x03\x04" * 50, "arsip.zip"),
        (b"", "kosong.jpg"),
        (b"%PDF-1.4 /JavaScript (app.alert(1)) %%EOF", "surat.pdf"),
    ],
)
def test_what_is_no_picture_paper_or_film_is_refused_whatever_its_name(
    citizen: Citizen, data: bytes, name: str
) -> None:
    answer = citizen.write(named(data, name))
    assert answer.status_code == 422
    assert name in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_picture_under_a_wrong_name_is_taken_as_what_it_is(citizen: Citizen) -> None:
    proof = citizen.report(photo("program.exe"))
    (answer,) = where(citizen, proof)
    assert answer["Content-Type"] == "image/jpeg"
    assert 'filename="foto-1.jpg"' in answer["Content-Disposition"]


def test_a_picture_is_given_back_without_its_place(citizen: Citizen) -> None:
    made, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8825)[2] = (0.0, 29.0, 28.0)
    exif[0x010E] = "di rumah pelapor"
    Image.new("RGB", (60, 40), "teal").save(made, "JPEG", exif=exif)
    proof = citizen.report(named(made.getvalue(), "foto.jpg"))
    (answer,) = where(citizen, proof)
    given = Image.open(io.BytesIO(answer.getvalue()))
    assert not given.getexif()


def test_only_pictures_open_in_the_page_and_no_type_is_guessed(citizen: Citizen) -> None:
    proof = citizen.report(photo("foto.jpg"), named(PDF, "surat.pdf"))
    picture, paper = where(citizen, proof)
    assert picture["Content-Disposition"].startswith("inline")
    assert paper["Content-Disposition"].startswith("attachment")
    assert (picture["Content-Type"], paper["Content-Type"]) == ("image/jpeg", "application/pdf")
    for answer in (picture, paper):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]
        assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "a\r\nX-Evil: 1.jpg", 'x"; filename="y.html', "\u202egpj.exe.jpg"]
)
def test_a_name_of_a_file_does_nothing(citizen: Citizen, name: str) -> None:
    proof = citizen.report(photo(name))
    (answer,) = where(citizen, proof)
    assert "X-Evil" not in answer
    assert answer["Content-Disposition"].endswith('.jpg"')
    assert ".." not in answer["Content-Disposition"]


def test_ten_megabytes_are_the_most(citizen: Citizen) -> None:
    large = PDF + b" " * (MAX_BYTES - len(PDF))
    assert len(large) == MAX_BYTES
    assert citizen.write(named(large, "pas.pdf")).status_code == 302
    answer = citizen.write(named(large + b"\n", "besar.pdf"))
    assert answer.status_code == 422
    assert "besar.pdf lebih besar dari 10 MB." in answer.content.decode()


def test_five_files_are_the_most_and_the_sixth_loses_none(citizen: Citizen) -> None:
    answer = citizen.write(*(photo(f"foto{n}.jpg") for n in range(1, 7)))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "foto6.jpg tidak disimpan: paling banyak lima berkas." in html
    assert all(f"foto-{n}.jpg" in html for n in range(1, 6))
    assert Attachment.objects.count() == 5


def test_a_file_opens_only_with_the_report_it_belongs_to(citizen: Citizen) -> None:
    mine, other = citizen.report(photo("satu.jpg")), citizen.report(photo("dua.jpg"))
    citizen.open(mine)
    theirs = Attachment.objects.get(report__code=other.code)
    assert citizen.client.get(f"/lacak/{mine.code}/berkas/{theirs.key}/").status_code == 404


def test_a_file_of_an_answer_that_is_not_sent_stays_with_the_office(stage: Stage, citizen: Citizen) -> None:
    proof = citizen.report(photo("satu.jpg"))
    report = to_assigned(stage, Report.objects.get(code=proof.code))
    actions.draft(
        report_id=report.pk,
        text="Konsep jawaban yang belum selesai ditulis oleh operator.",
        done_by="",
        done_on=MONDAY.date(),
        is_ready=False,
        actor=stage.officer("liaison"),
        now=MONDAY,
    )
    file = Attachment.objects.get(report=report)
    Attachment.objects.filter(pk=file.pk).update(draft=report.drafts.get())
    assert [answer.status_code for answer in where(citizen, proof)] == [404]
