"""Start, find again and stop the server of one data folder."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from config.lock import alone
from config.postgres import cluster, owner
from config.postgres.cluster import PostgresError
from config.postgres.socket import NAME, socket_folder

Progress = Callable[[str], None]

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "timezone": "UTC",
    # Errors never quote the statement or the row: both can hold what a reporter asked us to keep secret.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    # For a small server that it shares with the site, from 2 GB of memory on. It holds the indexes that every new
    # report touches at random; more the file cache of the system does as well, and gives back when others need it.
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    # No page reads so much that two processors, or a compiled plan, would pay: starting either takes longer than the
    # question itself, and one officer's search must not hold up everybody else.
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
}
# For tests alone: nothing in the database outlives the run.
FLEETING = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}
PATIENCE = 15.0  # seconds that a crashed predecessor's last processes may take to go


@dataclass(frozen=True)
class Server:
    """A server that answers; `process` is None when it was found running from an earlier start."""

    data: Path
    process: subprocess.Popen[bytes] | None

    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None if self.process else answers(self.data)

    def stop(self) -> None:
        """Ends it, whoever started it."""
        stop(self.data)
        if self.process:
            self.process.wait(30)


def dsn(data: Path, *, user: str = "lapor", database: str = "lapor") -> str:
    """How psycopg reaches the server of this data folder."""
    return psycopg.conninfo.make_conninfo(host=str(socket_folder(data)), user=user, dbname=database)


def answers(data: Path) -> bool:
    """Whether the server of this data folder accepts connections."""
    try:
        psycopg.connect(dsn(data, user="postgres", database="postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def start(data: Path, *, progress: Progress = lambda line: None, durable: bool = True) -> Server:
    """Starts the server, or attaches to one that runs; its role and database `lapor` are there afterwards.

    Waits for recovery after a crash. Raises PostgresError with the reason when it does not come up.
    """
    data = data.resolve()
    data.mkdir(parents=True, exist_ok=True)
    folder = cluster.folder_of(data)
    if cluster.exists(folder) and answers(data):
        return Server(data, None)
    if not folder.exists():
        cluster.make_folder(folder, *owner.newcomer())
    user = owner.owner_of(folder)
    cluster.make_folder(socket_folder(data), user.uid, user.gid)
    if not cluster.exists(folder):
        progress("PostgreSQL: making a new database")
        cluster.create(folder, user)
    process = _launch(data, folder, user, SETTINGS | ({} if durable else FLEETING), progress)
    _make_database(data)
    return Server(data, process)


def stop(data: Path, *, patience: float = 30.0) -> None:
    """Ends the server of this data folder: politely, then (still safe, by recovery) at once. None running is fine."""
    data = data.resolve()
    for order in (signal.SIGINT, signal.SIGQUIT):
        pid = _postmaster(data)
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, order)
        if _gone(data, pid, patience):
            return
    raise PostgresError("PostgreSQL does not end; see postgres.log in the data folder.")


@contextlib.contextmanager
def running(data: Path) -> Iterator[None]:
    """For one command: uses the server that runs, else starts one, alone in the folder, and stops it at the end."""
    if cluster.exists(cluster.folder_of(data)) and answers(data):
        yield
        return
    with alone(data, note="a single command"):
        server = start(data)
        try:
            yield
        finally:
            server.stop()


def _launch(
    data: Path, folder: Path, user: owner.Owner, settings: dict[str, str], progress: Progress
) -> subprocess.Popen[bytes]:
    where = str(socket_folder(data)).replace('"', '""')
    settings = settings | {"unix_socket_directories": f'"{where}"'}
    command = [*user.prefix, str(cluster.binary("postgres")), "-D", str(folder)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    log = data / "postgres.log"
    give_up = time.monotonic() + PATIENCE
    while True:
        _disown_strangers(data)
        with log.open("wb") as output:
            # A session of its own: Ctrl-C in the terminal must reach the database last, through us.
            process = subprocess.Popen(  # noqa: S603 - our own binary
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **user.arguments(),
            )
        if _comes_up(data, process, progress):
            return process
        if time.monotonic() > give_up:
            tail = log.read_text(errors="replace").strip()[-1500:]
            raise PostgresError(f"PostgreSQL does not start. Its own words ({log}):\n{tail}")
        time.sleep(0.3)


def _comes_up(data: Path, process: subprocess.Popen[bytes], progress: Progress) -> bool:
    """True when it answers, False when it ended instead. A long recovery is waited for, and said."""
    said = time.monotonic()
    while process.poll() is None:
        if answers(data):
            return True
        if time.monotonic() - said > 5:
            said = time.monotonic()
            progress("PostgreSQL: still recovering its data")
        time.sleep(0.03)
    return False


def _make_database(data: Path) -> None:
    with psycopg.connect(dsn(data, user="postgres", database="postgres"), autocommit=True) as connection:
        if not connection.execute("select 1 from pg_roles where rolname = 'lapor'").fetchone():
            connection.execute("create role lapor login createdb")
        if not connection.execute("select 1 from pg_database where datname = 'lapor'").fetchone():
            connection.execute("create database lapor owner lapor")


def _postmaster(data: Path) -> int | None:
    try:
        return int((cluster.folder_of(data) / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _gone(data: Path, pid: int, patience: float) -> bool:
    give_up = time.monotonic() + patience
    while _postmaster(data) == pid:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if time.monotonic() > give_up:
            return False
        time.sleep(0.02)
    return True


def _disown_strangers(data: Path) -> None:
    """Where a stale lock file names a process that is not this server (or a zombie), names this process instead.

    PostgreSQL only sees that the number is in use, which is common after a restarted container, and would refuse for
    ever. It takes its parent's number for stale. The files stay: they hold the key by which it makes sure that no
    process of its predecessor still writes.
    """
    folder = cluster.folder_of(data)
    for path in (folder / "postmaster.pid", socket_folder(data) / f"{NAME}.lock"):
        try:
            pid, rest = path.read_text().split("\n", 1)
            words = Path(f"/proc/{int(pid)}/cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError):
            continue
        if str(folder).encode() not in words:
            path.write_text(f"{os.getpid()}\n{rest}")
