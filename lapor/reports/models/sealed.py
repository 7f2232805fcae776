"""What the database itself refuses: plain words in a row that belongs to a sealed report."""

from __future__ import annotations

import pgtrigger

_FUNCTION = """
    IF NEW.sealed IS NULL AND EXISTS (
        SELECT 1 FROM reports_report AS report WHERE report.id = NEW.report_id AND report.sealed_id IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a sealed report takes no plain words' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


def words_are_sealed(table: str) -> list[pgtrigger.Trigger]:
    """The trigger of a table whose rows have `report_id` and `sealed`."""
    return [
        pgtrigger.Trigger(
            name=f"{table}_is_sealed",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update,
            func=_FUNCTION,
        )
    ]
