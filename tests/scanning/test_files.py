"""Files of reports and the scanner: nobody loses a report because it is away, and what has a virus reaches nobody."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage

from lapor.audit.models import Entry
from lapor.lib.files import Refused
from lapor.reports import case, files, late_scans, own
from lapor.reports.access import NotFound
from lapor.reports.models import Attachment, Event, EventKind, Report, Scan
from lapor.vault import files as vault
from lapor.vault.keys import WrongKey
from tests.cast import MONDAY, Stage, file_report, reporter, to_assigned
from tests.samples import EICAR, box, film, pdf, picture

HOUR_LATER = MONDAY + timedelta(hours=1)
SICK = film() + box(b"mdat", EICAR)


def keep(data: bytes, name: str = "berkas") -> Attachment:
    return files.keep(io.BytesIO(data), name=name, pending=uuid.uuid4(), now=MONDAY)


def reported(data: bytes) -> tuple[Report, Attachment]:
    kept = keep(data)
    report, _receipt = file_report(attachment_ids=(kept.pk,))
    return report, Attachment.objects.get(pk=kept.pk)


def test_a_clean_file_is_stored_as_clean(stage: Stage, scanner: Path) -> None:
    assert keep(pdf()).scan == Scan.CLEAN


def test_a_file_with_a_virus_is_refused_and_leaves_nothing(stage: Stage, scanner: Path, settings: LazySettings) -> None:
    with pytest.raises(Refused) as refused:
        keep(SICK)
    assert refused.value.reason == "infected"
    assert not Attachment.objects.exists()
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


def test_a_scanner_that_is_away_keeps_nobody_from_reporting(stage: Stage, settings: LazySettings) -> None:
    settings.LAPOR_CLAMD = "/does/not/exist"
    report, kept = reported(pdf())
    assert (kept.report, kept.scan) == (report, Scan.NOT_SCANNED)


def test_what_was_not_scanned_is_scanned_later_and_once(stage: Stage, running: Path, settings: LazySettings) -> None:
    _report, kept = reported(pdf())
    settings.LAPOR_CLAMD = str(running)
    assert late_scans.scan_waiting(now=MONDAY + timedelta(minutes=5)) == 0, "tried a moment ago"
    assert late_scans.scan_waiting(now=HOUR_LATER) == 1
    assert late_scans.scan_waiting(now=HOUR_LATER) == 0
    kept.refresh_from_db()
    assert kept.scan == Scan.CLEAN


def test_a_virus_found_later_locks_the_file_for_everybody(stage: Stage, running: Path, settings: LazySettings) -> None:
    report, kept = reported(SICK)
    to_assigned(stage, report)
    settings.LAPOR_CLAMD = str(running)
    assert late_scans.scan_waiting(now=HOUR_LATER) == 1
    kept.refresh_from_db()
    assert kept.scan == Scan.INFECTED
    with pytest.raises(NotFound):
        case.attachment(stage.officer("liaison"), str(kept.key), now=HOUR_LATER, is_warned=True)
    with pytest.raises(NotFound):
        own.attachment(reporter(report), str(kept.key))
    with pytest.raises(files.Quarantined):
        files.read(kept)
    assert default_storage.exists(kept.stored_as), "the bytes stay, locked"


def test_a_virus_found_later_stands_in_the_history_that_officer_and_reporter_read(
    stage: Stage, running: Path, settings: LazySettings
) -> None:
    report, kept = reported(SICK)
    settings.LAPOR_CLAMD = str(running)
    late_scans.scan_waiting(now=HOUR_LATER)
    told = Event.objects.get(report=report, kind=EventKind.FILE_QUARANTINED)
    assert (told.actor, told.data) == ("system", {"file": kept.pk})
    assert told in own.view(reporter(report)).events


def test_a_scanner_that_goes_away_in_the_middle_leaves_the_rest_waiting(stage: Stage, settings: LazySettings) -> None:
    _report, kept = reported(pdf())
    settings.LAPOR_CLAMD = "/does/not/exist"
    assert late_scans.scan_waiting(now=HOUR_LATER) == 0
    kept.refresh_from_db()
    assert kept.scan == Scan.NOT_SCANNED


def test_a_file_that_is_gone_is_tried_again_an_hour_later(stage: Stage, running: Path, settings: LazySettings) -> None:
    _report, kept = reported(pdf())
    default_storage.delete(kept.stored_as)
    settings.LAPOR_CLAMD = str(running)
    assert late_scans.scan_waiting(now=HOUR_LATER) == 0
    kept.refresh_from_db()
    assert (kept.scan, kept.scan_tried_at) == (Scan.NOT_SCANNED, HOUR_LATER)


def test_an_officer_opens_what_was_not_scanned_only_after_a_warning(stage: Stage) -> None:
    report, kept = reported(pdf())
    to_assigned(stage, report)
    with pytest.raises(case.Unscanned):
        case.attachment(stage.officer("liaison"), str(kept.key), now=MONDAY)
    assert not Entry.objects.filter(act="file.opened").exists()
    case.attachment(stage.officer("liaison"), str(kept.key), now=MONDAY, is_warned=True)
    assert Entry.objects.get(act="file.opened").data == {"file": kept.pk, "unscanned": True}


def test_a_picture_made_anew_here_needs_no_warning(stage: Stage) -> None:
    report, kept = reported(picture())
    to_assigned(stage, report)
    found, _key = case.attachment(stage.officer("liaison"), str(kept.key), now=MONDAY)
    assert found.pk == kept.pk


def test_a_file_has_no_name_of_its_senders(stage: Stage) -> None:
    kept = keep(picture(), "KTP Pelapor Uji Satu.jpg")
    assert kept.name == "foto-1.jpg"
    assert "KTP" not in kept.stored_as


def test_the_folder_of_files_holds_nothing_readable(stage: Stage, settings: LazySettings) -> None:
    keep(pdf("Pelapor Uji Satu"))
    keep(film())
    lying = b"".join(path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    assert b"%PDF" not in lying and b"ftyp" not in lying and b"moov" not in lying


def test_what_was_kept_comes_back_whole(stage: Stage) -> None:
    kept = keep(picture())
    data = files.read(kept).read()
    assert data.startswith(b"\xff\xd8") and len(data) == kept.size


def test_a_file_whose_key_is_destroyed_is_gone_for_good(stage: Stage) -> None:
    kept = keep(picture())
    vault.forget(kept.key)
    with pytest.raises(WrongKey):
        files.read(kept)


def test_a_changed_bit_or_another_files_bytes_do_not_open(stage: Stage) -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    blob, swapped = vault.lock(one, b"isi satu"), vault.lock(other, b"isi dua")
    for bad in (swapped, blob[:-1] + bytes([blob[-1] ^ 1]), blob[:5], b"", b"\x02" + blob[1:]):
        with pytest.raises(WrongKey):
            vault.unlock(one, bad)
    assert vault.unlock(one, blob) == b"isi satu"
