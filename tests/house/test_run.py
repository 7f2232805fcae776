"""`lapor run` is one thing: it starts together, is told apart from a second one, survives kill -9 and ends together."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

import psycopg
import pytest

from bench.ground import NO_TRAINING
from config import kannel, postgres
from config.place import BASE_DIR

COMMAND = [sys.executable, "-m", "config.cli", "run"]
MESSAGES, SECRET = 60, "uji"
STARTED: list[subprocess.Popen[str]] = []
PATIENCE = 240.0  # on a busy machine; a first start takes some ten seconds on an idle one


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    """An installation of its own, in a path with a space."""
    folder = Path(tempfile.mkdtemp(prefix="lapor run "))
    folder.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    keep = {
        name: value for name, value in os.environ.items() if not name.startswith(("LAPOR_", "DATABASE_URL", "DJANGO_"))
    }
    yield keep | {"LAPOR_DATA": str(folder), "PORT": str(port), "LAPOR_WEB_WORKERS": "1", "PYTHONPATH": str(BASE_DIR)}
    postgres.stop(folder)
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    """What a test that failed left running would make the next one fail too."""
    yield
    for run in STARTED:
        if run.poll() is None:
            run.terminate()
            run.communicate(timeout=60)
    STARTED.clear()


def _start(environment: dict[str, str], *words: str) -> subprocess.Popen[str]:
    process = subprocess.Popen([*COMMAND, *words], env=environment, stdout=subprocess.PIPE, text=True, cwd=BASE_DIR)
    STARTED.append(process)
    assert process.stdout is not None
    give_up = time.monotonic() + PATIENCE
    for line in process.stdout:
        if "LAPOR answers at" in line:
            return process
        assert time.monotonic() < give_up
    pytest.fail(f"the run ended with code {process.wait()}")


def _answers(environment: dict[str, str]) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", int(environment["PORT"])), 1):
        return True
    return False


def test_a_run_starts_is_told_apart_recovers_and_ends_as_one(environment: dict[str, str]) -> None:
    data = Path(environment["LAPOR_DATA"])
    first = _start(environment)
    assert _answers(environment)

    second = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, cwd=BASE_DIR, check=False)
    assert second.returncode == 1
    assert "already runs" in second.stderr

    elsewhere = environment | {"LAPOR_DATA": str(data / "other")}
    taken = subprocess.run(COMMAND, env=elsewhere, capture_output=True, text=True, cwd=BASE_DIR, check=False)
    assert taken.returncode == 1
    assert "Another program has it" in taken.stderr

    with psycopg.connect(postgres.dsn(data)) as connection:
        connection.execute("create table kept as select 1 as one")
    first.send_signal(signal.SIGKILL)
    first.communicate()

    again = _start(environment)
    assert _answers(environment)
    with psycopg.connect(postgres.dsn(data)) as connection:
        assert connection.execute("select one from kept").fetchone() == (1,)
    again.terminate()
    again.communicate(timeout=60)
    assert again.returncode == 0
    assert not _answers(environment)
    assert not postgres.answers(data)


class Telephones(ThreadingHTTPServer):
    """What an operator's gateway would send on: for each number, what it was told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Heard)
        self.told: dict[str, list[str]] = {}

    def settings(self) -> dict[str, str]:
        named = dict.fromkeys(("LAPOR_KANNEL_USER", "LAPOR_KANNEL_PASSWORD", "LAPOR_KANNEL_SECRET"), SECRET)
        return named | {"LAPOR_KANNEL_URL": f"http://127.0.0.1:{self.server_address[1]}/cgi-bin/sendsms"}


class Heard(BaseHTTPRequestHandler):
    server: Telephones

    def do_GET(self) -> None:
        said = parse_qs(urlsplit(self.path).query)
        self.server.told.setdefault(said["to"][0], []).append(said["text"][0])
        self.send_response(202)
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        pass


@pytest.fixture
def telephones() -> Iterator[Telephones]:
    with Telephones() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the parts of a run in /proc")
def test_whatever_is_killed_no_message_is_lost_and_none_is_answered_twice(
    environment: dict[str, str], telephones: Telephones
) -> None:
    """What was answered 200 is on disk. Only the message that is being sent when a worker dies may be sent again."""
    data = Path(environment["LAPOR_DATA"])
    run = _start(environment | telephones.settings())
    with psycopg.connect(postgres.dsn(data), autocommit=True) as connection:
        connection.execute(NO_TRAINING)
        before = _counted(connection)  # other tests of this installation have sent messages too
    kills = [
        lambda: _kill_part(run.pid, "messages"),
        lambda: _kill_part(run.pid, "web"),
        lambda: _kill_postgres(data),
    ]
    killed = [0] * len(kills)
    for number in range(MESSAGES):
        _hand_in(environment, number)
        if number % 10 == 9:
            which = number // 10 % len(kills)
            killed[which] += kills[which]()
    assert all(killed)
    give_up = time.monotonic() + PATIENCE
    while len(telephones.told) < MESSAGES:
        assert time.monotonic() < give_up, f"{len(telephones.told)} of {MESSAGES} were answered"
        time.sleep(1)
        with contextlib.suppress(psycopg.Error):
            _let_pauses_pass(data)
    with psycopg.connect(postgres.dsn(data)) as connection:
        new = [now - then for now, then in zip(_counted(connection), before, strict=True)]
        ours = "select external_id, channel from channels_received where external_id like 'uji-%' order by 1"
        kept = connection.execute(ours).fetchall()
    run.terminate()
    run.communicate(timeout=60)
    assert kept == sorted((f"uji-{number}", "sms") for number in range(MESSAGES))
    assert new == [MESSAGES, MESSAGES, MESSAGES // 2]
    assert all(len(set(said)) == 1 for said in telephones.told.values()), "told the same, if told again"
    assert sum(len(said) - 1 for said in telephones.told.values()) <= MESSAGES // 10


def _counted(connection: psycopg.Connection) -> tuple[int, ...]:
    """Messages that were read, answers, and reports by SMS."""
    found = connection.execute(
        "select (select count(*) from channels_received where state = 'done'),"
        " (select count(*) from channels_sending), (select count(*) from reports_report where channel = 'sms')"
    ).fetchone()
    assert found is not None
    return found


def _hand_in(environment: dict[str, str], number: int) -> None:
    """As a gateway does: until it is answered 200, and every third message once more."""
    said = {
        "secret": SECRET,
        "from": f"0812{number:08d}",
        "to": "1708",
        "id": f"uji-{number}",
        "text": "BANTUAN" if number % 2 else "Lampu jalan di Samarinda Utara mati sejak tiga hari lalu, gelap sekali",
    }
    address = f"http://127.0.0.1:{environment['PORT']}/channels/kannel/inbound?{urlencode(said)}"
    give_up = time.monotonic() + PATIENCE
    taken = 0
    while taken < (2 if number % 3 == 0 else 1):
        assert time.monotonic() < give_up
        try:
            with urlopen(address, timeout=10) as answer:
                taken += answer.status == 200
        except OSError:
            time.sleep(0.2)


def _kill_part(run: int, name: str) -> int:
    """How many there were: none while it is being started again."""
    found = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == run and words[-2:-1] == [name.encode()]:
                os.kill(int(folder.name), signal.SIGKILL)
                found += 1
    return found


def _kill_postgres(data: Path) -> int:
    os.kill(int((data / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    return 1


def _let_pauses_pass(data: Path) -> None:
    """Minutes until what a dead worker had in hand is taken up again."""
    with psycopg.connect(postgres.dsn(data), autocommit=True) as connection:
        for table in ("channels_received", "channels_sending"):
            connection.execute(f"update {table} set next_try_at = now() where next_try_at is not null")


def test_with_sms_a_telephone_talks_to_the_site_and_kannel_ends_with_it(environment: dict[str, str]) -> None:
    try:
        kannel.program("bearerbox")
    except kannel.NoKannel as reason:
        pytest.skip(str(reason))
    run = _start(environment, "--sms")
    command = [sys.executable, "-m", "config.cli", "telephone", "081200009999"]

    def talk(words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=environment, input=words, capture_output=True, text=True, cwd=BASE_DIR, check=False
        )

    said = talk("BANTUAN\n")
    assert said.returncode == 0 and "1708: Kirim laporan" in said.stdout, said.stdout + said.stderr
    conf = kannel.folder(Path(environment["LAPOR_DATA"])) / "kannel.conf"
    assert conf.stat().st_mode & 0o077 == 0, "it holds what the gateway shows us"
    run.terminate()
    run.communicate(timeout=60)
    without = talk("")
    assert without.returncode == 1 and "no telephone network" in without.stderr


def test_a_port_that_is_no_port_is_named(environment: dict[str, str]) -> None:
    wrong = environment | {"PORT": "eight"}
    done = subprocess.run(COMMAND, env=wrong, capture_output=True, text=True, cwd=BASE_DIR, check=False)
    assert done.returncode == 1
    assert "PORT must be a number" in done.stderr
    assert "Traceback" not in done.stderr
