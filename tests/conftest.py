"""What every test stands on: a throwaway PostgreSQL of our own, unless DATABASE_URL names another."""

from __future__ import annotations

import copy
import gc
import importlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import hypothesis
import pytest
from django.conf import LazySettings, settings
from django.template.base import Template
from django.test import TransactionTestCase
from django.utils import translation
from nacl.pwhash import argon2id
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

from config import messages, postgres

if TYPE_CHECKING:
    from tests.cast import Stage
    from tests.places import Places

# A busy machine is no fault of the code: no example is judged by how long it took.
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")

RENDER = Template._render  # type: ignore[attr-defined]  # before the environment of Django's tests replaces it


WORLDS = ("tests/journeys/", "tests/exits/")  # folders whose tests share one world
LONGEST = (  # in the order in which they begin
    *WORLDS,
    "tests/demonstration/test_load.py",
    "tests/desk/test_secrecy.py",
    "tests/bench/test_run.py",
    "tests/house/test_run.py",
    "tests/reports/test_accused.py",
)


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """A file's tests run in one worker, since they may share what is slow to make; so do whole folders with a world."""

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in WORLDS if nodeid.startswith(folder)), nodeid.partition("::")[0])


def pytest_xdist_make_scheduler(config: pytest.Config, log: WorkerController) -> ByFile:
    """How the tests are shared out among the workers."""
    return ByFile(config, log)


@pytest.fixture(scope="session")
def places(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Places]:
    """The databases of this worker (tests/places.py)."""
    with django_db_blocker.unblock():
        opened: Places = importlib.import_module("tests.places").open_places(Path(os.environ["LAPOR_TEST_DATA"]))
    # After real transactions Django truncates every table and fills some again, which takes ten times as long.
    with patch.object(TransactionTestCase, "_fixture_teardown", lambda test: opened.empty()):
        yield opened
    with django_db_blocker.unblock():
        opened.leave()


@pytest.fixture
def django_db_setup(request: pytest.FixtureRequest, places: Places, django_db_blocker: DjangoDbBlocker) -> None:
    """Instead of pytest-django's: before a test begins its transaction it is in its place."""
    marker, names = request.node.get_closest_marker("django_db"), set(request.fixturenames)
    is_transactional = bool(
        {"transactional_db", "live_server"} & names or (marker and marker.kwargs.get("transaction"))
    )
    with django_db_blocker.unblock():
        places.enter(importlib.import_module("tests.places").of(names, is_transactional=is_transactional))


@pytest.fixture
def stage(db: None, places: Places) -> Stage:
    """The people, places and bodies of tests/cast.py; made anew, and committed, for a test with real transactions."""
    cast = importlib.import_module("tests.cast")
    if places.here != "stage":
        return cast.set_stage()  # type: ignore[no-any-return]
    cast.forget()
    return copy.deepcopy(places.made["stage"])  # type: ignore[no-any-return]


@pytest.fixture(autouse=True, scope="session")
def rendered_as_in_earnest(django_test_environment: None) -> Iterator[None]:
    """Django's tests copy the whole context of every template, of each small input too; no test here looks at one."""
    with patch.object(Template, "_render", RENDER):
        yield


@pytest.fixture(autouse=True)
def first_language() -> Iterator[None]:
    """A request leaves its language behind in the thread; every test begins in Indonesian."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True, scope="session")
def cheap_passphrases() -> Iterator[None]:
    """The same derivation with the least memory: what it costs in earnest is measured, not tested."""
    passphrases = importlib.import_module("lapor.vault.passphrases")  # needs its settings, so not before them
    least = passphrases.Cost(passes=argon2id.OPSLIMIT_MIN, memory=argon2id.MEMLIMIT_MIN)
    with patch.object(passphrases, "NEW", least), patch.object(passphrases, "RECEIPT", least):
        yield


@pytest.fixture(autouse=True)
def calm() -> None:
    """Many tests share a minute and a process: none is to be asked for a proof because of the others."""
    importlib.import_module("lapor.limits.counting").LOAD.forget()  # needs its settings too


@pytest.fixture
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Redaction without what was learned: then a made-up name can be doubtful by rule, whatever is learned one day."""
    monkeypatch.setattr("lapor.redaction.redact.find_learned", lambda _text: None)


@pytest.fixture
def own_data(stage: Stage, settings: LazySettings, tmp_path: Path) -> Path:
    """A data folder for one test; the vault's keys, with which the cast was sealed, can be read in it too."""
    kept = tmp_path / "keys"
    kept.mkdir(mode=0o700)
    for key in (Path(settings.LAPOR_DATA) / "keys").glob("vault*"):
        (kept / key.name).symlink_to(key)
    settings.LAPOR_DATA = tmp_path
    return tmp_path


def _owns_the_server(config: pytest.Config) -> bool:
    return not hasattr(config, "workerinput") and "DATABASE_URL" not in os.environ


def pytest_configure(config: pytest.Config) -> None:
    """Starts the server and compiles the translations once per run: in the controller, not in its workers."""
    gc.set_threshold(100_000, 20, 20)  # as often as usual, looking for cycles takes a sixth of all the time
    if not hasattr(config, "workerinput"):
        messages.compile_all()
    if _owns_the_server(config) and not config.option.collectonly:
        postgres.start(Path(os.environ["LAPOR_TEST_DATA"]), durable=False)


@pytest.hookimpl(trylast=True)  # after the order was shuffled
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first: no worker should be left alone with it at the end."""

    def rank(item: pytest.Item) -> int:
        return next((place for place, one in enumerate(LONGEST) if item.nodeid.startswith(one)), len(LONGEST))

    items.sort(key=rank)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is there by now stays to the end: it is not looked through again and again for what may go."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Ends the server; its folder goes with the process that made it (tests/settings.py)."""
    if hasattr(config, "workerinput"):
        return
    data = Path(os.environ["LAPOR_TEST_DATA"])
    if "DATABASE_URL" in os.environ:
        importlib.import_module("tests.places").drop_migrated(data, os.environ["DATABASE_URL"])
    if _owns_the_server(config):
        postgres.stop(data)
        shutil.rmtree(postgres.socket_folder(data), ignore_errors=True)
