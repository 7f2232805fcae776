from __future__ import annotations

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from lapor.audit.models import Entry
from lapor.audit.record import record
from tests.cast import MONDAY

HISTORIES = {
    "audit.Entry", "reports.Event", "reports.Message",
    "evidence.Leaf", "evidence.Node", "evidence.Head", "evidence.PublicKey",
}  # fmt: skip


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
def test_every_history_has_its_triggers_switched_on() -> None:
    """Each model that claims to be append-only; a trigger that somebody switched off counts as missing."""
    guarded = {
        model._meta.label
        for model, trigger in pgtrigger.registered()
        if trigger.name in {"append_only", "never_emptied"}
        and trigger.get_installation_status(model) == ("INSTALLED", True)
    }
    assert guarded >= HISTORIES
