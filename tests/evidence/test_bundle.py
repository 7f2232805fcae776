"""The file of a case that an overseer takes along: signed, without the reporter, and any change in it is found."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from lapor.audit.models import Entry
from lapor.desk.acts import ACTS
from lapor.evidence import bundle, keys
from lapor.reports.models import Event, Report
from tests.cast import Stage, file_report, to_answered
from tests.desk.office import Office

NAME, PHONE = "Sumarni Uji Sunyi", "081355550101"


def taken(office: Office, report: Report, path: Path) -> Path:
    """The overseer's download, saved."""
    answer = office("overseer").post(
        reverse("desk:take_file", args=[report.code]), {"reason": "Pemeriksaan uji nomor 7"}
    )
    assert answer.status_code == 200, answer.content
    path.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    return path


@pytest.fixture
def office(stage: Stage) -> Office:
    return Office(stage)


@pytest.mark.parametrize("asked", [{}, {"is_anonymous": True}, {"is_confidential": True}])
def test_the_bundle_is_whole_and_says_nothing_of_who_reported(
    stage: Stage, office: Office, tmp_path: Path, asked: dict[str, Any]
) -> None:
    text = f"Jalan berlubang di depan pasar sejak bulan lalu. Salam, {NAME}, {PHONE}."
    report = to_answered(stage, file_report(name=NAME, phone=PHONE, text=text, **asked)[0])
    path = taken(office, report, tmp_path / "perkara.zip")
    assert bundle.check(path) == []
    public = bytes(keys.all_public()[-1].public)
    assert bundle.check(path, public=public) == []
    assert bundle.check(path, public=b"\0" * 32) == ["the signature does not fit the manifest"]
    call_command("audit", "bundle", str(path), verbosity=0)
    with zipfile.ZipFile(path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "Sumarni" not in everything and "5550101" not in everything
    assert "tambal" in everything and report.code in everything
    entry = Entry.objects.get(act="case.taken")
    assert (entry.user, entry.reason) == (stage.people["overseer"], "Pemeriksaan uji nomor 7")
    assert Event.objects.filter(report=report, kind="file_taken").exists()


def test_every_change_in_a_bundle_is_found(stage: Stage, office: Office, tmp_path: Path) -> None:
    path = taken(office, to_answered(stage, file_report()[0]), tmp_path / "perkara.zip")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for change, fault in (
        ({bundle.CASE: parts[bundle.CASE] + b" "}, "perkara.json was changed"),
        ({"berkas/lain.txt": b"x"}, "berkas/lain.txt was put in"),
        ({bundle.CASE: None}, "perkara.json is gone"),
        (
            {bundle.MANIFEST: parts[bundle.MANIFEST].replace(b"lapor", b"lapar")},
            "the signature does not fit the manifest",
        ),
        ({bundle.SIGNATURE: b"{}"}, "not a bundle: KeyError"),
    ):
        forged = tmp_path / "forged.zip"
        with zipfile.ZipFile(forged, "w") as archive:
            for name, data in (parts | change).items():
                if data is not None:
                    archive.writestr(name, data)
        assert bundle.check(forged) == [fault]
    (tmp_path / "none.zip").write_bytes(b"not a zip")
    assert bundle.check(tmp_path / "none.zip") == ["not a bundle: BadZipFile"]


def test_only_an_overseer_takes_a_file_and_says_why(stage: Stage, office: Office) -> None:
    report = file_report()[0]
    address = reverse("desk:take_file", args=[report.code])
    for who in ("admin", "national"):
        assert office(who).post(address, {"reason": "Ingin tahu saja"}).status_code == 302
    assert office("overseer").post(address, {"reason": ""}).status_code == 302
    sealed = file_report(kind="whistleblowing")[0]
    for who in ("overseer", "investigator"):
        answer = office(who).post(reverse("desk:take_file", args=[sealed.code]), {"reason": "Pemeriksaan uji"})
        assert answer.status_code in {302, 404} and "zip" not in answer.get("Content-Type", "")
    assert not Entry.objects.filter(act="case.taken").exists()


def test_every_other_act_of_the_desk_is_refused_to_an_overseer(stage: Stage, office: Office) -> None:
    """Read-only by the whole table of acts, in the states that reports pass through."""
    for report in (file_report()[0], to_answered(stage, file_report(phone="081200000003")[0])):
        before = Report.objects.values().get(pk=report.pk)
        for name in ACTS.keys() - {"recommend"}:
            answer = office.act("overseer", report, name, {})
            assert answer.status_code == 409, name
        assert Report.objects.values().get(pk=report.pk) == before
