from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from lapor.audit.models import Entry
from lapor.audit.protect import append_only
from lapor.audit.record import record
from lapor.reports.models import Event
from tests.cast import MONDAY

HISTORIES = [Entry, Event]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_history_refuses_to_be_changed_deleted_or_emptied(statement: str) -> None:
    record(user_id=None, act="uji", subject="agency:1", now=MONDAY)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else what the row still waits for refuses first
    with pytest.raises(DatabaseError, match="pgtrigger: Cannot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(Entry._meta.db_table))
    assert Entry.objects.get().at == MONDAY


@pytest.mark.django_db
@pytest.mark.parametrize("model", HISTORIES)
def test_every_history_has_both_triggers_switched_on(model: type[Entry] | type[Event]) -> None:
    for trigger in append_only:
        assert trigger.get_installation_status(model) == ("INSTALLED", True)
