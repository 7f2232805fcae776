"""The embedded PostgreSQL starts where it must, ends when told, and loses nothing that was acknowledged."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from config import postgres
from config.lock import AlreadyRunning, alone
from config.postgres import cluster

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another user")


@pytest.fixture
def ground() -> Iterator[Path]:
    """A folder whose servers are ended and whose files go, whatever the test did."""
    folder = Path(tempfile.mkdtemp(prefix="lapor pg "))
    folder.chmod(0o755)
    yield folder
    for mark in folder.rglob("postmaster.pid"):
        postgres.stop(mark.parent.parent)
    for data in {path.parent for path in folder.rglob("postgres.log")}:
        shutil.rmtree(postgres.socket_folder(data), ignore_errors=True)
    shutil.rmtree(folder)


def _rows(data: Path) -> int:
    with psycopg.connect(postgres.dsn(data)) as connection:
        found = connection.execute("select count(*) from kept").fetchone()
    assert found is not None
    return int(found[0])


def _keep_rows(data: Path) -> None:
    with psycopg.connect(postgres.dsn(data)) as connection:
        connection.execute("create table kept as select generate_series(1, 500)")


def test_it_starts_in_a_path_with_a_space_and_ends_when_told(ground: Path) -> None:
    data = ground / "a folder"
    server = postgres.start(data)
    assert postgres.answers(data)
    assert server.is_alive()
    server.stop()
    assert not postgres.answers(data)


def test_it_is_reached_by_its_socket_alone(ground: Path) -> None:
    postgres.start(ground / "data")
    with psycopg.connect(postgres.dsn(ground / "data")) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
        assert connection.execute("show fsync").fetchone() == ("on",)
    assert stat.S_IMODE(postgres.socket_folder(ground / "data").stat().st_mode) == 0o700


def test_a_path_too_long_for_a_socket_gets_a_short_folder_for_it(ground: Path) -> None:
    data = ground / ("long" * 20) / ("longer" * 20)
    postgres.start(data)
    assert postgres.answers(data)
    assert len(str(postgres.socket_folder(data))) < 40


def test_two_data_folders_never_share_a_socket(ground: Path) -> None:
    deep = ground / ("x" * 100)
    assert postgres.socket_folder(deep / "one") != postgres.socket_folder(deep / "two")


def test_after_kill_9_of_the_server_every_committed_row_is_there(ground: Path) -> None:
    data = ground / "data"
    server = postgres.start(data)
    _keep_rows(data)
    assert server.process is not None
    server.process.send_signal(signal.SIGKILL)  # and not waited for: it stays a zombie, as in a careless container
    postgres.start(data)
    assert _rows(data) == 500


def test_a_server_left_running_is_found_again(ground: Path) -> None:
    data = ground / "data"
    first = postgres.start(data)
    _keep_rows(data)
    again = postgres.start(data)
    assert again.process is None
    assert _rows(data) == 500
    again.stop()
    assert first.process is not None
    first.process.wait(30)  # it is gone from the folder a moment before it has ended
    assert not first.is_alive()


def test_a_lock_file_that_names_a_stranger_does_not_block_the_start(ground: Path) -> None:
    data = ground / "data"
    postgres.start(data).stop()
    # A process of the database's own user that is not the server, as after a container started anew.
    uid, gid = cluster.folder_of(data).stat().st_uid, cluster.folder_of(data).stat().st_gid
    become: dict[str, Any] = {"user": uid, "group": gid, "extra_groups": []} if os.geteuid() == 0 else {}
    stranger = subprocess.Popen(["sleep", "60"], **become)
    try:
        mark = cluster.folder_of(data) / "postmaster.pid"
        mark.write_text(f"{stranger.pid}\n{cluster.folder_of(data)}\n1\n5432\n\n\n")
        os.chown(mark, uid, gid)
        postgres.start(data)
        assert postgres.answers(data)
    finally:
        stranger.kill()
        stranger.wait()


def test_data_of_another_major_version_are_refused_by_name_and_left_alone(ground: Path) -> None:
    folder = ground / "data" / "postgres"
    folder.mkdir(parents=True)
    (folder / "PG_VERSION").write_text("12\n")
    with pytest.raises(postgres.PostgresError, match="PostgreSQL 12"):
        postgres.start(ground / "data")
    assert [path.name for path in folder.iterdir()] == ["PG_VERSION"]


def test_what_an_interrupted_first_start_left_is_cleared_away(ground: Path) -> None:
    data = ground / "data"
    postgres.start(data).stop()
    (data / "postgres" / "PG_VERSION").unlink()
    postgres.start(data)
    assert postgres.answers(data)


def test_the_second_run_in_one_folder_is_told_about_the_first(ground: Path) -> None:
    with alone(ground / "data", note="http://127.0.0.1:8000"):
        first = f"process {os.getpid()}, http://127.0.0.1:8000"
        with pytest.raises(AlreadyRunning, match=first), alone(ground / "data"):
            pytest.fail("two runs share a folder")
    with alone(ground / "data"):
        pass


@as_root
def test_as_root_below_a_closed_folder_it_runs_without_opening_the_folder(ground: Path) -> None:
    closed = ground / "closed"
    closed.mkdir(mode=0o700)
    server = postgres.start(closed / "data")
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert server.process is not None
    words = Path(f"/proc/{server.process.pid}/status").read_text()
    uids = next(line for line in words.splitlines() if line.startswith("Uid:"))
    assert "0" not in uids.split()[1:]


@as_root
def test_a_folder_of_roots_own_is_refused_with_advice(ground: Path) -> None:
    (ground / "data" / "postgres").mkdir(parents=True)
    with pytest.raises(postgres.PostgresError, match="refuses to run as root"):
        postgres.start(ground / "data")
