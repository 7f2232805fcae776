"""A new version of the key: everything is wrapped by it while people write, and nothing is lost wherever it stops."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.place import BASE_DIR
from lapor.vault import envelope, identities, keys, originals, pins, rotation, wrapping
from lapor.vault.custody.files import path_of
from lapor.vault.models import Identity, Rotation
from lapor.vault.trouble import KeyTrouble, MissingKey, RotationRunning, StillNeeded, WrongKey

AT_ONCE = timedelta(0)


def person(number: int = 1) -> dict[str, str]:
    return {"name": f"Kenari Uji {number}", "phone": "+6281277776666", "email": f"kenari{number}@uji.invalid"}


def kept(number: int = 1) -> Identity:
    row = identities.keep(**person(number))
    assert row is not None
    return row


def rotate(**given: Any) -> Rotation:
    """The whole rotation, without waiting for other processes."""
    return list(rotation.rotate(**({"settled": AT_ONCE} | given)))[-1]


def test_after_a_rotation_everything_opens_and_is_wrapped_anew(folder: Path) -> None:
    rows = [kept(number) for number in range(7)]
    digest, small = pins.pin_digest("4827193056", "12345678"), envelope.seal({"a": "b"}, aad="here")
    done = rotate(batch=3)
    keys.forget()
    assert (done.to_version, done.done, done.total) == (2, 7, 7)
    assert set(Identity.objects.values_list("key_version", flat=True)) == {2}
    assert [identities.name_of(row.pk) for row in rows] == [person(number)["name"] for number in range(7)]
    assert pins.pin_digest("4827193056", "12345678") == digest, "PINs and blind indexes do not change"
    assert envelope.open_sealed(small, aad="here") == {"a": "b"}


def test_after_a_rotation_the_old_key_is_not_needed_for_anything(folder: Path) -> None:
    row, small = kept(), envelope.seal({"a": "b"}, aad="here")
    identities.keep(**person(2))
    rotate()
    path_of(1).unlink()
    keys.forget()
    assert identities.name_of(row.pk) == "Kenari Uji 1"
    assert envelope.open_sealed(small, aad="here") == {"a": "b"}
    assert pins.blind_index("x", purpose="phone")
    assert kept(3).key_version == 2


@pytest.mark.parametrize("after_batches", [1, 2, 3])
def test_a_rotation_that_ended_in_the_middle_goes_on_where_it_was(folder: Path, after_batches: int) -> None:
    for number in range(6):
        kept(number)
    running = rotation.rotate(batch=2, settled=AT_ONCE)
    for _ in range(after_batches):
        next(running)
    running.close()
    keys.forget()
    begun = rotation.unfinished()
    assert begun is not None and begun.done == 2 * (after_batches - 1)
    assert all(identities.name_of(pk) for pk in Identity.objects.values_list("pk", flat=True))
    done = rotate()
    assert (done.to_version, done.done) == (2, 6), "no third version, and no row twice"
    assert rotation.unfinished() is None


def test_what_a_process_writes_that_does_not_know_the_new_version_is_wrapped_anew_too(folder: Path) -> None:
    kept(1)
    running = rotation.rotate(batch=1, settled=timedelta(seconds=1), wait=lambda seconds: late.append(kept_late()))
    late: list[Identity] = []

    def kept_late() -> Identity:
        """As another process writes, whose memory still has the first version only."""
        row = kept(9)
        old = wrapping.encrypt(wrapping.version_key(1), identities.data_key_of(row), bound=f"identity:{row.pk}")
        Identity.objects.filter(pk=row.pk).update(data_key=old, key_version=1)
        return row

    done = list(running)[-1]
    assert done.done == 2
    assert late and identities.name_of(late[0].pk) == "Kenari Uji 9"
    assert not Identity.objects.filter(key_version=1).exists()


def test_writing_correcting_and_erasing_go_on_during_a_rotation(folder: Path) -> None:
    rows = [kept(number) for number in range(8)]
    gone: list[uuid.UUID] = []
    for number, _progress in enumerate(rotation.rotate(batch=1, settled=AT_ONCE)):
        kept(100 + number)
        if number == 2:
            identities.replace(rows[7].pk, **person(70))
            identities.replace(rows[0].pk, **person(71))
        if number == 3:
            identities.erase(rows[6].pk, now=timezone.now())
            gone.append(rows[6].pk)
    assert identities.reveal(gone[0]) is None
    assert identities.name_of(rows[7].pk) == "Kenari Uji 70"
    assert identities.name_of(rows[0].pk) == "Kenari Uji 71"
    assert all(identities.name_of(pk) for pk in Identity.objects.filter(erased_at=None).values_list("pk", flat=True))
    assert not Identity.objects.filter(erased_at=None).exclude(key_version=2).exists()


def test_two_rotations_at_once_are_refused(folder: Path) -> None:
    kept()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [rotation._LOCK])
        with pytest.raises(RotationRunning):
            rotate()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [rotation._LOCK])
    finally:
        other.close()
    assert rotate().to_version == 2


def test_a_version_that_is_needed_is_not_retired(folder: Path) -> None:
    kept()
    with pytest.raises(StillNeeded, match="current"):
        rotation.retire(1, now=timezone.now())
    running = rotation.rotate(batch=1, settled=AT_ONCE)
    next(running)
    running.close()
    with pytest.raises(StillNeeded, match="not finished"):
        rotation.retire(1, now=timezone.now())
    rotate()
    late = kept(2)
    old = wrapping.encrypt(wrapping.version_key(1), identities.data_key_of(late), bound=f"identity:{late.pk}")
    Identity.objects.filter(pk=late.pk).update(data_key=old, key_version=1)
    with pytest.raises(StillNeeded, match="version 1"):
        rotation.retire(1, now=timezone.now())
    identities.erase(late.pk, now=timezone.now())
    assert rotation.retire(1, now=timezone.now()).retired_at is not None
    assert path_of(1).exists(), "the file is the operator's: backups still need it"


def test_a_key_made_beforehand_is_the_one_that_is_used(folder: Path) -> None:
    kept()
    place = rotation.prepare()
    made = Path(place).read_bytes()
    assert Identity.objects.get().key_version == 1 and wrapping.current() == 1
    rotate()
    assert path_of(2).read_bytes() == made


def test_a_missing_new_key_stops_the_rotation_and_loses_nothing(folder: Path) -> None:
    row = kept()
    running = rotation.rotate(batch=1, settled=AT_ONCE)
    next(running)
    running.close()
    held = path_of(2).read_bytes()
    path_of(2).unlink()
    keys.forget()
    with pytest.raises(MissingKey, match="vault.2"):
        rotate()
    assert not path_of(2).exists(), "never made anew in silence"
    path_of(2).write_bytes(held)
    keys.forget()
    rotate()
    assert identities.name_of(row.pk) == "Kenari Uji 1"


def test_a_version_that_the_database_does_not_know_is_refused(folder: Path) -> None:
    row = kept()
    Identity.objects.filter(pk=row.pk).update(key_version=7)
    with pytest.raises(WrongKey, match="version 7"):
        identities.reveal(row.pk)


def test_destroying_the_data_key_makes_the_rest_unreadable(folder: Path) -> None:
    row = kept()
    originals.keep(row.pk, {"message:1:text": "saya Kenari"})
    left = Identity.objects.get(pk=row.pk)
    Identity.objects.filter(pk=row.pk).update(data_key=wrapping.wrap(os.urandom(32), bound=f"identity:{row.pk}")[1])
    with pytest.raises(WrongKey):
        identities.reveal(row.pk)
    with pytest.raises(WrongKey):
        originals.read(row.pk)
    left.save()
    identities.erase(row.pk, now=timezone.now())
    assert originals.read(row.pk) == {}
    originals.keep(row.pk, {"message:2:text": "Kenari lagi"})
    assert originals.read(row.pk) == {}, "nothing is kept of somebody who was erased"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(["keep", "rotate", "stop", "replace", "erase", "forget"]), max_size=12))
def test_whatever_happens_in_whatever_order_every_person_is_known_or_erased(folder: Path, acts: list[str]) -> None:
    Identity.objects.all().delete()
    known: dict[uuid.UUID, str] = {}
    for number, act in enumerate(["keep", *acts]):
        some = next(iter(known), None)
        if act == "keep":
            known[kept(number).pk] = f"Kenari Uji {number}"
        elif act == "rotate":
            rotate(batch=1)
        elif act == "stop":
            running = rotation.rotate(batch=1, settled=AT_ONCE)
            next(running)
            next(running, None)
            running.close()
        elif act == "forget":
            keys.forget()
        elif some is not None and act == "replace":
            identities.replace(some, **person(1000 + number))
            known[some] = f"Kenari Uji {1000 + number}"
        elif some is not None:
            identities.erase(some, now=timezone.now())
            del known[some]
    assert {
        pk: one.name for pk, one in identities.reveal_many(list(Identity.objects.values_list("pk", flat=True))).items()
    } == known


@pytest.fixture
def many(folder: Path) -> Path:
    for number in range(40):
        kept(number)
    return folder


def test_a_rotation_killed_by_kill_9_is_finished_by_the_next(many: Path) -> None:
    code = (
        "import django; django.setup()\n"
        "import time\n"
        "from datetime import timedelta\n"
        "from lapor.vault import rotation\n"
        "for one in rotation.rotate(batch=3, settled=timedelta(0)):\n"
        "    print(one.done, flush=True); time.sleep(0.2)\n"
    )
    found = connection.settings_dict
    address = f"postgresql://{found['USER']}@/{found['NAME']}?host={found['HOST']}&port={found['PORT'] or ''}"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=BASE_DIR,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": address, "LAPOR_DATA": str(many)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= 9:
            process.send_signal(signal.SIGKILL)
            break
    process.wait(30)
    keys.forget()
    begun = rotation.unfinished()
    assert begun is not None and 9 <= begun.done < 40
    assert Identity.objects.filter(key_version=2).count() == begun.done, "a batch is there with its mark, or neither"
    _wait_until_the_lock_is_free()
    done = rotate()
    assert (done.to_version, done.done) == (2, 40)
    assert len(identities.reveal_many(list(Identity.objects.values_list("pk", flat=True)))) == 40


def _wait_until_the_lock_is_free() -> None:
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s", [rotation._LOCK])
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.1)


def test_the_commands_say_what_is_and_what_to_do(many: Path, capsys: pytest.CaptureFixture[str]) -> None:
    running = rotation.rotate(batch=10, settled=AT_ONCE)
    next(running), next(running)
    running.close()
    call_command("vault", "status")
    said = capsys.readouterr().out
    assert "NOT finished: 10 of 40 (25%)" in said and "lapor vault rotate" in said
    with pytest.raises(CommandError, match="lapor vault rotate"):
        call_command("vault", "retire", "1")
    Rotation.objects.update(started_at=timezone.now() - timedelta(hours=1))  # every process knows of it by now
    call_command("vault", "rotate")
    said = capsys.readouterr().out
    assert "40 of 40 (100%)" in said and "Version 1 is no longer needed: lapor vault retire 1" in said
    call_command("vault", "retire", "1")
    assert str(path_of(1)) in capsys.readouterr().out
    call_command("vault", "status")
    said = capsys.readouterr().out
    assert "version 1" in said and "retired on" in said and "NOT finished" not in said


def test_a_missing_key_is_explained_in_both_languages_and_open_files_are_warned_of(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept()
    path_of(1).chmod(0o644)
    call_command("vault", "status")
    assert "chmod 600" in capsys.readouterr().out
    path_of(1).unlink()
    keys.forget()
    for act in (["status"], ["rotate"]):
        with pytest.raises(CommandError) as problem:
            call_command("vault", *act)
        said = capsys.readouterr().out + str(problem.value)
        assert "Kembalikan salinan" in said and "Put back the copy" in said and "vault is gone" in said


def test_no_exception_names_a_secret(folder: Path) -> None:
    row = kept()
    said: list[str] = []
    secret = path_of(1).read_bytes()
    data_key = identities.data_key_of(row)
    for spoil in (b"", b"x" * 31, bytes(32)):
        path_of(1).write_bytes(spoil)
        keys.forget()
        try:
            identities.reveal(row.pk)
        except KeyTrouble as problem:
            said.append(repr(problem) + str(problem) + str(problem.__cause__))
    path_of(1).write_bytes(secret)
    keys.forget()
    for blob in (b"", b"\x02", b"\x01" + bytes(99), bytes(row.sealed or b"")[:-1]):
        Identity.objects.filter(pk=row.pk).update(sealed=blob)
        try:
            identities.reveal(row.pk)
        except KeyTrouble as problem:
            said.append(repr(problem) + str(problem) + str(problem.__cause__))
    assert len(said) == 7
    for text in said:
        for word in ("Kenari", "81277776666", secret.hex(), data_key.hex(), repr(secret), repr(data_key)):
            assert word not in text
