"""The browser, and one real site that all journeys share: started by the first, with web server, worker and demonstration."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg
import pytest
from django.conf import settings
from playwright.sync_api import StorageState, expect

from bench.ground import NO_TRAINING
from config.place import BASE_DIR

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 420.0  # seconds for the first start, reference data and demonstration included, on a busy machine

expect.set_options(timeout=30_000)  # as long as an action may take: a busy machine is no fault of the page


@dataclass(frozen=True)
class Site:
    """A running LAPOR of its own database and data folder. Journeys share it: count on nothing being alone in it."""

    url: str
    environment: dict[str, str]
    cookies: dict[str, StorageState] = field(default_factory=dict)  # of those who signed in, by their address

    def lapor(self, *words: str) -> str:
        """Runs `lapor …` against this site; its output."""
        command = [sys.executable, "-m", "config.cli", *words]
        done = subprocess.run(command, env=self.environment, cwd=BASE_DIR, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def code(self, email: str) -> str:
        """The one-time code of a demonstration account, now."""
        return self.lapor("code", email).split()[-1]

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Reads or changes the site's database: to let time pass, say."""
        with psycopg.connect(self.environment["DATABASE_URL"], autocommit=True) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def until_public(self, code: str, state: str) -> None:
        """Waits until the public copy of the report has come to this state."""
        until = time.monotonic() + 90
        while time.monotonic() < until:
            if (state,) in self.sql("select state from transparency_publicreport where code = %s", code):
                return
            time.sleep(0.3)
        pytest.fail(f"{code} is not shown as {state}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser they are left out, and say so."""
    for item in items:
        if CHROMIUM is None and "journeys" in item.path.parts:
            item.add_marker(pytest.mark.skip(reason="no Chromium here; to run the journeys: apt-get install chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's own Chromium; root may only run it without its sandbox."""
    arguments = ["--no-sandbox", "--disable-dev-shm-usage"] if os.geteuid() == 0 else ["--disable-dev-shm-usage"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A person in Samarinda."""
    return {**browser_context_args, "locale": "id-ID", "timezone_id": "Asia/Makassar"}


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The running site; ends with the session."""
    data = Path(os.environ["LAPOR_TEST_DATA"]) / "site"
    (data / "temporary").mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LAPOR_", "DJANGO_"))}
    environment |= {
        "LAPOR_DATA": str(data),
        "LAPOR_DEMO": "1",
        "LAPOR_DEMO_REPORTS": "40",  # the others show nothing that a journey looks at, and take half the start
        "PORT": str(port),
        "PYTHONPATH": str(BASE_DIR),
        "TMPDIR": str(data / "temporary"),
        "LAPOR_PUSH_SERVICES": "127.0.0.1",
    }
    with _new_database() as environment["DATABASE_URL"], _running(environment, data / "site.log"):
        made = Site(f"http://127.0.0.1:{port}", environment)
        made.sql(NO_TRAINING)
        yield made


@pytest.fixture(scope="session")
def base_url(site: Site) -> str:
    """`page.goto("/")` means this site."""
    return site.url


@contextlib.contextmanager
def _running(environment: dict[str, str], log: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "config.cli", "run"]
    with log.open("w") as output:
        process = subprocess.Popen(command, env=environment, cwd=BASE_DIR, stdout=output, stderr=output)
    give_up = time.monotonic() + PATIENCE
    try:
        while "LAPOR answers at" not in log.read_text():
            if process.poll() is not None or time.monotonic() > give_up:
                pytest.fail(f"the site did not start:\n{log.read_text()[-3000:]}")
            time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait(60)


@contextlib.contextmanager
def _new_database() -> Iterator[str]:
    """The address of a database beside the tests' own, on the same server; gone afterwards."""
    given = os.environ.get("DATABASE_URL")
    url = given or f"postgresql://lapor@/lapor?host={quote(settings.DATABASES['default']['HOST'], safe='')}"
    name = f"site_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'create database "{name}"')
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
        connection.execute(f'drop database "{name}" with (force)')
