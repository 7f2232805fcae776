"""The databases of the tests. The migrations run once in a run, and what many tests begin with is made once in each worker.

A place is a copy of the migrated database, filled and committed by a function of the table below. A test is in the place
that it asks for by the name of a fixture, within a transaction that is rolled back; everybody else, and who works with real
transactions and empties the database afterwards, is in the bare one. Nothing is kept in one long open transaction, as
Django's `setUpTestData` would: as long as it lasts nothing settles on the whole server (`reports.events.settle`).
"""

from __future__ import annotations

import fcntl
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pgtrigger
import psycopg
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.migrations.state import ModelState, ProjectState

from lapor.vault import keys

BARE = ""
BUILDERS = {  # by the fixture through which a test asks for the place
    "stage": "tests.cast:on_monday",
    "bodies": "tests.routing.conftest:set_bodies",
    "loaded": "tests.deadlines.conftest:load_promises",
    "country": "tests.agencies.test_reference:load_country",
    "filled": "tests.bench.test_rows:fill_some",
    "world": "tests.exits.conftest:build_world",
    "town": "tests.demonstration.conftest:load_town",
}
ADD_MODEL = ProjectState.add_model
_OF_DJANGO = {"django_migrations", "django_content_type", "auth_permission"}
_MARK = Path("migrated")  # in the folder of the run: that its database is there, and its name


def of(names: Iterable[str], *, is_transactional: bool) -> str:
    """The place of a test that uses these fixtures."""
    asked = sorted(BUILDERS.keys() & set(names))
    if is_transactional or not asked:
        return BARE
    assert len(asked) == 1, f"a test is in one place, not in {asked}"
    return asked[0]


@dataclass
class Places:
    """Those of one worker; made when first entered."""

    bare: str
    migrated: str
    here: str = BARE
    made: dict[str, Any] = field(default_factory=dict)  # name → what its builder returned

    def enter(self, name: str) -> Any:
        """From now on the default connection is in this place. Returns what its builder did: not to be changed."""
        is_new = name not in self.made
        if is_new:
            _copy(self.migrated, self._database(name))
        if is_new or name != self.here:
            assert not connection.in_atomic_block, "the database was asked for before its place was known"
            self.here = name
            _turn_to(self._database(name))
        if is_new:
            self.made[name] = _build(name) if name else None
        return self.made[name]

    def empty(self) -> None:
        """Takes away what a test committed here; history refuses that, and is told that it may in tests."""
        with transaction.atomic(), pgtrigger.ignore(), connection.cursor() as cursor:
            tables = sorted(set(connection.introspection.django_table_names(only_existing=True)) - _OF_DJANGO)
            asked = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables)
            cursor.execute(" UNION ALL ".join(asked))
            for (table,) in cursor.fetchall():
                cursor.execute(f'DELETE FROM "{table}"')
        keys.forget()

    def leave(self) -> None:
        """Nothing of them is left."""
        connection.close()
        for name in {*self.made, BARE}:
            _execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", self._database(name))

    def _database(self, name: str) -> str:
        return f"{self.bare}_{name}" if name else self.bare


def open_places(folder: Path) -> Places:
    """For one worker, all of which share the folder: the first one migrates, the others wait for it."""
    own = connection.creation._get_test_db_name()  # type: ignore[attr-defined]  # with the suffix of the worker
    with (folder / "migrating").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not (folder / _MARK).exists():
            _migrate(f"test_{connection.settings_dict['NAME']}_migrated")
            (folder / _MARK).write_text(connection.settings_dict["NAME"])
            connection.close()
    return Places(own, (folder / _MARK).read_text())


def drop_migrated(folder: Path, dsn: str) -> None:
    """At the end of a run on a server that lives on."""
    if (folder / _MARK).exists():
        with psycopg.connect(dsn, autocommit=True) as other:
            other.execute(f'DROP DATABASE IF EXISTS "{(folder / _MARK).read_text()}" WITH (FORCE)')


def _migrate(name: str) -> None:
    """Leaves the connection there."""
    given = connection.settings_dict["TEST"]
    connection.settings_dict["TEST"] = {**given, "NAME": name}
    with patch.object(ProjectState, "add_model", _add_alone):
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.settings_dict["TEST"] = given


def _add_alone(state: ProjectState, model: ModelState) -> None:
    """For each new table Django makes the classes anew of all that hang together with it: most of what migrating takes.
    None of them needs it for a table that was not there. The first start of a site, tested elsewhere, does it in full.
    """
    apps = state.__dict__.pop("apps", None)
    ADD_MODEL(state, model)
    if apps is not None:
        apps.render_multiple([model])
        state.__dict__["apps"] = apps


def _copy(template: str, name: str) -> None:
    _execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _execute("CREATE DATABASE {} TEMPLATE {}", name, template)


def _execute(statement: str, *names: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement.format(*map(connection.ops.quote_name, names)))


def _turn_to(database: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = database
    keys.forget()  # each database has its own
    ContentType.objects.clear_cache()


def _build(name: str) -> Any:
    builder: Callable[[], Any] = pkgutil.resolve_name(BUILDERS[name])
    return builder()
